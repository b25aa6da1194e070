import type { Problem } from '../../../src-shared/contract/common.ts'
import { moveStep, movePlan, moveTarget, skipWaitingSteps } from '../plans/plan-writes.ts'
import { readPlaces } from '../plans/read-before.ts'
import type { PlanReads, PlanRecord } from '../plans/tables.ts'
import { goalOf, moves } from '../plans/target-goal.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import { putRecord } from '../records/record-tables.ts'
import type { Journal } from './journal.ts'
import { heldAfter, judge } from './judge.ts'

/**
 * Reads back the targets of a plan that does not run and whose end is not known, and writes down what
 * is true of them. Nothing is sent. Errors: `cancelled`.
 */
export const readBackPlan = async (
  deps: Pick<ProvisioningDependencies, 'clock' | 'configs'> & {
    readonly reads: PlanReads
    readonly journal: Journal
  },
  plan: PlanRecord,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<void> => {
  const { clock, reads, journal } = deps
  const targets = reads.targets(plan.id, ['unknown'], 20_000, 0)
  const goals = targets.map((target) => goalOf(target, plan.change, plan.undoes !== null))
  const readings = await readPlaces(
    deps.configs,
    goals.flatMap((goal) => (moves(goal) ? [goal.from, goal.to] : [goal.from])),
    signal,
    onProgress,
  )
  for (const [index, target] of targets.entries()) {
    const goal = goals[index]!
    const from = readings(goal.from)
    const to = readings(goal.to)
    if (from.kind === 'not-read' || to.kind === 'not-read') continue
    const steps = reads.steps(plan.id, target.seq)
    const judged = judge(goal, steps, { from: from.config, to: to.config })
    const problem = problemOfVerdict(judged.verdict, judged, target.problem)
    const state =
      judged.verdict === 'as-wanted'
        ? 'done'
        : judged.verdict === 'cannot-tell'
          ? 'unknown'
          : 'failed'
    const found = moves(goal) ? to.config : from.config
    await journal.commit(
      [
        {
          planId: plan.id,
          target: target.seq,
          step: null,
          kind: 'read-back',
          oltId: target.oltId,
          state,
          code: problem?.code ?? null,
        },
      ],
      (tx) => {
        const at = clock.now()
        for (const { seq, state: stepState } of judged.steps) {
          const before = steps.find((one) => one.seq === seq)?.problem ?? null
          moveStep(tx, plan.id, target.seq, seq, {
            state: stepState,
            problem: stepState === 'done' ? null : before,
            at,
          })
        }
        moveTarget(tx, plan.id, target.seq, { state, problem, at, read: { config: found } })
        if (state !== 'unknown') skipWaitingSteps(tx, plan.id, target.seq)
        if (state !== 'done') return
        const { oltId, address, oltAfterId, addressAfter } = target
        if (moves(goal)) putRecord(tx, { oltId, address }, null, at, plan.id)
        const held = heldAfter(goal.after, found)
        putRecord(tx, { oltId: oltAfterId, address: addressAfter }, held, at, plan.id)
      },
    )
  }
  const { waiting, skipped, unknown, running, failed } = reads.counts(plan.id)
  if (waiting + skipped + unknown + running > 0) return
  await journal.commit([], (tx) => {
    movePlan(tx, plan.id, ['interrupted', 'stopped', 'failed'], failed > 0 ? 'failed' : 'done', {
      at: clock.now(),
      ended: true,
    })
  })
}

const problemOfVerdict = (
  verdict: ReturnType<typeof judge>['verdict'],
  judged: ReturnType<typeof judge>,
  before: Problem | null,
): Problem | null => {
  switch (verdict) {
    case 'as-wanted':
      return null
    case 'foreign':
      return { code: 'plan-differs-now', params: { parts: judged.foreign.join(' ') } }
    case 'part-way':
      return {
        code: 'plan-read-back-differs',
        params: { parts: judged.differences.map(({ part }) => part).join(' ') },
      }
    case 'cannot-tell':
      return before
  }
}
