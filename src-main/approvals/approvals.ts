import { NocturneError } from '../../src-shared/errors.ts'
import type { ApprovalGate } from '../engine/approval-ports.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import { createApprovalCommands, type ApprovalsCommand } from './commands.ts'
import { createDesk } from './desk.ts'
import type { ApprovalsDependencies } from './ports.ts'
import { createApprovalQueries, type ApprovalsQuery } from './queries.ts'
import { needsSecond } from './rules.ts'
import { createApprovalReads, liveIn, moveRequest, type RequestRow } from './tables.ts'

/** Separation of duties: an act that needs a second person is asked for, waits, and is decided. */
export interface Approvals {
  readonly queries: QueryHandlers<ApprovalsQuery>
  readonly commands: CommandHandlers<ApprovalsCommand>
  readonly gate: ApprovalGate
  /** What ended while the console was closed is told; from then on by the clock. Once. */
  start(): void
  stop(): void
}

/** What nobody decided or used ends in the books as well. */
const sweepMs = 60_000

export const createApprovals = (deps: ApprovalsDependencies): Approvals => {
  const { clock } = deps
  const reads = createApprovalReads(deps.reader)
  const desk = createDesk(deps)
  let stopTimer: (() => void) | null = null
  let started = false

  const changed = (request: Pick<RequestRow, 'kind' | 'subjectId'> | null): void => {
    deps.emit('approvals.changed', {})
    if (request !== null) desk.kindOf(request.kind).moved(request.subjectId)
    if (started) stopTimer ??= clock.after(sweepMs, sweep)
  }

  const sweep = (): void => {
    stopTimer = null
    const live = reads.allLive()
    const over = live.filter((one) => desk.stateOf(one) !== one.state)
    if (over.length > 0) {
      deps.write('approvals.ended', { requests: over.map(({ id }) => id).slice(0, 50) }, (tx) => {
        for (const request of over) {
          const state = desk.stateOf(request)
          if (state === 'expired' || state === 'fallen') {
            moveRequest(tx, request, { to: state, at: clock.now() })
          }
        }
      })
      for (const request of over) changed(request)
    }
    if (live.length > over.length) stopTimer ??= clock.after(sweepMs, sweep)
  }

  return {
    queries: createApprovalQueries({ ...deps, reads, desk }),
    commands: createApprovalCommands({ ...deps, reads, desk, changed }),
    gate: {
      needs: (kind, thing) => needsSecond(reads.rule(kind), thing),
      check: (kind, subjectId, contentHash) => {
        const request = reads.live(kind, subjectId) ?? reads.latest(kind, subjectId)
        const problem = desk.passProblem(request, kind, subjectId, contentHash)
        if (problem !== null) throw new NocturneError(problem.code, problem.params)
      },
      use: (tx, kind, subjectId, contentHash, by) => {
        const request = liveIn(tx, kind, subjectId)
        const problem = desk.passProblem(request, kind, subjectId, contentHash)
        if (problem !== null) throw new NocturneError(problem.code, problem.params)
        const used =
          request !== null && moveRequest(tx, request, { to: 'used', at: clock.now(), usedBy: by })
        // SECURITY: once: who comes second finds it used.
        if (!used) throw new NocturneError('approval-needed', { state: 'used' })
        deps.emit('approvals.changed', {})
      },
      heldUntil: (kind, subjectId) => {
        const request = reads.live(kind, subjectId)
        return request === null || clock.now() >= request.expiresAt ? null : request.expiresAt
      },
    },
    start: () => {
      started = true
      sweep()
    },
    stop: () => {
      started = false
      stopTimer?.()
      stopTimer = null
    },
  }
}
