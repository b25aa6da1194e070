import { currencyCode, isCurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../src-shared/domain/money.ts'
import { paypalMinor, rateText } from '../../../src-shared/domain/paypal-currencies.ts'
import { NocturneError, type ErrorCode } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { GiveBack } from '../payments/give-back.ts'
import type { PaymentDesk } from '../payments/payment-desk.ts'
import { openDocuments } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import type { PayPalCapture } from './paypal-api.ts'
import {
  orderById,
  putEvent,
  putMatter,
  refundById,
  setApproved,
  setCaptured,
  setEnded,
  setHeld,
  setMade,
  setRefund,
  type MatterKind,
  type StoredOrder,
  type StoredRefund,
} from './paypal-tables.ts'

/**
 * What PayPal said, written down: each in one transaction with what follows from it in our books. Said
 * twice, or by a dead process before, it is written once.
 */
export interface PayPalBooks {
  readonly made: (
    order: StoredOrder,
    made: { readonly id: string; readonly approveAt: string | null },
  ) => void
  readonly approved: (order: StoredOrder) => void
  readonly held: (order: StoredOrder, capture: PayPalCapture) => void
  readonly ended: (order: StoredOrder, state: 'expired' | 'failed', problem: string | null) => void
  /** Money that PayPal has for us: a payment, or a matter for a person. */
  readonly captured: (order: StoredOrder, capture: PayPalCapture) => void
  readonly sent: (refund: StoredRefund) => void
  readonly refundPending: (refund: StoredRefund, providerRefundId: string) => void
  readonly refundFailed: (refund: StoredRefund, problem: string) => void
  readonly refundDone: (refund: StoredRefund, providerRefundId: string) => void
  readonly found: (
    order: StoredOrder,
    matter: {
      readonly key: string
      readonly kind: MatterKind
      readonly value: string | null
      readonly currency: string | null
    },
  ) => void
}

/** Of the disk, not of what was asked: tried again, and no matter for a person. */
const ofTheStore: ReadonlySet<ErrorCode> = new Set([
  'disk-full',
  'store-damaged',
  'workspace-in-use',
])

export const createPayPalBooks = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'write'> & {
    readonly today: Today
    readonly desk: Pick<PaymentDesk, 'take'>
    readonly giveBack: Pick<GiveBack, 'refund'>
    readonly changed: () => void
  },
): PayPalBooks => {
  const { clock, newId, today } = deps

  /** With the order as it stands in the transaction. */
  const write = (
    name: string,
    orderId: string,
    apply: (tx: Transaction, order: StoredOrder) => void,
  ): void => {
    deps.write(name, { linkId: orderId }, (tx) => {
      const order = orderById(tx, orderId)
      if (order === null) return
      apply(tx, order)
      tx.about({
        subjectId: order.subscriberId,
        objectKind: 'paypal-link',
        objectId: orderId,
      })
    })
    deps.changed()
  }
  const told = (
    tx: Transaction,
    { id }: StoredOrder,
    state: string,
    more: { readonly paymentId?: string | null } = {},
  ): void =>
    tx.change({
      entity: 'paypal-link',
      entityId: id,
      kind: 'updated',
      version: 1,
      data: { state, ...more },
    })
  const isOpen = ({ state }: StoredOrder): boolean => state === 'created' || state === 'approved'

  /** Takes the money, as far as its documents are open still, and ends the order with it. */
  const take = (tx: Transaction, order: StoredOrder, capture: PayPalCapture): void => {
    const taken = deps.desk.take(
      tx,
      {
        // The order's own: taken twice, the second one is refused.
        paymentId: order.id,
        subscriberId: order.subscriberId,
        method: 'paypal',
        currency: order.currency,
        amount: order.amount,
        receivedOn: today(),
        reference: capture.id,
        payer: '',
        note: noteOf(order),
        settles: settlesNow(tx, order),
      },
      null,
    )
    const { value, currency } = capture
    const at = clock.now()
    const captured = { captureId: capture.id, value, currency, paymentId: order.id, at }
    setCaptured(tx, order.id, captured)
    putEvent(tx, eventOf(order, capture, at))
    told(tx, order, 'captured', { paymentId: order.id })
    tx.about({ reason: taken.number })
  }

  const notBooked = (
    orderId: string,
    capture: PayPalCapture,
    kind: 'captured-differs' | 'capture-not-booked',
    problem: string | null,
  ): void =>
    write('billing.payPalNotBooked', orderId, (tx, order) => {
      if (order.state === 'captured') return
      const { id: captureId, value, currency } = capture
      const at = clock.now()
      setCaptured(tx, orderId, { captureId, value, currency, paymentId: null, at })
      putEvent(tx, eventOf(order, capture, at))
      const key = `capture:${captureId}:${kind}`
      putMatter(tx, { id: newId(), key, orderId, kind, value, currency, problem, at })
      told(tx, order, 'captured')
    })

  const refundWrite = (
    name: string,
    refund: StoredRefund,
    apply: (tx: Transaction, now: StoredRefund) => void,
  ): void =>
    write(name, refund.orderId, (tx, { subscriberId }) => {
      const now = refundById(tx, refund.id)
      if (now?.state !== 'pending') return
      apply(tx, now)
      tx.change({
        entity: 'paypal-refund',
        entityId: refund.id,
        kind: 'updated',
        version: 1,
        data: { subscriberId },
      })
    })

  return {
    made: ({ id }, made) =>
      write('billing.payPalTold', id, (tx, order) => {
        if (order.providerOrderId !== null) return
        setMade(tx, id, { providerOrderId: made.id, approveAt: made.approveAt })
        putEvent(tx, {
          eventId: `order:${made.id}:made`,
          orderId: id,
          kind: 'made',
          at: clock.now(),
        })
        told(tx, order, order.state)
      }),
    approved: ({ id }) =>
      write('billing.payPalTold', id, (tx, order) => {
        if (order.state !== 'created') return
        const at = clock.now()
        setApproved(tx, id, at)
        const eventId = `order:${order.providerOrderId}:approved`
        putEvent(tx, { eventId, orderId: id, kind: 'approved', at })
        told(tx, order, 'approved')
      }),
    held: ({ id }, capture) =>
      write('billing.payPalTold', id, (tx, order) => {
        if (order.captureId !== null) return
        setHeld(tx, id, capture.id)
        putEvent(tx, eventOf(order, capture, clock.now()))
        told(tx, order, order.state)
      }),
    ended: ({ id }, state, problem) =>
      write('billing.payPalTold', id, (tx, order) => {
        if (!isOpen(order)) return
        const at = clock.now()
        setEnded(tx, id, { state, problem, at, by: null })
        if (order.providerOrderId !== null) {
          const eventId = `order:${order.providerOrderId}:${state}`
          putEvent(tx, { eventId, orderId: id, kind: state, value: problem, at })
        }
        told(tx, order, state)
      }),
    captured: (seen, capture) => {
      const { id } = seen
      const got = isCurrencyCode(capture.currency)
        ? paypalMinor(capture.value, currencyCode(capture.currency))
        : null
      if (got !== seen.providerAmount || capture.currency !== seen.providerCurrency) {
        notBooked(id, capture, 'captured-differs', null)
        return
      }
      if (seen.mode === 'trial') {
        // SECURITY: what was paid on trial is no money, and settles nothing.
        write('billing.payPalTold', id, (tx, order) => {
          if (order.state === 'captured') return
          const { value, currency } = capture
          const at = clock.now()
          setCaptured(tx, id, { captureId: capture.id, value, currency, paymentId: null, at })
          putEvent(tx, eventOf(order, capture, at))
          told(tx, order, 'captured')
        })
        return
      }
      try {
        write('billing.payPalBooked', id, (tx, order) => {
          if (order.state !== 'captured') take(tx, order, capture)
        })
      } catch (error) {
        if (!(error instanceof NocturneError) || ofTheStore.has(error.code)) throw error
        notBooked(id, capture, 'capture-not-booked', error.code)
      }
    },
    sent: (refund) =>
      refundWrite('billing.payPalRefundTold', refund, (tx, now) => {
        if (now.sentAt === null) setRefund(tx, refund.id, { sentAt: clock.now() })
      }),
    refundPending: (refund, providerRefundId) =>
      refundWrite('billing.payPalRefundTold', refund, (tx, now) => {
        if (now.providerRefundId !== null) return
        setRefund(tx, refund.id, { providerRefundId })
        const eventId = `refund:${providerRefundId}:pending`
        putEvent(tx, {
          eventId,
          orderId: refund.orderId,
          kind: 'refund-pending',
          at: clock.now(),
        })
      }),
    refundFailed: (refund, problem) =>
      refundWrite('billing.payPalRefundTold', refund, (tx, now) => {
        const at = clock.now()
        setRefund(tx, refund.id, { state: 'failed', problem, endedAt: at })
        const eventId = `refund:${now.providerRefundId ?? refund.id}:failed`
        putEvent(tx, {
          eventId,
          orderId: refund.orderId,
          kind: 'refund-failed',
          value: problem,
          at,
        })
      }),
    refundDone: (refund, providerRefundId) => {
      const { id, orderId, paymentId, amount, reason } = refund
      const eventId = `refund:${providerRefundId}:done`
      const done = (tx: Transaction, refundId: string | null): void => {
        const endedAt = clock.now()
        const set = { state: 'done', providerRefundId, endedAt } as const
        setRefund(tx, id, refundId === null ? set : { ...set, refundId })
        putEvent(tx, { eventId, orderId, kind: 'refund-done', at: endedAt })
      }
      try {
        refundWrite('billing.payPalRefunded', refund, (tx, now) => {
          deps.giveBack.refund(
            tx,
            {
              refundId: id,
              paymentId,
              amount,
              on: today(),
              method: 'paypal',
              reference: providerRefundId,
              reason,
            },
            now.askedBy,
          )
          done(tx, id)
        })
      } catch (error) {
        if (!(error instanceof NocturneError) || ofTheStore.has(error.code)) throw error
        const { code } = error
        refundWrite('billing.payPalNotBooked', refund, (tx) => {
          done(tx, null)
          putMatter(tx, {
            id: newId(),
            key: `refund:${providerRefundId}`,
            orderId,
            kind: 'refund-not-booked',
            value: null,
            currency: null,
            problem: code,
            at: clock.now(),
          })
        })
      }
    },
    found: ({ id }, { key, kind, value, currency }) =>
      write('billing.payPalTold', id, (tx, order) => {
        const at = clock.now()
        putMatter(tx, { id: newId(), key, orderId: id, kind, value, currency, problem: null, at })
        putEvent(tx, { eventId: key, orderId: id, kind, value, currency, at })
        told(tx, order, order.state)
      }),
  }
}

