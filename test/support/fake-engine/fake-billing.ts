import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import type { PlanVersion } from '../../../src-shared/contract/billing-model.ts'
import { addDays, calendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { planExample } from '../../../src-main/billing/plans/plan-example.ts'
import {
  soldOn,
  type PlanRecord,
  type VersionRecord,
} from '../../../src-main/billing/plans/plan-tables.ts'
import type { TaxRateRecord } from '../../../src-main/billing/plans/settings-tables.ts'
import type { PlanBook } from '../../../src-main/billing/subscriptions/plan-book.ts'
import { fakePlans } from './fake-plans.ts'
import { createFakeCounter } from './fake-counter.ts'
import { createFakeDocuments } from './fake-documents.ts'
import { createFakeAgents } from './fake-agents.ts'
import { createFakeBank } from './fake-bank.ts'
import { createFakePapers } from './fake-papers.ts'
import { createFakeRates, fakeRate } from './fake-rates.ts'
import { createFakePrepaid } from './fake-prepaid.ts'
import { createFakeDunning } from './fake-dunning.ts'
import { createFakePayments } from './fake-payments.ts'
import { createFakePayPal } from './fake-paypal.ts'
import { createFakeFinance } from './fake-finance.ts'
import { createFakeReconciliation } from './fake-reconciliation.ts'
import { createFakeSubscriptions } from './fake-subscriptions.ts'
import { createFakeVouchers } from './fake-vouchers.ts'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import type { MoneyPreview } from './fake-approvals.ts'
import { createFakeWriteOffs } from './fake-write-offs.ts'
import type { FakeCreditGate } from './fake-credits.ts'
import type { FakePlant } from './fake-plant.ts'

type Names = Extract<ProcedureName, `billing.${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

export interface FakeBillingDeps {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly me: () => string
  readonly may: (permission: string) => boolean
  readonly creditGate: FakeCreditGate
  readonly writeOffGate: FakeCreditGate
  readonly speeds: () => Output<'provisioning.speeds'>['speeds']
  readonly subscriber: (id: string) => Output<'subscribers.record'> | undefined
  readonly find: (text: string, limit: number) => Output<'billing.counterFind'>
}

const idOf = (part: string, number: number): string =>
  `01930000-0000-7000-${part}-${number.toString(16).padStart(12, '0')}`
const idr = currencyCode('IDR')

/** Plans of a small provider; amounts are computed by the product's own rules. */
export const createFakeBilling = (
  deps: FakeBillingDeps,
): {
  readonly handlers: Handlers
  readonly moneyOf: (kind: ApprovalRow['kind'], id: string) => MoneyPreview
} => {
  const { emit, now, plant } = deps
  const today = () => calendarDate(new Date(now()).toISOString().slice(0, 10))
  let next = 0x900
  const newId = (): string => idOf('b0ff', next++)
  let settings = { version: 1, currency: idr as CurrencyCode, timeZone: null as string | null }
  const rates: TaxRateRecord[] = []
  const plans: PlanRecord[] = []
  const versions: VersionRecord[] = []
  const told = (what: Payload<'billing.changed'>['what']): void => emit('billing.changed', { what })

  if (plant.size > 0) {
    rates.push(fakeRate(idOf('b002', 1)))
    const seeded = fakePlans({ idOf, now: now(), currency: idr, speeds: deps.speeds() })
    plans.push(...seeded.plans)
    versions.push(...seeded.versions)
  }

  const planOf = (id: string): PlanRecord => {
    const plan = plans.find((one) => one.id === id)
    if (plan === undefined) throw new NocturneError('not-found', { what: 'plan' })
    return plan
  }
  const ofPlan = (planId: string) =>
    versions
      .filter((one) => one.planId === planId)
      .toSorted((a, b) => (a.validFromOn < b.validFromOn ? 1 : -1))
  const versionOf = (id: string): VersionRecord => {
    const version = versions.find((one) => one.id === id)
    if (version === undefined) throw new NocturneError('not-found', { what: 'plan-version' })
    return version
  }
  const book: PlanBook = {
    plan: planOf,
    version: (id) => ({ ...versionOf(id), planName: planOf(versionOf(id).planId).name }),
    soldOn: (planId, on) => soldOn(ofPlan(planId), on),
  }
  const bump = (plan: PlanRecord): void => {
    plans[plans.indexOf(plan)] = { ...plan, version: plan.version + 1, updatedAt: now() }
    told('plans')
  }
  const based = (planId: string, baseVersion: number): PlanRecord => {
    const plan = planOf(planId)
    if (plan.version !== baseVersion) throw new NocturneError('conflict')
    return plan
  }
  /** As many as there would be, without a subscription made for each. */
  const liveOf = (version: VersionRecord): number => {
    const at = versions.indexOf(version)
    return at < 0 || version.createdBy !== 'Dewi Lestari'
      ? subscriptions.under(version.id).length
      : Math.floor(plant.size / (3 + at)) || (at < 3 ? 1 : 0)
  }
  const speedOf = (speedId: string | null): PlanVersion['speed'] => {
    if (speedId === null) return null
    const speed = deps.speeds().find(({ id }) => id === speedId)
    const gaps = plant.olts
      .filter(({ id }) => speed?.onOlts.every(({ oltId }) => oltId !== id) ?? true)
      .map(({ id: oltId, name: oltName }) => ({
        oltId,
        oltName,
        family: 'zte-c3xx',
        why: 'unmapped' as const,
        profile: null,
      }))
    return {
      name: speed?.name ?? null,
      downKbps: speed?.downKbps ?? null,
      upKbps: speed?.upKbps ?? null,
      gaps,
      olts: plant.olts.length,
    }
  }
  const view = (version: VersionRecord): PlanVersion => {
    const live = liveOf(versionOf(version.id))
    return {
      ...version,
      extras: [...version.extras],
      discounts: [...version.discounts],
      taxCodes: [...version.taxCodes],
      live,
      used: live > 0,
      speed: speedOf(version.speedId),
    }
  }

  const subscriptions = createFakeSubscriptions({
    ...deps,
    book,
    today,
    newId,
    rates: () => rates,
    speedOf: (id) => deps.speeds().find((one) => one.id === id) ?? null,
    seed: () =>
      plans.flatMap((plan) => {
        const sold = soldOn(ofPlan(plan.id), today())
        return sold === null ? [] : [sold]
      }),
    changed: () => told('subscriptions'),
  })

  const reconciliation = createFakeReconciliation({
    ...deps,
    today,
    newId,
    idOf,
    changed: () => told('reconciliation'),
  })
  const documents = createFakeDocuments({
    ...deps,
    today,
    newId,
    rates: () => rates,
    settledBy: (id) => payments.settledBy(id),
    paidBy: (id) => payments.paidBy(id),
  })
  const accountOf = (subscriberId: string) =>
    payments.handlers['billing.account']({ subscriberId }) as Output<'billing.account'>
  const writeOffs = createFakeWriteOffs({
    ...deps,
    today,
    newId,
    changed: () => told('payments'),
    gate: deps.writeOffGate,
    openOf: (subscriberId) => accountOf(subscriberId).open,
  })
  const payments = createFakePayments({
    ...deps,
    today,
    newId,
    changed: () => told('payments'),
    issuedOf: documents.issuedOf,
    writtenOff: writeOffs.writtenOff,
  })
  const prepaid = createFakePrepaid({ ...deps, today, changed: () => told('prepaid') })
  const handlers: Handlers = {
    ...prepaid.handlers,
    ...subscriptions.handlers,
    ...documents.handlers,
    ...createFakePapers({
      numberOf: documents.numberOf,
      changed: () => emit('billing.documentsChanged', {}),
    }),
    ...payments.handlers,
    ...createFakePayPal({ ...deps, newId, idOf, told, payments: payments.handlers }),
    ...writeOffs.handlers,
    ...createFakeDunning({
      ...deps,
      today,
      newId,
      changed: () => told('dunning'),
      openOf: (subscriberId) => accountOf(subscriberId).open,
    }),
    ...createFakeCounter({
      ...deps,
      today,
      newId,
      changed: () => emit('billing.counterChanged', {}),
      hasTills: plant.size > 0,
      account: accountOf,
      prepaidOf: prepaid.of,
      take: (input) =>
        payments.handlers['billing.takePayment'](input) as Output<'billing.takePayment'>,
      servicesOf: (subscriberId) =>
        (deps.subscriber(subscriberId)?.services ?? []).map(({ name, onu }) => ({
          name,
          serial: onu?.serial ?? null,
          plan: plans[0]?.name ?? null,
          status: 'active',
        })),
    }),
    ...reconciliation,
    ...createFakeFinance({
      ...deps,
      today,
      idOf,
      look: async () => reconciliation['billing.reconciliation']({}),
    }),
    ...createFakeBank({ ...deps, newId, today, changed: () => told('bank') }),
    ...createFakeAgents({
      ...deps,
      today,
      newId,
      plans: () => plans,
      subscriber: (at) => deps.subscriber(idOf('a000', at)),
      changed: () => told('agents'),
    }),
    ...createFakeVouchers({ ...deps, today, newId, changed: () => told('vouchers') }),
    'billing.settings': () => ({ ...settings, today: today() }),
    'billing.configure': ({ baseVersion, currency, timeZone }) => {
      if (baseVersion !== settings.version) throw new NocturneError('conflict')
      settings = { version: settings.version + 1, currency: currencyCode(currency), timeZone }
      told('settings')
      return {}
    },
    ...createFakeRates({ rates, newId, changed: () => told('settings') }),
    'billing.plans': () => ({
      plans: plans
        .toSorted((a, b) => a.code.localeCompare(b.code))
        .map((plan) => {
          const all = ofPlan(plan.id)
          const current = soldOn(all, today())
          return {
            ...plan,
            current: current === null ? null : view(current),
            versions: all.length,
            nextOn:
              all.filter(({ validFromOn }) => validFromOn > today()).at(-1)?.validFromOn ?? null,
            live: all.reduce((sum, version) => sum + liveOf(version), 0),
          }
        }),
    }),
    'billing.plan': ({ planId }) => ({
      plan: planOf(planId),
      versions: ofPlan(planId).map(view),
      currentId: soldOn(ofPlan(planId), today())?.id ?? null,
      today: today(),
    }),
    'billing.planExample': (input) => {
      const { bills, problem } = planExample({
        ...input,
        name: '',
        currency: currencyCode(input.currency),
        startOn: calendarDate(input.startOn),
        taxing: { rates, relief: null },
      })
      return { bills: [...bills], problem }
    },
    'billing.planUsers': ({ planId, versionId, offset, limit }) => {
      const under = versions.filter(
        (one) => one.planId === planId && (versionId === null || one.id === versionId),
      )
      const total = Math.min(
        plant.size,
        under.reduce((sum, version) => sum + liveOf(version), 0),
      )
      const users = Array.from(
        { length: Math.max(0, Math.min(limit, total - offset)) },
        (_, at) => {
          const number = offset + at + 1
          const subscriber = deps.subscriber(idOf('a000', number))
          return {
            subscriptionId: idOf('b003', number),
            subscriberId: idOf('a000', number),
            subscriberCode: subscriber?.code ?? '',
            subscriberName: subscriber?.name ?? '',
            serviceName: 'Home internet',
            status: 'active',
            startsOn: addDays(today(), -(number % 400)),
            versionNumber: under[at % Math.max(1, under.length)]?.number ?? 1,
          }
        },
      )
      return { total, users }
    },
    'billing.previewMove': ({ fromVersionId, toVersionId, when }) => {
      const count = liveOf(versionOf(fromVersionId))
      const on = when === 'today' ? today() : addDays(today(), 9)
      return {
        count,
        leftOut: [],
        firstOn: count === 0 ? null : on,
        lastOn: count === 0 ? null : on,
        priceBefore: versionOf(fromVersionId).price,
        priceAfter: versionOf(toVersionId).price,
        currency: 'IDR',
        samples: [],
      }
    },
    'billing.moveToVersion': ({ fromVersionId }) => {
      const changed = liveOf(versionOf(fromVersionId))
      const at = versions.findIndex(({ id }) => id === fromVersionId)
      versions[at] = { ...versionOf(fromVersionId), createdBy: deps.me() }
      told('subscriptions')
      return { changed, leftOut: 0, next: null }
    },
    'billing.savePlan': ({ planId, baseVersion, ...input }) => {
      const taken = plans.find(
        ({ id, code }) => id !== planId && code.toLowerCase() === input.code.toLowerCase(),
      )
      if (taken !== undefined) {
        throw new NocturneError('plan-code-taken', { code: taken.code, name: taken.name })
      }
      const currency = currencyCode(input.currency)
      if (planId !== null) {
        const before = based(planId, baseVersion)
        plans[plans.indexOf(before)] = { ...before, ...input, currency }
        bump(planOf(planId))
        return { planId }
      }
      const id = newId()
      plans.push({ ...input, currency, id, version: 1, updatedAt: now() })
      told('plans')
      return { planId: id }
    },
    'billing.saveVersion': ({ planId, versionId, baseVersion, terms }) => {
      const plan = based(planId, baseVersion)
      const before = versionId === null ? undefined : versionOf(versionId)
      const numbers = ofPlan(planId).map(({ number }) => number)
      const row: VersionRecord = {
        ...terms,
        id: versionId ?? newId(),
        planId,
        number: before?.number ?? Math.max(0, ...numbers) + 1,
        validFromOn: calendarDate(terms.validFromOn),
        currency: plan.currency,
        createdAt: now(),
        createdBy: deps.me(),
      }
      if (before === undefined) versions.push(row)
      else versions[versions.indexOf(before)] = row
      bump(plan)
      return { versionId: row.id }
    },
    'billing.removeVersion': ({ planId, versionId, baseVersion }) => {
      const plan = based(planId, baseVersion)
      versions.splice(versions.indexOf(versionOf(versionId)), 1)
      bump(plan)
      return {}
    },
  }
  return {
    handlers,
    moneyOf: (kind, id) =>
      kind === 'billing.write-off' ? writeOffs.moneyOf(id) : documents.moneyOf(id),
  }
}
