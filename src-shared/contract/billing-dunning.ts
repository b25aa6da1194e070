import { z } from 'zod'
import { day, minor } from './billing-model.ts'
import {
  dunningActions,
  dunningCase,
  dunningChannels,
  dunningEntry,
  dunningPolicy,
  dunningStates,
} from './billing-dunning-model.ts'
import { openDocument } from './billing-payments.ts'
import { done, line, nothing, onuAddress, problem, uuid } from './common.ts'
import { command, query } from './define.ts'
import type { Named } from '../domain/scope.ts'

/** Dunning: what is done about debts, and what a debt means for a line. */

const read = 'billing.dunning.read'
const run = 'billing.dunning.run'
const manage = 'billing.dunning.manage'

const ofCase = ({ caseId }: { readonly caseId: string }): readonly Named[] => [
  { kind: 'dunning-case', id: caseId },
]
const ofCases = ({ caseIds }: { readonly caseIds: readonly string[] }): readonly Named[] =>
  caseIds.map((id) => ({ kind: 'dunning-case', id }))
const ofSubscriberId = ({ subscriberId }: { readonly subscriberId: string }): readonly Named[] => [
  { kind: 'subscriber', id: subscriberId },
]
const ofDocument = ({ documentId }: { readonly documentId: string }): readonly Named[] => [
  { kind: 'document', id: documentId },
]

const caseIds = z.array(uuid).min(1).max(500)

export const dunningSorts = ['debt', 'oldest', 'next', 'name'] as const

/** One who would be suspended, and what would be said to his OLT. */
export const dunningPreviewRow = z.object({
  caseId: uuid.nullable(),
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  currency: z.string(),
  debt: minor,
  oldestOn: z.string(),
  ageDays: z.int(),
  /** 'suspend': it would be; else why not: 'hours', 'moved', 'warned-too-late', 'never-suspend', … */
  outcome: z.string(),
  /** For 'later': from when. */
  on: z.string().nullable(),
  lines: z.array(
    z.object({
      serviceName: z.string(),
      oltName: z.string().nullable(),
      serial: z.string().nullable(),
      address: onuAddress.nullable(),
      /** Exactly what would be sent. */
      cli: z.array(z.string()),
      /** Why nothing can be sent now; the line follows later. */
      problem: problem.nullable(),
    }),
  ),
})

export const dunningNotice = z.object({
  id: uuid,
  caseId: uuid,
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  language: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string(),
  action: z.enum(dunningActions),
  channel: z.enum(dunningChannels),
  template: z.string(),
  currency: z.string(),
  debt: minor,
  oldestOn: z.string(),
  createdAt: z.number(),
  state: z.enum(['to-do', 'done', 'dropped']),
  doneAt: z.number().nullable(),
  doneBy: z.string().nullable(),
})

export const billingDunningQueries = {
  'billing.dunningPolicy': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      number: z.int(),
      at: z.number(),
      by: z.string().nullable(),
      policy: dunningPolicy,
    }),
  }),
  /** Live cases as they were looked at last. */
  'billing.dunningBoard': query({
    access: read,
    scope: 'everything',
    input: z.strictObject({
      /** Null: of every stage; '': before the first. */
      stageKey: z.string().max(40).nullable().default(null),
      states: z.array(z.enum(dunningStates)).max(10).default([]),
      cut: z.boolean().nullable().default(null),
      search: z.string().trim().max(100).default(''),
      sort: z.enum(dunningSorts).default('debt'),
      descending: z.boolean().default(true),
      limit: z.int().min(1).max(500).default(100),
      offset: z.int().min(0).default(0),
    }),
    output: z.object({
      today: z.string(),
      enabled: z.boolean(),
      /** Of every live case, whatever the filter. */
      stages: z.array(
        z.object({
          /** '': before the first; 'hand': by a person. */
          key: z.string(),
          currency: z.string(),
          count: z.int(),
          debt: minor,
          cut: z.int(),
        }),
      ),
      noticesToDo: z.int(),
      cases: z.array(dunningCase),
      total: z.int(),
    }),
  }),
  'billing.dunningCase': query({
    access: read,
    scope: ofCase,
    input: z.strictObject({ caseId: uuid }),
    output: z.object({
      case: dunningCase,
      entries: z.array(dunningEntry),
      documents: z.array(openDocument.extend({ disputed: z.boolean() })),
      promiseOn: z.string().nullable(),
      promises: z.int(),
      frozenReason: z.string().nullable(),
      suspendNotBefore: z.string().nullable(),
    }),
  }),
  /** Of one subscriber: live ones, then the last that ended. */
  'billing.dunningOf': query({
    access: read,
    scope: ofSubscriberId,
    input: z.strictObject({ subscriberId: uuid }),
    output: z.object({ cases: z.array(dunningCase) }),
  }),
  /** Who would be suspended on a day, why (not), and what would be said to the OLTs. Changes nothing. */
  'billing.dunningPreview': query({
    access: read,
    scope: 'everything',
    input: z.strictObject({
      /** Null: now. A day: in the hours in which lines may be cut on it. */
      on: day.nullable().default(null),
      /** Of these alone, as if a person did it now; none: as the policy says. */
      caseIds: z.array(uuid).max(500).default([]),
    }),
    output: z.object({
      on: z.string(),
      rows: z.array(dunningPreviewRow),
      suspended: z.int(),
      lines: z.int(),
      more: z.int(),
    }),
  }),
  /** What is to be said to whom, for a call list and letters; nothing is sent by itself. */
  'billing.dunningNotices': query({
    access: read,
    scope: 'everything',
    input: z.strictObject({
      states: z
        .array(z.enum(['to-do', 'done', 'dropped']))
        .max(3)
        .default(['to-do']),
      channel: z.enum(dunningChannels).nullable().default(null),
      limit: z.int().min(1).max(1000).default(200),
      offset: z.int().min(0).default(0),
    }),
    output: z.object({ notices: z.array(dunningNotice), total: z.int() }),
  }),
  'billing.serviceRules': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      version: z.int(),
      afterEnd: z.enum(['suspend', 'remove']),
      removeAfterDays: z.int(),
    }),
  }),
}

