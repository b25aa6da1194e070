import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { problemOf } from '../run/bill-one.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import type { PrepaidDesk } from './prepaid-desk.ts'
import { prepaidSettings, pursesDue, putWorkedOn } from './prepaid-tables.ts'

/**
 * Goes through what is prepaid: at start, each hour, after a sleep and when asked; each purse in a
 * transaction of its own. It remembers nothing that another one would need.
 */
export interface PrepaidWorker {
  start(): void
  /** Goes through everything. Ends when it has; while one runs, another one waits for it. */
  run(signal?: AbortSignal): Promise<PrepaidRound>
  wake(): void
  stop(): void
}

export interface PrepaidRound {
  readonly looked: number
  readonly moved: number
  readonly failed: number
}

const everyMs = 3_600_000
const sliceMs = 20

export const createPrepaidWorker = (
  deps: Pick<BillingDependencies, 'clock' | 'write' | 'log'> & {
    readonly reads: Reads
    readonly today: Today
    readonly desk: PrepaidDesk
    readonly lines: Pick<ServiceLines, 'committed'>
    readonly nextTurn: () => Promise<void>
    readonly changed: () => void
  },
): PrepaidWorker => {
  const { clock, desk, log, reads, write } = deps
  let stopTimer: (() => void) | null = null
  let isStarted = false
  let isStopped = false
  let going = 0
  let last: Promise<unknown> = Promise.resolve()

  const goThrough = async (isWhole: boolean, signal?: AbortSignal): Promise<PrepaidRound> => {
    const today = deps.today()
    const purses = pursesDue(reads, today, isWhole)
    const count = { looked: 0, moved: 0, failed: 0 }
    let slice = clock.monotonic()
    for (const purse of purses) {
      if (isStopped || signal?.aborted === true) return count
      count.looked += 1
      const { subscriberId, currency } = purse
      try {
        write('billing.prepaidTurned', { subscriberId, currency }, (tx: Transaction) => {
          if (desk.turn(tx, purse)) count.moved += 1
          tx.about({ objectKind: 'subscriber', objectId: subscriberId, subjectId: subscriberId })
        })
        deps.lines.committed()
      } catch (error) {
        count.failed += 1
        log.error('a prepaid balance could not be worked through', {
          subscriberId,
          code: problemOf(error).code,
          error,
        })
      }
      if (clock.monotonic() - slice >= sliceMs) {
        await deps.nextTurn()
        slice = clock.monotonic()
      }
    }
    // A day that is doubted, or that went back, is not called worked through.
    if (desk.held(reads) === null && prepaidSettings(reads).workedOn !== today) {
      write('billing.prepaidWorked', { on: today }, (tx) => putWorkedOn(tx, today))
    }
    if (count.moved > 0 || count.failed > 0) deps.changed()
    return count
  }

  /** One after the other: the second sees what the first did. */
  const go = (isWhole: boolean, signal?: AbortSignal): Promise<PrepaidRound> => {
    going += 1
    const mine = last
      .then(() => goThrough(isWhole, signal))
      .finally(() => {
        going -= 1
      })
    last = mine.catch(() => undefined)
    return mine
  }

  const byItself = (): void => {
    stopTimer?.()
    if (!isStarted || isStopped) return
    stopTimer = clock.after(everyMs, byItself)
    if (going > 0) return
    go(false).catch((error: unknown) => log.error('the prepaid work broke', { error }))
  }

  return {
    start: () => {
      isStarted = true
      byItself()
    },
    run: (signal) => go(true, signal),
    wake: byItself,
    stop: () => {
      isStopped = true
      stopTimer?.()
      stopTimer = null
    },
  }
}
