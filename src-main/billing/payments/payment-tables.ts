import type { PaymentMethod, PaymentRow } from '../../../src-shared/contract/billing-payments.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { FreeSource } from '../../../src-shared/domain/settlements.ts'

/** Payments as they are written and read back. Nothing is ever updated here. */

export interface NewPayment {
  readonly id: string
  readonly subscriberId: string
  readonly method: PaymentMethod
  /** '': none. */
  readonly reference: string
  readonly currency: CurrencyCode
  readonly amount: number
  readonly receivedOn: CalendarDate
  readonly seriesId: string
  readonly sequence: number
  readonly number: string
  readonly payer: string
  readonly note: string
  readonly at: number
  readonly by: string | null
}

/** A reference as it is compared: without blanks and marks, in capitals. */
export const referenceKey = (reference: string): string | null => {
  const key = reference
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
  return key === '' ? null : key
}

export const putPayment = (tx: Transaction, payment: NewPayment): void => {
  const key = referenceKey(payment.reference)
  tx.run(
    `INSERT INTO payment (id, subscriber_id, method, reference, reference_key, currency, amount,
      received_on, series_id, sequence, number, payer, note, taken_at, taken_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    payment.id,
    payment.subscriberId,
    payment.method,
    key === null ? null : payment.reference,
    key,
    payment.currency,
    safeMinor(payment.amount),
    payment.receivedOn,
    payment.seriesId,
    payment.sequence,
    payment.number,
    payment.payer,
    payment.note,
    payment.at,
    payment.by,
  )
}

export const putReversal = (
  tx: Transaction,
  reversal: {
    readonly id: string
    readonly paymentId: string
    readonly kind: 'mistake' | 'returned' | 'chargeback'
    readonly on: CalendarDate
    readonly reason: string
    readonly at: number
    readonly by: string | null
  },
): void => {
  tx.run(
    `INSERT INTO payment_reversal (id, payment_id, kind, reversed_on, reason, at, by)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    reversal.id,
    reversal.paymentId,
    reversal.kind,
    reversal.on,
    reversal.reason,
    reversal.at,
    reversal.by,
  )
}

/**
 * What a provider was asked to give back of it and has not answered yet, save one refund: that money may
 * have left already.
 */
export const onTheWayBack = (reads: Reads, paymentId: string, except = ''): number =>
  reads.all<{ amount: number }>(
    `SELECT coalesce(sum(amount), 0) AS amount FROM provider_refund
      WHERE payment_id = ? AND state = 'pending' AND id <> ?`,
    paymentId,
    except,
  )[0]?.amount ?? 0

/** `number`: of the payment that it gave back. */
export const refundById = (reads: Reads, id: string): { readonly number: string } | null =>
  reads.all<{ number: string }>(
    `SELECT p.number FROM refund r JOIN payment p ON p.id = r.payment_id WHERE r.id = ?`,
    id,
  )[0] ?? null