const eventOf = (order: StoredOrder, capture: PayPalCapture, at: number) => ({
  eventId: `capture:${capture.id}:${capture.state}`,
  orderId: order.id,
  kind: `capture-${capture.state}`,
  value: capture.value,
  currency: capture.currency,
  at,
})

/** Beside the payment: what was paid at PayPal, where it is another currency. */
const noteOf = ({ currency, providerAmount, providerCurrency, rate, rateScale }: StoredOrder) =>
  rate === null
    ? ''
    : `PayPal ${providerCurrency} ${formatMinor(providerAmount, providerCurrency)} (1 ${providerCurrency} = ${rateText({ rate, scale: rateScale ?? 0 })} ${currency})`

/** What was chosen, as far as it is open still: money is taken whatever has been settled meanwhile. */
const settlesNow = (reads: Reads, order: StoredOrder): { documentId: string; amount: number }[] => {
  const open = openDocuments(reads, order.subscriberId, order.currency)
  const wished = JSON.parse(order.settles) as readonly {
    readonly documentId: string
    readonly amount: number
  }[]
  return wished.flatMap(({ documentId, amount }) => {
    const part = Math.min(amount, open.find(({ id }) => id === documentId)?.open ?? 0)
    return part > 0 ? [{ documentId, amount: part }] : []
  })
}
