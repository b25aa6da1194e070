import { z } from 'zod'
import type { Money } from '../../../src-shared/domain/money.ts'
import { paypalAmount } from '../../../src-shared/domain/paypal-currencies.ts'
import {
  createPayPalHttp,
  isSecureAddress,
  PayPalError,
  type PayPalAnswer,
  type PayPalHttpDependencies,
} from './paypal-http.ts'

/**
 * PayPal's Orders v2 and Payments v2, as far as a payment needs them: an order that the customer
 * approves at a link, its capture, and money back. Each request that changes something carries an id
 * that its caller keeps (`PayPal-Request-Id`): made again after a crash it is the same one.
 */

export const payPalAddresses = {
  live: 'https://api-m.paypal.com',
  trial: 'https://api-m.sandbox.paypal.com',
} as const

const providerId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/u)
const amount = z.object({ currency_code: z.string(), value: z.string().regex(/^\d+(?:\.\d+)?$/u) })
const capture = z.object({ id: providerId, status: z.string(), amount })
/** Within an order; `custom_id` is the one that was sent with it. */
const orderRefund = z.object({
  id: providerId,
  status: z.string(),
  custom_id: z.string().optional(),
  amount: amount.optional(),
})
const order = z.object({
  id: providerId,
  status: z.string(),
  links: z.array(z.object({ rel: z.string(), href: z.string() })).default([]),
  purchase_units: z
    .array(
      z.object({
        custom_id: z.string().optional(),
        amount: amount.optional(),
        payments: z
          .object({
            captures: z.array(capture).default([]),
            refunds: z.array(orderRefund).default([]),
          })
          .optional(),
      }),
    )
    .default([]),
})
const refund = z.object({ id: providerId, status: z.string() })
const token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const refusal = z.object({
  name: z.string().default(''),
  details: z.array(z.object({ issue: z.string() })).default([]),
})

export interface PayPalOrder {
  readonly id: string
  /** `waiting`: for the customer; `approved`: he said yes; `captured`; `over`: voided or expired. */
  readonly state: 'waiting' | 'approved' | 'captured' | 'over'
  /** Where the customer says yes; null: no more. */
  readonly approveAt: string | null
  readonly capture: PayPalCapture | null
  /** What went back of it, by whoever's wish; those that failed are none. */
  readonly refunds: readonly PayPalRefund[]
}

export interface PayPalRefund {
  readonly id: string
  readonly isDone: boolean
  /** Ours, where it was asked for by us; null: at PayPal's own site. */
  readonly reference: string | null
  readonly value: string | null
  readonly currency: string | null
}

export interface PayPalCapture {
  readonly id: string
  /**
   * `pending`: PayPal holds it; `partly-given-back`: the rest of it stands; `fetched-back`: the payer's
   * bank or PayPal took it away.
   */
  readonly state:
    | 'completed'
    | 'pending'
    | 'declined'
    | 'given-back'
    | 'partly-given-back'
    | 'fetched-back'
  /** As PayPal wrote it. */
  readonly value: string
  readonly currency: string
}

export interface PayPalApi {
  /** Whether the credentials are taken. */
  readonly check: (signal: AbortSignal) => Promise<void>
  readonly createOrder: (
    what: {
      readonly requestId: string
      readonly money: Money
      /** Ours: comes back with the order. */
      readonly reference: string
      /** What the customer reads; who asks for the money ('': PayPal's name of the account). */
      readonly description: string
      readonly merchant: string
      /** Where he lands when he has said yes; '': he stays at PayPal. */
      readonly returnUrl: string
    },
    signal: AbortSignal,
  ) => Promise<PayPalOrder>
  readonly order: (orderId: string, signal: AbortSignal) => Promise<PayPalOrder>
  /** Taken already is taken: the same capture comes back. */
  readonly capture: (
    what: { readonly orderId: string; readonly requestId: string },
    signal: AbortSignal,
  ) => Promise<PayPalOrder>
  /** Where its order is not kept any more. */
  readonly captureOf: (captureId: string, signal: AbortSignal) => Promise<PayPalCapture>
  readonly refund: (
    what: {
      readonly captureId: string
      readonly requestId: string
      readonly money: Money
      /** Ours: comes back with the order. */
      readonly reference: string
    },
    signal: AbortSignal,
  ) => Promise<RefundState>
  readonly refundOf: (refundId: string, signal: AbortSignal) => Promise<RefundState>
}

