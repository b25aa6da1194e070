import type { FinanceCurrency } from '../../../src-shared/contract/billing-finance.ts'
import {
  addDays,
  calendarDate,
  daysBetween,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { Slices } from '../slices.ts'

/**
 * What was owed on a day, subscriber by subscriber: the same as payments/aged.ts says (a test holds
 * them together), in slices, and with what falls due.
 */

export interface Owing {
  readonly subscriberId: string
  readonly code: string
  readonly name: string
  readonly balance: number
  readonly overdue: number
}

export interface Receivables {
  readonly ages: { -readonly [Key in keyof FinanceCurrency['ages']]: number }
  readonly overdue: { documents: number; amount: number }
  readonly dueThisWeek: { documents: number; amount: number }
  readonly owing: Owing[]
}

interface Item {
  readonly subscriberId: string
  readonly currency: string
  /** Null: credit. */
  readonly dueOn: string | null
  readonly amount: number
}

const settled = (column: string): string =>
  `coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.${column} AND a.allocated_on <= (SELECT day FROM given)), 0)`

const itemsOf = (reads: Reads, on: string, ids: string): readonly Item[] =>
  reads.all<Item>(
    `WITH given (day, ids) AS (VALUES (?, ?)),
      person AS (SELECT value AS id FROM json_each((SELECT ids FROM given)))
    SELECT i.subscriber_id AS subscriberId, i.currency, i.due_on AS dueOn,
      i.total - ${settled('invoice_id = i.id')} AS amount
      FROM invoice i WHERE i.subscriber_id IN (SELECT id FROM person)
        AND i.status = 'issued' AND i.kind IN ('invoice', 'debit-note') AND i.issued_on <= (SELECT day FROM given)
    UNION ALL
    SELECT i.subscriber_id, i.currency, NULL, i.total - ${settled('credit_note_id = i.id')}
      FROM invoice i WHERE i.subscriber_id IN (SELECT id FROM person)
        AND i.status = 'issued' AND i.kind = 'credit-note' AND i.issued_on <= (SELECT day FROM given)
    UNION ALL
    SELECT p.subscriber_id, p.currency, NULL, p.amount - ${settled('payment_id = p.id')}
      - coalesce((SELECT sum(r.amount) FROM refund r WHERE r.payment_id = p.id
          AND r.refunded_on <= (SELECT day FROM given)), 0)
      - CASE WHEN EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id
          AND v.reversed_on <= (SELECT day FROM given)) THEN p.amount ELSE 0 END
      FROM payment p WHERE p.subscriber_id IN (SELECT id FROM person)
        AND p.received_on <= (SELECT day FROM given)`,
    on,
    ids,
  )

const pageSize = 100
const week = 7

export const receivablesOn = async (
  reads: Reads,
  on: CalendarDate,
  slices: Slices,
): Promise<ReadonlyMap<string, Receivables>> => {
  const found = new Map<string, Receivables>()
  for (let after = ''; ;) {
    const people = reads.all<{ readonly id: string; readonly code: string; readonly name: string }>(
      `SELECT id, code, name FROM subscriber WHERE id > ? ORDER BY id LIMIT ?`,
      after,
      pageSize,
    )
    const last = people.at(-1)
    if (last === undefined) return found
    after = last.id
    const items = itemsOf(reads, on, JSON.stringify(people.map(({ id }) => id)))
    const byPerson = new Map<string, { balance: number; overdue: number; currency: string }>()
    for (const item of items) {
      if (item.amount === 0) continue
      put(found, item, on)
      const key = `${item.currency} ${item.subscriberId}`
      const own = byPerson.get(key) ?? { balance: 0, overdue: 0, currency: item.currency }
      own.balance += item.dueOn === null ? -item.amount : item.amount
      if (item.dueOn !== null && item.dueOn < on) own.overdue += item.amount
      byPerson.set(key, own)
    }
    for (const { id, code, name } of people) {
      for (const [currency, of] of found) {
        const own = byPerson.get(`${currency} ${id}`)
        if (own === undefined || own.balance <= 0) continue
        const { balance, overdue } = own
        of.owing.push({ subscriberId: id, code, name, balance, overdue })
      }
    }
    // Only the most are told: the rest need not be kept.
    for (const of of found.values()) of.owing.splice(0, of.owing.length, ...most(of.owing))
    await slices.breathe()
  }
}

const debtorsTold = 10
const most = (owing: readonly Owing[]): readonly Owing[] =>
  owing
    .toSorted((a, b) => b.balance - a.balance || (a.code < b.code ? -1 : 1))
    .slice(0, debtorsTold)

const ageOf = (days: number): Exclude<keyof Receivables['ages'], 'credit' | 'balance'> =>
  days <= 0
    ? 'notDue'
    : days <= 30
      ? 'days30'
      : days <= 60
        ? 'days60'
        : days <= 90
          ? 'days90'
          : days <= 120
            ? 'days120'
            : 'older'

export const noReceivables = (): Receivables => ({
  ages: {
    notDue: 0,
    days30: 0,
    days60: 0,
    days90: 0,
    days120: 0,
    older: 0,
    credit: 0,
    balance: 0,
  },
  overdue: { documents: 0, amount: 0 },
  dueThisWeek: { documents: 0, amount: 0 },
  owing: [],
})

const put = (found: Map<string, Receivables>, item: Item, on: CalendarDate): void => {
  const { currency, dueOn, amount } = item
  const of = found.get(currency) ?? noReceivables()
  found.set(currency, of)
  if (dueOn === null) {
    of.ages.credit += amount
    of.ages.balance -= amount
    return
  }
  of.ages[ageOf(daysBetween(calendarDate(dueOn), on))] += amount
  of.ages.balance += amount
  const sum = dueOn < on ? of.overdue : dueOn < addDays(on, week) ? of.dueThisWeek : null
  if (sum === null) return
  sum.documents += 1
  sum.amount += amount
}
