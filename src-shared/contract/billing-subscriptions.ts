import { z } from 'zod'
import { code, day, exampleBill, planKinds, planPayments, price } from './billing-model.ts'
import { done, line, problem, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import type { Named } from '../domain/scope.ts'

/** Who has what: a subscription's life, each step seen with its amounts before it is taken. */

const read = 'billing.subscription.read'
const manage = 'billing.subscription.manage'

const ofSubscription = ({
  subscriptionId,
}: {
  readonly subscriptionId: string
}): readonly Named[] => [{ kind: 'subscription', id: subscriptionId }]
const ofSubscriberId = ({ subscriberId }: { readonly subscriberId: string }): readonly Named[] => [
  { kind: 'subscriber', id: subscriberId },
]

/** As it is kept: what follows from the events up to today. */
export const subscriptionStates = [
  'draft',
  'trial',
  'active',
  'paused',
  'suspended',
  'ended',
] as const

/** `ending`: an end is set and has not come. */
export const shownSubscriptionStates = [...subscriptionStates, 'ending'] as const

export const subscriptionEventKinds = [
  'start',
  'change',
  'pause',
  'resume',
  'suspend',
  'restore',
  'end',
  'undo',
] as const

const chosenExtra = z.strictObject({ code, quantity: z.int().min(1).max(10_000) })

/** What is bought, from a start or a change on. */
export const boughtTerms = z.strictObject({
  planVersionId: uuid,
  quantity: z.int().min(1).max(1_000_000).default(1),
  /** In place of the plan's price: for the manager of plans to give; null: the plan's. */
  priceOverride: price.nullable().default(null),
  extras: z.array(chosenExtra).max(40).default([]),
})

export type BoughtTerms = z.output<typeof boughtTerms>

/** When something takes effect: at once, when the period that runs is over, or on a day. */
const when = z.union([z.enum(['now', 'period-end']), day])

const startAct = {
  subscriberId: uuid,
  serviceId: uuid.nullable(),
  bought: boughtTerms,
  startOn: day,
  /** Day of the month that periods begin on; null: the day it starts. */
  billingDay: z.int().min(1).max(31).nullable().default(null),
} as const
const changeAct = {
  bought: boughtTerms,
  /** Null: an upgrade now, a downgrade at the end of the period. */
  when: when.nullable().default(null),
} as const
const pauseAct = { fromOn: day, untilOn: day.nullable() } as const
const resumeAct = { on: day } as const
const endAct = {
  when,
  /** Before the minimum term is over: for the manager of plans to say. */ waiveTerm: z
    .boolean()
    .default(false),
} as const

/** A step of one that there is, for its preview. */
export const subscriptionAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('change'), ...changeAct }),
  z.strictObject({ kind: z.literal('pause'), ...pauseAct }),
  z.strictObject({ kind: z.literal('resume'), ...resumeAct }),
  z.strictObject({ kind: z.literal('end'), ...endAct }),
])

export type SubscriptionAct = z.output<typeof subscriptionAct>

/** What a service's ONU should run at, and what the console's record of it says. */
export const speedState = z.object({
  wanted: z
    .object({ speedId: uuid, name: z.string(), downKbps: z.int(), upKbps: z.int() })
    .nullable(),
  /**
   * `same`: the record names the profiles of the speed; `differs`: others; `unmapped`: nothing stands
   * for the speed on this OLT; `unknown`: no record, or no ONU to ask about; `none`: none is wanted.
   */
  state: z.enum(['same', 'differs', 'unmapped', 'unknown', 'none']),
  onu: z
    .object({
      oltId: uuid,
      oltName: z.string(),
      serial: z.string(),
      address: z
        .object({ shelf: z.int(), slot: z.int(), port: z.int(), onuId: z.int() })
        .nullable(),
    })
    .nullable(),
  /** Profiles as recorded and as wanted, by name, where they differ. */
  differences: z.array(z.object({ part: z.string(), actual: z.string(), wanted: z.string() })),
})

const planned = z.object({
  eventId: uuid,
  kind: z.enum(subscriptionEventKinds),
  effectiveOn: z.string(),
  planName: z.string().nullable(),
  reason: z.string(),
})

export const subscriptionRow = z.object({
  id: uuid,
  version: z.int(),
  subscriberId: uuid,
  serviceId: uuid.nullable(),
  serviceName: z.string().nullable(),
  planId: uuid,
  planCode: z.string(),
  planName: z.string(),
  planVersionId: uuid,
  planVersionNumber: z.int(),
  kind: z.enum(planKinds),
  payment: z.enum(planPayments),
  status: z.enum(shownSubscriptionStates),
  statusSinceOn: z.string(),
  startsOn: z.string(),
  billingDay: z.int(),
  endsOn: z.string().nullable(),
  billedThroughOn: z.string().nullable(),
  quantity: z.int(),
  /** Of an interval, extras left aside; null: by the unit. */
  price: z.int().nullable(),
  priceOverride: z.int().nullable(),
  unitPrice: z.int().nullable(),
  unit: z.string(),
  interval: z.string(),
  currency: z.string(),
  taxIncluded: z.boolean(),
  extras: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      quantity: z.int(),
      price: z.int(),
      kind: z.enum(['one-off', 'recurring']),
    }),
  ),
  minTermUntilOn: z.string().nullable(),
  /** The period that runs: half-open; null before it starts and after it ended. */
  period: z.object({ startOn: z.string(), endOn: z.string() }).nullable(),
  planned: z.array(planned),
})

