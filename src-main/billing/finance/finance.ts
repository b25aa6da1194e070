import type { Output } from '../../../src-shared/contract/index.ts'
import {
  addDays,
  addMonths,
  calendarDate,
  endOfMonth,
  startOfMonth,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { QueryHandlers } from '../../engine/handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { latestLook } from '../reconciliation/reconciliation-tables.ts'
import { runsOf } from '../run/run-tables.ts'
import { createSlices, type SliceDependencies } from '../slices.ts'
import { ledgerByMonth, movedBy } from './ledger-months.ts'
import { noReceivables, receivablesOn } from './receivables.ts'
import { recurringByMonth } from './recurring.ts'

type Finance = Output<'billing.finance'>

export interface FinanceDependencies extends Omit<SliceDependencies, 'signal' | 'told'> {
  readonly reads: Reads
  readonly today: () => CalendarDate
}

/** First days of so many months, the last of them that of the day. */
const monthsUntil = (on: CalendarDate, count: number): readonly CalendarDate[] => {
  const last = startOfMonth(on)
  return Array.from({ length: count }, (_, at) => addMonths(last, at + 1 - count, 1))
}

const nothingRecurring = { amount: 0, fresh: 0, changed: 0, lost: 0 }

export const createFinance = (deps: FinanceDependencies): QueryHandlers<'billing.finance'> => ({
  'billing.finance': async ({ asOfOn, months: count, taskId }, context): Promise<Finance> => {
    const { reads } = deps
    const today = deps.today()
    const on = asOfOn === null ? today : calendarDate(asOfOn)
    if (on > today) throw new NocturneError('day-in-future', { on, today })
    const tell = (step: string, done: number): void => {
      if (taskId !== undefined) context.progress(taskId, step, done, null)
    }
    const slices = createSlices({ ...deps, signal: context.signal })
    const firsts = monthsUntil(on, count)
    const boundaries = [
      addDays(firsts[0] ?? on, -1),
      ...firsts.map((first, at) => (at === firsts.length - 1 ? on : endOfMonth(first))),
    ]
    const ledger = await ledgerByMonth(reads, { firsts, lastOn: on }, slices, (done) =>
      tell('ledger', done),
    )
    tell('receivables', 0)
    const owed = await receivablesOn(reads, on, slices)
    tell('subscriptions', 0)
    const { byCurrency, people } = await recurringByMonth(reads, boundaries, slices)
    const names = firsts.map((first) => first.slice(0, 7))
    const currencies = [...new Set([...ledger.keys(), ...owed.keys(), ...byCurrency.keys()])]
    const [run] = runsOf(reads, 0, 1).runs
    return {
      today,
      asOfOn: on,
      currencies: currencies.toSorted().map((currency) => {
        const books = ledger.get(currency)
        const { ages, overdue, dueThisWeek, owing } = owed.get(currency) ?? noReceivables()
        const opening = books?.opening ?? 0
        const recurring = byCurrency.get(currency)
        return {
          currency,
          opening,
          closing: (books?.months ?? []).reduce((sum, month) => sum + movedBy(month), opening),
          months: names.map((month, at) => {
            const { methods, ...amounts } = books?.months[at] ?? { ...none, methods: new Map() }
            return {
              month,
              ...amounts,
              methods: [...methods].map(([method, way]) => ({ method, ...way })),
              recurring: recurring?.[at] ?? nothingRecurring,
            }
          }),
          ages,
          overdue,
          dueThisWeek,
          debtors: owing,
        }
      }),
      subscribers: names.map((month, at) => ({
        month,
        ...(people[at] ?? { active: 0, suspended: 0, paused: 0, begun: 0, ended: 0 }),
      })),
      lastRun: run === undefined ? null : { ...run },
      stake: stakeOf(reads),
    }
  },
})

const none = {
  documents: 0,
  net: 0,
  tax: 0,
  total: 0,
  creditedNet: 0,
  creditedTax: 0,
  credited: 0,
  collected: 0,
  returned: 0,
  other: 0,
}

const stakeOf = (reads: Reads): Finance['stake'] => {
  const look = latestLook(reads)
  if (look === null) return null
  return {
    at: look.at,
    findings: look.kinds.reduce((sum, { count }) => sum + count, 0),
    sums: look.stakes,
  }
}
