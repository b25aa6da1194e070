import type { Problem } from '../../../src-shared/contract/common.ts'
import { insertSteps, moveStep } from '../plans/plan-writes.ts'
import { problemOf } from '../plans/read-before.ts'
import { oltSteps, type PlanReads, type StepRecord } from '../plans/tables.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import type { Journal } from './journal.ts'

/** Why an OLT did not save its configuration; null: it did, or its family has no such step. */
export type SaveOlt = (
  planId: string,
  oltId: string,
  signal: AbortSignal,
) => Promise<Problem | null>

export const createSaveOlt = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'configs' | 'hooks'> & {
    readonly reads: PlanReads
    readonly journal: Journal
  },
): SaveOlt => {
  const { clock, configs, reads, journal } = deps

  /** The one of the preview, or another one when the plan was gone on with after saving. */
  const stepFor = (
    planId: string,
    oltId: string,
  ): { readonly step: StepRecord; readonly isNew: boolean } | null => {
    const known = reads.steps(planId, oltSteps)
    const waiting = known.find((step) => step.oltId === oltId && step.state === 'waiting')
    if (waiting !== undefined) return { step: waiting, isNew: false }
    const before = known.find((step) => step.oltId === oltId)
    if (before === undefined) return null
    const step: StepRecord = {
      ...before,
      seq: known.length,
      state: 'waiting',
      problem: null,
      exchanges: [],
      startedAt: null,
      endedAt: null,
    }
    return { step, isNew: true }
  }

  return async (planId, oltId, signal) => {
    const chosen = stepFor(planId, oltId)
    if (chosen === null) return null
    const { step, isNew } = chosen
    const note = (state: string, problem: Problem | null) => [
      {
        planId,
        target: oltSteps,
        step: step.seq,
        kind: 'save',
        oltId,
        state,
        code: problem?.code ?? null,
      },
    ]
    const where = { planId, target: oltSteps, step: step.seq }
    let sent = false
    try {
      return await configs.of(oltId).withWriter(signal, async (writer) => {
        await deps.hooks?.at('before-journal-sending', where)
        await journal.commit(note('sending', null), (tx) => {
          if (isNew) insertSteps(tx, [step])
          moveStep(tx, planId, oltSteps, step.seq, { state: 'sending', at: clock.now() })
        })
        await deps.hooks?.at('after-journal-sending', where)
        sent = true
        const outcome = await writer.run({ kind: 'save' }, signal)
        await deps.hooks?.at('after-send', where)
        const problem = outcome.kind === 'done' ? null : outcome.problem
        await journal.commit(note(outcome.kind, problem), (tx) =>
          moveStep(tx, planId, oltSteps, step.seq, {
            state: outcome.kind === 'not-sent' ? 'waiting' : outcome.kind,
            problem,
            exchanges: outcome.exchanges,
            at: clock.now(),
          }),
        )
        await deps.hooks?.at('after-journal-outcome', where)
        return problem
      })
    } catch (error) {
      const problem = problemOf(error)
      if (problem === null) throw error
      if (sent) {
        await journal.commit(note('unknown', problem), (tx) =>
          moveStep(tx, planId, oltSteps, step.seq, { state: 'unknown', problem, at: clock.now() }),
        )
      }
      return problem
    }
  }
}
