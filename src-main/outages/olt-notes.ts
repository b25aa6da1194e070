import type { OltFacts } from '../engine/network-facts.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'

/** What is remembered of an OLT's chassis, so that a change of it can speak. */
export interface OltNotes {
  /** PON ports (packed) whose laser has shone, and cards (shelf × 64 + slot) that have worked. */
  readonly shone: Set<number>
  readonly worked: Set<number>
  /** Uptime as it was read last, when that was, and the start that follows from it; wall ms. */
  uptimeS: number | null
  uptimeAt: number
  startedAt: number
  /** Whole status walks since this engine began; 0: nobody was seen to fall yet. */
  walks: number
  walkedAt: number
  /** The chassis was asked for by us then, monotonic ms. */
  askedAt: number
  /** How far its clock is ahead of ours, ms. */
  aheadMs: number
}

export const newOltNotes = (): OltNotes => ({
  shone: new Set(),
  worked: new Set(),
  uptimeS: null,
  uptimeAt: Number.NaN,
  startedAt: Number.NaN,
  walks: 0,
  walkedAt: Number.NaN,
  askedAt: Number.NEGATIVE_INFINITY,
  aheadMs: 0,
})

export const cardOf = (shelf: number, slot: number): number => shelf * 64 + slot
export const cardOfAddress = (packed: number): number => packed >>> 18

export const ponPacked = (pon: { shelf: number; slot: number; port: number }): number =>
  packOnuAddress({ ...pon, onuId: 0 })

/** Takes what the OLT tells of its uptime: read anew whenever the number is another one. */
export const noteUptime = (notes: OltNotes, olt: OltFacts, at: number): void => {
  if (olt.uptimeS === null || olt.uptimeS === notes.uptimeS) return
  notes.uptimeS = olt.uptimeS
  notes.uptimeAt = at
  notes.startedAt = at - olt.uptimeS * 1000
}

export const noteChassis = (notes: OltNotes, olt: OltFacts, darkDbm: number): void => {
  for (const board of olt.boards) {
    if (board.state === 'in-service') notes.worked.add(cardOf(board.shelf, board.slot))
  }
  for (const port of olt.ponPorts) {
    if (port.txDbm !== null && port.txDbm > darkDbm) notes.shone.add(ponPacked(port))
  }
}
