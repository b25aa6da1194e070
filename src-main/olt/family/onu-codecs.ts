import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'

/**
 * Numberings in which one index arc holds the whole address of an ONU. The registry is closed: a
 * profile names a codec, it cannot bring one.
 */
export interface OnuCodec {
  /** Null when the number is no ONU in this numbering. */
  readonly decodeOnu: (index: number) => OnuAddress | null
  readonly encodeOnu: (address: OnuAddress) => number
  /** ifIndex of the ONU's PON port where the numbering gives it: the port's name then decides. */
  readonly ponIfIndexOf?: (index: number) => number
  /** The other way round: the number of an ONU on the PON port of this ifIndex. */
  readonly indexAt?: (ponIfIndex: number, onuId: number) => number
  /** The number is an ifIndex: rows of other interfaces stand in the same tables. */
  readonly ofInterfaces?: true
}

/**
 * NSCRTV boxes of the FD16xx kind, and HSGQ: `1<<24 | slot<<16 | port<<8 | onu` (facts/olt.md 5 and
 * 8; two more public sources take port and ONU from the last two octets). The first octet is the
 * device, of which there is one. Without its last octet it is the number of the PON's interface.
 */
const octets: OnuCodec = {
  decodeOnu: (index) => {
    if (Math.floor(index / 2 ** 24) !== 1) return null
    const slot = (index >>> 16) & 255
    return slot > 63 ? null : { shelf: 0, slot, port: (index >>> 8) & 255, onuId: index & 255 }
  },
  encodeOnu: ({ slot, port, onuId }) => 2 ** 24 + slot * 2 ** 16 + port * 2 ** 8 + onuId,
  ponIfIndexOf: (index) => index - (index % 256),
  indexAt: (ponIfIndex, onuId) => ponIfIndex + onuId,
}

/**
 * NSCRTV boxes of later firmware: `0x480000 + (port-1)*4096 + onu`, PON interfaces
 * `0x140000 + port` (facts/olt.md 5: 4718593 and 1310721; one more public source checked 173 ONTs).
 */
const compact: OnuCodec = {
  decodeOnu: (index) => {
    if (index < 0x48_00_00 || index > 0x4f_ff_ff) return null
    const onuId = index & 4095
    if (onuId > 1023) return null
    return { shelf: 0, slot: 0, port: ((index - 0x48_00_00) >>> 12) + 1, onuId }
  },
  encodeOnu: ({ port, onuId }) => 0x48_00_00 + (port - 1) * 4096 + onuId,
  ponIfIndexOf: (index) => 0x14_00_00 + ((index - 0x48_00_00) >>> 12) + 1,
  indexAt: (ponIfIndex, onuId) => 0x48_00_00 + (ponIfIndex - 0x14_00_00 - 1) * 4096 + onuId,
}

/** FiberHome AN5516: `slot<<25 | pon<<19 | onu<<8` (facts/olt.md 6, one source). */
const fiberhome: OnuCodec = {
  decodeOnu: (index) => {
    const slot = Math.floor(index / 2 ** 25)
    const port = (index >>> 19) & 63
    const onuId = (index >>> 8) & 2047
    if (index % 256 !== 0 || slot < 1 || slot > 63 || port === 0) return null
    return onuId < 1 || onuId > 1023 ? null : { shelf: 0, slot, port, onuId }
  },
  encodeOnu: ({ slot, port, onuId }) => slot * 2 ** 25 + port * 2 ** 19 + onuId * 2 ** 8,
}

/**
 * Nokia ISAM: `slotField<<25 | 14<<21 | pon<<16 | ont<<9` is the ifIndex of an ONT, read from a
 * recording (facts/olt.md 7).
 */
const isam: OnuCodec = {
  decodeOnu: (index) => {
    if (((index >>> 21) & 15) !== 14 || (index & 511) !== 0) return null
    const slot = Math.floor(index / 2 ** 25)
    if (slot > 63) return null
    return { shelf: 0, slot, port: (index >>> 16) & 31, onuId: (index >>> 9) & 127 }
  },
  encodeOnu: ({ slot, port, onuId }) =>
    slot * 2 ** 25 + 14 * 2 ** 21 + port * 2 ** 16 + onuId * 2 ** 9,
  ofInterfaces: true,
}

/**
 * ZTE EPON, "type 3": `3<<28 | (shelf-1)<<24 | slot<<19 | (port-1)<<16 | onu<<8` (facts/olt.md 2.2,
 * one source).
 */
