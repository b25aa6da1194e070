import type { PonPort } from '../population/olt-model.ts'

/** ifIndex of a SmartAX GPON port: type 125, frame, slot, port (facts/olt.md 1.2, recording). */
export const gponIfIndex = (pon: PonPort): number =>
  (125 * 2 ** 25 + pon.shelf * 2 ** 19 + pon.slot * 2 ** 13 + pon.port * 2 ** 8) >>> 0

/** ifIndex of a SmartAX ethernet port: type 7, slot, port (facts/olt.md 1.2, recording). */
export const ethernetIfIndex = (slot: number, port: number): number =>
  7 * 2 ** 25 + slot * 2 ** 13 + port * 2 ** 6
