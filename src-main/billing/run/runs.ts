import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { Clock } from '../../engine/clock.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { DocumentDraft } from '../documents/document-draft.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { billOne, isNothing, planOne, problemOf } from './bill-one.ts'
import { dueIds } from './due-list.ts'
import type { BillingRound } from './read-work.ts'
import { createRound } from './rounds.ts'
import { endRun, putFailure, runningRuns, type RunState } from './run-tables.ts'

/**
 * A billing run. It asks the store what is due and bills one subscription after the other, each in a
 * transaction of its own; it keeps nothing in memory that another run would need. Killed anywhere,
 * the next one takes up what it left.
 */
export interface RunProgress {
  readonly runId: string
  readonly looked: number
  readonly total: number
  readonly documents: number
  readonly failed: number
  readonly state: RunState
}

export interface RunDependencies {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly newId: () => string
  readonly reads: Reads
  /** One audited transaction of the engine's own. */
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly log: { error(event: string, details?: object): void }
  readonly subscribers: Pick<SubscriberPort, 'party' | 'note'>
  /** Lets everything else have its turn. */
  readonly nextTurn: () => Promise<void>
  readonly told: (progress: RunProgress) => void
  /** Once a document is issued, in its transaction: payments settle it there. */
  readonly issued: (tx: Transaction, draft: DocumentDraft, number: string) => void
}

/** So long is billed without a pause. */
const sliceMs = 20
const tellMs = 250

export const createRuns = (deps: RunDependencies) => {
  const { clock, log, newId, reads, write } = deps
  let running: { readonly id: string; cancelled: boolean } | null = null
  let stopping = false

  /** What a console that ended left: broken, and for the next run to take up. */
  const start = (): void => {
    const left = runningRuns(reads)
    if (left.length === 0) return
    write('billing.runBroken', { runs: left.length }, (tx) => {
      for (const { id, looked, failed } of left)
        endRun(tx, id, { state: 'broken', at: clock.now(), looked, failed })
    })
  }

  const billAll = async (
    round: BillingRound & { readonly runId: string },
    accountId: string | null,
    isCancelled: () => boolean,
  ): Promise<void> => {
    const { runId, today, seller } = round
    const count = { looked: 0, documents: 0, failed: 0 }
    const ids = await dueIds(reads, today, seller.leadDays, deps.nextTurn)
    // The console was closed meanwhile.
    if (stopping) return
    const tell = (state: RunState): void => deps.told({ runId, total: ids.length, ...count, state })
    let told = clock.monotonic()
    let slice = told
    tell('running')
    for (const id of ids) {
      if (isCancelled() || stopping) break
      count.looked += 1
      try {
        count.documents += lookAt(round, accountId, id)
      } catch (error) {
        count.failed += 1
        const problem = problemOf(error)
        if (problem.code === 'internal')
          log.error('a subscription could not be billed', { subscriptionId: id, error })
        write('billing.runFailed', { runId, subscriptionId: id, code: problem.code }, (tx) => {
          putFailure(tx, runId, id, problem)
          tx.about({ objectKind: 'subscription', objectId: id })
        })
      }
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
    // A console that is closed in the middle leaves it as one that was killed.
    if (stopping) return
    const state = isCancelled() ? 'cancelled' : 'done'
    write('billing.runEnded', { runId, state, ...count }, (tx) => {
      const { looked, failed } = count
      endRun(tx, runId, { state, at: clock.now(), looked, failed })
      tx.about({ objectKind: 'billing-run', objectId: runId })
    })
    tell(state)
  }

  const markBroken = (runId: string): void => {
    try {
      write('billing.runBroken', { runs: 1 }, (tx) => {
        endRun(tx, runId, { state: 'broken', at: clock.now(), looked: 0, failed: 0 })
      })
    } catch (error) {
      // The disk is full, say: the next start finds it running and marks it.
      log.error('a broken billing run could not be marked', { runId, error })
    }
  }

  /** How many documents it got. */
  const lookAt = (
    round: BillingRound & { readonly runId: string },
    accountId: string | null,
    id: string,
  ): number => {
    if (isNothing(planOne(reads, round, deps.subscribers, id))) return 0
    let documents = 0
    write('billing.billed', { runId: round.runId, subscriptionId: id }, (tx) => {
      const { subscribers, issued } = deps
      const by = { subscribers, at: clock.now(), accountId, issued }
      documents = billOne(tx, round, by, id).length
    })
    return documents
  }

  return {
    start,
    running: (): string | null => running?.id ?? null,
    /** After the run's row is on the disk. Ends when all of it is looked at. */
    begin: (of: {
      readonly runId: string
      readonly today: CalendarDate
      readonly accountId: string | null
    }): Promise<void> => {
      const { runId, today, accountId } = of
      const round = { ...createRound(reads, { today, runId, newId }), runId }
      const state = { id: runId, cancelled: false }
      running = state
      const over = billAll(round, accountId, () => state.cancelled)
        .catch((error: unknown) => {
          log.error('a billing run broke', { runId, error })
          markBroken(runId)
        })
        .finally(() => {
          running = null
        })
      return over
    },
    cancel: (runId: string): boolean => {
      if (running?.id !== runId) return false
      running.cancelled = true
      return true
    },
    /** Between two subscriptions: nothing of the store is touched from here on. */
    stop: (): void => {
      stopping = true
    },
  }
}

export type Runs = ReturnType<typeof createRuns>