export const putRefund = (
  tx: Transaction,
  refund: {
    readonly id: string
    readonly paymentId: string
    readonly amount: number
    readonly on: CalendarDate
    readonly method: string
    readonly reference: string
    readonly reason: string
    readonly at: number
    readonly by: string | null
  },
): void => {
  tx.run(
    `INSERT INTO refund (id, payment_id, amount, refunded_on, method, reference, reason, at, by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    refund.id,
    refund.paymentId,
    safeMinor(refund.amount),
    refund.on,
    refund.method,
    refund.reference,
    refund.reason,
    refund.at,
    refund.by,
  )
}

export const putAllocation = (
  tx: Transaction,
  row: {
    readonly id: string
    readonly kind: FreeSource['kind'] | 'write-off'
    readonly sourceId: string
    readonly invoiceId: string
    readonly amount: number
    readonly on: CalendarDate
    readonly at: number
    readonly takesBackId: string | null
  },
): void => {
  tx.run(
    `INSERT INTO allocation (id, payment_id, credit_note_id, write_off_id, invoice_id, amount,
      allocated_on, at, takes_back_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.kind === 'payment' ? row.sourceId : null,
    row.kind === 'credit-note' ? row.sourceId : null,
    row.kind === 'write-off' ? row.sourceId : null,
    row.invoiceId,
    safeMinor(row.amount),
    row.on,
    row.at,
    row.takesBackId,
  )
}

const settled = `coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.invoice_id = i.id), 0)`

export interface OpenRow {
  readonly id: string
  readonly kind: 'invoice' | 'debit-note'
  readonly number: string
  readonly currency: CurrencyCode
  readonly issuedOn: string
  readonly dueOn: string
  readonly total: number
  readonly open: number
}

/** Issued and not wholly settled, oldest due first. */
export const openDocuments = (
  reads: Reads,
  subscriberId: string,
  currency: string | null = null,
): readonly OpenRow[] =>
  reads
    .all<OpenRow>(
      `SELECT i.id, i.kind, i.number, i.currency, i.issued_on AS issuedOn, i.due_on AS dueOn,
        i.total, i.total - ${settled} AS open FROM invoice i
        WHERE i.subscriber_id = ? AND i.status = 'issued' AND i.kind IN ('invoice', 'debit-note')
          AND i.currency = coalesce(?, i.currency) AND i.total > ${settled}
        ORDER BY i.due_on, i.issued_on, i.id`,
      subscriberId,
      currency,
    )
    .map((row) => ({ ...row }))

const freeOfPayment = `p.amount
  - coalesce((SELECT sum(r.amount) FROM refund r WHERE r.payment_id = p.id), 0)
  - coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.payment_id = p.id), 0)`

/** Money and credit of his that settles nothing. */
export const freeSources = (
  reads: Reads,
  subscriberId: string,
  currency: string | null = null,
): readonly (FreeSource & { readonly currency: CurrencyCode; readonly number: string })[] =>
  reads
    .all<FreeSource & { readonly currency: CurrencyCode; readonly number: string }>(
      `SELECT * FROM (
        SELECT 'payment' AS kind, p.id, p.received_on AS "on", p.currency, p.number,
          NULL AS correctsId, ${freeOfPayment} AS free FROM payment p
          WHERE p.subscriber_id = ? AND p.currency = coalesce(?, p.currency)
            AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id)
        UNION ALL
        SELECT 'credit-note' AS kind, i.id, i.issued_on AS "on", i.currency, i.number,
          i.corrects_id AS correctsId, i.total - coalesce((SELECT sum(a.amount) FROM allocation a
            WHERE a.credit_note_id = i.id), 0) AS free FROM invoice i
          WHERE i.subscriber_id = ? AND i.kind = 'credit-note' AND i.status = 'issued'
            AND i.currency = coalesce(?, i.currency))
        WHERE free > 0 ORDER BY "on", id`,
      subscriberId,
      currency,
      subscriberId,
      currency,
    )
    .map((row) => ({ ...row }))

/** What of a payment settles what now, in the order in which it was settled. */
export const settledByPayment = (
  reads: Reads,
  paymentId: string,
): readonly {
  readonly id: string
  readonly invoiceId: string
  readonly number: string
  readonly amount: number
  readonly on: string
}[] =>
  reads
    .all<{ id: string; invoiceId: string; number: string; amount: number; on: string }>(
      `SELECT a.id, a.invoice_id AS invoiceId, i.number, a.allocated_on AS "on", a.amount + coalesce((SELECT sum(b.amount)
          FROM allocation b WHERE b.takes_back_id = a.id), 0) AS amount
        FROM allocation a JOIN invoice i ON i.id = a.invoice_id
        WHERE a.payment_id = ? AND a.amount > 0 ORDER BY a.seq`,
      paymentId,
    )
    .filter(({ amount }) => amount > 0)
    .map((row) => ({ ...row }))

const paymentColumns = `p.id, p.subscriber_id AS subscriberId, s.code AS subscriberCode,
  s.name AS subscriberName, p.method, p.reference, p.currency, p.amount,
  p.received_on AS receivedOn, p.number, p.payer, p.note, p.taken_at AS takenAt,
  p.taken_by AS takenBy,
  coalesce((SELECT sum(r.amount) FROM refund r WHERE r.payment_id = p.id), 0) AS refunded,
  coalesce((SELECT sum(a.amount) FROM allocation a WHERE a.payment_id = p.id), 0) AS settled,
  v.kind AS reversal, v.reversed_on AS reversedOn, v.reason AS reversalReason`

const fromPayments = `payment p JOIN subscriber s ON s.id = p.subscriber_id
  LEFT JOIN payment_reversal v ON v.payment_id = p.id`

export type StoredPayment = Omit<PaymentRow, 'takenBy'> & { readonly takenBy: string | null }

export const paymentById = (reads: Reads, id: string): StoredPayment | null => {
  const [row] = reads.all<StoredPayment>(
    `SELECT ${paymentColumns} FROM ${fromPayments} WHERE p.id = ?`,
    id,
  )
  return row === undefined ? null : { ...row }
}

/** The one that has this reference already; null: none has. */
export const paymentByReference = (
  reads: Reads,
  method: PaymentMethod,
  reference: string,
): StoredPayment | null => {
  const key = referenceKey(reference)
  if (key === null) return null
  const [row] = reads.all<StoredPayment>(
    `SELECT ${paymentColumns} FROM ${fromPayments} WHERE p.method = ? AND p.reference_key = ?`,
    method,
    key,
  )
  return row === undefined ? null : { ...row }
}

/** The latest first. */
export const paymentsOf = (
  reads: Reads,
  subscriberId: string,
  limit: number,
  offset: number,
): readonly StoredPayment[] =>
  reads
    .all<StoredPayment>(
      `SELECT ${paymentColumns} FROM ${fromPayments} WHERE p.subscriber_id = ?
        ORDER BY p.received_on DESC, p.id DESC LIMIT ? OFFSET ?`,
      subscriberId,
      limit,
      offset,
    )
    .map((row) => ({ ...row }))

export const refundsOf = (
  reads: Reads,
  paymentId: string,
): readonly {
  readonly id: string
  readonly amount: number
  readonly on: string
  readonly method: string
  readonly reference: string
  readonly reason: string
}[] =>
  reads
    .all<{
      id: string
      amount: number
      on: string
      method: string
      reference: string
      reason: string
    }>(
      `SELECT id, amount, refunded_on AS "on", method, reference, reason FROM refund
        WHERE payment_id = ? ORDER BY refunded_on, id`,
      paymentId,
    )
    .map((row) => ({ ...row }))
