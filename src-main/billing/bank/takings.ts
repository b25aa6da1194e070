import type { Payload } from '../../../src-shared/contract/index.ts'
import { isNocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { PaymentDesk } from '../payments/payment-desk.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { lineById, proposalsOf } from './bank-tables.ts'
import { isStillSure, takeLine } from './take-line.ts'

type Progress = Payload<'billing.bankProgress'>

/** So long is taken without a pause. */
const sliceMs = 20
const tellMs = 250

/**
 * Takes lines that are certain, one after the other, each in a transaction of its own and looked at
 * again in it. It keeps nothing that another time would need: killed anywhere, what is taken is taken
 * and the rest waits as before.
 */
export const createTakings = (deps: {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly newId: () => string
  readonly reads: Reads
  readonly desk: Pick<PaymentDesk, 'take'>
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly log: { error(event: string, details?: object): void }
  readonly nextTurn: () => Promise<void>
  readonly told: (progress: Progress) => void
}) => {
  const { clock, log, newId, reads, desk, write } = deps
  let running: { cancelled: boolean; done: number; readonly total: number } | null = null
  let stopping = false

  /** Whether it was taken. */
  const lookAt = (lineId: string, by: string | null): boolean => {
    const sure = (from: Reads) => {
      const kept = lineById(from, lineId)
      const [proposal] = proposalsOf(from, lineId)
      if (kept?.state !== 'proposed' || proposal === undefined) return null
      return isStillSure(from, kept, proposal) ? { kept, proposal } : null
    }
    if (sure(reads) === null) return false
    let taken = false
    try {
      write('billing.bankLineTaken', { lineId }, (tx) => {
        const found = sure(tx)
        if (found === null) return
        const { kept, proposal } = found
        const parts = [{ subscriberId: proposal.subscriberId, amount: kept.left }]
        takeLine(tx, desk, { kept, parts, newId, at: clock.now(), by })
        taken = true
      })
    } catch (error) {
      // Known from elsewhere, of a day that is closed: a person looks at it.
      if (isNocturneError(error) && error.code !== 'disk-full') return false
      throw error
    }
    return taken
  }

  const takeAll = async (
    lineIds: readonly string[],
    by: string | null,
    state: { cancelled: boolean; done: number; readonly total: number },
  ): Promise<void> => {
    let taken = 0
    const tell = (word: Progress['state']): void => {
      const { done, total } = state
      deps.told({ state: word, done, total, taken, left: done - taken })
    }
    let [told, slice] = [clock.monotonic(), clock.monotonic()]
    tell('running')
    try {
      for (const lineId of lineIds) {
        if (state.cancelled || stopping) break
        if (lookAt(lineId, by)) taken += 1
        state.done += 1
        const now = clock.monotonic()
        if (now - told >= tellMs) {
          tell('running')
          told = now
        }
        if (now - slice >= sliceMs) {
          await deps.nextTurn()
          slice = clock.monotonic()
        }
      }
      if (!stopping) tell(state.cancelled ? 'cancelled' : 'done')
    } catch (error) {
      log.error('lines of the bank could not be taken', { error })
      tell('broken')
    }
  }

  return {
    running: (): { done: number; total: number } | null =>
      running === null ? null : { done: running.done, total: running.total },
    begin: async (lineIds: readonly string[], by: string | null): Promise<void> => {
      const state = { cancelled: false, done: 0, total: lineIds.length }
      running = state
      try {
        await takeAll(lineIds, by, state)
      } finally {
        running = null
      }
    },
    cancel: (): boolean => {
      if (running === null) return false
      running.cancelled = true
      return true
    },
    /** Between two lines: nothing of the store is touched from here on. */
    stop: (): void => {
      stopping = true
    },
  }
}

export type Takings = ReturnType<typeof createTakings>
