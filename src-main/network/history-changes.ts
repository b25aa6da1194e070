import { historyEventKinds, type HistoryEventKind } from '../../src-shared/domain/history-events.ts'
import type { Cycle } from '../history/cycle.ts'

/** Events that wait for the cycle with which they are kept. */
export interface HistoryChanges {
  readonly add: (change: HistoryChange) => void
  /** Takes them out; undefined: there is none. */
  readonly take: () => Cycle['events']
}

export interface HistoryChange {
  /** Wall ms. */
  readonly at: number
  /** Packed; of an OLT 0. */
  readonly address: number
  readonly kind: HistoryEventKind
  /** Meaning by kind (domain/history-events.ts). */
  readonly code?: number
  readonly detail?: number
}

export const createHistoryChanges = (): HistoryChanges => {
  let changes: HistoryChange[] = []
  return {
    add: (change) => {
      changes.push(change)
    },
    take: () => {
      if (changes.length === 0) return undefined
      const taken = changes
      changes = []
      return {
        at: Float64Array.from(taken, ({ at }) => at),
        addresses: Int32Array.from(taken, ({ address }) => address),
        kinds: Uint8Array.from(taken, ({ kind }) => historyEventKinds.indexOf(kind)),
        codes: Uint8Array.from(taken, ({ code = 0 }) => code),
        details: Uint8Array.from(taken, ({ detail = 0 }) => detail),
      }
    },
  }
}
