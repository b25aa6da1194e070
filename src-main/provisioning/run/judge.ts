import type { Problem } from '../../../src-shared/contract/common.ts'
import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OnuConfig, OnuConfigDifference } from '../../../src-shared/domain/onu-config.ts'
import type { StepOutcome } from '../../olt/cli/config-port.ts'
import { readBackDifferences } from '../plans/compare.ts'
import { isRepeatable, stepHappened } from '../plans/effects.ts'
import type { StepRecord, StepState } from '../plans/tables.ts'
import { moves, ownFound, samePlace, type FoundNow, type TargetGoal } from '../plans/target-goal.ts'

/** What reading back says of a target that was begun. Pure. */
export interface Judgement {
  /** Steps whose end was not known, and what is known of it now. */
  readonly steps: readonly { readonly seq: number; readonly state: StepState }[]
  readonly verdict: 'as-wanted' | 'part-way' | 'foreign' | 'cannot-tell'
  /** Parts that somebody else has changed. */
  readonly foreign: readonly string[]
  readonly now: FoundNow
  readonly differences: readonly OnuConfigDifference[]
}

export const judge = (
  goal: TargetGoal,
  steps: readonly StepRecord[],
  found: FoundNow,
): Judgement => {
  const own = ownFound(goal, found)
  const open = steps.filter(({ state }) => state === 'sending' || state === 'unknown')
  const judged = open.map((step) => ({
    step,
    happened: stepHappened(step.step, at(goal, found, step)),
  }))
  const differences = differencesNow(goal, found)
  const mysterious = judged.some(
    ({ step, happened }) => happened === null && !isRepeatable(step.step),
  )
  return {
    // A step that did not happen was not carried out: it is not unknown any more.
    steps: judged.flatMap(({ step: { seq }, happened }) =>
      happened === null ? [] : [{ seq, state: happened ? 'done' : 'skipped' }],
    ),
    verdict:
      own.foreign.length > 0
        ? 'foreign'
        : mysterious
          ? 'cannot-tell'
          : differences.length === 0 && !actOpen(goal, steps)
            ? 'as-wanted'
            : 'part-way',
    foreign: own.foreign,
    now: own.now,
    differences,
  }
}

/** The act itself (a reboot) has not been sent: the configuration tells nothing of it. */
export const actOpen = (goal: TargetGoal, steps: readonly StepRecord[]): boolean =>
  goal.act !== null &&
  !steps.some(
    ({ step, state }) =>
      step.kind === goal.act && (state === 'done' || state === 'unknown' || state === 'sending'),
  )

/** Wanted against found; of a move the place it left counts too. */
export const differencesNow = (
  goal: TargetGoal,
  found: FoundNow,
): readonly OnuConfigDifference[] => {
  const there = readBackDifferences(goal.after, moves(goal) ? found.to : found.from)
  const left =
    moves(goal) && found.from !== null && found.from.serial === goal.before?.serial
      ? readBackDifferences(null, found.from)
      : []
  return [...there, ...left]
}

const at = (goal: TargetGoal, found: FoundNow, step: StepRecord): OnuConfig | null => {
  if (!moves(goal) || step.step.kind === 'save') return found.from
  const atFrom =
    step.oltId === goal.from.oltId &&
    packOnuAddress(step.step.address) === packOnuAddress(goal.from.address)
  return atFrom && !samePlace(goal.from, goal.to) ? found.from : found.to
}

/**
 * What the console holds from now on: what was read, and of parts that cannot be read what was
 * wanted.
 */
export const heldAfter = (wanted: OnuConfig | null, found: OnuConfig | null): OnuConfig | null => {
  if (wanted === null || found === null) return found
  return {
    serial: found.serial,
    onuType: found.onuType ?? wanted.onuType,
    lineProfile: found.lineProfile ?? wanted.lineProfile,
    serviceProfile: found.serviceProfile ?? wanted.serviceProfile,
    name: found.name ?? wanted.name,
    description: found.description ?? wanted.description,
    adminEnabled: found.adminEnabled ?? wanted.adminEnabled,
    services: found.services ?? wanted.services,
    ethPorts: found.ethPorts ?? wanted.ethPorts,
    wan: found.wan ?? wanted.wan,
    wifi: found.wifi ?? wanted.wifi,
  }
}

/** What an outcome makes of a step: one that was not sent waits as before. */
export const stateAfter = (outcome: StepOutcome): 'done' | 'refused' | 'unknown' | 'waiting' =>
  outcome.kind === 'not-sent' ? 'waiting' : outcome.kind

/** What went wrong last. */
export const lastProblem = (steps: readonly StepRecord[]): Problem =>
  steps.findLast(({ problem }) => problem !== null)?.problem ?? {
    code: 'cli-session-lost',
    params: {},
  }
