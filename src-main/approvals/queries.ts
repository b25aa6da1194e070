import type { ApprovalRow } from '../../src-shared/contract/approvals.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { ApprovalKind } from '../engine/approval-ports.ts'
import type { CallContext, QueryHandlers } from '../engine/handlers.ts'
import { isEverything } from '../engine/reach.ts'
import type { Desk } from './desk.ts'
import type { ApprovalsDependencies } from './ports.ts'
import { needsSecond } from './rules.ts'
import type { ApprovalReads, RequestRow } from './tables.ts'

export type ApprovalsQuery =
  | 'approvals.list'
  | 'approvals.counts'
  | 'approvals.of'
  | 'approvals.rules'

/** So many that wait are looked at for the count in the rail. */
const mostCounted = 200
/** Of the latest so many, those within one's scope are listed. */
const mostNarrowed = 2000

export const createApprovalQueries = (
  deps: Pick<ApprovalsDependencies, 'people' | 'sessions' | 'kinds'> & {
    readonly reads: ApprovalReads
    readonly desk: Desk
  },
): QueryHandlers<ApprovalsQuery> => {
  const { desk, people, reads } = deps

  const rowOf = (request: RequestRow, me: string): ApprovalRow => {
    const state = desk.stateOf(request)
    const { preview } = request
    return {
      ...request,
      state,
      askedBy: people.nameOf(request.askedBy),
      decidedBy: request.decider === null ? null : people.nameOf(request.decider.accountId),
      preview: {
        ...preview,
        olts: [...preview.olts],
        samples: [...preview.samples],
        lines: [...preview.lines],
        money:
          preview.money === undefined
            ? null
            : { ...preview.money, lines: [...preview.money.lines] },
      },
      mine: request.askedBy === me,
      undecidable: state === 'waiting' ? desk.decideProblem(request, me) : null,
      notHolding:
        state === 'approved'
          ? desk.passProblem(request, request.kind, request.subjectId, request.contentHash)
          : null,
    }
  }

  /** SECURITY: who may not read a thing reads nothing of what was asked about it. */
  const readable = ({ session }: CallContext): readonly ApprovalKind[] =>
    deps.kinds().filter(({ readPermission }) => session?.permissions.has(readPermission) === true)
  /** SECURITY: nor of a thing beyond his scope. */
  const reached = (requests: readonly RequestRow[], { reach }: CallContext) =>
    requests.filter(({ kind, subjectId }) => desk.kindOf(kind).reached(reach, subjectId))
  const me = ({ session }: CallContext): string => session?.accountId ?? ''

  return {
    'approvals.list': ({ which, limit, offset }, context) => {
      const kinds = readable(context).map(({ name }) => name)
      const page = (most: number, from: number) => reads.list(which, me(context), kinds, most, from)
      if (isEverything(context.reach)) {
        const { total, requests } = page(limit, offset)
        return { total, requests: requests.map((request) => rowOf(request, me(context))) }
      }
      const within = reached(page(mostNarrowed, 0).requests, context)
      return {
        total: within.length,
        requests: within
          .slice(offset, offset + limit)
          .map((request) => rowOf(request, me(context))),
      }
    },

    'approvals.counts': (_input, context) => {
      const kinds = readable(context).map(({ name }) => name)
      const { requests } = reads.list('waiting', me(context), kinds, mostCounted, 0)
      return {
        toDecide: reached(requests, context).filter(
          (one) => desk.decideProblem(one, me(context)) === null,
        ).length,
        answered: kinds.length === 0 ? 0 : reads.answered(me(context)),
      }
    },

    'approvals.of': ({ kind: name, subjectId }, context) => {
      const kind = desk.kindOf(name)
      if (!readable(context).includes(kind)) throw new NocturneError('permission-denied')
      const { grave, above } = reads.rule(name)
      const rule = { grave, above }
      const latest = reads.latest(name, subjectId)
      const request = latest === null ? null : rowOf(latest, me(context))
      const size = kind.size(subjectId)
      if (size === null) {
        return { needed: false, rule, request, approvers: [], mayAsk: false }
      }
      const own = new Set([me(context), ...size.authors])
      const employees = new Set([...own].map((one) => people.now(one).employeeId))
      const approvers = desk
        .approversOf(kind)
        .filter((one) => !own.has(one) && kind.reached(people.now(one).reach, subjectId))
        .filter((one) => {
          const { employeeId } = people.now(one)
          return employeeId === null || !employees.has(employeeId)
        })
      const needed = !size.exempt && needsSecond(rule, size)
      const live = request?.state === 'waiting' || request?.state === 'approved'
      return {
        needed,
        rule,
        request,
        approvers: approvers.flatMap((one) => people.nameOf(one) ?? []),
        mayAsk: needed && !live && context.session?.permissions.has(kind.askPermission) === true,
      }
    },

    'approvals.rules': (_input, context) => ({
      rules: deps.kinds().map((kind) => {
        const { changedBy, ...rule } = reads.rule(kind.name)
        return {
          ...rule,
          kind: kind.name,
          currency: kind.currency(),
          changedBy: changedBy === null ? null : people.nameOf(changedBy),
          approvers: desk.approversOf(kind).flatMap((one) => people.nameOf(one) ?? []),
          mayLoosen: deps.sessions.get(context.clientId)?.isOwner === true,
        }
      }),
    }),
  }
}
