import { paymentById } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { PayPalApi, PayPalCapture, PayPalOrder, RefundState } from './paypal-api.ts'
import type { PayPalBooks } from './paypal-books.ts'
import { PayPalError, type PayPalFailure } from './paypal-http.ts'
import { matterKnown, orderById, refundsOfOrder } from './paypal-tables.ts'
import type { StoredOrder, StoredRefund } from './paypal-tables.ts'

/**
 * One look at one thing: PayPal is asked, or told, and what it says is written. Whatever a process that
 * died had begun is found again by the ids that were kept.
 */
export interface PayPalSteps {
  readonly order: (orderId: string) => Promise<void>
  readonly refund: (refund: StoredRefund) => Promise<void>
  /** What was captured some time ago, as it is at PayPal now. */
  readonly sweep: (orderId: string) => Promise<void>
}

export const createPayPalSteps = (deps: {
  readonly reads: Reads
  readonly books: PayPalBooks
  readonly api: PayPalApi
  readonly now: () => number
  readonly merchant: string
  readonly returnUrl: string
  readonly signal: AbortSignal
}): PayPalSteps => {
  const { reads, books, api, now, signal } = deps

  /** An answer after the end is none: nothing is written any more. */
  const answerOf = async <Out>(asked: Promise<Out>): Promise<Out> => {
    const answer = await asked
    if (signal.aborted) throw new PayPalError('cancelled')
    return answer
  }
  /** Null: refused with one of these words. */
  const unless = async <Out>(
    codes: readonly PayPalFailure[],
    asked: Promise<Out>,
  ): Promise<Out | PayPalError> => {
    try {
      return await answerOf(asked)
    } catch (error) {
      if (error instanceof PayPalError && codes.includes(error.code)) return error
      throw error
    }
  }

  const make = async (order: StoredOrder): Promise<void> => {
    if (now() >= order.expiresAt) {
      books.ended(order, 'expired', null)
      return
    }
    const { merchant, returnUrl } = deps
    const made = await unless(
      ['refused'],
      api.createOrder(
        {
          requestId: order.createRequestId,
          money: { minor: order.providerAmount, currency: order.providerCurrency },
          reference: order.id,
          description: order.description,
          merchant,
          returnUrl,
        },
        signal,
      ),
    )
    if (made instanceof PayPalError) books.ended(order, 'failed', made.issue)
    else books.made(order, made)
  }

  /** What a capture comes to; null: there is none, and what its order says counts. */
  const settle = (order: StoredOrder, capture: PayPalCapture): void => {
    if (capture.state === 'pending') books.held(order, capture)
    else if (capture.state === 'declined') books.ended(order, 'failed', 'DECLINED')
    // Given back or fetched back since: it came, and what became of it is found in the daily look.
    else books.captured(order, capture)
  }

  const lookAt = async (order: StoredOrder, providerOrderId: string): Promise<void> => {
    const seen = await unless(['gone'], api.order(providerOrderId, signal))
    if (!(seen instanceof PayPalError)) {
      await follow(order, providerOrderId, seen)
    } else if (order.captureId !== null) {
      settle(order, await answerOf(api.captureOf(order.captureId, signal)))
    } else books.ended(order, 'expired', null)
  }

  const follow = async (
    order: StoredOrder,
    providerOrderId: string,
    seen: PayPalOrder,
  ): Promise<void> => {
    if (seen.capture !== null) settle(order, seen.capture)
    else if (seen.state === 'over') books.ended(order, 'expired', null)
    else if (order.state === 'created' && seen.state === 'approved') {
      books.approved(order)
      const fresh = orderById(reads, order.id)
      // Cancelled in between: nothing is captured.
      if (fresh?.state === 'approved') await capture(fresh, providerOrderId)
    } else if (order.state === 'created' && now() >= order.expiresAt) {
      books.ended(order, 'expired', null)
    }
  }

  const capture = async (order: StoredOrder, providerOrderId: string): Promise<void> => {
    const seen = await unless(
      ['not-approved', 'refused', 'gone'],
      api.capture({ orderId: providerOrderId, requestId: order.captureRequestId }, signal),
    )
    if (!(seen instanceof PayPalError)) {
      if (seen.capture !== null) settle(order, seen.capture)
      return
    }
    // Before it is given up: an answer that was lost may have been a yes.
    const there = await unless(['gone'], api.order(providerOrderId, signal))
    if (!(there instanceof PayPalError) && there.capture !== null) settle(order, there.capture)
    else if (seen.code === 'refused') books.ended(order, 'failed', seen.issue)
    else if (there instanceof PayPalError || there.state === 'over' || now() >= order.expiresAt) {
      books.ended(order, 'expired', null)
    }
  }

  const comeTo = (refund: StoredRefund, { id, state }: RefundState): void => {
    if (state === 'done') books.refundDone(refund, id)
    else if (state === 'pending') books.refundPending(refund, id)
    else books.refundFailed(refund, 'FAILED')
  }

  /** One that reached PayPal, whose answer was lost; null: none did. */
  const alreadyThere = async (
    refund: StoredRefund,
    providerOrderId: string,
  ): Promise<RefundState | null> => {
    const seen = await unless(['gone'], api.order(providerOrderId, signal))
    if (seen instanceof PayPalError) return null
    const mine = seen.refunds.find(({ reference }) => reference === refund.id)
    return mine === undefined ? null : { id: mine.id, state: mine.isDone ? 'done' : 'pending' }
  }

  return {
    order: async (orderId) => {
      const order = orderById(reads, orderId)
      if (order === null || order.state === 'captured') return
      const { providerOrderId } = order
      if (providerOrderId === null) await make(order)
      else if (order.state === 'approved' && order.captureId === null) {
        await capture(order, providerOrderId)
      } else await lookAt(order, providerOrderId)
    },
    refund: async (refund) => {
      const order = orderById(reads, refund.orderId)
      if (order === null || order.captureId === null || order.providerOrderId === null) return
      if (refund.providerRefundId !== null) {
        comeTo(refund, await answerOf(api.refundOf(refund.providerRefundId, signal)))
        return
      }
      if (refund.sentAt === null) books.sent(refund)
      else {
        const there = await alreadyThere(refund, order.providerOrderId)
        if (there !== null) {
          comeTo(refund, there)
          return
        }
      }
      const asked = await unless(
        ['refused', 'gone', 'currency', 'decimals'],
        api.refund(
          {
            captureId: order.captureId,
            requestId: refund.requestId,
            money: { minor: refund.providerAmount, currency: order.providerCurrency },
            reference: refund.id,
          },
          signal,
        ),
      )
      if (!(asked instanceof PayPalError)) comeTo(refund, asked)
      else books.refundFailed(refund, asked.issue === '' ? asked.code : asked.issue)
    },
    sweep: async (orderId) => {
      const order = orderById(reads, orderId)
      if (order?.providerOrderId == null) return
      if (order.state !== 'captured') {
        await lookAt(order, order.providerOrderId)
        return
      }
      // Taken back here already: what is to be seen there is known.
      if (order.captureId === null || paymentById(reads, order.id)?.reversal != null) return
      const seen = await unless(['gone'], api.order(order.providerOrderId, signal))
      const there = seen instanceof PayPalError ? null : seen
      const capture = there?.capture ?? (await answerOf(api.captureOf(order.captureId, signal)))
      for (const matter of strays(reads, order, capture, there)) {
        if (!matterKnown(reads, matter.key)) books.found(order, matter)
      }
    },
  }
}

