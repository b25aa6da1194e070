import {
  calendarDate,
  laterDate,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import type { Transaction } from '../../store/write-path.ts'
import { freeSources, openDocuments, putAllocation } from './payment-tables.ts'
import { settlementsOf, type Settlement } from '../../../src-shared/domain/settlements.ts'

export interface SettleAccount {
  readonly subscriberId: string
  readonly currency: CurrencyCode
  readonly on: CalendarDate
  readonly at: number
  readonly newId: () => string
}

/**
 * Nothing settles before both sides of it are there: what was entered late does not change how things
 * stood on a day before the document.
 */
export const settledOn = (
  on: CalendarDate,
  sourceOn: CalendarDate,
  documentOn: CalendarDate,
): CalendarDate => laterDate(on, laterDate(sourceOn, documentOn))

/**
 * Brings what is free of a subscriber to what is open of him: after each payment, document, credit note
 * and reversal, in the same transaction. A second time changes nothing.
 */
export const settleAccount = (
  tx: Transaction,
  { subscriberId, currency, on, at, newId }: SettleAccount,
): readonly Settlement[] => {
  const sources = freeSources(tx, subscriberId, currency)
  if (sources.length === 0) return []
  const documents = openDocuments(tx, subscriberId, currency)
  const made = settlementsOf(documents, sources)
  const days = new Map(documents.map(({ id, issuedOn }) => [id, issuedOn]))
  for (const source of sources) days.set(source.id, source.on)
  const dayOf = (id: string): CalendarDate => calendarDate(days.get(id) ?? on)
  for (const { kind, sourceId, documentId, amount } of made) {
    putAllocation(tx, {
      id: newId(),
      kind,
      sourceId,
      invoiceId: documentId,
      amount,
      on: settledOn(on, dayOf(sourceId), dayOf(documentId)),
      at,
      takesBackId: null,
    })
  }
  return made
}
