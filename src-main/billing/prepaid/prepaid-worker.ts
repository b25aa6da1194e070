import { createHourlyRounds, type HourlyRounds } from '../hourly-rounds.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { problemOf } from '../run/bill-one.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import type { PrepaidDesk } from './prepaid-desk.ts'
import { prepaidSettings, purseDuePages, putWorkedOn, type Purse } from './prepaid-tables.ts'

export interface PrepaidRound {
  readonly looked: number
  readonly moved: number
  readonly failed: number
}

const sliceMs = 20

/**
 * Goes through what is prepaid, each purse in a transaction of its own. It remembers nothing that
 * another one would need.
 */
export const createPrepaidWorker = (
  deps: Pick<BillingDependencies, 'clock' | 'write' | 'log'> & {
    readonly reads: Reads
    readonly today: Today
    readonly desk: PrepaidDesk
    readonly lines: Pick<ServiceLines, 'committed'>
    readonly nextTurn: () => Promise<void>
    readonly changed: () => void
  },
): HourlyRounds<PrepaidRound> => {
  const { clock, desk, log, reads, write } = deps

  /** True: something was done. */
  const turn = (purse: Purse): boolean => {
    if (desk.stands(reads, purse)) return false
    const { subscriberId, currency } = purse
    let isMoved = false
    write('billing.prepaidTurned', { subscriberId, currency }, (tx) => {
      isMoved = desk.turn(tx, purse)
      tx.about({ objectKind: 'subscriber', objectId: subscriberId, subjectId: subscriberId })
    })
    deps.lines.committed()
    return isMoved
  }

  const goThrough = async (isWhole: boolean, isOver: () => boolean): Promise<PrepaidRound> => {
    const today = deps.today()
    const count = { looked: 0, moved: 0, failed: 0 }
    let slice = clock.monotonic()
    if (isOver()) return count
    for (const page of purseDuePages(reads, today, isWhole)) {
      for (const purse of page) {
        count.looked += 1
        try {
          if (turn(purse)) count.moved += 1
        } catch (error) {
          count.failed += 1
          const { subscriberId } = purse
          const { code } = problemOf(error)
          log.error('a prepaid balance could not be worked through', { subscriberId, code, error })
        }
        if (clock.monotonic() - slice < sliceMs) continue
        await deps.nextTurn()
        if (isOver()) return count
        slice = clock.monotonic()
      }
      await deps.nextTurn()
      if (isOver()) return count
    }
    // A day that is doubted, or that went back, is not called worked through.
    if (desk.held(reads) === null && prepaidSettings(reads).workedOn !== today) {
      write('billing.prepaidWorked', { on: today }, (tx) => putWorkedOn(tx, today))
    }
    if (count.moved > 0 || count.failed > 0) deps.changed()
    return count
  }

  return createHourlyRounds({
    ...deps,
    goThrough,
    wholeAtStart: false,
    broke: 'the prepaid work broke',
  })
}