type Matter = Parameters<PayPalBooks['found']>[1]

/** What happened at PayPal and was not asked for here. */
const strays = (
  reads: Reads,
  order: StoredOrder,
  capture: PayPalCapture,
  there: PayPalOrder | null,
): readonly Matter[] => {
  const ours = refundsOfOrder(reads, order.id)
  const isOurs = ({ id, reference }: PayPalOrder['refunds'][number]): boolean =>
    ours.some((one) => one.id === reference || one.providerRefundId === id)
  const foreign = (there?.refunds ?? []).filter((one) => !isOurs(one))
  const given = foreign.map(({ id, value, currency }): Matter => {
    return { key: `refund:${id}`, kind: 'given-back-there', value, currency }
  })
  if (capture.state === 'fetched-back') {
    const { value, currency } = capture
    return [
      ...given,
      { key: `capture:${capture.id}:fetched-back`, kind: 'fetched-back', value, currency },
    ]
  }
  // Its state alone tells, where its order is not kept there any more.
  const sent = ours
    .filter(({ state }) => state !== 'failed')
    .reduce((sum, { providerAmount }) => sum + providerAmount, 0)
  const isBeyondOurs =
    capture.state === 'given-back'
      ? sent < order.providerAmount
      : capture.state === 'partly-given-back' && sent === 0
  return isBeyondOurs && given.length === 0
    ? [
        {
          key: `capture:${capture.id}:${capture.state}`,
          kind: 'given-back-there',
          value: null,
          currency: null,
        },
      ]
    : given
}
