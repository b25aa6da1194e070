/**
 * Where an ONU sits on its OLT. `port` is the PON port as the OLT itself prints it (Huawei counts
 * from 0, ZTE from 1); `onuId` is the ONU's number on that PON.
 */
export interface OnuAddress {
  readonly shelf: number
  readonly slot: number
  readonly port: number
  readonly onuId: number
}

export type PonAddress = Pick<OnuAddress, 'shelf' | 'slot' | 'port'>

/**
 * An address in one 31-bit integer, ordered as people read it (shelf, slot, port, ONU), so that
 * columnar code can keep addresses in an Int32Array and sort them as numbers.
 * Ranges: shelf 0..31, slot 0..63, port 0..255, onuId 0..1023.
 */
export const packOnuAddress = (address: OnuAddress): number =>
  (((address.shelf & 31) * 64 + (address.slot & 63)) * 256 + (address.port & 255)) * 1024 +
  (address.onuId & 1023)

export const unpackOnuAddress = (packed: number): OnuAddress => ({
  shelf: (packed >>> 24) & 31,
  slot: (packed >>> 18) & 63,
  port: (packed >>> 10) & 255,
  onuId: packed & 1023,
})

/** The PON part of a packed ONU address: the same number for all ONUs of one PON port. */
export const ponOf = (packed: number): number => packed - (packed & 1023)

export const isValidOnuAddress = (address: OnuAddress): boolean =>
  inRange(address.shelf, 31) &&
  inRange(address.slot, 63) &&
  inRange(address.port, 255) &&
  inRange(address.onuId, 1023)

const inRange = (value: number, max: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= max

/** `0/1/3` and `0/1/3:12`: short, unambiguous, the same for every family. */
export const formatPon = (address: PonAddress): string =>
  `${address.shelf}/${address.slot}/${address.port}`

export const formatOnu = (address: OnuAddress): string => `${formatPon(address)}:${address.onuId}`