export interface RefundState {
  readonly id: string
  readonly state: 'done' | 'pending' | 'failed'
}

/** A token is renewed so long before it ends. */
const renewBeforeMs = 60_000

/** Refused before anything is sent: `currency`, `decimals`. */
const valueOf = (money: Money) => {
  const written = paypalAmount(money)
  if (!written.ok) throw new PayPalError(written.refusal)
  if (money.minor <= 0) throw new RangeError('an amount is more than nothing')
  return { currency_code: money.currency, value: written.value }
}

export const createPayPalApi = (
  deps: PayPalHttpDependencies & {
    readonly now: () => number
    /** Asked for at each token; wiped by nobody else. */
    readonly credentials: () => { readonly clientId: string; readonly secret: string }
  },
): PayPalApi => {
  const send = createPayPalHttp(deps)
  let held: { readonly text: string; readonly until: number } | null = null

  const bearer = async (signal: AbortSignal): Promise<string> => {
    if (held !== null && deps.now() < held.until) return held.text
    const { clientId, secret } = deps.credentials()
    const answer = await send(
      '/v1/oauth2/token',
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
        },
        body: 'grant_type=client_credentials',
      },
      signal,
    )
    if (answer.status === 401 || answer.status === 403) {
      throw new PayPalError('credentials-refused', '', answer.debugId)
    }
    const given = read(token, answer)
    held = {
      text: given.access_token,
      until: deps.now() + Math.max(0, given.expires_in * 1000 - renewBeforeMs),
    }
    return held.text
  }

  const call = async <Out>(
    schema: z.ZodType<Out>,
    path: string,
    what: { readonly requestId: string; readonly body: object } | null,
    signal: AbortSignal,
  ): Promise<Out> => {
    for (let isRenewed = false; ; isRenewed = true) {
      const answer = await send(
        path,
        {
          method: what === null ? 'GET' : 'POST',
          headers: {
            authorization: `Bearer ${await bearer(signal)}`,
            accept: 'application/json',
            ...(what === null
              ? {}
              : {
                  'content-type': 'application/json',
                  'paypal-request-id': what.requestId,
                  prefer: 'return=representation',
                }),
          },
          ...(what === null ? {} : { body: JSON.stringify(what.body) }),
        },
        signal,
      )
      if (answer.status !== 401) return read(schema, answer)
      // Ended before its time, or taken back: once more with a new one.
      held = null
      if (isRenewed) throw new PayPalError('credentials-refused', '', answer.debugId)
    }
  }

  const seen = (from: z.output<typeof order>): PayPalOrder => {
    const taken = from.purchase_units.flatMap(({ payments }) => payments?.captures ?? [])
    const link = from.links.find(({ rel }) => rel === 'approve' || rel === 'payer-action')
    const state = stateOf(from.status)
    return {
      id: from.id,
      state,
      approveAt:
        state === 'waiting' && link !== undefined ? approvalLink(link.href, deps.loopback) : null,
      capture: taken[0] === undefined ? null : captureOf(taken[0]),
      refunds: from.purchase_units
        .flatMap(({ payments }) => payments?.refunds ?? [])
        .flatMap((one) => {
          const how = refundStateOf(one.status)
          if (how === 'failed') return []
          return [
            {
              id: one.id,
              isDone: how === 'done',
              reference: one.custom_id ?? null,
              value: one.amount?.value ?? null,
              currency: one.amount?.currency_code ?? null,
            },
          ]
        }),
    }
  }

  const orderBy = async (orderId: string, signal: AbortSignal): Promise<PayPalOrder> =>
    seen(await call(order, `/v2/checkout/orders/${encodeURIComponent(orderId)}`, null, signal))

  return {
    check: async (signal) => {
      held = null
      await bearer(signal)
    },
    createOrder: async (wish, signal) => {
      const { requestId, money, reference, description, merchant, returnUrl } = wish
      const body = {
        intent: 'CAPTURE',
        payment_source: {
          paypal: {
            experience_context: {
              ...(merchant === '' ? {} : { brand_name: merchant.slice(0, 127) }),
              ...(returnUrl === '' ? {} : { return_url: returnUrl, cancel_url: returnUrl }),
              shipping_preference: 'NO_SHIPPING',
              user_action: 'PAY_NOW',
            },
          },
        },
        purchase_units: [
          {
            reference_id: 'default',
            custom_id: reference.slice(0, 127),
            description: description.slice(0, 127),
            amount: valueOf(money),
          },
        ],
      }
      return seen(await call(order, '/v2/checkout/orders', { requestId, body }, signal))
    },
    order: orderBy,
    capture: async ({ orderId, requestId }, signal) => {
      const path = `/v2/checkout/orders/${encodeURIComponent(orderId)}/capture`
      try {
        return seen(await call(order, path, { requestId, body: {} }, signal))
      } catch (error) {
        // Its answer was lost, and its id is forgotten: the order knows what was captured.
        if (error instanceof PayPalError && error.code === 'already-captured') {
          return orderBy(orderId, signal)
        }
        throw error
      }
    },
    captureOf: async (captureId, signal) =>
      captureOf(
        await call(capture, `/v2/payments/captures/${encodeURIComponent(captureId)}`, null, signal),
      ),
    refund: async ({ captureId, requestId, money, reference }, signal) => {
      const path = `/v2/payments/captures/${encodeURIComponent(captureId)}/refund`
      const body = { amount: valueOf(money), custom_id: reference.slice(0, 127) }
      const { id, status } = await call(refund, path, { requestId, body }, signal)
      return { id, state: refundStateOf(status) }
    },
    refundOf: async (refundId, signal) => {
      const path = `/v2/payments/refunds/${encodeURIComponent(refundId)}`
      const { id, status } = await call(refund, path, null, signal)
      return { id, state: refundStateOf(status) }
    },
  }
}

