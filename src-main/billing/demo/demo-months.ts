import { commands } from '../../../src-shared/contract/index.ts'
import {
  addDays,
  addMonths,
  startOfMonth,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { everything } from '../../engine/reach.ts'
import type { CallContext } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { putSeller, sellerOf } from '../documents/seller-tables.ts'
import { nextTurn } from '../next-turn.ts'
import { createPaymentDesk } from '../payments/payment-desk.ts'
import { openDocuments } from '../payments/payment-tables.ts'
import { createPrepaidDesk } from '../prepaid/prepaid-desk.ts'
import { allPlans, soldOn, versionsOf, type Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { insertRun } from '../run/run-tables.ts'
import { createRuns } from '../run/runs.ts'
import type { ServiceLines } from '../service-state/service-state.ts'
import { createSubscriptionCommands } from '../subscriptions/subscription-commands.ts'

/**
 * Three months of a small provider's business in a simulated workspace, by the commands, the run and
 * the payment desk of the product, each as on its day. The same subscribers give the same documents.
 * Never used on a workspace of one's own.
 */
export const demoSubscriptions = 60
const months = 3
/** Of a plan that is paid for before. */
const demoPrepaid = 8

type MonthsDependencies = Pick<
  BillingDependencies,
  'clock' | 'newId' | 'log' | 'write' | 'subscribers'
> & {
  readonly reads: Reads
  readonly today: () => CalendarDate
  readonly lines: Pick<ServiceLines, 'settle'>
  readonly stopped: () => boolean
}

interface Service {
  readonly id: string
  readonly subscriberId: string
}

export const fillMonths = async (deps: MonthsDependencies): Promise<void> => {
  const { newId, reads, stopped, write } = deps
  const today = deps.today()
  const first = addMonths(startOfMonth(today), -months)
  const found = reads.all<Service>(
    `SELECT v.id, v.subscriber_id AS subscriberId FROM subscriber_service v
      JOIN subscriber s ON s.id = v.subscriber_id
      WHERE v.state = 'live' AND s.status = 'active' ORDER BY s.number, v.id LIMIT ?`,
    demoSubscriptions + demoPrepaid,
  )
  const services = found.slice(0, demoSubscriptions)
  const cards = found.slice(demoSubscriptions)
  if (services.length === 0) return
  if (sellerOf(reads).name === '') write('billing.fillSimulated', { seller: 1 }, putDemoSeller)

  for (const [at, service] of services.entries()) {
    if (stopped()) return
    const on = addDays(first, (at * 5) % 27)
    write('billing.fillSimulated', { subscription: at }, (tx) =>
      start(deps, tx, service, planCodeOf(at), on),
    )
    await nextTurn()
  }
  for (let month = 0; month < months; month += 1) {
    const on = addDays(addMonths(first, month), 27)
    if (stopped()) return
    const runId = newId()
    write('billing.fillSimulated', { run: month }, (tx) => {
      const startedAt = instantOf(on)
      const row = { id: runId, asOfOn: on, startedAt, startedBy: null, finishedAt: null }
      insertRun(tx, { ...row, state: 'running', looked: 0, failed: 0 })
    })
    await createRuns({
      ...deps,
      clock: clockOf(deps, on),
      nextTurn,
      told: () => undefined,
      issued: () => undefined,
    }).begin({ runId, today: on, accountId: null })
    for (const [at, { subscriberId }] of services.entries()) {
      if (stopped()) return
      const paidOn = payDay(at, month, on)
      if (paidOn === null || paidOn > today) continue
      write('billing.fillSimulated', { payment: at }, (tx) =>
        pay(deps, tx, { subscriberId, at, on: paidOn }),
      )
      await nextTurn()
    }
  }
  const lastRun = addDays(addMonths(first, months - 1), 27)
  for (const [at, service] of cards.entries()) {
    const on = addDays(today, -3 * (cards.length - 1 - at))
    if (stopped() || on <= lastRun) continue
    write('billing.fillSimulated', { card: at }, (tx) => startPrepaid(deps, tx, service, at, on))
    await nextTurn()
  }
}

/** Mid-day of the day, wherever the seller is. */
const instantOf = (on: CalendarDate): number => Date.parse(`${on}T05:00:00Z`)

const clockOf = (deps: MonthsDependencies, on: CalendarDate) => ({
  ...deps.clock,
  now: () => Math.min(deps.clock.now(), instantOf(on)),
})

/** Who pays within a week or two, who has not paid for two months, who pays nothing yet. */
const payDay = (at: number, month: number, billedOn: CalendarDate): CalendarDate | null => {
  if (at % 9 === 4 && month > 0) return null
  if (at % 13 === 6) return null
  if (month === months - 1 && at % 4 === 1) return null
  return addDays(billedOn, 1 + ((at * 3) % 12))
}

const putDemoSeller = (tx: Transaction): void => {
  const before = sellerOf(tx)
  putSeller(tx, {
    ...before,
    version: before.version + 1,
    name: 'PT Nusa Serat Optik',
    address: {
      lines: 'Jl. Braga 12',
      city: 'Bandung',
      region: 'Jawa Barat',
      postcode: '40111',
      country: 'ID',
    },
    phone: '+62800550000',
    email: 'tagihan@example.com',
    paymentNote: 'Transfer ke rekening yang tertera di kantor, atau bayar di loket.',
    terms: { kind: 'days', days: 14 },
  })
}

const contextOf = (): CallContext => ({
  clientId: 0,
  session: null,
  reach: everything,
  traceId: 'simulated',
  signal: new AbortController().signal,
  progress: () => undefined,
})

/** Some top up for a month, some for more, and one has not paid yet. */
const startPrepaid = (
  deps: MonthsDependencies,
  tx: Transaction,
  service: Service,
  at: number,
  on: CalendarDate,
): void => {
  const amount = [11_100_000, 20_000_000, 0, 11_100_000][at % 4] ?? 0
  if (amount > 0) {
    createPaymentDesk({ ...deps, clock: clockOf(deps, on), today: () => on }).take(
      tx,
      {
        paymentId: deps.newId(),
        subscriberId: service.subscriberId,
        method: 'cash',
        currency: 'IDR',
        amount,
        receivedOn: on,
        reference: '',
        payer: '',
        note: '',
        settles: [],
      },
      null,
    )
  }
  start(deps, tx, service, 'KARTU-10', on)
}

const planCodeOf = (at: number): string =>
  at % 9 === 4 ? 'BISNIS-200' : (['RUMAH-20', 'RUMAH-50', 'RUMAH-20', 'RUMAH-100'][at % 4] ?? '')

const start = (
  deps: MonthsDependencies,
  tx: Transaction,
  { id: serviceId, subscriberId }: Service,
  code: string,
  on: CalendarDate,
): void => {
  const plan = allPlans(tx).find((one) => one.code === code)
  const version = plan === undefined ? null : soldOn(versionsOf(tx, plan.id), on)
  if (version === null) return
  const clock = clockOf(deps, on)
  const days = { ...deps, clock, today: () => on }
  const life = createSubscriptionCommands({
    ...days,
    acted: createPrepaidDesk({ ...days, issued: () => undefined }).acted,
    changed: () => undefined,
  })
  const input = commands['billing.startSubscription'].input.parse({
    subscriberId,
    serviceId,
    bought: { planVersionId: version.id },
    startOn: on,
  })
  const work = life['billing.startSubscription'](input, contextOf())
  if (work instanceof Promise) throw new Error('a subscription is started at once')
  work.apply(tx)
}

const methods = ['cash', 'transfer', 'card', 'transfer'] as const

const pay = (
  deps: MonthsDependencies,
  tx: Transaction,
  {
    subscriberId,
    at,
    on,
  }: { readonly subscriberId: string; readonly at: number; readonly on: CalendarDate },
): void => {
  const open = openDocuments(tx, subscriberId, currencyCode('IDR'))
  const owed = open.reduce((sum, document) => sum + document.open, 0)
  // Some pay a part, and one pays ahead.
  const amount = at % 11 === 5 ? Math.floor(owed / 200) * 100 : at === 2 ? owed + 10_000_000 : owed
  if (amount <= 0) return
  const method = methods[at % methods.length] ?? 'cash'
  createPaymentDesk({ ...deps, clock: clockOf(deps, on), today: () => on }).take(
    tx,
    {
      paymentId: deps.newId(),
      subscriberId,
      method,
      currency: 'IDR',
      amount,
      receivedOn: on,
      reference:
        method === 'cash' ? '' : `TRX${on.replaceAll('-', '')}${String(at).padStart(3, '0')}`,
      payer: '',
      note: '',
      settles: [],
    },
    null,
  )
}
