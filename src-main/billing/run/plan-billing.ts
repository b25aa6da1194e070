import { minorDigits, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { applied } from '../applied.ts'
import type { Charge } from '../charges.ts'
import { createCredit } from '../credit-note.ts'
import type { Credit } from '../credits.ts'
import { creditDocument } from '../documents/credit-draft.ts'
import { draftTaxes, groupPlace, type DocumentDraft } from '../documents/document-draft.ts'
import type { CreditableDocument } from '../documents/document-tables.ts'
import type { LineExplanation } from '../explanation.ts'
import { dueOf, type Due } from '../rules.ts'
import { billDate, periodIndex } from '../schedule.ts'
import { isOnce, type BillingPolicy, type SubscriptionFacts } from '../subscription-facts.ts'
import { createDocument } from '../totals.ts'
import { priceLine, type Taxing } from './resolve-taxes.ts'

/**
 * The documents that a subscription is to get today: the same for a dry run, which shows them, and
 * for a run, which issues them. Nothing is written here.
 */
export interface BillingWork {
  readonly facts: SubscriptionFacts
  readonly subscriberId: string
  readonly today: CalendarDate
  readonly policy: BillingPolicy
  /** After a sleep: a document for each period, or one for all. */
  readonly catchUp: 'each' | 'combined'
  readonly taxing: Omit<Taxing, 'on'>
  readonly runId: string | null
  readonly newId: () => string
  /** The document that a billed line stands on; null: on none. */
  readonly creditableOf: (lineId: string) => CreditableDocument | null
}

/** Days that will stand billed, each with its line's place in the document; null: on none. */
export interface PlannedPeriod {
  readonly charge: Charge
  readonly lineId: string | null
  readonly amount: number
}

export interface PlannedInvoice {
  /** Null: all of it costs nothing, and no document says so. */
  readonly draft: DocumentDraft | null
  readonly periods: readonly PlannedPeriod[]
}

export interface PlannedBilling {
  readonly creditNotes: readonly DocumentDraft[]
  readonly credits: readonly Credit[]
  readonly invoices: readonly PlannedInvoice[]
  /** Null: nothing is due at all yet. */
  readonly throughOn: CalendarDate | null
}

/** @throws NocturneError for what keeps it from being billed: it is listed, the others go on. */
export const planBilling = (work: BillingWork): PlannedBilling => {
  const batches: Due[] = []
  let now = work.facts
  for (const day of daysToLook(work)) {
    const due = dueOf(now, day, work.policy)
    if (due.charges.length === 0 && due.credits.length === 0) continue
    batches.push(due)
    now = applied(now, due, (index) => `${day} ${index}`)
  }
  const credits = batches.flatMap((batch) => batch.credits)
  return {
    creditNotes: creditNotesOf(work, credits),
    credits,
    invoices: batches
      .filter(({ charges }) => charges.length > 0)
      .map(({ charges }) => invoiceOf(work, charges)),
    throughOn: dueOf(now, work.today, work.policy).throughOn,
  }
}

/** Bill dates that nobody looked at, and today. */
const daysToLook = ({ facts, today, catchUp }: BillingWork): readonly CalendarDate[] => {
  if (catchUp === 'combined') return [today]
  const last = facts.billed
    .filter(({ chargeKind }) => !isOnce(chargeKind))
    .reduce<CalendarDate>(
      (latest, { range }) => (range.end > latest ? range.end : latest),
      facts.startsOn,
    )
  const days = new Set<CalendarDate>([today])
  facts.versions.forEach((version, index) => {
    const until = facts.versions[index + 1]?.fromOn ?? today
    const from = last > version.fromOn ? last : version.fromOn
    if (from > today) return
    days.add(from)
    const first = periodIndex(version.schedule, from) + 1
    for (let n = first; ; n += 1) {
      const day = billDate(version.schedule, n)
      // One beyond the version's end: in arrears its last period is billed then.
      if (day > today || day > addDays(until, 366)) break
      days.add(day)
      if (day >= until) break
    }
  })
  return [...days].toSorted()
}

const invoiceOf = (work: BillingWork, charges: readonly Charge[]): PlannedInvoice => {
  const { facts, newId, taxing, today } = work
  const priced = charges.map((charge) => priceLine(charge, { ...taxing, on: today }))
  const document = createDocument({ currency: facts.currency, lines: priced })
  const free = document.total === 0 && document.lines.every(({ amount }) => amount === 0)
  const lineIds = charges.map(() => (free ? null : newId()))
  const periods = charges.map((charge, index) => ({
    charge,
    lineId: lineIds[index] ?? null,
    amount: document.lines[index]?.amount ?? 0,
  }))
  if (free) return { draft: null, periods }
  return {
    periods,
    draft: {
      id: newId(),
      kind: 'invoice',
      subscriberId: work.subscriberId,
      subscriptionId: facts.id,
      runId: work.runId,
      correctsId: null,
      reason: '',
      note: '',
      currency: facts.currency,
      lines: document.lines.map((line, index) => {
        const charge = charges[index]
        if (charge === undefined) throw new Error('a line without its charge')
        return {
          ...line,
          ...lineOf(charge, facts.currency, line.gross),
          id: lineIds[index] ?? newId(),
          taxGroup: groupPlace(document, line.group),
        }
      }),
      taxes: draftTaxes(document),
      net: document.net,
      tax: document.tax,
      rounding: document.rounding,
      total: document.total,
    },
  }
}

const lineOf = (charge: Charge, currency: CurrencyCode, gross: number) => ({
  kind: isOnce(charge.chargeKind) ? ('one-off' as const) : ('recurring' as const),
  description: charge.name,
  chargeKind: charge.chargeKind,
  priceId: charge.planVersionId,
  period: charge.range,
  quantity: 1,
  quantityScale: 0,
  unitPrice: gross,
  unitScale: minorDigits(currency),
  taxCodes: charge.taxCodes,
  explanation: [charge.explanation],
  correctsLineId: null,
})

/** One credit note for each document whose lines give something back. */
const creditNotesOf = (work: BillingWork, credits: readonly Credit[]): readonly DocumentDraft[] => {
  const documents = new Map<string, { of: CreditableDocument; credits: Credit[] }>()
  for (const credit of credits) {
    if (credit.amount === 0) continue
    const of = work.creditableOf(credit.lineId)
    if (of === null) throw new NocturneError('not-found', { what: 'invoice' })
    const known = documents.get(of.id)
    if (known === undefined) documents.set(of.id, { of, credits: [credit] })
    else known.credits.push(credit)
  }
  return [...documents.values()].map(({ of, credits: own }) => {
    const result = createCredit(
      of,
      own.map(({ lineId, amount }) => ({ id: lineId, amount })),
    )
    if (!result.ok) throw new NocturneError('credit-beyond-document', { why: result.refusal.code })
    const explanations = new Map<string, LineExplanation[]>()
    for (const { lineId, explanation } of own)
      explanations.set(lineId, [...(explanations.get(lineId) ?? []), explanation])
    const { newId, runId } = work
    return creditDocument(of, result.draft, {
      id: newId(),
      runId,
      reason: '',
      newId,
      explanations,
    })
  })
}
