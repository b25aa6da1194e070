import type { Output } from '../../../src-shared/contract/index.ts'
import {
  calendarDate,
  daysBetween,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { balanceOf, ledgerCurrencies } from '../ledger/ledger-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { freeSources, openDocuments } from './payment-tables.ts'

/** What a subscriber owes on a day, and by what. */
export const accountView = (
  reads: Reads,
  subscriberId: string,
  today: CalendarDate,
): Output<'billing.account'> => {
  const open = openDocuments(reads, subscriberId)
  const credit = freeSources(reads, subscriberId)
  const currencies = new Set([
    ...ledgerCurrencies(reads, subscriberId),
    ...open.map((document) => document.currency),
  ])
  return {
    today,
    balances: [...currencies].toSorted().map((one) => {
      const own = open.filter((document) => document.currency === one)
      return {
        currency: one,
        balance: balanceOf(reads, subscriberId, one),
        open: sum(own.map((document) => document.open)),
        overdue: sum(own.filter(({ dueOn }) => dueOn < today).map((each) => each.open)),
        credit: sum(credit.filter(({ currency }) => currency === one).map((each) => each.free)),
      }
    }),
    open: open.map((document) => ({
      ...document,
      overdueDays: daysBetween(calendarDate(document.dueOn), today),
    })),
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, one) => total + one, 0)
