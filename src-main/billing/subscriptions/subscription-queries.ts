import type {
  ActPreview,
  SubscriptionRow,
  shownSubscriptionStates,
  speedState,
} from '../../../src-shared/contract/billing-subscriptions.ts'
import type { z } from 'zod'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { laterDate, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { calendarDate, dateParts } from '../../../src-shared/domain/calendar-date.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { CallContext, QueryHandlers } from '../../engine/handlers.ts'
import { reachesOlt, type Reach } from '../../engine/reach.ts'
import type { PrepaidDesk } from '../prepaid/prepaid-desk.ts'
import type { BilledRow } from '../subscription-facts.ts'
import type { Relief } from '../tax-rates.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { gone } from '../plans/plan-handlers.ts'
import { taxRates } from '../plans/settings-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { extrasOf, priceOf } from './facts.ts'
import { boughtAt, standing, stateAt } from './life.ts'
import { createPlanBook, type PlanBook } from './plan-book.ts'
import { previewOf } from './preview.ts'
import { actStep, lifeOf, minTermUntil, periodOn, startStep, type Step } from './steps.ts'
import { rightsOf, serviceTaken, standingOf } from './subscription-commands.ts'
import {
  eventsOf,
  lifeEventOf,
  serviceById,
  subscriptionById,
  subscriptionsOf,
  type SubscriptionRecord,
} from './subscription-tables.ts'

export type SubscriptionQuery =
  | 'billing.subscriptions'
  | 'billing.subscription'
  | 'billing.previewStart'
  | 'billing.previewAct'

export interface SubscriptionQueryDeps extends Pick<
  BillingDependencies,
  'subscribers' | 'speeds' | 'facts' | 'nameOfAccount' | 'newId'
> {
  readonly reads: Reads
  readonly today: Today
  /** Lines that stand billed of a subscription. */
  readonly billedOf: (subscriptionId: string) => readonly BilledRow[]
  /** What the balance of a prepaid one lacks for an act. */
  readonly lacks: PrepaidDesk['lacks']
}

export const createSubscriptionQueries = (
  deps: SubscriptionQueryDeps,
): QueryHandlers<SubscriptionQuery> => {
  const { reads, subscribers, today } = deps

  const rowOf = (record: SubscriptionRecord, book: PlanBook, on: CalendarDate): SubscriptionRow => {
    const events = eventsOf(reads, record.id)
    const lifeEvents = events.map(lifeEventOf)
    const life = lifeOf(lifeEvents)
    const bought = life === null ? null : boughtAt(life, laterDate(on, life.start))
    const version = book.version(bought?.planVersionId ?? record.planVersionId)
    const plan = book.plan(version.planId)
    const service = record.serviceId === null ? null : serviceById(reads, record.serviceId)
    const state = life === null ? 'ended' : stateAt(life, on)
    const period =
      life === null || state === 'draft' || state === 'ended'
        ? null
        : (periodOn({ record, life }, book, on)?.period ?? null)
    return {
      id: record.id,
      version: record.version,
      subscriberId: record.subscriberId,
      serviceId: record.serviceId,
      serviceName: service?.name ?? null,
      planId: plan.id,
      planCode: plan.code,
      planName: plan.name,
      planVersionId: version.id,
      planVersionNumber: version.number,
      kind: record.kind,
      payment: plan.payment,
      status: shownState(state, life?.end ?? null),
      statusSinceOn: record.statusSinceOn,
      startsOn: record.startsOn,
      billingDay: record.anchorDay,
      endsOn: life === null ? record.startsOn : life.end,
      billedThroughOn: record.billedThroughOn,
      quantity: bought?.quantity ?? 1,
      price:
        bought === null || (version.price === null && bought.priceOverride === null)
          ? null
          : priceOf(version, bought, record.currency),
      priceOverride: bought?.priceOverride ?? null,
      unitPrice: version.unitPrice,
      unit: version.unit,
      interval: version.interval,
      currency: record.currency,
      taxIncluded: version.taxIncluded,
      extras:
        bought === null
          ? []
          : extrasOf(version, bought).map(({ code, name, quantity, price, kind }) => ({
              code,
              name,
              quantity,
              price,
              kind,
            })),
      minTermUntilOn: life === null ? null : minTermUntil({ life }, book, on),
      period: period === null ? null : { startOn: period.start, endOn: period.end },
      planned: standing(lifeEvents)
        .filter((event) => event.on > on)
        .map((event) => ({
          eventId: event.id,
          kind: event.kind,
          effectiveOn: event.on,
          planName:
            event.kind === 'change' || event.kind === 'start'
              ? book.version(event.bought.planVersionId).planName
              : null,
          reason: events.find(({ id }) => id === event.id)?.reason ?? '',
        })),
    }
  }

  const speedOf = (
    record: SubscriptionRecord,
    book: PlanBook,
    reach: Reach,
  ): z.output<typeof speedState> => {
    const { speedId } = book.version(record.planVersionId)
    const speed = speedId === null ? null : deps.speeds.speed(speedId)
    const wanted =
      speed === null
        ? null
        : {
            speedId: speed.id,
            name: speed.name,
            downKbps: speed.downKbps,
            upKbps: speed.upKbps,
          }
    const service = record.serviceId === null ? null : serviceById(reads, record.serviceId)
    const none = { wanted, state: 'none' as const, onu: null, differences: [] }
    if (speedId === null || record.kind === 'extra' || service === null) return none
    const { oltId, serial } = service
    if (oltId === null || serial === null || !reachesOlt(reach, oltId)) {
      return { ...none, state: 'unknown' }
    }
    const found = deps.speeds.onOnu(speedId, oltId, serial)
    return {
      wanted,
      state: found.state,
      onu: {
        oltId,
        oltName: deps.facts.olt(oltId)?.name ?? '',
        serial,
        address: found.address === null ? null : unpackOnuAddress(found.address),
      },
      differences: [...found.differences],
    }
  }

  const taxingOf = (subscriberId: string) => {
    const treatment = subscribers.party(subscriberId)?.taxTreatment ?? 'standard'
    const relief: Relief | null = treatment === 'standard' ? null : treatment
    return { rates: taxRates(reads), relief }
  }

  /** What of a step concerns the OLT of its service. */
  const speedWarnings = (
    book: PlanBook,
    serviceId: string | null,
    planVersionId: string,
    { reach }: CallContext,
  ): readonly Problem[] => {
    const { speedId } = book.version(planVersionId)
    const service = serviceId === null ? null : serviceById(reads, serviceId)
    if (speedId === null || service === null || service.oltId === null) return []
    const gap = deps.speeds.gap(speedId, service.oltId)
    if (gap === null || !reachesOlt(reach, service.oltId)) return []
    return [
      {
        code: 'speed-not-mapped',
        params: { olt: deps.facts.olt(service.oltId)?.name ?? '' },
      },
    ]
  }

  const withWarnings = (step: Step, warnings: readonly Problem[]): Step => ({
    ...step,
    warnings: [...step.warnings, ...warnings],
  })

  return {
    'billing.subscriptions': ({ subscriberId }) => {
      const book = createPlanBook(reads)
      const on = today()
      return {
        subscriptions: subscriptionsOf(reads, subscriberId).map((one) => rowOf(one, book, on)),
        today: on,
      }
    },

    'billing.subscription': ({ subscriptionId }, { reach }) => {
      const record = subscriptionById(reads, subscriptionId)
      if (record === null) throw gone('subscription')
      const book = createPlanBook(reads)
      const on = today()
      const events = eventsOf(reads, subscriptionId)
      const undone = new Set(events.flatMap(({ undoesId }) => undoesId ?? []))
      return {
        subscription: rowOf(record, book, on),
        events: events.toReversed().map((event) => {
          const version = event.planVersionId === null ? null : book.version(event.planVersionId)
          return {
            id: event.id,
            seq: event.seq,
            kind: event.kind,
            effectiveOn: event.on,
            planName: version?.planName ?? null,
            planVersionNumber: version?.number ?? null,
            quantity: event.payload.quantity ?? null,
            priceOverride: event.payload.priceOverride ?? null,
            undoesId: event.undoesId,
            undone: undone.has(event.id),
            reason: event.reason,
            by: event.actorId === null ? null : deps.nameOfAccount(event.actorId),
            at: event.at,
          }
        }),
        speed: speedOf(record, book, reach),
        today: on,
      }
    },

    'billing.previewStart': (input, context): ActPreview => {
      const book = createPlanBook(reads)
      const version = book.version(input.bought.planVersionId)
      const plan = book.plan(version.planId)
      const on = calendarDate(input.startOn)
      const made = startStep({ book, today: today(), newId: deps.newId }, input, rightsOf(context))
      const { serviceId, subscriberId } = input
      const lacks: Problem | null =
        serviceId === null && plan.kind === 'main'
          ? { code: 'subscription-needs-service', params: {} }
          : null
      const taken = serviceTaken(reads, { id: '', kind: plan.kind, serviceId, startsOn: on }, null)
      return previewOf({
        priced: {
          id: 'new',
          currency: plan.currency,
          startsOn: on,
          anchorDay: input.billingDay ?? dateParts(on).day,
        },
        before: null,
        events: [],
        step: withWarnings(
          { ...made, problem: made.problem ?? lacks ?? taken },
          speedWarnings(book, serviceId, version.id, context),
        ),
        versionOf: book.version,
        billed: [],
        taxing: taxingOf(subscriberId),
        today: today(),
      })
    },

    'billing.previewAct': ({ subscriptionId, act }, context): ActPreview => {
      const book = createPlanBook(reads)
      const now = standingOf(reads, subscriptionId)
      const { record, events, life } = now
      const made = actStep({ book, today: today(), newId: deps.newId }, now, act, rightsOf(context))
      const warnings =
        act.kind === 'change'
          ? speedWarnings(book, record.serviceId, act.bought.planVersionId, context)
          : act.kind === 'pause' || act.kind === 'end'
            ? [{ code: 'line-goes-off', params: {} } satisfies Problem]
            : []
      const missing =
        act.kind === 'change' && made.problem === null && made.effectiveOn <= today()
          ? deps.lacks(reads, subscriptionId, made.events)
          : 0
      const short: Problem | null =
        missing > 0
          ? { code: 'prepaid-short', params: { missing, currency: record.currency } }
          : null
      return previewOf({
        priced: record,
        before: life,
        events,
        step: withWarnings(
          { ...made, problem: made.problem ?? short },
          record.serviceId === null ? [] : warnings,
        ),
        versionOf: book.version,
        billed: deps.billedOf(subscriptionId),
        taxing: taxingOf(record.subscriberId),
        today: today(),
      })
    },
  }
}

const shownState = (
  state: ReturnType<typeof stateAt>,
  end: CalendarDate | null,
): (typeof shownSubscriptionStates)[number] =>
  end !== null && state !== 'ended' && state !== 'draft' ? 'ending' : state
