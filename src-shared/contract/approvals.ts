import { z } from 'zod'
import { risks } from '../domain/device-steps.ts'
import { done, instant, line, nothing, problem, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import type { Named } from '../domain/scope.ts'
import { minor } from './billing-model.ts'

/** The thing, within one's scope (domain/scope.ts). */
const ofSubject = ({
  kind,
  subjectId,
}: {
  readonly kind: ApprovalKindName
  readonly subjectId: string
}): readonly Named[] => [{ kind: scopedKinds[kind], id: subjectId }]

/** Separation of duties: what one person asks for and another decides (docs/approvals.md). */

/** Acts that may need a second person. Each is registered by its capability. */
export const approvalKinds = [
  'provisioning.plan',
  'billing.credit-note',
  'billing.write-off',
] as const

export type ApprovalKindName = (typeof approvalKinds)[number]

const scopedKinds = {
  'provisioning.plan': 'plan',
  'billing.credit-note': 'document',
  'billing.write-off': 'write-off',
} as const satisfies Record<ApprovalKindName, Named['kind']>

export const approvalStates = [
  'waiting',
  'approved',
  'declined',
  'withdrawn',
  /** Nobody decided in time, or nobody used it in time. */
  'expired',
  /** What it was asked for is not there any more, or not as it was. */
  'fallen',
  /** It was used: once and no more. */
  'used',
] as const

const kind = z.enum(approvalKinds)
const subject = { kind, subjectId: uuid }
const reason = line(500)

/** When an act needs a second person; both off: never. */
export const approvalRule = z.object({
  /** Of what does not come back by undo alone. */
  grave: z.boolean(),
  /** Of more than so many (of a plan ONUs, of money minor units); null: of no number. */
  above: z.int().min(0).max(1_000_000_000_000).nullable(),
})

/** Of an act about money: whose, which, how much. */
const moneyPreview = z.object({
  /** What is credited; null: nothing is, the lines name what is written off. */
  documentId: uuid.nullable(),
  number: z.string(),
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  currency: z.string(),
  net: minor,
  tax: minor,
  total: minor,
  reason: z.string(),
  billAgain: z.boolean(),
  lines: z.array(z.object({ text: z.string(), amount: minor })),
})

/** What the approver sees, made in the engine from the thing itself when it was asked for. */
export const approvalPreview = z.object({
  risk: z.enum(risks),
  change: z.string(),
  olts: z.array(z.string()),
  onus: z.int(),
  samples: z.array(z.string()),
  lines: z.array(z.string()),
  serviceLossS: z.number().nullable(),
  money: moneyPreview.nullable(),
})

export const approvalRow = z.object({
  id: uuid,
  version: z.int(),
  kind,
  /** Of the thing, as it was asked about. */
  revision: z.int(),
  subjectId: uuid,
  state: z.enum(approvalStates),
  askedBy: z.string().nullable(),
  askedAt: z.number(),
  reason: z.string(),
  /** Waiting: until then it is decided; approved: until then it is used. */
  expiresAt: z.number(),
  decidedBy: z.string().nullable(),
  decidedAt: instant,
  decisionReason: z.string(),
  endedAt: instant,
  measure: z.int(),
  grave: z.boolean(),
  preview: approvalPreview,
  /** I asked for it. */
  mine: z.boolean(),
  /** Why I may not decide it; null: I may. Only of one that waits. */
  undecidable: problem.nullable(),
  /** Why one that was approved does not hold now; null: it does. Only of one that is approved. */
  notHolding: problem.nullable(),
})

export type ApprovalRow = z.output<typeof approvalRow>

/** A limit beyond it would be none. */
const mostOnus = 100_000

const manageRules = 'approvals.rule.manage'

export const approvalsQueries = {
  /**
   * Of kinds whose things the caller may read, the latest first. `waiting`: not decided yet; `mine`:
   * those that I asked for and that are not over, or were decided and not acknowledged; `ended`: all
   * others.
   */
  'approvals.list': query({
    access: 'session',
    scope: 'narrowed',
    input: z.strictObject({
      which: z.enum(['waiting', 'mine', 'ended']),
      offset: z.int().min(0).max(100_000).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ total: z.int(), requests: z.array(approvalRow) }),
  }),
  /** What waits for this person: to be decided by him, and answers to what he asked for. */
  'approvals.counts': query({
    access: 'session',
    scope: 'narrowed',
    input: nothing,
    output: z.object({ toDecide: z.int(), answered: z.int() }),
  }),
  /** Errors: `permission-denied`, `not-found`. */
  'approvals.of': query({
    access: 'session',
    scope: ofSubject,
    input: z.strictObject(subject),
    output: z.object({
      /** It needs a second person as the rule stands now. */
      needed: z.boolean(),
      rule: approvalRule,
      /** The latest one that was asked for. */
      request: approvalRow.nullable(),
      /** Who could decide now if I asked: without me and who made it. */
      approvers: z.array(z.string()),
      mayAsk: z.boolean(),
    }),
  }),
  'approvals.rules': query({
    access: manageRules,
    input: nothing,
    output: z.object({
      rules: z.array(
        approvalRule.extend({
          kind,
          /** Of a limit in money; null: it counts things. */
          currency: z.string().nullable(),
          version: z.int(),
          changedAt: instant,
          changedBy: z.string().nullable(),
          /** Active accounts that hold the permission to approve. */
          approvers: z.array(z.string()),
          /** I may loosen it or switch it off. */
          mayLoosen: z.boolean(),
        }),
      ),
    }),
  }),
}

export const approvalsCommands = {
  /** Errors: `permission-denied`, `not-found`, `approval-not-needed`, `conflict`. */
  'approvals.ask': command({
    access: 'session',
    scope: ofSubject,
    input: z.strictObject({ ...subject, reason }),
    output: z.object({ requestId: uuid }),
  }),
  /**
   * Asked outside the page. Errors: `permission-denied`, `approval-own`, `approval-own-hand`,
   * `approval-ended`, `confirmation-refused`, `conflict`.
   */
  'approvals.decide': command({
    access: 'session',
    scope: 'narrowed',
    stepUp: true,
    input: z.strictObject({
      requestId: uuid,
      version: z.int(),
      decision: z.enum(['approve', 'decline']),
      reason,
    }),
    output: done,
  }),
  /** By who asked. Errors: `permission-denied`, `approval-ended`. */
  'approvals.withdraw': command({
    access: 'session',
    input: z.strictObject({ requestId: uuid, reason: reason.optional() }),
    output: done,
  }),
  /** "I have seen it": an answer leaves the list of who asked. */
  'approvals.acknowledge': command({
    access: 'session',
    input: z.strictObject({ requestId: uuid }),
    output: done,
  }),
  /**
   * Tighter by whoever may manage the rules; looser or off by the owner alone, asked outside the
   * page. Errors: `approval-rule-owner`, `conflict`, `confirmation-refused`.
   */
  'approvals.setRule': command({
    access: manageRules,
    stepUp: true,
    input: z
      .strictObject({ kind, baseVersion: z.int(), ...approvalRule.shape, reason })
      .refine(
        (rule) => rule.kind !== 'provisioning.plan' || (rule.above ?? 0) <= mostOnus,
        'more ONUs than there are',
      ),
    output: done,
  }),
}

/** Asked in the handlers, by the kind of act. */
export const approvalsExtraPermissions = [
  'billing.credit.approve',
  'provisioning.plan.approve',
] as const

export const approvalsEvents = {
  /** Something was asked, decided or is over: lists and counts are worth asking for again. */
  'approvals.changed': event({ access: 'session', delivery: 'latest', payload: z.object({}) }),
}
