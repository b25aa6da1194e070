import type { ApprovalKindName } from '../../src-shared/contract/approvals.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { ConfirmRequest } from '../engine/confirm.ts'
import type { Desk } from './desk.ts'
import type { ApprovalsDependencies } from './ports.ts'
import { isLooser, needsSecond, type Person } from './rules.ts'
import {
  acknowledge,
  insertRequest,
  liveIn,
  moveRequest,
  requestIn,
  ruleIn,
  writeRule,
  type ApprovalReads,
  type RequestRow,
} from './tables.ts'

export type ApprovalsCommand =
  | 'approvals.ask'
  | 'approvals.decide'
  | 'approvals.withdraw'
  | 'approvals.acknowledge'
  | 'approvals.setRule'

/** Nothing that any of these changes is of one person alone; each refusal is decided in the transaction. */
export const createApprovalCommands = (
  deps: Pick<ApprovalsDependencies, 'clock' | 'newId' | 'confirm' | 'people'> & {
    readonly reads: ApprovalReads
    readonly desk: Desk
    /** Told to the screens; `request`: its thing as well. */
    readonly changed: (request: Pick<RequestRow, 'kind' | 'subjectId'> | null) => void
  },
): CommandHandlers<ApprovalsCommand> => {
  const { clock, desk, people, reads } = deps

  const requestOf = (id: string): RequestRow => {
    const request = reads.request(id)
    if (request === null) throw new NocturneError('not-found', { what: 'approval' })
    return request
  }

  const refuseDeciding = (request: RequestRow, accountId: string): void => {
    const problem = desk.decideProblem(request, accountId)
    if (problem !== null) throw new NocturneError(problem.code, problem.params)
  }

  const ended = (state: string): NocturneError => new NocturneError('approval-ended', { state })

  const confirmed = async (context: CallContext, request: ConfirmRequest): Promise<void> => {
    if (!(await deps.confirm(context.clientId, request, context.signal))) {
      throw new NocturneError('confirmation-refused')
    }
  }

  return {
    async 'approvals.ask'({ kind: name, subjectId, reason }, context) {
      const kind = desk.kindOf(name)
      const id = deps.newId()
      desk.acting(context, kind.askPermission)
      const thing = await kind.look(subjectId)
      if (thing === null) throw new NocturneError('not-found', { what: name })
      return {
        apply(tx) {
          const { accountId } = desk.acting(context, kind.askPermission)
          if (kind.revision(subjectId) !== thing.revision) throw new NocturneError('conflict')
          if (thing.exempt || !needsSecond(ruleIn(tx, name), thing)) {
            throw new NocturneError('approval-not-needed')
          }
          const at = clock.now()
          const before = liveIn(tx, name, subjectId)
          if (before !== null) {
            const state = desk.stateOf(before)
            if (state !== 'expired' && state !== 'fallen') {
              throw new NocturneError('conflict', { what: 'approval' })
            }
            moveRequest(tx, before, { to: state, at })
          }
          const authors = thing.authors.filter((author) => author !== accountId)
          const wills: [Person, ...Person[]] = [
            desk.personOf(accountId),
            ...authors.map((author) => desk.personOf(author)),
          ]
          const { exempt: _, authors: __, ...seen } = thing
          insertRequest(tx, {
            ...seen,
            id,
            kind: name,
            subjectId,
            wills,
            askedBy: accountId,
            askedAt: at,
            reason,
            expiresAt: at + kind.waitsMs,
          })
          return { requestId: id }
        },
        after: () => deps.changed({ kind: name, subjectId }),
      }
    },

    async 'approvals.decide'({ requestId, version, decision, reason }, context) {
      const request = requestOf(requestId)
      const kind = desk.kindOf(request.kind)
      const { accountId, name } = desk.acting(context, kind.approvePermission)
      if (!kind.reached(context.reach, request.subjectId)) throw new NocturneError('beyond-scope')
      refuseDeciding(request, accountId)
      if (request.version !== version) throw new NocturneError('conflict', { what: 'approval' })
      const thing = await kind.look(request.subjectId)
      // SECURITY: what is decided on is the thing as it is now, to the letter.
      if (thing === null || thing.contentHash !== request.contentHash) throw ended('fallen')
      const approves = decision === 'approve'
      await confirmed(context, {
        ...thing.preview,
        ...(approves ? {} : { risk: 'read', how: 'confirm', expected: '' }),
        action: kind.actions[decision],
        by: name,
        words: [
          { label: 'wantedBy', value: people.nameOf(request.askedBy) ?? '' },
          { label: 'reason', value: request.reason },
          { label: 'answer', value: reason },
        ],
      })
      return {
        apply(tx) {
          // SECURITY: the window stood open for minutes: nothing may have come between.
          const session = desk.acting(context, kind.approvePermission)
          const now = requestIn(tx, requestId)
          if (now === null || now.version !== version) {
            throw new NocturneError('conflict', { what: 'approval' })
          }
          refuseDeciding(now, session.accountId)
          if (kind.revision(now.subjectId) !== thing.revision) throw ended('fallen')
          const at = clock.now()
          moveRequest(tx, now, {
            to: approves ? 'approved' : 'declined',
            at,
            decider: desk.personOf(session.accountId),
            reason,
            ...(approves ? { expiresAt: at + kind.holdsMs } : {}),
          })
          return {}
        },
        after: () => deps.changed(request),
      }
    },

    'approvals.withdraw': ({ requestId }, context) => {
      const request = requestOf(requestId)
      return {
        apply(tx) {
          const { accountId } = desk.acting(context, 'session')
          const now = requestIn(tx, requestId)
          if (now?.askedBy !== accountId) throw new NocturneError('permission-denied')
          if (now.state !== 'waiting' && now.state !== 'approved') throw ended(now.state)
          moveRequest(tx, now, { to: 'withdrawn', at: clock.now() })
          return {}
        },
        after: () => deps.changed(request),
      }
    },

    'approvals.acknowledge': ({ requestId }, context) => {
      requestOf(requestId)
      return {
        apply(tx) {
          const { accountId } = desk.acting(context, 'session')
          if (acknowledge(tx, requestId, accountId) === 0) {
            throw new NocturneError('permission-denied')
          }
          return {}
        },
        after: () => deps.changed(null),
      }
    },

    async 'approvals.setRule'({ kind: name, baseVersion, grave, above }, context) {
      const { currency } = desk.kindOf(name)
      const next = { grave, above }
      const refuse = (before: ReturnType<typeof ruleIn>): boolean => {
        const session = desk.acting(context, 'approvals.rule.manage')
        if (before.version !== baseVersion) {
          throw new NocturneError('conflict', { what: 'approval-rule', version: before.version })
        }
        const looser = isLooser(before, next)
        // SECURITY: else an administrator alone would switch it off, act, and switch it on again.
        if (looser && !session.isOwner) throw new NocturneError('approval-rule-owner')
        return looser
      }
      const before = reads.rule(name)
      if (refuse(before)) {
        await confirmed(context, {
          ...nothingSent,
          action: 'loosen-approvals',
          change: looseningOf[name],
          by: context.session?.name ?? '',
          rules: { before, after: next, of: name, currency: currency() },
        })
      }
      return {
        apply(tx) {
          const now = ruleIn(tx, name)
          refuse(now)
          const { accountId } = desk.acting(context, 'approvals.rule.manage')
          writeRule(tx, name, { ...next, version: now.version + 1 }, accountId, clock.now())
          return {}
        },
        after: () => deps.changed(null),
      }
    },
  }
}

const looseningOf: Readonly<Record<ApprovalKindName, string>> = {
  'provisioning.plan': 'loosen-approvals',
  'billing.credit-note': 'loosen-credit-approvals',
  'billing.write-off': 'loosen-write-off-approvals',
}

const nothingSent = {
  risk: 'read',
  how: 'confirm',
  expected: '',
  olts: [],
  onus: 0,
  samples: [],
  lines: [],
  serviceLossS: null,
} as const
