import { createHourlyRounds, type HourlyRounds } from '../hourly-rounds.ts'
import type { BillingDependencies } from '../ports.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { problemOf } from '../run/bill-one.ts'
import { liveCases, newDebtors, putScanned, scannedBefore, type Debtor } from './case-tables.ts'
import type { DunningDesk } from './dunning-desk.ts'
import { currentPolicy } from './policy-tables.ts'

export type DunningWorker = HourlyRounds<DunningRound>

export interface DunningRound {
  readonly looked: number
  readonly moved: number
  readonly failed: number
}

const sliceMs = 20

/**
 * Goes through what is owed. It remembers nothing that another one would need: each case is looked at and
 * done in a transaction of its own, and what a dead process left is done by the next.
 */
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

  const goThrough = async (isWhole: boolean, isOver: () => boolean): Promise<DunningRound> => {
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
      if (isOver()) return count
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
    if (isOver()) return count
    // Who could not be looked at is looked for again.
    if (isOn && count.failed === 0 && before !== today) {
      write('billing.dunningScanned', { before: today }, (tx) => putScanned(tx, today))
    }
    if (count.moved > 0 || count.failed > 0) deps.changed()
    return count
  }

  // What was entered with a day that is over is found when the console starts, or a person asks.
  return createHourlyRounds({ ...deps, goThrough, wholeAtStart: true, broke: 'the dunning broke' })
}
