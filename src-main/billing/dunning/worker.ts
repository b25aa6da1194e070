import type { BillingDependencies } from '../ports.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { problemOf } from '../run/bill-one.ts'
import { liveCases, newDebtors, putScanned, scannedBefore, type Debtor } from './case-tables.ts'
import type { DunningDesk } from './dunning-desk.ts'
import { currentPolicy } from './policy-tables.ts'

/**
 * Goes through what is owed, at start, each hour, after a sleep and when asked. It remembers nothing
 * that another one would need: each case is looked at and done in a transaction of its own, and what a
 * dead process left is done by the next.
 */
export interface DunningWorker {
  start(): void
  /** Goes through everything. Ends when it has; while one runs, another one waits for it. */
  run(signal?: AbortSignal): Promise<DunningRound>
  wake(): void
  stop(): void
}

export interface DunningRound {
  readonly looked: number
  readonly moved: number
  readonly failed: number
}

const everyMs = 3_600_000
const sliceMs = 20

export const createDunningWorker = (
  deps: Pick<BillingDependencies, 'clock' | 'write' | 'log'> & {
    readonly reads: Reads
    readonly desk: DunningDesk
    readonly lines: Pick<ServiceLines, 'committed'>
    readonly nextTurn: () => Promise<void>
    readonly changed: () => void
  },
): DunningWorker => {
  const { clock, desk, log, reads, write } = deps
  let stopTimer: (() => void) | null = null
  let isStarted = false
  let isStopped = false
  let going = 0
  let last: Promise<unknown> = Promise.resolve()

  /** True: something was done. */
  const turn = (debtor: Debtor): boolean => {
    if (!desk.wouldMove(reads, debtor)) return false
    const { subscriberId, currency } = debtor
    let moved = false
    write('billing.dunned', { subscriberId, currency }, (tx) => {
      moved = desk.turn(tx, debtor)
    })
    deps.lines.committed()
    return moved
  }

  /** What was entered with a day that is over is found when the console starts, or a person asks. */
  let isFirst = true

  const goThrough = async (isWhole: boolean, signal?: AbortSignal): Promise<DunningRound> => {
    const { on: today } = desk.now()
    const isOn = currentPolicy(reads).terms.enabled
    const before = scannedBefore(reads)
    // A clock that went back: what falls due now may have been passed by.
    const from = before !== null && before <= today && !isWhole ? before : null
    const debtors: readonly Debtor[] = [
      ...liveCases(reads),
      ...(isOn ? newDebtors(reads, from, today) : []),
    ]
    const count = { looked: 0, moved: 0, failed: 0 }
    let slice = clock.monotonic()
    for (const debtor of debtors) {
      if (isStopped || signal?.aborted === true) return count
      count.looked += 1
      try {
        if (turn(debtor)) count.moved += 1
      } catch (error) {
        count.failed += 1
        const problem = problemOf(error)
        if (problem.code === 'internal') log.error('a debt could not be dunned', { error })
        const { subscriberId, currency } = debtor
        const { code } = problem
        write('billing.dunningFailed', { subscriberId, currency, code }, (tx) =>
          desk.failed(tx, debtor, problem),
        )
      }
      if (clock.monotonic() - slice >= sliceMs) {
        await deps.nextTurn()
        slice = clock.monotonic()
      }
    }
    // Who could not be looked at is looked for again.
    if (isOn && count.failed === 0 && before !== today) {
      write('billing.dunningScanned', { before: today }, (tx) => putScanned(tx, today))
    }
    if (count.moved > 0 || count.failed > 0) deps.changed()
    return count
  }

  /** One after the other: the second sees what the first did. */
  const go = (isWhole: boolean, signal?: AbortSignal): Promise<DunningRound> => {
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
    const isWhole = isFirst
    isFirst = false
    go(isWhole).catch((error: unknown) => log.error('the dunning broke', { error }))
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
