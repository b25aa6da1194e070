import type {
  payPalMatterKinds,
  payPalStates,
} from '../../../src-shared/contract/billing-paypal.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { safeMinor } from '../../../src-shared/domain/money.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Links, what PayPal said of them, what goes back, and what a person has to look at, as stored. */

export type PayPalState = (typeof payPalStates)[number]
export type PayPalMode = 'trial' | 'live'

export interface StoredOrder {
  readonly id: string
  readonly accountKey: string
  readonly mode: PayPalMode
  readonly subscriberId: string
  readonly currency: CurrencyCode
  readonly amount: number
  readonly providerCurrency: CurrencyCode
  readonly providerAmount: number
  readonly rate: number | null
  readonly rateScale: number | null
  readonly description: string
  /** JSON: documents and amounts. */
  readonly settles: string
  readonly createRequestId: string
  readonly captureRequestId: string
  readonly state: PayPalState
  readonly providerOrderId: string | null
  readonly approveAt: string | null
  readonly captureId: string | null
  readonly capturedValue: string | null
  readonly capturedCurrency: string | null
  readonly paymentId: string | null
  readonly problem: string | null
  readonly madeAt: number
  readonly madeBy: string | null
  readonly expiresAt: number
  readonly approvedAt: number | null
  readonly endedAt: number | null
}

const orderColumns = `o.id, o.account_key AS accountKey, o.mode, o.subscriber_id AS subscriberId,
  o.currency, o.amount, o.provider_currency AS providerCurrency,
  o.provider_amount AS providerAmount, o.rate, o.rate_scale AS rateScale, o.description, o.settles,
  o.create_request_id AS createRequestId, o.capture_request_id AS captureRequestId, o.state,
  o.provider_order_id AS providerOrderId, o.approve_at AS approveAt, o.capture_id AS captureId,
  o.captured_value AS capturedValue, o.captured_currency AS capturedCurrency,
  o.payment_id AS paymentId, o.problem, o.made_at AS madeAt, o.made_by AS madeBy,
  o.expires_at AS expiresAt, o.approved_at AS approvedAt, o.ended_at AS endedAt`

export const putOrder = (
  tx: Transaction,
  order: Omit<
    StoredOrder,
    | 'state'
    | 'providerOrderId'
    | 'approveAt'
    | 'captureId'
    | 'capturedValue'
    | 'capturedCurrency'
    | 'paymentId'
    | 'problem'
    | 'approvedAt'
    | 'endedAt'
  >,
): void => {
  tx.run(
    `INSERT INTO provider_order (id, account_key, mode, subscriber_id, currency, amount,
      provider_currency, provider_amount, rate, rate_scale, description, settles,
      create_request_id, capture_request_id, state, made_at, made_by, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'created', ?, ?, ?)`,
    order.id,
    order.accountKey,
    order.mode,
    order.subscriberId,
    order.currency,
    safeMinor(order.amount),
    order.providerCurrency,
    safeMinor(order.providerAmount),
    order.rate,
    order.rateScale,
    order.description,
    order.settles,
    order.createRequestId,
    order.captureRequestId,
    order.madeAt,
    order.madeBy,
    order.expiresAt,
  )
}

export const orderById = (reads: Reads, id: string): StoredOrder | null => {
  const [row] = reads.all<StoredOrder>(
    `SELECT ${orderColumns} FROM provider_order o WHERE o.id = ?`,
    id,
  )
  return row === undefined ? null : { ...row }
}

export const orderOfPayment = (reads: Reads, paymentId: string): StoredOrder | null => {
  const [row] = reads.all<StoredOrder>(
    `SELECT ${orderColumns} FROM provider_order o WHERE o.payment_id = ?`,
    paymentId,
  )
  return row === undefined ? null : { ...row }
}

