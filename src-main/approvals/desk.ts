import type { ApprovalKindName } from '../../src-shared/contract/approvals.ts'
import type { Problem } from '../../src-shared/contract/common.ts'
import type { Access } from '../../src-shared/contract/define.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { ApprovalKind } from '../engine/approval-ports.ts'
import type { CallContext } from '../engine/handlers.ts'
import { decideAccess, type LiveSession } from '../engine/sessions.ts'
import type { ApprovalsDependencies } from './ports.ts'
import { decideProblem, passProblem, stateNow, type Facts, type Person } from './rules.ts'
import type { RequestRow } from './tables.ts'

const nothing: ReadonlySet<string> = new Set()

/** The rules with the facts of now. */
export const createDesk = (
  deps: Pick<ApprovalsDependencies, 'clock' | 'sessions' | 'people' | 'kinds'>,
) => {
  const { clock, people, sessions } = deps

  const kindOf = (name: ApprovalKindName): ApprovalKind => {
    const kind = deps.kinds().find((one) => one.name === name)
    if (kind === undefined) throw new NocturneError('not-found', { what: 'approval-kind' })
    return kind
  }

  const factsOf = (request: Pick<RequestRow, 'kind' | 'subjectId'>): Facts => {
    const kind = kindOf(request.kind)
    return {
      now: clock.now(),
      revision: kind.revision(request.subjectId),
      ask: kind.askPermission,
      approve: kind.approvePermission,
      personNow: (accountId) => {
        const now = people.now(accountId)
        // SECURITY: who does not reach the thing may nothing about it.
        return kind.reached(now.reach, request.subjectId) ? now : { ...now, permissions: nothing }
      },
      handsOn: people.handsOn,
    }
  }

  const personOf = (accountId: string): Person => ({
    accountId,
    employeeId: people.now(accountId).employeeId,
  })

  return {
    kindOf,
    personOf,
    /**
     * Asked when the call begins and again in its transaction: between them is a window that stands
     * open for minutes. Errors: `session-ended`, `session-locked`, `permission-denied`.
     */
    acting: ({ clientId, session: began }: CallContext, access: Access): LiveSession => {
      const session = sessions.get(clientId)
      if (session === null || session.sessionId !== began?.sessionId) {
        throw new NocturneError('session-ended')
      }
      const verdict = decideAccess(session, access, false)
      if (verdict !== 'allowed') throw new NocturneError(verdict)
      return session
    },
    stateOf: (request: RequestRow) =>
      request.endedAt === null
        ? stateNow(request, clock.now(), kindOf(request.kind).revision(request.subjectId))
        : request.state,
    decideProblem: (request: RequestRow, accountId: string): Problem | null =>
      decideProblem(request, personOf(accountId), factsOf(request)),
    passProblem: (
      request: RequestRow | null,
      kind: ApprovalKindName,
      subjectId: string,
      contentHash: string,
    ): Problem | null => passProblem(request, contentHash, factsOf({ kind, subjectId })),
    /** Accounts that could approve such a thing at all. */
    approversOf: (kind: ApprovalKind): readonly string[] =>
      people
        .active()
        .filter((accountId) => people.now(accountId).permissions.has(kind.approvePermission)),
  }
}

export type Desk = ReturnType<typeof createDesk>
