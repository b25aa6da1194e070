import { z } from 'zod'
import {
  documentKinds,
  lineExplanation,
  runFailure,
  runRow,
  runStates,
} from './billing-documents-model.ts'
import { day, minor } from './billing-model.ts'
import { done, problem, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'

/** The billing run: looked at first, then made. It touches everybody: nobody with a part sees it. */

const access = 'billing.run.start'

/** ISO 4217. */
const currency = z.string()

const sums = z.object({
  currency,
  subscriptions: z.int(),
  net: minor,
  tax: minor,
  total: minor,
  /** What was issued to the same ones in the calendar month before. */
  before: minor,
})

export const dryRunViews = ['all', 'changed', 'failed', 'credited'] as const
export const dryRunSorts = ['subscriber', 'total', 'difference'] as const

export const billingRunsQueries = {
  /**
   * What a run would issue today, computed by the rules that issue it and written nowhere. The
   * answer is kept for its rows until another is made. Errors: `cancelled`.
   */
  'billing.dryRun': query({
    access,
    input: z.strictObject({ taskId: taskId.optional() }),
    output: z.object({
      dryRunId: uuid,
      today: z.string(),
      lastOn: z.string().nullable(),
      /** Why a run would be refused today; `billing-clock-ahead` can be answered. */
      refusal: problem.nullable(),
      looked: z.int(),
      invoices: z.int(),
      creditNotes: z.int(),
      failed: z.int(),
      /** Their total is another than in the month before. */
      changed: z.int(),
      sums: z.array(sums),
    }),
  }),
  /** Errors: `not-found`: another one was made since. */
  'billing.dryRunRows': query({
    access,
    input: z.strictObject({
      dryRunId: uuid,
      view: z.enum(dryRunViews).default('all'),
      search: z.string().trim().max(120).default(''),
      sort: z.enum(dryRunSorts).default('subscriber'),
      descending: z.boolean().default(false),
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          subscriptionId: uuid,
          subscriberId: uuid,
          subscriberCode: z.string(),
          subscriberName: z.string(),
          planName: z.string(),
          currency,
          invoices: z.int(),
          creditNotes: z.int(),
          net: minor,
          tax: minor,
          total: minor,
          before: minor,
          problem: problem.nullable(),
        }),
      ),
    }),
  }),
  /** The documents that one subscription would get now, line by line. Errors: `not-found`. */
  'billing.dryRunDocuments': query({
    access,
    input: z.strictObject({ subscriptionId: uuid }),
    output: z.object({
      problem: problem.nullable(),
      documents: z.array(
        z.object({
          kind: z.enum(documentKinds),
          currency,
          corrects: z.string().nullable(),
          lines: z.array(
            z.object({
              description: z.string(),
              gross: minor,
              discount: minor,
              amount: minor,
              net: minor,
              tax: minor,
              explanation: z.array(lineExplanation),
            }),
          ),
          taxes: z.array(
            z.object({
              code: z.string(),
              ratePpm: z.int(),
              baseNum: z.int(),
              baseDen: z.int(),
              base: minor,
              amount: minor,
            }),
          ),
          /** Days charged, by plan: "31 days: 12 at Home 20, 19 at Home 50". */
          days: z.int(),
          daysAt: z.array(z.object({ name: z.string(), days: z.int() })),
          net: minor,
          tax: minor,
          total: minor,
        }),
      ),
    }),
  }),
  /** The latest first. */
  'billing.runs': query({
    access,
    input: z.strictObject({
      offset: z.int().min(0).max(1_000_000).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({
      total: z.int(),
      /** The one that runs now. */
      runningId: uuid.nullable(),
      runs: z.array(runRow),
    }),
  }),
  /** Errors: `not-found`. */
  'billing.run': query({
    access,
    input: z.strictObject({
      runId: uuid,
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      run: runRow,
      /** Those that could not be billed, by name. */
      failures: z.array(runFailure),
    }),
  }),
}

export const billingRunsCommands = {
  /**
   * Begins a run of today and answers at once; `billing.runProgress` tells how it goes. Errors:
   * `billing-run-going`, `billing-clock-back`, `billing-clock-ahead`, `billing-seller-missing`,
   * `conflict` (it is another day than the one that was looked at).
   */
  'billing.startRun': command({
    access,
    input: z.strictObject({
      /** The day that the person saw in the dry run. */
      today: day,
      /** After more than 35 days without a run: he has looked at the day, and it is right. */
      dayIsRight: z.boolean().default(false),
    }),
    output: z.object({ runId: uuid }),
  }),
  /** Ends it after the subscription that it is at; what is issued stays. Errors: `not-found`. */
  'billing.cancelRun': command({
    access,
    input: z.strictObject({ runId: uuid }),
    output: done,
  }),
}

export const billingRunsEvents = {
  'billing.runProgress': event({
    access,
    delivery: 'latest',
    payload: z.object({
      runId: uuid,
      state: z.enum(runStates),
      looked: z.int(),
      total: z.int(),
      documents: z.int(),
      failed: z.int(),
    }),
  }),
}