/** Those to ask about: what waits, and what ended here while a capture may have been under way. */
export const liveOrders = (
  reads: Reads,
  accountKey: string,
  endedSince: number,
): readonly StoredOrder[] =>
  reads.all<StoredOrder>(
    // Two questions, each with an index of its own; the state of an ended one is none to look for.
    `SELECT ${orderColumns} FROM provider_order o
        WHERE o.account_key = ? AND o.state IN ('created', 'approved')
      UNION ALL SELECT ${orderColumns} FROM provider_order o
        WHERE o.account_key = ? AND o.ended_at >= ? AND o.approved_at IS NOT NULL
          AND +o.state IN ('expired', 'cancelled', 'failed')
      ORDER BY madeAt, id`,
    accountKey,
    accountKey,
    endedSince,
  )

/** Those to look at once a day: booked ones, and what ended here after somebody had said yes. */
export const sweptOrders = (
  reads: Reads,
  accountKey: string,
  endedSince: number,
): readonly StoredOrder[] =>
  reads.all<StoredOrder>(
    `SELECT ${orderColumns} FROM provider_order o WHERE o.account_key = ? AND o.ended_at >= ?
      AND (o.payment_id IS NOT NULL OR (o.state <> 'captured' AND o.approved_at IS NOT NULL))
      ORDER BY o.ended_at DESC, o.id`,
    accountKey,
    endedSince,
  )

export const setMade = (
  tx: Transaction,
  id: string,
  made: { readonly providerOrderId: string; readonly approveAt: string | null },
): void => {
  tx.run(
    `UPDATE provider_order SET provider_order_id = ?, approve_at = ? WHERE id = ?`,
    made.providerOrderId,
    made.approveAt,
    id,
  )
}

export const setApproved = (tx: Transaction, id: string, at: number): void => {
  tx.run(`UPDATE provider_order SET state = 'approved', approved_at = ? WHERE id = ?`, at, id)
}

/** PayPal has it and keeps it back. */
export const setHeld = (tx: Transaction, id: string, captureId: string): void => {
  tx.run(`UPDATE provider_order SET capture_id = ? WHERE id = ?`, captureId, id)
}

export const setEnded = (
  tx: Transaction,
  id: string,
  end: {
    readonly state: 'expired' | 'cancelled' | 'failed'
    readonly problem: string | null
    readonly at: number
    readonly by: string | null
  },
): void => {
  tx.run(
    `UPDATE provider_order SET state = ?, problem = ?, ended_at = ?, ended_by = ? WHERE id = ?`,
    end.state,
    end.problem,
    end.at,
    end.by,
    id,
  )
}

export const setCaptured = (
  tx: Transaction,
  id: string,
  captured: {
    readonly captureId: string
    readonly value: string
    readonly currency: string
    readonly paymentId: string | null
    readonly at: number
  },
): void => {
  tx.run(
    `UPDATE provider_order SET state = 'captured', capture_id = ?, captured_value = ?,
      captured_currency = ?, payment_id = ?, problem = NULL, ended_at = ? WHERE id = ?`,
    captured.captureId,
    captured.value,
    captured.currency,
    captured.paymentId,
    captured.at,
    id,
  )
}

/** The same thing said twice is one. */
export const putEvent = (
  tx: Transaction,
  event: {
    readonly eventId: string
    readonly orderId: string
    readonly kind: string
    readonly value?: string | null
    readonly currency?: string | null
    readonly at: number
  },
): void => {
  tx.run(
    `INSERT INTO provider_event (event_id, order_id, kind, value, currency, at)
      VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING`,
    event.eventId,
    event.orderId,
    event.kind,
    event.value ?? null,
    event.currency ?? null,
    event.at,
  )
}

export interface StoredRefund {
  readonly id: string
  readonly orderId: string
  readonly paymentId: string
  readonly amount: number
  readonly providerAmount: number
  readonly requestId: string
  readonly reason: string
  readonly state: 'pending' | 'done' | 'failed'
  readonly sentAt: number | null
  readonly providerRefundId: string | null
  readonly refundId: string | null
  readonly problem: string | null
  readonly askedAt: number
  readonly askedBy: string | null
  readonly endedAt: number | null
}

const refundColumns = `r.id, r.order_id AS orderId, r.payment_id AS paymentId, r.amount,
  r.provider_amount AS providerAmount, r.request_id AS requestId, r.reason, r.state,
  r.sent_at AS sentAt, r.provider_refund_id AS providerRefundId, r.refund_id AS refundId, r.problem,
  r.asked_at AS askedAt, r.asked_by AS askedBy, r.ended_at AS endedAt`

