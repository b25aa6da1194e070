import type { PonPort } from '../population/olt-model.ts'

/**
 * `device<<24 | slot<<16 | port<<8 | onu` of the FD16xx kind, with one device (facts/olt.md 5). A PON
 * port is the same without its ONU, and its ifIndex too.
 */
export const cdataOnuIndex = (pon: PonPort, onuId: number): number =>
  0x01000000 | (pon.slot << 16) | (pon.port << 8) | onuId

export const cdataPonIndex = (pon: PonPort): number => cdataOnuIndex(pon, 0)
