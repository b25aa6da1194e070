import type {
  DocumentKind,
  DocumentLineRow,
  TypedLine,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { CalendarDate, DateRange } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { LineExplanation } from '../explanation.ts'
import type { Tax } from '../tax-rates.ts'
import type { DocumentTotals } from '../totals.ts'

/** A document before it has a number: plain values, all sums made. */

export interface DraftLine {
  readonly id: string
  readonly kind: DocumentLineRow['kind']
  readonly description: string
  readonly chargeKind: string | null
  readonly priceId: string | null
  readonly period: DateRange | null
  readonly quantity: number
  readonly quantityScale: number
  readonly unitPrice: number
  readonly unitScale: number
  readonly gross: number
  readonly discount: number
  readonly amount: number
  readonly net: number
  readonly tax: number
  readonly taxIncluded: boolean
  readonly taxGroup: number
  readonly taxCodes: readonly string[]
  readonly explanation: readonly LineExplanation[]
  readonly correctsLineId: string | null
}

export interface DraftTax {
  readonly taxGroup: number
  readonly tax: Tax
  readonly included: boolean
  readonly base: number
  readonly amount: number
}

export interface DocumentDraft {
  readonly id: string
  readonly kind: DocumentKind
  readonly subscriberId: string
  readonly subscriptionId: string | null
  readonly runId: string | null
  readonly correctsId: string | null
  readonly reason: string
  readonly note: string
  readonly currency: CurrencyCode
  readonly lines: readonly DraftLine[]
  readonly taxes: readonly DraftTax[]
  readonly net: number
  readonly tax: number
  readonly rounding: number
  readonly total: number
  /** Of one made by hand: its lines as they were typed. */
  readonly typed?: readonly TypedLine[]
}

/** When it is issued and by when it is to be paid. */
export interface IssueDays {
  readonly issuedOn: CalendarDate
  readonly taxPointOn: CalendarDate
  readonly dueOn: CalendarDate
}

/** Taxes of a document's groups, each group by its place. */
export const draftTaxes = ({ groups }: Pick<DocumentTotals, 'groups'>): readonly DraftTax[] =>
  groups.flatMap(({ taxes }, taxGroup) =>
    taxes.map(({ tax, included, base, amount }) => ({ taxGroup, tax, included, base, amount })),
  )

export const groupPlace = ({ groups }: Pick<DocumentTotals, 'groups'>, key: string): number =>
  groups.findIndex((group) => group.key === key)