export const putProviderRefund = (
  tx: Transaction,
  refund: Pick<
    StoredRefund,
    | 'id'
    | 'orderId'
    | 'paymentId'
    | 'amount'
    | 'providerAmount'
    | 'requestId'
    | 'reason'
    | 'askedAt'
    | 'askedBy'
  >,
): void => {
  tx.run(
    `INSERT INTO provider_refund (id, order_id, payment_id, amount, provider_amount, request_id,
      reason, state, asked_at, asked_by) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?)`,
    refund.id,
    refund.orderId,
    refund.paymentId,
    safeMinor(refund.amount),
    safeMinor(refund.providerAmount),
    refund.requestId,
    refund.reason,
    refund.askedAt,
    refund.askedBy,
  )
}

export const refundById = (reads: Reads, id: string): StoredRefund | null => {
  const [row] = reads.all<StoredRefund>(
    `SELECT ${refundColumns} FROM provider_refund r WHERE r.id = ?`,
    id,
  )
  return row === undefined ? null : { ...row }
}

export const refundsOfOrder = (reads: Reads, orderId: string): readonly StoredRefund[] =>
  reads.all<StoredRefund>(
    `SELECT ${refundColumns} FROM provider_refund r WHERE r.order_id = ? ORDER BY r.asked_at, r.id`,
    orderId,
  )

export const liveRefunds = (reads: Reads, accountKey: string): readonly StoredRefund[] =>
  reads.all<StoredRefund>(
    `SELECT ${refundColumns} FROM provider_refund r JOIN provider_order o ON o.id = r.order_id
      WHERE r.state = 'pending' AND o.account_key = ? ORDER BY r.asked_at, r.id`,
    accountKey,
  )

export const setRefund = (
  tx: Transaction,
  id: string,
  set: {
    readonly state?: StoredRefund['state']
    readonly sentAt?: number
    readonly providerRefundId?: string
    readonly refundId?: string
    readonly problem?: string
    readonly endedAt?: number
  },
): void => {
  tx.run(
    `UPDATE provider_refund SET state = coalesce(?, state), sent_at = coalesce(?, sent_at),
      provider_refund_id = coalesce(?, provider_refund_id), refund_id = coalesce(?, refund_id),
      problem = coalesce(?, problem), ended_at = coalesce(?, ended_at) WHERE id = ?`,
    set.state ?? null,
    set.sentAt ?? null,
    set.providerRefundId ?? null,
    set.refundId ?? null,
    set.problem ?? null,
    set.endedAt ?? null,
    id,
  )
}

export type MatterKind = (typeof payPalMatterKinds)[number]

/** Of one thing at PayPal there is one. True: it is new. */
export const putMatter = (
  tx: Transaction,
  matter: {
    readonly id: string
    readonly key: string
    readonly orderId: string
    readonly kind: MatterKind
    readonly value: string | null
    readonly currency: string | null
    readonly problem: string | null
    readonly at: number
  },
): boolean =>
  tx.run(
    `INSERT INTO provider_matter (id, matter_key, order_id, kind, value, currency, problem, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (matter_key) DO NOTHING`,
    matter.id,
    matter.key,
    matter.orderId,
    matter.kind,
    matter.value,
    matter.currency,
    matter.problem,
    matter.at,
  ) > 0

export const matterKnown = (reads: Reads, key: string): boolean =>
  reads.all(`SELECT 1 FROM provider_matter WHERE matter_key = ?`, key).length > 0

export const sweptOn = (reads: Reads): string | null =>
  reads.all<{ on: string }>(`SELECT swept_on AS "on" FROM provider_sweep`)[0]?.on ?? null

export const putSwept = (tx: Transaction, on: string): void => {
  tx.run(
    `INSERT INTO provider_sweep (id, swept_on) VALUES (1, ?)
      ON CONFLICT (id) DO UPDATE SET swept_on = excluded.swept_on`,
    on,
  )
}
