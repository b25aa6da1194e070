import type { FinanceMonth } from '../../../src-shared/contract/billing-finance.ts'
import type { PaymentMethod } from '../../../src-shared/contract/billing-payments.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { addMoney, money } from '../../../src-shared/domain/money.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { Slices } from '../slices.ts'

/**
 * The ledger by month: every entry stands in exactly one figure of one month, so that opening + all
 * of them = closing, whatever kinds of entries there come to be.
 */

export type Amounts = {
  -readonly [Key in keyof Omit<FinanceMonth, 'month' | 'methods' | 'recurring'>]: number
} & { readonly methods: Map<PaymentMethod, { collected: number; returned: number }> }

export interface LedgerMonths {
  opening: number
  readonly months: readonly Amounts[]
}

interface Entry {
  readonly seq: number
  readonly day: string
  readonly kind: string
  readonly currency: string
  readonly amount: number
  readonly net: number | null
  readonly tax: number | null
  readonly method: PaymentMethod | null
}

const pageSize = 500

const entriesAfter = (reads: Reads, day: string, seq: number, lastOn: string): readonly Entry[] =>
  reads.all<Entry>(
    `SELECT e.seq, e.entry_on AS day, e.kind, e.currency, e.amount, i.net, i.tax,
      coalesce(p.method, rp.method, vp.method) AS method
      FROM ledger_entry e
      LEFT JOIN invoice i ON e.kind IN ('invoice', 'debit-note', 'credit-note') AND i.id = e.doc_id
      LEFT JOIN payment p ON e.kind = 'payment' AND p.id = e.doc_id
      LEFT JOIN refund r ON e.kind = 'refund' AND r.id = e.doc_id
      LEFT JOIN payment rp ON rp.id = r.payment_id
      LEFT JOIN payment_reversal v ON e.kind = 'reversal' AND v.id = e.doc_id
      LEFT JOIN payment vp ON vp.id = v.payment_id
      WHERE (e.entry_on, e.seq) > (?, ?) AND e.entry_on <= ? ORDER BY e.entry_on, e.seq LIMIT ?`,
    day,
    seq,
    lastOn,
    pageSize,
  )

const nothing = (): Amounts => ({
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
  methods: new Map(),
})

/** @throws MoneyError for sums beyond what is exact: refused, never rounded. */
const sum = (currency: string, one: number, other: number): number => {
  const code = currencyCode(currency)
  return addMoney(money(one, code), money(other, code)).minor
}

/** @param firsts first days of the months, and the day after the last of them. */
export const ledgerByMonth = async (
  reads: Reads,
  of: { readonly firsts: readonly CalendarDate[]; readonly lastOn: CalendarDate },
  slices: Slices,
  told: (entries: number) => void,
): Promise<ReadonlyMap<string, LedgerMonths>> => {
  const found = new Map<string, LedgerMonths>()
  let [day, seq, done] = ['', 0, 0]
  for (;;) {
    const page = entriesAfter(reads, day, seq, of.lastOn)
    const last = page.at(-1)
    if (last === undefined) return found
    for (const entry of page) put(found, entry, of.firsts)
    ;({ day, seq } = last)
    done += page.length
    told(done)
    await slices.breathe()
  }
}

const put = (
  found: Map<string, LedgerMonths>,
  entry: Entry,
  firsts: readonly CalendarDate[],
): void => {
  const { currency, amount, kind, method } = entry
  const add = (one: number, other: number): number => sum(currency, one, other)
  let of = found.get(currency)
  if (of === undefined) {
    of = { opening: 0, months: firsts.map(nothing) }
    found.set(currency, of)
  }
  const month = of.months[firsts.findLastIndex((first) => first <= entry.day)]
  if (month === undefined) {
    of.opening = add(of.opening, amount)
    return
  }
  const way = (): { collected: number; returned: number } => {
    const known = month.methods.get(method ?? 'other')
    if (known !== undefined) return known
    const made = { collected: 0, returned: 0 }
    month.methods.set(method ?? 'other', made)
    return made
  }
  switch (kind) {
    case 'invoice':
    case 'debit-note':
      month.documents += 1
      month.net = add(month.net, entry.net ?? 0)
      month.tax = add(month.tax, entry.tax ?? 0)
      month.total = add(month.total, amount)
      return
    case 'credit-note':
      month.creditedNet = add(month.creditedNet, entry.net ?? 0)
      month.creditedTax = add(month.creditedTax, entry.tax ?? 0)
      month.credited = add(month.credited, -amount)
      return
    case 'payment': {
      month.collected = add(month.collected, -amount)
      const by = way()
      by.collected = add(by.collected, -amount)
      return
    }
    case 'refund':
    case 'reversal': {
      month.returned = add(month.returned, amount)
      const by = way()
      by.returned = add(by.returned, amount)
      return
    }
    default:
      month.other = add(month.other, amount)
  }
}

/** By how much a month moved what is owed. */
export const movedBy = ({ total, credited, collected, returned, other }: Amounts): number =>
  total - credited - collected + returned + other
