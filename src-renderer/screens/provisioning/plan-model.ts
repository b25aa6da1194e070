import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import type { Rights } from './use-rights.ts'

/** What can be done with a plan as it stands; the first is what one came for. */

export type PlanAct =
  | 'apply'
  | 'pause'
  | 'continue'
  | 'stop'
  | 'readBack'
  | 'undo'
  | 'discard'
  | 'again'
  | 'pace'

export const isLive = ({ state }: Pick<PlanRow, 'state'>): boolean =>
  state === 'running' || state === 'canary-wait' || state === 'paused'

/** A draft whose time is over, whether or not the engine has said so yet. */
export const isExpired = (plan: Pick<PlanRow, 'state' | 'expiresAt'>, now: number): boolean =>
  plan.state === 'expired' || (plan.state === 'draft' && plan.expiresAt <= now)

type Shape = Pick<PlanRow, 'state' | 'expiresAt' | 'counts' | 'obstacles' | 'undoneBy' | 'change'>

const offered = (plan: Shape, now: number): readonly PlanAct[] => {
  const { counts } = plan
  const undo: readonly PlanAct[] = counts.done > 0 && plan.undoneBy === null ? ['undo'] : []
  const readBack: readonly PlanAct[] = counts.unknown > 0 ? ['readBack'] : []
  if (isExpired(plan, now)) return ['again', 'discard']
  switch (plan.state) {
    case 'draft':
      return ['apply', ...(counts.total > 1 ? (['pace'] as const) : []), 'discard']
    case 'running':
      return counts.total > 1 ? ['pause', 'stop'] : ['stop']
    case 'canary-wait':
    case 'paused':
      return ['continue', 'stop']
    case 'stopped':
    case 'interrupted':
      return [...readBack, 'continue', ...undo]
    case 'done':
      return undo
    case 'failed':
      return [...readBack, ...undo, 'again']
    case 'expired':
    case 'discarded':
      return ['again']
  }
}

const applies: ReadonlySet<PlanAct> = new Set<PlanAct>([
  'apply',
  'pause',
  'continue',
  'stop',
  'readBack',
])

/** Acts on offer for somebody with these rights. */
export const planActs = (plan: Shape, rights: Rights, now: number): readonly PlanAct[] =>
  offered(plan, now).filter((act) =>
    applies.has(act) ? rights.apply && (plan.counts.total <= 1 || rights.batch) : rights.make,
  )

/** 0..1 of what has ended, whichever way. */
export const progressOf = ({ counts }: Pick<PlanRow, 'counts'>): number =>
  counts.total === 0 ? 0 : (counts.total - counts.waiting) / counts.total

type LeftOut = PlanRow['leftOut'][number]

/** Thousands are left alone for a few reasons: each is said once, with those it holds for. */
export const byReason = (
  leftOut: readonly LeftOut[],
): readonly {
  readonly key: string
  readonly problem: LeftOut['problem']
  readonly rows: readonly LeftOut[]
}[] =>
  [...Map.groupBy(leftOut, ({ problem }) => JSON.stringify(problem))].map(([key, rows]) => ({
    key,
    problem: rows[0]!.problem,
    rows,
  }))