export type SubscriptionRow = z.output<typeof subscriptionRow>

export const subscriptionEventRow = z.object({
  id: uuid,
  seq: z.int(),
  kind: z.enum(subscriptionEventKinds),
  effectiveOn: z.string(),
  planName: z.string().nullable(),
  planVersionNumber: z.int().nullable(),
  quantity: z.int().nullable(),
  priceOverride: z.int().nullable(),
  undoesId: uuid.nullable(),
  undone: z.boolean(),
  reason: z.string(),
  by: z.string().nullable(),
  at: z.number(),
})

export const actPreview = z.object({
  /** What stands against it; null: it can be done. */
  problem: problem.nullable(),
  /** What should be known before it is done. */
  warnings: z.array(problem),
  effectiveOn: z.string().nullable(),
  /** Of a change: what it is by its price. */
  direction: z.enum(['upgrade', 'downgrade', 'same']).nullable(),
  currency: z.string(),
  /**
   * The document that this step brings: what is given back, what is charged; null: none. Below 0: it
   * is owed to the subscriber.
   */
  bill: exampleBill.nullable(),
  /** The next regular one after it. */
  nextBill: exampleBill.nullable(),
})

export type ActPreview = z.output<typeof actPreview>

const subscriptionId = uuid
const based = { subscriptionId, baseVersion: z.int(), reason: line(500) } as const

export const billingSubscriptionsQueries = {
  /** Of one subscriber: those that run first, the latest of the ended first. */
  'billing.subscriptions': query({
    access: read,
    scope: ofSubscriberId,
    input: z.strictObject({ subscriberId: uuid }),
    output: z.object({ subscriptions: z.array(subscriptionRow), today: z.string() }),
  }),
  /** Errors: `not-found`. */
  'billing.subscription': query({
    access: read,
    scope: ofSubscription,
    input: z.strictObject({ subscriptionId }),
    output: z.object({
      subscription: subscriptionRow,
      /** The latest first. */
      events: z.array(subscriptionEventRow),
      speed: speedState,
      today: z.string(),
    }),
  }),
  /** Errors: `not-found`. What the step would be refused for is told as data. */
  'billing.previewStart': query({
    access: manage,
    scope: ofSubscriberId,
    input: z.strictObject(startAct),
    output: actPreview,
  }),
  /** The same of a subscription that there is. */
  'billing.previewAct': query({
    access: manage,
    scope: ofSubscription,
    input: z.strictObject({
      subscriptionId,
      act: subscriptionAct,
    }),
    output: actPreview,
  }),
}

/**
 * Errors of every step: `conflict`, `not-found`, `subscription-act-refused`,
 * `subscription-day-refused`, `subscription-planned`.
 */
export const billingSubscriptionsCommands = {
  /** Errors: `plan-not-sold`, `service-has-subscription`, `price-not-yours`, `subscription-day-refused`. */
  'billing.startSubscription': command({
    access: manage,
    scope: ofSubscriberId,
    input: z.strictObject({ ...startAct, reason: z.string().trim().max(500).default('') }),
    output: z.object({ subscriptionId }),
  }),
  /** Errors: those of every step, and `plan-other-family`, `plan-not-sold`, `price-not-yours`. */
  'billing.changeSubscription': command({
    access: manage,
    scope: ofSubscription,
    input: z.strictObject({ ...based, ...changeAct }),
    output: z.object({ effectiveOn: z.string() }),
  }),
  /** On the subscriber's wish; not for debt. */
  'billing.pauseSubscription': command({
    access: manage,
    scope: ofSubscription,
    input: z.strictObject({ ...based, ...pauseAct }),
    output: done,
  }),
  /** The end of a pause; a suspension for debt ends with the debt. */
  'billing.resumeSubscription': command({
    access: manage,
    scope: ofSubscription,
    input: z.strictObject({ ...based, ...resumeAct }),
    output: done,
  }),
  /** Errors: those of every step, and `minimum-term`. */
  'billing.endSubscription': command({
    access: manage,
    scope: ofSubscription,
    input: z.strictObject({ ...based, ...endAct }),
    output: z.object({ endsOn: z.string() }),
  }),
  /** Takes back what is planned and has not taken effect. Errors: `subscription-in-effect`. */
  'billing.undoPlanned': command({
    access: manage,
    scope: ofSubscription,
    input: z.strictObject({ ...based, eventId: uuid }),
    output: done,
  }),
}

export const billingSubscriptionsEvents = {
  /** A plan, a subscription or a voucher is not as it was: what is shown is worth asking for again. */
  'billing.changed': event({
    access: read,
    scope: 'narrowed',
    delivery: 'latest',
    payload: z.object({
      what: z.enum([
        'agents',
        'bank',
        'dunning',
        'payments',
        'paypal',
        'plans',
        'prepaid',
        'reconciliation',
        'settings',
        'subscriptions',
        'vouchers',
      ]),
    }),
  }),
}