const read = <Out>(schema: z.ZodType<Out>, answer: PayPalAnswer): Out => {
  const { status, body, debugId } = answer
  if (status >= 200 && status < 300) {
    const parsed = schema.safeParse(body)
    // What it said may hold a payer's name: none of it goes on.
    if (!parsed.success) throw new PayPalError('unreadable', '', debugId)
    return parsed.data
  }
  const said = refusal.safeParse(body)
  const word = said.success ? (said.data.details[0]?.issue ?? said.data.name) : ''
  const issue = /^[A-Z0-9_]{1,80}$/u.test(word) ? word : ''
  if (status === 404) throw new PayPalError('gone', issue, debugId)
  if (issue === 'ORDER_NOT_APPROVED') throw new PayPalError('not-approved', issue, debugId)
  if (issue === 'ORDER_ALREADY_CAPTURED') throw new PayPalError('already-captured', issue, debugId)
  throw new PayPalError(status >= 400 && issue !== '' ? 'refused' : 'unreadable', issue, debugId)
}

const stateOf = (status: string): PayPalOrder['state'] => {
  switch (status) {
    case 'CREATED':
    case 'SAVED':
    case 'PAYER_ACTION_REQUIRED':
      return 'waiting'
    case 'APPROVED':
      return 'approved'
    case 'COMPLETED':
      return 'captured'
    case 'VOIDED':
      return 'over'
    default:
      throw new PayPalError('unreadable', 'status')
  }
}

const captureOf = ({ id, status, amount: taken }: z.output<typeof capture>): PayPalCapture => {
  const states = {
    COMPLETED: 'completed',
    PENDING: 'pending',
    DECLINED: 'declined',
    FAILED: 'declined',
    REFUNDED: 'given-back',
    PARTIALLY_REFUNDED: 'partly-given-back',
    // Not in its published list of a capture's states, but the name of its message about one.
    REVERSED: 'fetched-back',
  } as const
  const state = Object.entries(states).find(([word]) => word === status)?.[1]
  if (state === undefined) throw new PayPalError('unreadable', 'status')
  return { id, state, value: taken.value, currency: taken.currency_code }
}

const refundStateOf = (status: string): RefundState['state'] => {
  switch (status) {
    case 'COMPLETED':
      return 'done'
    case 'PENDING':
      return 'pending'
    case 'FAILED':
    case 'CANCELLED':
      return 'failed'
    default:
      throw new PayPalError('unreadable', 'status')
  }
}

/** SECURITY: customers are sent there: PayPal's own pages under TLS, and nothing else. */
const approvalLink = (href: string, loopback: boolean): string => {
  if (!isSecureAddress(href, loopback)) throw new PayPalError('unreadable', 'link')
  const { protocol, hostname } = new URL(href)
  const isPayPal = /^(?:www\.)?(?:sandbox\.)?paypal\.com$/u.test(hostname)
  if (!isPayPal && protocol === 'https:') throw new PayPalError('unreadable', 'link')
  return href
}
