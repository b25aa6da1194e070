import { z } from 'zod'
import {
  code,
  currency,
  day,
  exampleBill,
  noteText,
  planHead,
  planKinds,
  planPayments,
  planTerms,
  planVersion,
  taxRate,
} from './billing-model.ts'
import { done, line, nothing, problem, uuid } from './common.ts'
import { command, query } from './define.ts'

/** What is sold: plans, their versions, taxes; and in what currency and by whose calendar. */

const read = 'billing.plan.read'
const manage = 'billing.plan.manage'

const planId = uuid

export const billingPlansQueries = {
  'billing.settings': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      version: z.int(),
      currency: z.string(),
      /** IANA; null: the machine's. */
      timeZone: z.string().nullable(),
      /** The day there, now. */
      today: z.string(),
    }),
  }),
  /** Codes in alphabetical order, of one code the latest first. */
  'billing.taxRates': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({ rates: z.array(taxRate) }),
  }),
  /** All of them, by code. */
  'billing.plans': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({
      plans: z.array(
        planHead.extend({
          /** The version that is sold today; null: none is valid yet. */
          current: planVersion.nullable(),
          versions: z.int(),
          /** When a version that is valid later begins. */
          nextOn: z.string().nullable(),
          live: z.int().nullable(),
        }),
      ),
    }),
  }),
  /** Errors: `not-found`. */
  'billing.plan': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ planId }),
    output: z.object({
      plan: planHead,
      /** The latest first. */
      versions: z.array(planVersion),
      /** The one that is sold today. */
      currentId: uuid.nullable(),
      today: z.string(),
    }),
  }),
  /**
   * What would be billed, by the rules that bill: of a version as it is typed, for somebody who
   * begins on a day. Errors: `tax-rate-missing`.
   */
  'billing.planExample': query({
    access: read,
    scope: 'nothing',
    input: z.strictObject({
      currency,
      terms: planTerms,
      startOn: day,
      /** Day of the month that periods begin on; null: the day it starts. */
      billingDay: z.int().min(1).max(31).nullable().default(null),
      quantity: z.int().min(1).max(1_000_000).default(1),
      /** Of extras that are chosen: all that are required go with it anyway. */
      extras: z.array(code).max(40).default([]),
      bills: z.int().min(1).max(12).default(3),
    }),
    output: z.object({
      bills: z.array(exampleBill),
      /** What keeps it from being computed, told where it is typed. */
      problem: problem.nullable(),
    }),
  }),
  /** Who stands under a version, by subscriber. */
  'billing.planUsers': query({
    access: read,
    input: z.strictObject({
      planId,
      versionId: uuid.nullable(),
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      total: z.int(),
      users: z.array(
        z.object({
          subscriptionId: uuid,
          subscriberId: uuid,
          subscriberCode: z.string(),
          subscriberName: z.string(),
          serviceName: z.string().nullable(),
          status: z.string(),
          startsOn: z.string(),
          versionNumber: z.int(),
        }),
      ),
    }),
  }),
  /** What a move of everybody to another version would mean. Errors: `not-found`. */
  'billing.previewMove': query({
    access: manage,
    input: z.strictObject({
      planId,
      fromVersionId: uuid,
      toVersionId: uuid,
      when: z.enum(['today', 'period-end']),
    }),
    output: z.object({
      /** Changes that would be written. */
      count: z.int(),
      /** Left as they are, each with why. */
      leftOut: z.array(z.object({ subscriptionId: uuid, subscriberName: z.string(), problem })),
      /** The first and the last day that it takes effect on. */
      firstOn: z.string().nullable(),
      lastOn: z.string().nullable(),
      /** Of one interval, without tax codes or discounts looked at; null: by the unit. */
      priceBefore: z.int().nullable(),
      priceAfter: z.int().nullable(),
      currency: z.string(),
      samples: z.array(z.object({ subscriberName: z.string(), effectiveOn: z.string() })),
    }),
  }),
}

export const billingPlansCommands = {
  /** Errors: `conflict`, `billing-currency-limit`. */
  'billing.configure': command({
    access: manage,
    input: z.strictObject({
      baseVersion: z.int(),
      currency,
      timeZone: z.string().trim().min(1).max(64).nullable(),
    }),
    output: done,
  }),
  /** Errors: `conflict`, `tax-rate-overlaps`, `not-found`. */
  'billing.saveTaxRate': command({
    access: manage,
    input: z
      .strictObject({
        rateId: uuid.nullable(),
        baseVersion: z.int(),
        code,
        name: line(80),
        ratePpm: z.int().min(0).max(1_000_000),
        baseNum: z.int().min(1).max(1_000_000),
        baseDen: z.int().min(1).max(1_000_000),
        country: z.string().regex(/^([A-Z]{2})?$/u, 'country'),
        validFromOn: day,
        validToOn: day.nullable(),
      })
      .refine(({ baseNum, baseDen }) => baseNum <= baseDen, 'more than the whole')
      .refine(
        ({ validFromOn, validToOn }) => validToOn === null || validToOn > validFromOn,
        'dates',
      ),
    output: z.object({ rateId: uuid }),
  }),
  /** Errors: `conflict`, `plan-code-taken`, `plan-fixed`, `not-found`. */
  'billing.savePlan': command({
    access: manage,
    input: z.strictObject({
      planId: planId.nullable(),
      baseVersion: z.int(),
      code,
      name: line(120),
      note: noteText,
      /** Kind, payment and currency stand once there is a version. */
      kind: z.enum(planKinds),
      payment: z.enum(planPayments),
      currency,
      sold: z.boolean(),
    }),
    output: z.object({ planId }),
  }),
  /**
   * A new version, or another text of one that nobody uses. Errors: `conflict`, `not-found`,
   * `plan-version-used`, `plan-version-day`, `tax-rate-missing`, `speed-gone`.
   */
  'billing.saveVersion': command({
    access: manage,
    input: z.strictObject({
      planId,
      versionId: uuid.nullable(),
      /** Of the plan. */
      baseVersion: z.int(),
      terms: planTerms,
    }),
    output: z.object({ versionId: uuid }),
  }),
  /** Errors: `conflict`, `not-found`, `plan-version-used`. */
  'billing.removeVersion': command({
    access: manage,
    input: z.strictObject({ planId, versionId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /**
   * Subscriptions go over to another version of their plan: a change of each, as if made one by one.
   * A few hundred at a time, by id: `after` is where the call before came to. Errors: `not-found`,
   * `plan-not-sold`.
   */
  'billing.moveToVersion': command({
    access: manage,
    input: z.strictObject({
      planId,
      fromVersionId: uuid,
      toVersionId: uuid,
      when: z.enum(['today', 'period-end']),
      after: uuid.nullable(),
      reason: line(500),
    }),
    output: z.object({
      changed: z.int(),
      leftOut: z.int(),
      /** Null: that was all of them. */
      next: uuid.nullable(),
    }),
  }),
}
