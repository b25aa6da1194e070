import { z } from 'zod'
import { currency, day, minor, price } from './billing-model.ts'
import { line, problem, uuid } from './common.ts'

/** Shapes of dunning that several of its procedures share. */

export const dunningActions = [
  'remind',
  'warn',
  'fee',
  'suspend',
  'final-notice',
  'write-off-proposal',
] as const
export type DunningAction = (typeof dunningActions)[number]

export const dunningChannels = ['call', 'letter', 'email', 'sms', 'whatsapp'] as const

const amounts = z.partialRecord(currency, price)

export const dunningStage = z.strictObject({
  /** The same from version to version: what was done is known by it. */
  key: line(40),
  offsetDays: z.int().min(0).max(3650),
  action: z.enum(dunningActions),
  /** Below this debt nothing is done; minor units by currency. */
  minimum: amounts,
  /** What a new document charges with it; minor units by currency. */
  fee: amounts,
  attempts: z.int().min(1).max(100),
  /** More than so many days lie between two attempts. */
  gapDays: z.int().min(0).max(365),
  /** How he is told; null: he is not. */
  channel: z.enum(dunningChannels).nullable(),
  /** Which words: a key of the templates. */
  template: z.string().trim().max(40).default(''),
})
export type DunningStageTerms = z.output<typeof dunningStage>

export const dunningPolicy = z.strictObject({
  enabled: z.boolean(),
  /** What a document's age is counted from. */
  basis: z.enum(['due', 'issued']),
  stages: z.array(dunningStage).max(20),
  /** No line is cut before a reminder or warning so many days earlier; null: no such rule. */
  warnedDays: z.int().min(0).max(365).nullable(),
  /** When lines may be cut. 1 is Monday, 7 is Sunday. */
  weekdays: z.array(z.int().min(1).max(7)).max(7),
  /** Minutes of the local day, half-open. */
  fromMinute: z.int().min(0).max(1440),
  toMinute: z.int().min(0).max(1440),
  closedOn: z.array(day).max(400),
  /** So many promises for one debt, each for at most so many days; who manages dunning may give more. */
  promisesMost: z.int().min(0).max(100),
  promiseDays: z.int().min(0).max(366),
})
export type DunningPolicyTerms = z.output<typeof dunningPolicy>

/** What the rules said of a case when it was looked at last. */
export const dunningStates = [
  'waits',
  'due',
  'later',
  'held',
  'promised',
  'frozen',
  'closed',
] as const

export const dunningCase = z.object({
  id: uuid,
  version: z.int(),
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  phone: z.string().nullable(),
  neverSuspend: z.boolean(),
  currency: z.string(),
  openedOn: z.string(),
  closedOn: z.string().nullable(),
  /** Whether his lines are off: by a stage, or because a person did it. */
  cut: z.enum(['none', 'stage', 'hand']),
  debt: minor,
  oldestOn: z.string().nullable(),
  /** The last stage that was done; null: none yet. */
  stageKey: z.string().nullable(),
  state: z.enum(dunningStates),
  /** Why it is held or later, in a word: 'hours', 'never-suspend', …; else ''. */
  because: z.string(),
  nextAction: z.enum(dunningActions).nullable(),
  nextOn: z.string().nullable(),
  /** Why the last act could not be done; it is tried again. */
  problem: problem.nullable(),
  lookedAt: z.number(),
})
export type DunningCaseRow = z.output<typeof dunningCase>

/** One line of the case's own time line. */
export const dunningEntry = z.object({
  at: z.number(),
  on: z.string(),
  by: z.string().nullable(),
  kind: z.enum([
    'opened',
    'reopened',
    'closed',
    'promise',
    'freeze',
    'unfreeze',
    'move',
    'resume',
    'action',
  ]),
  action: z.enum(dunningActions).nullable(),
  stageKey: z.string().nullable(),
  attempt: z.int().nullable(),
  untilOn: z.string().nullable(),
  reason: z.string(),
  debt: minor.nullable(),
  /** How many subscriptions were suspended or brought back with it. */
  lines: z.int().nullable(),
  feeDocumentId: uuid.nullable(),
})
export type DunningEntry = z.output<typeof dunningEntry>
