import type { PonPort } from '../population/olt-model.ts'

/**
 * The three index spaces of a ZTE C300/C320 V2.1 (facts/olt.md 2.2). (a) and (c) overlap: the same
 * number can be a PON in one and another port in the other.
 */

/** (a): the 1012 and 1015 trees. 1/1/1 = 268501248. */
export const ponTreeIndex = (pon: PonPort): number =>
  (0x10000000 | ((pon.shelf - 1) << 24) | (pon.slot << 16) | (pon.port << 8)) >>> 0

/** (b): the 1082 tree. 1/1/1 = 285278465. */
export const newTreeIndex = (slot: number, port: number): number =>
  (0x11010000 | (slot << 8) | port) >>> 0

/** (c): IF-MIB. Cards count from the first line-card slot: C320 slot 1 and C300 slot 2 are 0. */
export const ifMibIndex = (model: string, slot: number, port: number): number => {
  const ordinal = slot - (model === 'C300' ? 2 : 1)
  return (0x10000000 | (ordinal << 16) | ((port - 1) << 8)) >>> 0
}
