import { currencyCode, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import {
  exchanged,
  paypalAmount,
  paypalCurrencies,
  paypalTakes,
  providerPart,
} from '../../../src-shared/domain/paypal-currencies.ts'
import { chosenProblem } from '../../../src-shared/domain/settlements.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Input } from '../../../src-shared/contract/index.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { standingPayment } from '../payments/give-back.ts'
import { refusalOf } from '../payments/payment-desk.ts'
import { openDocuments, paymentById } from '../payments/payment-tables.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { createPayPalConfigure, payPalSettings } from './paypal-settings.ts'
import {
  liveOrders,
  liveRefunds,
  orderById,
  orderOfPayment,
  putOrder,
  putProviderRefund,
  refundById,
  refundsOfOrder,
  setEnded,
  type StoredOrder,
  type StoredRefund,
} from './paypal-tables.ts'
import { createPayPalViews } from './paypal-views.ts'
import { afterMs, type PayPalWorker } from './paypal-worker.ts'

export type PayPalQuery =
  | 'billing.payPalSettings'
  | 'billing.payPalLinks'
  | 'billing.payPalOf'
  | 'billing.payPalLink'
  | 'billing.payPalOfPayment'
export type PayPalCommand =
  | 'billing.configurePayPal'
  | 'billing.tryPayPal'
  | 'billing.makePayPalLink'
  | 'billing.cancelPayPalLink'
  | 'billing.refundPayPal'
  | 'billing.settlePayPalMatter'

/**
 * The customer has three hours from the making of an order to say yes (PayPal's Orders v2, `links` of
 * an order: its default, which only PayPal itself can lengthen).
 */
const linkMs = 3 * 3_600_000

export const createPayPalHandlers = (
  deps: Pick<
    BillingDependencies,
    'clock' | 'newId' | 'subscribers' | 'nameOfAccount' | 'vaultKey'
  > & {
    readonly reads: Reads
    readonly worker: PayPalWorker
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<PayPalQuery>
  readonly commands: CommandHandlers<PayPalCommand>
} => {
  const { clock, newId, reads, worker } = deps
  const views = createPayPalViews({
    reads,
    nameOfAccount: deps.nameOfAccount,
    accountKey: () => payPalSettings(reads).accountKey,
    trouble: worker.trouble,
  })
  const look = (): void => {
    deps.changed()
    worker.look()
  }

  return {
    queries: {
      'billing.payPalSettings': () => {
        const settings = payPalSettings(reads)
        const { version, enabled, mode, merchant, returnUrl, accountKey } = settings
        const { clientHint, credentialsSince } = settings
        const [others] = reads.all<{ count: number }>(
          `SELECT count(*) AS count FROM provider_order
            WHERE state IN ('created', 'approved') AND account_key <> ?`,
          accountKey,
        )
        return {
          version,
          enabled: enabled === 1,
          mode,
          merchant,
          returnUrl,
          clientHint,
          credentialsSince,
          others: others?.count ?? 0,
          trouble: worker.trouble(),
          waiting:
            liveOrders(reads, accountKey, clock.now() - afterMs).length +
            liveRefunds(reads, accountKey).length,
        }
      },
      'billing.payPalLinks': ({ which, search, limit, offset }) => ({
        enabled: payPalSettings(reads).enabled === 1,
        ...views.links(which, search, limit, offset),
        matters: views.matters(),
      }),
      'billing.payPalOf': ({ subscriberId }) => {
        const { enabled, mode } = payPalSettings(reads)
        return {
          offered: enabled === 1 ? { mode, currencies: [...paypalCurrencies] } : null,
          links: views.linksOf(subscriberId),
        }
      },
      'billing.payPalLink': ({ subscriberId, linkId }) => {
        const link = views.link(linkId)
        if (link?.subscriberId !== subscriberId) throw gone('paypal-link')
        return { link }
      },
      'billing.payPalOfPayment': ({ paymentId }) => {
        const payment = paymentById(reads, paymentId)
        if (payment === null) throw gone('payment')
        const order = orderOfPayment(reads, paymentId)
        if (order === null) return { link: null, refunds: [], left: 0 }
        const refunds = refundsOfOrder(reads, order.id)
        return {
          link: views.link(order.id),
          refunds: refunds.map((refund) => ({
            id: refund.id,
            amount: refund.amount,
            providerAmount: refund.providerAmount,
            state: refund.state,
            isThere: refund.providerRefundId !== null,
            providerRefundId: refund.providerRefundId,
            reason: refund.reason,
            problem: refund.problem,
            trouble: refund.state === 'pending' ? worker.trouble(refund.id) : null,
            askedAt: refund.askedAt,
            askedBy: refund.askedBy === null ? null : deps.nameOfAccount(refund.askedBy),
            endedAt: refund.endedAt,
          })),
          left: payment.reversal === null ? leftOf(payment, refunds) : 0,
        }
      },
    },

    commands: {
      ...createPayPalConfigure({
        ...deps,
        changed: () => {
          deps.changed()
          worker.renew()
        },
      }),

      'billing.tryPayPal': async (_input, { signal }) => {
        const mode = await worker.check(signal)
        return { apply: () => ({ mode }), after: deps.changed }
      },

      'billing.makePayPalLink': (input, { session }) => ({
        apply: (tx) => {
          const { linkId, subscriberId, amount, description, settles } = input
          const settings = payPalSettings(tx)
          if (settings.enabled === 0) throw new NocturneError('paypal-off')
          if (deps.subscribers.party(subscriberId) === null) throw gone('subscriber')
          if (orderById(tx, linkId) !== null) throw new NocturneError('paypal-known')
          const currency = currencyCode(input.currency)
          const asked = askedOf(currency, input)
          const open = openDocuments(tx, subscriberId, currency)
          const problem = chosenProblem(amount, settles, open)
          if (problem !== null) throw refusalOf(problem)
          const madeAt = clock.now()
          putOrder(tx, {
            id: linkId,
            accountKey: settings.accountKey,
            mode: settings.mode,
            subscriberId,
            currency,
            amount,
            ...asked,
            description,
            settles: JSON.stringify(settles),
            createRequestId: newId(),
            captureRequestId: newId(),
            madeAt,
            madeBy: accountOf({ session }),
            expiresAt: madeAt + linkMs,
          })
          tx.change({
            entity: 'paypal-link',
            entityId: linkId,
            kind: 'created',
            version: 1,
            data: { subscriberId, currency, amount },
          })
          return {}
        },
        after: look,
      }),

      'billing.cancelPayPalLink': ({ subscriberId, linkId }, { session }) => ({
        apply: (tx) => {
          const order = orderById(tx, linkId)
          if (order?.subscriberId !== subscriberId) throw gone('paypal-link')
          if (order.state !== 'created' && order.state !== 'approved') {
            throw new NocturneError('paypal-link-over', { state: order.state })
          }
          const at = clock.now()
          const by = accountOf({ session })
          setEnded(tx, linkId, { state: 'cancelled', problem: null, at, by })
          tx.change({
            entity: 'paypal-link',
            entityId: linkId,
            kind: 'updated',
            version: 1,
            data: { state: 'cancelled' },
          })
          return {}
        },
        after: look,
      }),

      'billing.refundPayPal': ({ refundId, paymentId, amount, reason }, { session }) => ({
        apply: (tx) => {
          const settings = payPalSettings(tx)
          if (settings.enabled === 0) throw new NocturneError('paypal-off')
          const payment = standingPayment(tx, paymentId)
          const order = orderOfPayment(tx, paymentId)
          if (order === null) throw new NocturneError('paypal-not-its')
          if (order.accountKey !== settings.accountKey) {
            throw new NocturneError('paypal-other-account')
          }
          if (refundById(tx, refundId) !== null) throw new NocturneError('paypal-known')
          const before = refundsOfOrder(tx, order.id)
          const left = leftOf(payment, before)
          if (amount > left) {
            throw new NocturneError('refund-beyond-payment', { number: payment.number, left })
          }
          const providerAmount = partOf(order, before, amount)
          if (providerAmount <= 0) throw new NocturneError('paypal-too-little')
          const { id: orderId, subscriberId } = order
          const asked = { askedAt: clock.now(), askedBy: accountOf({ session }) }
          const requestId = newId()
          const wish = { id: refundId, orderId, paymentId, amount, providerAmount }
          putProviderRefund(tx, { ...wish, requestId, reason, ...asked })
          tx.about({ subjectId: subscriberId, reason })
          tx.change({
            entity: 'paypal-refund',
            entityId: refundId,
            kind: 'created',
            version: 1,
            data: { subscriberId, paymentId, amount },
          })
          return {}
        },
        after: look,
      }),

      'billing.settlePayPalMatter': ({ matterId, note }, { session }) => ({
        apply: (tx) => {
          const row = tx.get<{ orderId: string; settledAt: number | null }>(
            `SELECT order_id AS orderId, settled_at AS settledAt FROM provider_matter WHERE id = ?`,
            matterId,
          )
          if (row === undefined || row.settledAt !== null) throw gone('paypal-matter')
          tx.run(
            `UPDATE provider_matter SET settled_at = ?, settled_by = ?, note = ? WHERE id = ?`,
            clock.now(),
            accountOf({ session }),
            note,
            matterId,
          )
          const subjectId = orderById(tx, row.orderId)?.subscriberId
          const about = { objectKind: 'paypal-link', objectId: row.orderId, reason: note }
          tx.about(subjectId === undefined ? about : { ...about, subjectId })
          tx.change({
            entity: 'paypal-matter',
            entityId: matterId,
            kind: 'updated',
            version: 2,
            data: { linkId: row.orderId },
          })
          return {}
        },
        after: deps.changed,
      }),
    },
  }
}

type Asked = Pick<StoredOrder, 'providerCurrency' | 'providerAmount' | 'rate' | 'rateScale'>

/** What the customer is asked for. Errors: `paypal-currency`, `paypal-decimals`, `paypal-rate`. */
const askedOf = (
  currency: CurrencyCode,
  { amount, exchange }: Pick<Input<'billing.makePayPalLink'>, 'amount' | 'exchange'>,
): Asked => {
  if (exchange === null) {
    const written = paypalAmount({ minor: amount, currency })
    if (!written.ok) throw new NocturneError(`paypal-${written.refusal}`, { currency })
    return { providerCurrency: currency, providerAmount: amount, rate: null, rateScale: null }
  }
  // What PayPal takes as it is owed is asked for as it is owed.
  if (paypalTakes(currency)) {
    throw new NocturneError('invalid-input', { field: 'exchange', rule: 'not-needed' })
  }
  const to = currencyCode(exchange.currency)
  if (!paypalTakes(to)) throw new NocturneError('paypal-currency', { currency: to })
  const { rate, scale } = exchange
  const comes = exchanged({ minor: amount, currency }, to, { rate, scale })
  if (comes !== exchange.amount || comes === 0) throw new NocturneError('paypal-rate')
  return { providerCurrency: to, providerAmount: comes, rate, rateScale: scale }
}

/** What can still go back: less what went, and what PayPal is at. */
const leftOf = (
  payment: { readonly amount: number; readonly refunded: number },
  refunds: readonly StoredRefund[],
): number =>
  payment.amount -
  payment.refunded -
  refunds
    .filter(({ state, refundId }) => state === 'pending' || (state === 'done' && refundId === null))
    .reduce((sum, { amount }) => sum + amount, 0)

const partOf = (order: StoredOrder, refunds: readonly StoredRefund[], part: number): number => {
  const standing = refunds.filter(({ state }) => state !== 'failed')
  return providerPart({
    amount: order.amount,
    providerAmount: order.providerAmount,
    providerCurrency: order.providerCurrency,
    before: standing.reduce((sum, { amount }) => sum + amount, 0),
    providerBefore: standing.reduce((sum, { providerAmount }) => sum + providerAmount, 0),
    part,
  })
}