const zteEpon: OnuCodec = {
  decodeOnu: (index) => {
    if (Math.floor(index / 2 ** 28) !== 3 || index % 256 !== 0) return null
    const onuId = (index >>> 8) & 255
    if (onuId === 0) return null
    return {
      shelf: ((index >>> 24) & 15) + 1,
      slot: (index >>> 19) & 31,
      port: ((index >>> 16) & 7) + 1,
      onuId,
    }
  },
  encodeOnu: ({ shelf, slot, port, onuId }) =>
    3 * 2 ** 28 + (shelf - 1) * 2 ** 24 + slot * 2 ** 19 + (port - 1) * 2 ** 16 + onuId * 2 ** 8,
}

/**
 * ONUs counted through the whole OLT, without a word of their PON port. Ports here are bundles of
 * 1,024 numbers, so that each ONU keeps one address for life; the family's page says that the PON is
 * not known.
 */
const counted: OnuCodec = {
  decodeOnu: (index) =>
    index < 0 || index >= 2 ** 18
      ? null
      : { shelf: 0, slot: 0, port: index >>> 10, onuId: index & 1023 },
  encodeOnu: ({ port, onuId }) => port * 1024 + onuId,
}

export const onuCodecs = {
  'octets-onu': octets,
  'compact-onu': compact,
  'fiberhome-onu': fiberhome,
  'isam-onu': isam,
  'zte-epon-onu': zteEpon,
  'counted-onu': counted,
} as const satisfies Record<string, OnuCodec>

export type OnuCodecName = keyof typeof onuCodecs
export const isOnuCodecName = (name: string): name is OnuCodecName => name in onuCodecs

/** What the index of a row says that is named by a serial number. */
export interface SerialKey {
  readonly serial: string
  /** Where the index says it. */
  readonly slot: number | null
}

/** Numberings in which the index spells the ONU's serial number. */
export interface SerialCodec {
  readonly decodeSerial: (arcs: Float64Array, arcCount: number) => SerialKey | null
  readonly encodeSerial: (key: SerialKey) => readonly number[]
}

const octetsOf = (arcs: Float64Array, start: number, end: number): Buffer | null => {
  const found = Buffer.alloc(end - start)
  for (let at = start; at < end; at++) {
    const arc = arcs[at] as number
    if (arc > 255) return null
    found[at - start] = arc
  }
  return found
}

/** Ubiquiti: the length, then the ASCII letters of the serial number (facts/olt.md 8, recording). */
const asciiSerial: SerialCodec = {
  decodeSerial: (arcs, arcCount) => {
    if (arcCount < 5 || arcCount > 33 || arcs[0] !== arcCount - 1) return null
    const serial = octetsOf(arcs, 1, arcCount)?.toString('latin1') ?? ''
    return /^[0-9A-Za-z-]+$/u.test(serial) ? { serial: serial.toUpperCase(), slot: null } : null
  },
  encodeSerial: ({ serial }) => [serial.length, ...Buffer.from(serial, 'latin1')],
}

/**
 * Eltex LTP: slot, then the 8 octets of a GPON serial number behind their length (MIB; three public
 * sources write `1.8.69.76.84.88...`).
 */
const slotOctetSerial: SerialCodec = {
  decodeSerial: (arcs, arcCount) => {
    const slot = arcs[0] as number
    if (arcCount !== 10 || arcs[1] !== 8 || slot > 63) return null
    const octetsFound = octetsOf(arcs, 2, 10)
    if (octetsFound === null) return null
    const letters = octetsFound.toString('latin1', 0, 4)
    if (!/^[A-Z]{4}$/u.test(letters)) return null
    return { serial: letters + octetsFound.toString('hex', 4).toUpperCase(), slot }
  },
  encodeSerial: ({ serial, slot }) => [
    slot ?? 1,
    8,
    ...Buffer.from(serial.slice(0, 4), 'latin1'),
    ...Buffer.from(serial.slice(4), 'hex'),
  ],
}

export const serialCodecs = {
  'ascii-serial': asciiSerial,
  'slot-octet-serial': slotOctetSerial,
} as const satisfies Record<string, SerialCodec>

export type SerialCodecName = keyof typeof serialCodecs
export const isSerialCodecName = (name: string): name is SerialCodecName => name in serialCodecs

/** The ifIndex of the ONU's own interface: its name in IF-MIB tells the address (`EPON0/1:3`). */
export const onuInterface = 'onu-interface'
