import type { Payload } from '../../../src-shared/contract/index.ts'
import type { Clock } from '../../engine/clock.ts'
import type { Emit } from '../../engine/handlers.ts'
import type { PlanRows } from '../plans/plan-rows.ts'
import { targetRow } from '../plans/plan-rows.ts'
import type { PlanReads } from '../plans/tables.ts'

export type ChangedList = Payload<'provisioning.changed'>['what']

export interface PlanEvents {
  /** A plan moved, and a target of it; told at most four times a second. */
  readonly moved: (planId: string, target: number | null) => void
  readonly changed: (what: ChangedList) => void
  readonly stop: () => void
}

const everyMs = 250

export const createPlanEvents = (deps: {
  readonly clock: Clock
  readonly emit: Emit
  readonly reads: PlanReads
  readonly rows: PlanRows
}): PlanEvents => {
  const { clock, emit, reads, rows } = deps
  /** By plan: the target that moved last. */
  const waiting = new Map<string, number | null>()
  let stopTimer: (() => void) | null = null

  const tell = (): void => {
    stopTimer = null
    for (const [planId, target] of waiting) {
      emit(
        'provisioning.planChanged',
        () => {
          const plan = reads.plan(planId)
          if (plan === null) return null
          const row = target === null ? null : reads.target(planId, target)
          return { plan: rows.planRow(plan), target: row === null ? null : targetRow(row) }
        },
        { key: planId },
      )
    }
    waiting.clear()
  }

  return {
    moved: (planId, target) => {
      waiting.set(planId, target ?? waiting.get(planId) ?? null)
      stopTimer ??= clock.after(everyMs, tell)
    },
    changed: (what) => emit('provisioning.changed', { what }, { key: what }),
    stop: () => {
      stopTimer?.()
      stopTimer = null
    },
  }
}
