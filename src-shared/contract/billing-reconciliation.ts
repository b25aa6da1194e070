import { z } from 'zod'
import { onuStates } from '../domain/onu-state.ts'
import { day, minor } from './billing-model.ts'
import { done, instant, line, nothing, onuAddress, taskId, uuid } from './common.ts'
import { command, query } from './define.ts'
import { desiredStates } from './provisioning-model.ts'

/** Who is billed, against what the network shows. Looked at on demand; nothing is mended here. */

const read = 'billing.reconciliation.read'
const manage = 'billing.reconciliation.manage'

export const findingKinds = [
  /** Billed, and its service has no ONU. */
  'billed-no-onu',
  /** Billed, and its OLT, which answers, does not hold the ONU. */
  'billed-not-on-olt',
  /** An ONU carries somebody, and no service names it. */
  'live-no-service',
  /** A service runs, and nothing is sold on it. */
  'live-no-subscription',
  /** What was sold has ended, and the OLT still lets the ONU in. */
  'ended-authorised',
  'suspended-online',
  /** Active, and switched off on the OLT or wished to be. */
  'active-suspended',
  'speed-differs',
  /** One serial number in two places, or on two services. */
  'duplicate-serial',
] as const
export type FindingKind = (typeof findingKinds)[number]

export const findingViews = ['open', 'ignored', 'all'] as const
export const findingSorts = ['kind', 'subscriber', 'onu', 'since', 'stake'] as const

const amount = z.object({ currency: z.string(), minor })

/** Where the network shows a serial number. `unknown`: its OLT does not answer. */
const place = z.object({
  oltId: uuid,
  oltName: z.string(),
  address: onuAddress,
  state: z.enum(onuStates),
})

export const finding = z.object({
  /** The same as long as the same thing is wrong with the same service and ONU. */
  key: z.string(),
  kind: z.enum(findingKinds),
  /** Since when, as a day of the books or as an instant of the network; both null: not known. */
  sinceOn: z.string().nullable(),
  sinceAt: instant,
  subscriber: z.object({ id: uuid, code: z.string(), name: z.string() }).nullable(),
  service: z.object({ id: uuid, name: z.string() }).nullable(),
  subscription: z
    .object({
      id: uuid,
      planName: z.string(),
      status: z.string(),
      speedId: uuid.nullable(),
      speedName: z.string().nullable(),
    })
    .nullable(),
  /** As the service names it, or as the network shows it. */
  onu: z
    .object({
      oltId: uuid,
      oltName: z.string(),
      serial: z.string(),
      address: onuAddress.nullable(),
      state: z.enum(onuStates),
    })
    .nullable(),
  /** Other places of the serial number, on OLTs that are reached. */
  places: z.array(place),
  differences: z.array(z.object({ part: z.string(), actual: z.string(), wanted: z.string() })),
  /** What is already wished of the line; the worker is on its way. */
  wanted: z.enum(desiredStates).nullable(),
  /** A month by the price of the plan; null: not known. */
  stake: amount.nullable(),
  ignored: z
    .object({
      reason: z.string(),
      /** The last day; null: for good. */
      untilOn: z.string().nullable(),
      by: z.string().nullable(),
      at: z.number(),
    })
    .nullable(),
})
export type Finding = z.output<typeof finding>

const kindSum = z.object({
  kind: z.enum(findingKinds),
  count: z.int(),
  stakes: z.array(amount),
  /** Of them, those of which nothing is known to be paid. */
  unpriced: z.int(),
})

export const reconciliationSummary = z.object({
  at: z.number(),
  services: z.int(),
  onus: z.int(),
  /** Not ignored. */
  kinds: z.array(kindSum),
  ignored: z.int(),
  /** Of all of them, each subscription once, however many findings it has. */
  stakes: z.array(amount),
  /** What could not be compared: neither right nor wrong. */
  notKnown: z.object({ services: z.int(), onus: z.int(), speeds: z.int() }),
  olts: z.array(
    z.object({
      oltId: uuid,
      oltName: z.string(),
      answers: z.boolean(),
      /** When its ONUs were read last. */
      readAt: instant,
      notKnown: z.int(),
    }),
  ),
})
export type ReconciliationSummary = z.output<typeof reconciliationSummary>

export const findingFilter = {
  kinds: z.array(z.enum(findingKinds)).max(findingKinds.length).default([]),
  view: z.enum(findingViews).default('open'),
  /** Of names, codes, serial numbers, OLTs. */
  search: z.string().trim().max(120).default(''),
} as const

const chosen = {
  lookId: uuid,
  keys: z.array(z.string().min(1).max(200)).min(1).max(5000),
} as const

export const billingReconciliationQueries = {
  /**
   * The latest look of this account as long as it is at hand, and what was kept of the latest one
   * of the whole workspace (for who reaches all of it).
   */
  'billing.reconciliation': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({
      today: z.string(),
      lookId: uuid.nullable(),
      summary: reconciliationSummary.nullable(),
    }),
  }),
  /** Errors: `not-found`: look again. */
  'billing.findings': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      lookId: uuid,
      ...findingFilter,
      sort: z.enum(findingSorts).default('stake'),
      descending: z.boolean().default(true),
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      total: z.int(),
      sums: z.array(amount),
      findings: z.array(finding),
    }),
  }),
}

export const billingReconciliationCommands = {
  /** Compares, in slices; of a workspace reached whole its sums are kept. Errors: `cancelled`. */
  'billing.reconcile': command({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ taskId }),
    output: z.object({ lookId: uuid, findings: z.int() }),
  }),
  /** Errors: `not-found`, `day-too-early`. */
  'billing.ignoreFindings': command({
    access: manage,
    scope: 'narrowed',
    input: z.strictObject({ ...chosen, reason: line(300), untilOn: day.nullable() }),
    output: z.object({ ignored: z.int() }),
  }),
  /** They count again. Errors: `not-found`. */
  'billing.heedFindings': command({
    access: manage,
    scope: 'narrowed',
    input: z.strictObject(chosen),
    output: done,
  }),
}
