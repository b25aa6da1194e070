import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import type {
  SubscriptionAct,
  SubscriptionRow,
} from '../../../src-shared/contract/billing-subscriptions.ts'
import {
  calendarDate,
  dateParts,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { VersionRecord } from '../../../src-main/billing/plans/plan-tables.ts'
import type { DatedTax } from '../../../src-main/billing/tax-rates.ts'
import { undoingOf } from '../../../src-main/billing/subscriptions/act-rules.ts'
import { extrasOf, factsOf, priceOf } from '../../../src-main/billing/subscriptions/facts.ts'
import {
  boughtAt,
  standing,
  stateAt,
  stateSince,
  type LifeEvent,
} from '../../../src-main/billing/subscriptions/life.ts'
import type { PlanBook } from '../../../src-main/billing/subscriptions/plan-book.ts'
import { previewOf } from '../../../src-main/billing/subscriptions/preview.ts'
import { billed, billOn } from '../../../src-main/billing/subscriptions/simulate.ts'
import {
  actStep,
  lifeOf,
  minTermUntil,
  periodOn,
  startStep,
  type Standing,
} from '../../../src-main/billing/subscriptions/steps.ts'
import type { FakeBillingDeps } from './fake-billing.ts'
import { seedOf, type Kept } from './fake-subscription-seed.ts'

type Names = Extract<
  Exclude<ProcedureName, 'billing.resumeNow'>,
  `billing.${'subscription' | 'previewStart' | 'previewAct' | 'undoPlanned' | 'startSubscription' | 'change' | 'pause' | 'resume' | 'end'}${string}`
>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

/** Subscriptions of the generated subscribers, by the product's own rules of their life. */
export const createFakeSubscriptions = (
  deps: FakeBillingDeps & {
    readonly book: PlanBook
    readonly today: () => CalendarDate
    readonly newId: () => string
    readonly rates: () => readonly DatedTax[]
    readonly speedOf: (id: string) => {
      readonly id: string
      readonly name: string
      readonly downKbps: number
      readonly upKbps: number
    } | null
    /** Versions that are sold, a version of each plan. */
    readonly seed: () => readonly VersionRecord[]
    readonly changed: () => void
  },
): { readonly handlers: Handlers; readonly under: (versionId: string) => readonly Kept[] } => {
  const { book, newId, now, today } = deps
  const kept = new Map<string, Kept[]>()

  const ofSubscriber = (subscriberId: string): Kept[] => {
    const known = kept.get(subscriberId)
    if (known !== undefined) return known
    const made = seedOf(deps, subscriberId)
    kept.set(subscriberId, made)
    return made
  }

  const find = (id: string): Kept => {
    for (const all of kept.values()) {
      const found = all.find((one) => one.id === id)
      if (found !== undefined) return found
    }
    throw new NocturneError('not-found')
  }
  const versionAt = (one: Kept) => {
    const life = lifeOf(one.events)
    const first = one.events[0]
    const bought =
      (life === null ? null : boughtAt(life, today())) ??
      (first?.kind === 'start' ? first.bought : null)
    if (bought === null) throw new Error('a subscription without a start')
    return { life, bought, version: book.version(bought.planVersionId) }
  }
  const recordOf = (one: Kept) => {
    const { life, version } = versionAt(one)
    const plan = book.plan(version.planId)
    const startsOn = life?.start ?? today()
    return {
      id: one.id,
      version: one.version,
      subscriberId: one.subscriberId,
      serviceId: one.serviceId,
      planId: plan.id,
      kind: plan.kind,
      currency: plan.currency,
      startsOn,
      anchorOn: startsOn,
      anchorDay: one.anchorDay,
      billedThroughOn: null,
      planVersionId: version.id,
      status: life === null ? ('ended' as const) : stateAt(life, today()),
      statusSinceOn: life === null ? startsOn : stateSince(life, today()),
      endsOn: life?.end ?? null,
      nextOn: null,
    }
  }
  const standingOf = (one: Kept): Standing => {
    const { life } = versionAt(one)
    if (life === null) throw new NocturneError('subscription-act-refused')
    return { record: recordOf(one), events: one.events, life }
  }

  const rowOf = (one: Kept): SubscriptionRow => {
    const { life, bought, version } = versionAt(one)
    const record = recordOf(one)
    const plan = book.plan(version.planId)
    const over = life === null || record.status === 'ended' || record.status === 'draft'
    const period = over ? null : periodOn({ record, life }, book, today())?.period
    return {
      ...record,
      serviceName: deps.subscriber(one.subscriberId)?.services[0]?.name ?? null,
      planCode: plan.code,
      planName: plan.name,
      planVersionNumber: version.number,
      payment: plan.payment,
      status:
        record.endsOn !== null && record.status !== 'ended' && record.status !== 'draft'
          ? 'ending'
          : record.status,
      billingDay: one.anchorDay,
      billedThroughOn: period?.end ?? null,
      quantity: bought.quantity,
      price: version.price === null ? null : priceOf(version, bought, plan.currency),
      priceOverride: bought.priceOverride,
      unitPrice: version.unitPrice,
      unit: version.unit,
      interval: version.interval,
      taxIncluded: version.taxIncluded,
      extras: extrasOf(version, bought).map((extra) => ({ ...extra })),
      minTermUntilOn: life === null ? null : minTermUntil({ life }, book, today()),
      period: period == null ? null : { startOn: period.start, endOn: period.end },
      planned: standing(one.events)
        .filter(({ on }) => on > today())
        .map((event) => ({
          eventId: event.id,
          kind: event.kind,
          effectiveOn: event.on,
          planName:
            event.kind === 'change' ? book.version(event.bought.planVersionId).planName : null,
          reason: '',
        })),
    }
  }

  const stepDeps = () => ({ book, today: today(), newId })
  const rights = () => ({ managesPlans: deps.may('billing.plan.manage') })
  const taxing = () => ({ rates: deps.rates(), relief: null })
  /** As if every bill up to today had been made. */
  const billedOf = ({ record, life }: Standing) => {
    const facts = factsOf(record, life, book.version, [])
    const bill = billOn(facts, today())
    return bill === null ? [] : billed(facts, bill).billed
  }

  const take = (
    input: {
      readonly subscriptionId: string
      readonly baseVersion: number
      readonly reason: string
    },
    act: SubscriptionAct,
  ): CalendarDate => {
    const one = find(input.subscriptionId)
    if (one.version !== input.baseVersion) throw new NocturneError('conflict')
    const step = actStep(stepDeps(), standingOf(one), act, rights())
    if (step.problem !== null) throw new NocturneError(step.problem.code, step.problem.params)
    append(one, step.events, input.reason)
    return step.effectiveOn
  }
  const append = (one: Kept, events: readonly LifeEvent[], reason: string): void => {
    const how = { at: now(), by: deps.me(), reason }
    one.events = [...one.events, ...events.map((event) => ({ ...event, ...how }))]
    one.version += 1
    deps.changed()
  }

  const handlers: Handlers = {
    'billing.subscriptions': ({ subscriberId }) => ({
      subscriptions: ofSubscriber(subscriberId)
        .map(rowOf)
        .toSorted((a, b) => Number(a.status === 'ended') - Number(b.status === 'ended')),
      today: today(),
    }),
    'billing.subscription': ({ subscriptionId }) => {
      const one = find(subscriptionId)
      const { version } = versionAt(one)
      const speed = version.speedId === null ? null : deps.speedOf(version.speedId)
      const onu = deps.subscriber(one.subscriberId)?.services[0]?.onu ?? null
      const undone = new Set(
        one.events.flatMap((event) => (event.kind === 'undo' ? event.undoes : [])),
      )
      return {
        subscription: rowOf(one),
        events: one.events.toReversed().map((event) => {
          const bought = event.kind === 'start' || event.kind === 'change' ? event.bought : null
          const sold = bought === null ? null : book.version(bought.planVersionId)
          return {
            id: event.id,
            seq: event.seq,
            kind: event.kind,
            effectiveOn: event.on,
            planName: sold?.planName ?? null,
            planVersionNumber: sold?.number ?? null,
            quantity: bought?.quantity ?? null,
            priceOverride: bought?.priceOverride ?? null,
            undoesId: event.kind === 'undo' ? event.undoes : null,
            undone: undone.has(event.id),
            reason: event.reason,
            by: event.by,
            at: event.at,
          }
        }),
        speed: {
          wanted:
            speed === null
              ? null
              : {
                  speedId: speed.id,
                  name: speed.name,
                  downKbps: speed.downKbps,
                  upKbps: speed.upKbps,
                },
          state: speed === null ? 'none' : 'differs',
          onu:
            onu === null
              ? null
              : {
                  oltId: onu.oltId,
                  oltName: onu.oltName ?? '',
                  serial: onu.serial,
                  address: onu.onu?.address ?? null,
                },
          differences:
            speed === null ? [] : [{ part: 'lineProfile', actual: 'HOME-10M', wanted: speed.name }],
        },
        today: today(),
      }
    },
    'billing.previewStart': ({ bought, startOn, billingDay }) => {
      const plan = book.plan(book.version(bought.planVersionId).planId)
      const step = startStep(stepDeps(), { bought, startOn }, rights())
      return previewOf({
        priced: {
          id: 'new',
          currency: plan.currency,
          startsOn: calendarDate(startOn),
          anchorDay: billingDay ?? dateParts(calendarDate(startOn)).day,
        },
        before: null,
        events: [],
        step,
        versionOf: book.version,
        billed: [],
        taxing: taxing(),
        today: today(),
      })
    },
    'billing.previewAct': ({ subscriptionId, act }) => {
      const stands = standingOf(find(subscriptionId))
      const step = actStep(stepDeps(), stands, act, rights())
      return previewOf({
        priced: stands.record,
        before: stands.life,
        events: stands.events,
        step: {
          ...step,
          warnings: act.kind === 'change' ? step.warnings : [{ code: 'line-goes-off', params: {} }],
        },
        versionOf: book.version,
        billed: billedOf(stands),
        taxing: taxing(),
        today: today(),
      })
    },
    'billing.startSubscription': (input) => {
      const step = startStep(stepDeps(), input, rights())
      if (step.problem !== null) throw new NocturneError(step.problem.code, step.problem.params)
      const all = ofSubscriber(input.subscriberId)
      const plan = book.plan(book.version(input.bought.planVersionId).planId)
      const runs = all.find(
        (one) => recordOf(one).kind === 'main' && recordOf(one).status !== 'ended',
      )
      if (plan.kind === 'main' && runs !== undefined && recordOf(runs).endsOn === null) {
        throw new NocturneError('service-has-subscription', {
          from: recordOf(runs).startsOn,
          until: null,
        })
      }
      const one: Kept = {
        id: newId(),
        subscriberId: input.subscriberId,
        serviceId: input.serviceId,
        version: 0,
        anchorDay: input.billingDay ?? dateParts(step.effectiveOn).day,
        events: [],
      }
      all.push(one)
      append(one, step.events, input.reason)
      return { subscriptionId: one.id }
    },
    'billing.changeSubscription': ({ bought, when, ...input }) => ({
      effectiveOn: take(input, { kind: 'change', bought, when }),
    }),
    'billing.pauseSubscription': ({ fromOn, untilOn, ...input }) => {
      take(input, { kind: 'pause', fromOn, untilOn })
      return {}
    },
    'billing.resumeSubscription': ({ on, ...input }) => {
      take(input, { kind: 'resume', on })
      return {}
    },
    'billing.endSubscription': ({ when, waiveTerm, ...input }) => ({
      endsOn: take(input, { kind: 'end', when, waiveTerm }),
    }),
    'billing.undoPlanned': ({ subscriptionId, eventId, reason }) => {
      const one = find(subscriptionId)
      const undoing = undoingOf(one.events, eventId, today())
      if (undoing.kind === 'refused') throw new NocturneError(undoing.problem.code)
      const last = one.events.length
      append(
        one,
        undoing.ids.map((undoes, index) => ({
          kind: 'undo' as const,
          id: newId(),
          seq: last + 1 + index,
          on: today(),
          undoes,
        })),
        reason,
      )
      return {}
    },
  }
  return {
    handlers,
    under: (versionId) =>
      [...kept.values()].flat().filter((one) => versionAt(one).version.id === versionId),
  }
}
