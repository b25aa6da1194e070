import type {
  DocumentHead,
  DocumentRecord,
  SellerSettings,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { addDays, addMonths, daysBetween } from '../../../src-shared/domain/calendar-date.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { DocumentDraft } from '../../../src-main/billing/documents/document-draft.ts'
import type { CreditableDocument } from '../../../src-main/billing/documents/document-tables.ts'
import { uuidOf } from './fake-subscriber-book.ts'

/** Parts of the fake documents that keep nothing. */

export const prefixes = {
  invoice: 'INV',
  'credit-note': 'CN',
  'debit-note': 'DN',
  proforma: 'PF',
  receipt: 'RC',
} as const

export const firstSeller: SellerSettings = {
  name: 'PT Nusa Serat Optik',
  address: {
    lines: 'Jl. Merdeka 12',
    city: 'Malang',
    region: 'Jawa Timur',
    postcode: '65119',
    country: 'ID',
  },
  taxId: '01.234.567.8-901.000',
  phone: '+62341555012',
  email: 'billing@nusa-serat.example',
  paymentNote: 'BCA 123 456 7890',
  installation: 'A',
  prefixes,
  yearly: true,
  terms: { kind: 'days', days: 14 },
  leadDays: 0,
  endDay: 'free',
  catchUp: 'each',
  reliefPrice: 'less-tax',
}
/** As a run makes it: of a month, or of one in which the plan changed. */
export const ofMonth = (record: DocumentRecord, on: CalendarDate, at: number): DocumentRecord => {
  const until = addMonths(on, 1)
  const name = record.lines[0]?.description ?? ''
  const changedOn = addDays(on, 12)
  const parts =
    record.lines.length === 1
      ? [{ name, from: on, until }]
      : [
          { name, from: on, until: changedOn },
          { name: record.lines[1]?.description ?? '', from: changedOn, until },
        ]
  const of = daysBetween(on, until)
  return {
    ...record,
    runId: uuidOf('b0fc', Number(on.slice(5, 7))),
    subscriptionId: uuidOf('b0fd', at + 1),
    createdBy: null,
    lines: record.lines.map((line, place) => {
      const span = parts[place]!
      const days = daysBetween(span.from, span.until)
      return {
        ...line,
        kind: 'recurring',
        startOn: span.from,
        endOn: span.until,
        explanation: [
          {
            why:
              days === of
                ? { kind: 'whole', ...span }
                : { kind: 'days', ...span, days, of, fixed: false },
            discounts: [],
          },
        ],
      }
    }),
    days: of,
    daysAt: parts.map((part) => ({ name: part.name, days: daysBetween(part.from, part.until) })),
  }
}

/** What a credit note needs to know of its document. */
export const creditable = (
  record: DocumentRecord,
  draft: DocumentDraft,
  notes: readonly DocumentRecord[],
): CreditableDocument => {
  const groups = [...new Set(record.lines.map(({ taxGroup }) => taxGroup))]
  return {
    id: record.id,
    kind: record.kind,
    state: record.state,
    subscriberId: record.subscriberId,
    subscriptionId: record.subscriptionId,
    currency: draft.currency,
    rounding: record.rounding,
    stored: record.lines.map((line, at) => ({
      ...line,
      chargeKind: null,
      priceId: null,
      taxCodes: draft.lines[at]?.taxCodes ?? [],
    })),
    taxes: record.taxes,
    lines: record.lines.map(({ id, taxGroup, amount, credited }) => ({
      id,
      group: String(taxGroup),
      amount,
      credited,
    })),
    groups: groups.map((place) => ({
      key: String(place),
      taxes: record.taxes
        .filter(({ taxGroup }) => taxGroup === place)
        .map(({ code, included, amount, base }) => {
          const before = notes
            .flatMap((note) => note.taxes)
            .filter((tax) => tax.taxGroup === place && tax.code === code)
          return {
            included,
            amount,
            base,
            creditedAmount: before.reduce((sum, tax) => sum + tax.amount, 0),
            creditedBase: before.reduce((sum, tax) => sum + tax.base, 0),
          }
        }),
    })),
  }
}
export const reportOf = (heads: readonly DocumentRecord[]): Output<'billing.report'> => {
  const sum = (of: 'net' | 'tax'): number =>
    heads.reduce((all, head) => all + (head.kind === 'credit-note' ? -head[of] : head[of]), 0)
  const [net, tax] = [sum('net'), sum('tax')]
  const base = { currency: 'IDR', net, tax }
  return {
    documents: heads.length,
    taxes: [
      {
        currency: 'IDR',
        code: 'PPN',
        name: 'PPN',
        ratePpm: 120_000,
        baseNum: 11,
        baseDen: 12,
        relief: null,
        base: net,
        amount: tax,
      },
    ],
    revenue: [{ ...base, name: 'Home 20', lines: heads.length }],
    sums: [{ ...base, documents: heads.length, rounding: 0, total: net + tax }],
  }
}

export const signed = ({ kind, total }: Pick<DocumentHead, 'kind' | 'total'>): number =>
  kind === 'credit-note' ? -total : kind === 'proforma' ? 0 : total

export const matches = (
  head: DocumentHead,
  filter: Input<'billing.documents'>['filter'],
): boolean => {
  const text = filter.search.toLowerCase()
  const words = [head.number ?? '', head.subscriberName, head.subscriberCode]
  return (
    (text === '' || words.some((word) => word.toLowerCase().includes(text))) &&
    (filter.kinds.length === 0 || filter.kinds.includes(head.kind)) &&
    (filter.state === null || filter.state === head.state) &&
    (filter.subscriberId === null || filter.subscriberId === head.subscriberId) &&
    (filter.runId === null || filter.runId === head.runId) &&
    (filter.subscriptionId === null || filter.subscriptionId === head.subscriptionId) &&
    (filter.currency === null || filter.currency === head.currency) &&
    (filter.fromOn === null || (head.issuedOn ?? '') >= filter.fromOn) &&
    (filter.untilOn === null || (head.issuedOn ?? '9') < filter.untilOn)
  )
}
export const keyOf: Readonly<
  Record<Input<'billing.documents'>['sort'], (head: DocumentHead) => string | number>
> = {
  issuedOn: ({ issuedOn }) => issuedOn ?? '',
  number: ({ number }) => number ?? '',
  subscriber: ({ subscriberName }) => subscriberName,
  dueOn: ({ dueOn }) => dueOn ?? '',
  total: ({ total }) => total,
}
