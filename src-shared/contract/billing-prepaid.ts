import { z } from 'zod'
import { day, minor } from './billing-model.ts'
import { done, nothing, problem, uuid } from './common.ts'
import { command, query } from './define.ts'
import type { Named } from '../domain/scope.ts'

/** Prepaid: what is paid for before, from the balance of the account. */

const read = 'billing.payment.read'
const run = 'billing.run.start'

export const prepaidStates = ['planned', 'running', 'unpaid', 'off', 'paused', 'ended'] as const
export type PrepaidState = (typeof prepaidStates)[number]

/** As a list tells them apart: `low` runs, and its balance does not cover what is charged soon. */
export const prepaidFilters = ['running', 'low', 'unpaid', 'off', 'paused', 'planned'] as const
export type PrepaidFilter = (typeof prepaidFilters)[number]

export const prepaidSorts = ['name', 'balance', 'missing', 'next', 'expires'] as const

const ofSubscriberId = ({ subscriberId }: { readonly subscriberId: string }): readonly Named[] => [
  { kind: 'subscriber', id: subscriberId },
]

/** One subscription with the balance it lives from. Money: minor units. */
export const prepaidRow = z.object({
  subscriptionId: uuid,
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  phone: z.string().nullable(),
  planName: z.string(),
  serviceName: z.string().nullable(),
  currency: z.string(),
  state: z.enum(prepaidStates),
  low: z.boolean(),
  /** Free of the account, shared by all that the subscriber has in this currency. */
  balance: minor,
  /** Open of its own documents. */
  owes: minor,
  /** Exclusive: paid for up to, not including. */
  paidUntilOn: z.string().nullable(),
  nextOn: z.string().nullable(),
  nextTotal: minor.nullable(),
  /** What has to come in before the next charge; 0: the balance covers it. */
  missing: minor,
  /** When it is switched off unless somebody pays. */
  offOn: z.string().nullable(),
  /** The first day without the balance; null: it stays. */
  expiresOn: z.string().nullable(),
  problem: problem.nullable(),
})
export type PrepaidRow = z.output<typeof prepaidRow>

export const billingPrepaidQueries = {
  /** As they were looked at last. */
  'billing.prepaid': query({
    access: read,
    scope: 'everything',
    input: z.strictObject({
      states: z.array(z.enum(prepaidFilters)).max(10).default([]),
      search: z.string().trim().max(100).default(''),
      sort: z.enum(prepaidSorts).default('next'),
      descending: z.boolean().default(false),
      limit: z.int().min(1).max(500).default(100),
      offset: z.int().min(0).default(0),
    }),
    output: z.object({
      today: z.string(),
      version: z.int(),
      lowDays: z.int(),
      /** Why nothing is charged now; null: it is. */
      held: problem.nullable(),
      /** Of all, whatever the filter. */
      counts: z.array(z.object({ state: z.enum(prepaidFilters), count: z.int() })),
      /** Of all that are not over. */
      balances: z.array(z.object({ currency: z.string(), balance: minor })),
      rows: z.array(prepaidRow),
      total: z.int(),
    }),
  }),
  /** Of one subscriber, those that are not over. Errors: `not-found`. */
  'billing.prepaidOf': query({
    access: read,
    scope: ofSubscriberId,
    input: z.strictObject({ subscriberId: uuid }),
    output: z.object({ today: z.string(), rows: z.array(prepaidRow) }),
  }),
}

export const billingPrepaidCommands = {
  /** Charges, switches off and brings back what is due now. Can be cancelled. */
  'billing.runPrepaid': command({
    access: run,
    scope: 'everything',
    input: nothing,
    output: z.object({ looked: z.int(), moved: z.int(), failed: z.int() }),
  }),
  /** The calendar jumped, and a person says that the day is right. Errors: `conflict`. */
  'billing.prepaidDayIsRight': command({
    access: run,
    scope: 'everything',
    input: z.strictObject({ today: day }),
    output: done,
  }),
  /** Errors: `conflict`. */
  'billing.savePrepaid': command({
    access: 'billing.plan.manage',
    scope: 'everything',
    input: z.strictObject({ baseVersion: z.int().min(1), lowDays: z.int().min(0).max(60) }),
    output: done,
  }),
}
