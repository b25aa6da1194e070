import type { PayPalLink, PayPalMatter } from '../../../src-shared/contract/billing-paypal.ts'
import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { paypalCurrencies } from '../../../src-shared/domain/paypal-currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeBillingDeps } from './fake-billing.ts'
import type { createFakePayments } from './fake-payments.ts'

type Names = Extract<ProcedureName, `billing.${string}PayPal${string}` | `billing.payPal${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}
type Settings = Output<'billing.payPalSettings'>
type Refund = Output<'billing.payPalOfPayment'>['refunds'][number]

const hours = 3_600_000

/**
 * PayPal of the fake engine. The link that was made last is paid when the page hears `fake-paypal-paid`;
 * credentials whose secret is `wrong` are refused.
 */
export const createFakePayPal = (
  deps: Pick<FakeBillingDeps, 'now' | 'me' | 'subscriber' | 'plant'> & {
    readonly newId: () => string
    readonly idOf: (part: string, number: number) => string
    readonly told: (what: 'payments' | 'paypal') => void
    readonly payments: ReturnType<typeof createFakePayments>['handlers']
  },
): Handlers => {
  const { newId, now, payments } = deps
  const changed = (): void => {
    deps.told('paypal')
    deps.told('payments')
  }
  const has = deps.plant.size > 0
  let settings: Settings = {
    version: has ? 1 : 0,
    enabled: has,
    mode: has ? 'live' : 'trial',
    merchant: has ? 'Desa Net' : '',
    returnUrl: '',
    clientHint: has ? 'x7Qd' : '',
    credentialsSince: has ? now() - 40 * 24 * hours : null,
    others: 0,
    trouble: null,
    waiting: 0,
  }
  let isWrong = false
  const wishes = new Map<string, Input<'billing.makePayPalLink'>['settles']>()
  const refunds = new Map<string, Refund[]>()
  let links: PayPalLink[] = []
  let matters: PayPalMatter[] = []

  const linkOf = (
    input: Pick<
      Input<'billing.makePayPalLink'>,
      'linkId' | 'subscriberId' | 'currency' | 'amount' | 'description' | 'exchange'
    >,
    over: Partial<PayPalLink> = {},
  ): PayPalLink => {
    const person = deps.subscriber(input.subscriberId)
    if (person === undefined) throw new NocturneError('not-found', { what: 'subscriber' })
    const { exchange } = input
    return {
      id: input.linkId,
      subscriberId: input.subscriberId,
      subscriberCode: person.code,
      subscriberName: person.name,
      mode: settings.mode,
      state: 'created',
      currency: input.currency,
      amount: input.amount,
      providerCurrency: exchange?.currency ?? input.currency,
      providerAmount: exchange?.amount ?? input.amount,
      exchange: exchange === null ? null : { rate: exchange.rate, scale: exchange.scale },
      description: input.description,
      approveAt: `https://www.paypal.com/checkoutnow?token=5O190127TN36471${links.length}T`,
      madeAt: now(),
      madeBy: deps.me(),
      expiresAt: now() + 3 * hours,
      endedAt: null,
      held: false,
      captureId: null,
      paymentId: null,
      number: null,
      problem: null,
      isOthers: false,
      trouble: null,
      ...over,
    }
  }
  const seed = (): void => {
    const [first, second, third] = [1, 2, 3]
      .map((number) => deps.idOf('a000', number))
      .filter((id) => deps.subscriber(id) !== undefined)
    if (first === undefined || second === undefined || third === undefined) return
    const of = (subscriberId: string, amount: number, description: string) => ({
      linkId: newId(),
      subscriberId,
      currency: currencyCode('IDR'),
      amount,
      description,
      exchange: {
        currency: currencyCode('USD'),
        rate: 16_250,
        scale: 0,
        amount: Math.round(amount / 16_250),
      },
    })
    const ended = { approveAt: null, madeAt: now() - 26 * hours, endedAt: now() - 23 * hours }
    const differs = linkOf(of(third, 33_300_000, 'INV-A-2026-000031'), {
      ...ended,
      state: 'captured',
      captureId: '3C679366HH908993F',
    })
    links = [
      linkOf(of(second, 16_650_000, 'INV-A-2026-000044'), { madeAt: now() - 240_000 }),
      linkOf(of(third, 49_950_000, 'INV-A-2026-000040'), {
        state: 'approved',
        approveAt: null,
        held: true,
        captureId: '8MC585209K746392H',
        madeAt: now() - 5 * hours,
      }),
      linkOf(of(second, 16_650_000, 'INV-A-2026-000012'), {
        ...ended,
        state: 'failed',
        problem: 'INSTRUMENT_DECLINED',
      }),
      differs,
    ]
    matters = [
      {
        id: newId(),
        kind: 'captured-differs',
        linkId: differs.id,
        subscriberId: third,
        subscriberCode: differs.subscriberCode,
        subscriberName: differs.subscriberName,
        currency: differs.currency,
        amount: differs.amount,
        providerCurrency: differs.providerCurrency,
        providerAmount: differs.providerAmount,
        saidValue: '20.00',
        saidCurrency: 'USD',
        captureId: differs.captureId,
        paymentId: null,
        number: null,
        problem: null,
        at: now() - 23 * hours,
      },
    ]
  }
  let isSeeded = false
  const ready = (): void => {
    if (!isSeeded && has) seed()
    isSeeded = true
  }

  const put = (id: string, over: Partial<PayPalLink>): void => {
    links = links.map((link) => (link.id === id ? { ...link, ...over } : link))
    changed()
  }
  const found = (linkId: string): PayPalLink => {
    ready()
    const link = links.find(({ id }) => id === linkId)
    if (link === undefined) throw new NocturneError('not-found', { what: 'paypal-link' })
    return link
  }
  const isOpen = ({ state }: PayPalLink): boolean => state === 'created' || state === 'approved'
  const pay = (link: PayPalLink): void => {
    const captureId = '2GG279541U471931P'
    const input = {
      paymentId: link.id,
      subscriberId: link.subscriberId,
      method: 'paypal',
      currency: currencyCode(link.currency),
      amount: link.amount,
      receivedOn: new Date(now()).toISOString().slice(0, 10),
      reference: captureId,
      payer: '',
      note: '',
      settles: wishes.get(link.id) ?? [],
    }
    const taken = payments['billing.takePayment'](
      input as unknown as Input<'billing.takePayment'>,
    ) as Output<'billing.takePayment'>
    put(link.id, {
      state: 'captured',
      approveAt: null,
      captureId,
      paymentId: link.id,
      number: taken.number,
      endedAt: now(),
    })
  }

  // In a page; the contract's own test has none.
  if ('addEventListener' in globalThis) {
    globalThis.addEventListener('fake-paypal-paid', () => {
      const link = links.find(isOpen)
      if (link !== undefined) pay(link)
    })
  }

  return {
    'billing.payPalSettings': () => {
      ready()
      return { ...settings, waiting: links.filter(isOpen).length }
    },
    'billing.payPalLinks': ({ which, search, limit, offset }) => {
      ready()
      const all = links.filter(
        (link) =>
          (which === 'all' || isOpen(link) === (which === 'open')) &&
          `${link.subscriberName} ${link.subscriberCode} ${link.number}`
            .toLowerCase()
            .includes(search.toLowerCase()),
      )
      return {
        enabled: settings.enabled,
        total: all.length,
        open: links.filter(isOpen).length,
        links: all.toSorted((a, b) => b.madeAt - a.madeAt).slice(offset, offset + limit),
        matters,
      }
    },
    'billing.payPalOf': ({ subscriberId }) => {
      ready()
      const { enabled, mode } = settings
      return {
        offered: enabled ? { mode, currencies: [...paypalCurrencies] } : null,
        links: links.filter((link) => link.subscriberId === subscriberId),
      }
    },
    'billing.payPalLink': ({ linkId }) => {
      return { link: found(linkId) }
    },
    'billing.payPalOfPayment': ({ paymentId }) => {
      ready()
      const link = links.find((one) => one.paymentId === paymentId) ?? null
      const { payment } = payments['billing.payment']({ paymentId }) as Output<'billing.payment'>
      return {
        link,
        refunds: refunds.get(paymentId) ?? [],
        left: link === null ? 0 : payment.amount - payment.refunded,
      }
    },
    'billing.configurePayPal': ({ baseVersion, credentials, ...next }) => {
      if (baseVersion !== settings.version) throw new NocturneError('conflict')
      const since = settings.mode === next.mode ? settings.credentialsSince : null
      const credentialsSince =
        credentials === undefined ? since : credentials === null ? null : now()
      if (next.enabled && credentialsSince === null) {
        throw new NocturneError('paypal-credentials-missing')
      }
      isWrong = credentials == null ? isWrong : credentials.secret === 'wrong'
      settings = {
        ...settings,
        ...next,
        version: baseVersion + 1,
        credentialsSince,
        clientHint:
          credentials == null
            ? credentialsSince === null
              ? ''
              : settings.clientHint
            : credentials.clientId.slice(-4),
      }
      changed()
      return { version: settings.version }
    },
    'billing.tryPayPal': () => {
      if (isWrong) throw new NocturneError('paypal-credentials-refused')
      return { mode: settings.mode }
    },
    'billing.makePayPalLink': (input) => {
      ready()
      if (!settings.enabled) throw new NocturneError('paypal-off')
      wishes.set(input.linkId, input.settles)
      links = [linkOf(input), ...links]
      changed()
      return {}
    },
    'billing.cancelPayPalLink': ({ linkId }) => {
      const link = found(linkId)
      if (!isOpen(link)) throw new NocturneError('paypal-link-over', { state: link.state })
      put(linkId, { state: 'cancelled', approveAt: null, endedAt: now() })
      return {}
    },
    'billing.refundPayPal': ({ refundId, paymentId, amount, reason }) => {
      const providerRefundId = '1JU08902781691411'
      const on = new Date(now()).toISOString().slice(0, 10)
      void payments['billing.refundPayment']({
        refundId,
        paymentId,
        amount,
        on,
        method: 'other',
        reference: providerRefundId,
        reason,
      })
      const one: Refund = {
        id: refundId,
        amount,
        providerAmount: amount,
        state: 'done',
        isThere: true,
        providerRefundId,
        reason,
        problem: null,
        trouble: null,
        askedAt: now(),
        askedBy: deps.me(),
        endedAt: now(),
      }
      refunds.set(paymentId, [...(refunds.get(paymentId) ?? []), one])
      changed()
      return {}
    },
    'billing.settlePayPalMatter': ({ matterId }) => {
      matters = matters.filter(({ id }) => id !== matterId)
      changed()
      return {}
    },
  }
}