export const billingDunningCommands = {
  /** Errors: `conflict`, `dunning-policy-refused`. */
  'billing.saveDunningPolicy': command({
    access: manage,
    scope: 'everything',
    input: z.strictObject({ baseNumber: z.int(), policy: dunningPolicy }),
    output: z.object({ number: z.int() }),
  }),
  /** Goes through everything that is owed now, as each hour. */
  'billing.runDunning': command({
    access: run,
    scope: 'everything',
    input: nothing,
    output: z.object({ looked: z.int(), moved: z.int(), failed: z.int() }),
  }),
  /** He said that he will pay by the end of that day. Errors: `dunning-closed`, `dunning-day-refused`, `dunning-promises`. */
  'billing.promise': command({
    access: 'billing.dunning.promise',
    scope: ofCase,
    input: z.strictObject({
      caseId: uuid,
      untilOn: day,
      note: z.string().trim().max(300).default(''),
      /** His lines come back until then. */
      resume: z.boolean().default(false),
    }),
    output: z.object({ lines: z.int() }),
  }),
  /** Nothing is done while it is argued about. Errors: `dunning-closed`. */
  'billing.freezeDunning': command({
    access: run,
    scope: ofCase,
    input: z.strictObject({ caseId: uuid, frozen: z.boolean(), reason: line(300) }),
    output: done,
  }),
  /** One document counts for nothing while it is argued about. Errors: `not-found`, `document-kind`. */
  'billing.disputeDocument': command({
    access: run,
    scope: ofDocument,
    input: z.strictObject({ documentId: uuid, frozen: z.boolean(), reason: line(300) }),
    output: done,
  }),
  /** No line is cut before that day; of several the latest holds. Errors: `dunning-closed`, `dunning-day-refused`. */
  'billing.moveSuspension': command({
    access: run,
    scope: ofCases,
    input: z.strictObject({ caseIds, notBeforeOn: day, reason: line(300) }),
    output: done,
  }),
  /** Errors: `dunning-closed`, `dunning-never-suspend`. */
  'billing.suspendNow': command({
    access: run,
    scope: ofCases,
    stepUp: true,
    input: z.strictObject({ caseIds, reason: line(300) }),
    output: z.object({ lines: z.int() }),
  }),
  /** Back on, and not off again before that day. Errors: `dunning-closed`, `dunning-day-refused`. */
  'billing.resumeNow': command({
    access: run,
    scope: ofCases,
    input: z.strictObject({ caseIds, notBeforeOn: day, reason: line(300) }),
    output: z.object({ lines: z.int() }),
  }),
  /** What was dropped with its debt stays dropped. Errors: `not-found`, `dunning-closed`. */
  'billing.markNotices': command({
    access: run,
    scope: 'everything',
    input: z.strictObject({
      noticeIds: z.array(uuid).min(1).max(1000),
      state: z.enum(['to-do', 'done', 'dropped']),
    }),
    output: z.object({ marked: z.int() }),
  }),
  /** What becomes of the ONU of a service that has ended. Errors: `conflict`. */
  'billing.configureServiceRules': command({
    access: manage,
    scope: 'everything',
    input: z.strictObject({
      baseVersion: z.int(),
      afterEnd: z.enum(['suspend', 'remove']),
      removeAfterDays: z.int().min(0).max(3650),
    }),
    output: z.object({ version: z.int() }),
  }),
}
