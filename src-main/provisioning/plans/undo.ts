import type { Problem } from '../../../src-shared/contract/common.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { OltConfigs } from '../../engine/olt-configs.ts'
import { foreignParts, plannedDifferences, sameConfig } from './compare.ts'
import type { Resolved } from './compose.ts'
import type { DraftPlan, PlanMaker, Plans } from './plan-maker.ts'
import { readPlaces } from './read-before.ts'
import type { LeftOut } from './resolve.ts'
import { withoutServiceNumbers } from './settings.ts'
import type { PlanReads, PlanRecord, TargetRecord } from './tables.ts'
import { goalOf, moves, type FoundNow, type TargetGoal } from './target-goal.ts'

const notUndoable = (why: string, more: Problem['params'] = {}): Problem => ({
  code: 'plan-not-undoable',
  params: { why, ...more },
})

/** Why a target cannot be taken back, or not wholly, as far as is known without asking; null: it can. */
export const inverseProblem = (goal: TargetGoal): Problem | null => {
  if (goal.act !== null) return notUndoable('no-inverse', { act: goal.act })
  const { before, after } = goal
  if (before === null || after === null) return passwordsLost(goal)
  const lost = plannedDifferences(before, after)
    .map(({ part }) => part)
    .filter((part) => before[part] === null)
  return lost.length > 0 ? notUndoable('not-known', { parts: lost.join(' ') }) : passwordsLost(goal)
}

/** A password that is overwritten is read by nobody. */
const passwordsLost = ({ before, after }: TargetGoal): Problem | null => {
  const changes =
    before !== null &&
    (after === null || plannedDifferences(before, after).some(({ part }) => part === 'wan'))
  return changes && before.wan?.mode === 'pppoe' ? notUndoable('password', { parts: 'wan' }) : null
}

const applied: ReadonlySet<string> = new Set([
  'running',
  'canary-wait',
  'paused',
  'stopped',
  'interrupted',
  'done',
  'failed',
])

/** By the books alone: something was done, and nothing took it back yet. */
export const undoProblem = (
  reads: Pick<PlanReads, 'plan'>,
  plan: PlanRecord,
  target: TargetRecord,
): Problem | null => {
  if (!target.begun) return notUndoable('not-begun')
  if (target.state === 'running') return notUndoable('running')
  if (target.undoneBy !== null) {
    const state = reads.plan(target.undoneBy)?.state
    if (state !== undefined && applied.has(state)) return notUndoable('undone')
  }
  const goal = goalOf(target, plan.change, plan.undoes !== null)
  return goal.act === null ? null : inverseProblem(goal)
}

/**
 * The plan that takes an applied one back: the difference the other way, from what each ONU is now.
 * Preconditions: it is as the plan left it, the place it came from is free, the act has an inverse.
 */
export const makeUndo = async (
  deps: {
    readonly reads: PlanReads
    readonly configs: OltConfigs
    readonly compose: Plans['compose']
  },
  plan: PlanRecord,
  seqs: readonly number[] | null,
  maker: PlanMaker,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<DraftPlan> => {
  const { reads, configs } = deps
  const leftOut: LeftOut[] = []
  const leave = (target: TargetRecord, problem: Problem): void => {
    leftOut.push({ oltId: target.oltId, text: target.serial, problem })
  }
  // Mostly the same one for thousands of targets.
  const plans = new Map<string, PlanRecord | null>()
  const planOf = (id: string): PlanRecord | null => {
    const known = plans.get(id)
    if (known !== undefined) return known
    const read = reads.plan(id)
    plans.set(id, read)
    return read
  }
  const wanted = seqs === null ? null : new Set(seqs)
  const targets = reads
    .targets(plan.id, ['done', 'failed', 'unknown'], 20_000, 0)
    .filter(({ seq, begun }) => (wanted === null ? begun : wanted.has(seq)))
  const taken = targets.filter((target) => {
    const problem = undoProblem({ plan: planOf }, plan, target)
    const obstacle = configs.obstacle(target.oltId) ?? configs.obstacle(target.oltAfterId)
    if (problem !== null) leave(target, problem)
    else if (obstacle !== null) leave(target, obstacle)
    return problem === null && obstacle === null
  })
  const goals = taken.map((target) => goalOf(target, plan.change, plan.undoes !== null))
  const readings = await readPlaces(
    configs,
    goals.flatMap((goal) => (moves(goal) ? [goal.from, goal.to] : [goal.from])),
    signal,
    onProgress,
  )
  const warnings: Problem[] = []
  const resolved = taken.flatMap((target, index): Resolved[] => {
    const goal = goals[index]!
    const from = readings(goal.from)
    const to = readings(goal.to)
    if (from.kind === 'not-read') leave(target, from.problem)
    else if (to.kind === 'not-read') leave(target, to.problem)
    else {
      const now = { from: from.config, to: to.config }
      const problem = standsAgainst(target, goal, now)
      if (problem === null) {
        const partly = inverseProblem(goal)
        if (partly !== null) warnings.push(partly)
        return [back(target, goal, now)]
      }
      leave(target, problem)
    }
    return []
  })
  if (resolved.length === 0 && leftOut.length === 0) throw new NocturneError('plan-nothing-to-do')
  return deps.compose(
    {
      kind: 'undo',
      change: plan.change,
      undoes: plan.id,
      pace: { ...plan.pace, canary: 0 },
      passwords: {},
      maker,
    },
    { resolved, leftOut, warnings },
    signal,
  )
}

/** Read now: somebody changed it since, or its old place is taken. */
const standsAgainst = (target: TargetRecord, goal: TargetGoal, now: FoundNow): Problem | null => {
  const there = moves(goal) ? now.to : now.from
  if (target.state === 'done' && !sameConfig(target.read?.config ?? null, there)) {
    return notUndoable('changed')
  }
  if (target.state !== 'done' && there !== null && !moves(goal)) {
    const parts = foreignParts(goal.before, goal.after, there)
    if (parts.length > 0) return notUndoable('changed', { parts: parts.join(' ') })
  }
  if (moves(goal) && now.from !== null && now.from.serial !== goal.before?.serial) {
    return notUndoable('taken')
  }
  if (moves(goal) && now.from !== null && now.to !== null) return notUndoable('taken')
  return null
}

const back = (target: TargetRecord, goal: TargetGoal, now: FoundNow): Resolved => {
  // A move that never arrived is put right where it began.
  const atOrigin = !moves(goal) || now.to === null
  const from = atOrigin ? goal.from : goal.to
  const before = atOrigin ? now.from : now.to
  const after =
    goal.before === null
      ? null
      : before === null || !atOrigin
        ? withoutServiceNumbers(goal.before)
        : goal.before
  return {
    goal: { from, to: goal.from, before, after, act: null },
    now: { from: before, to: atOrigin ? before : now.from },
    oltName: target.oltName,
    name: target.name,
    lenient: true,
    undoesSeq: target.seq,
  }
}
