import type { Clock } from '../../engine/clock.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import { movePlan, wipePasswords } from './plan-writes.ts'
import { heldLifeMs, planLifeMs } from './rules.ts'
import type { PlanReads, PlanRecord } from './tables.ts'

const sweepMs = 30_000
/** So long a plan that ended badly can be finished with its passwords. */
const passwordsMs = 24 * 3_600_000

/**
 * A draft lives a quarter of an hour, by the wall clock or by the monotonic one, whichever ends first:
 * a clock that jumps back does not bring it to life again. One that a second person is asked about lives
 * until he has answered and the answer is used; what it is applied to is read again before anyway.
 */
export const createExpiry = (deps: {
  readonly clock: Clock
  readonly reads: PlanReads
  readonly write: ProvisioningDependencies['write']
  /** Wall ms until which it waits for a second person, or for its use; null: it does not. */
  readonly heldUntil: (planId: string) => number | null
  readonly moved: (planId: string) => void
}) => {
  const { clock, reads } = deps
  const madeAt = new Map<string, number>()
  const expired = new Set<string>()
  let stopTimer: (() => void) | null = null

  const isExpired = (plan: PlanRecord): boolean => {
    if (plan.state !== 'draft') return false
    if (expired.has(plan.id)) return true
    const at = madeAt.get(plan.id)
    // One that was not made in this run is from before a restart.
    const held = at === undefined ? null : deps.heldUntil(plan.id)
    const over =
      at === undefined ||
      clock.monotonic() - at >= (held === null ? planLifeMs : heldLifeMs) ||
      clock.now() >= Math.max(plan.expiresAt, held ?? 0) ||
      clock.now() < plan.createdAt - planLifeMs
    if (over) expired.add(plan.id)
    return over
  }

  const sweep = (): void => {
    stopTimer = null
    const over = reads.inStates('draft').filter(isExpired)
    if (over.length > 0) {
      deps.write('provisioning.expire', { plans: over.length }, (tx) => {
        for (const { id } of over) {
          movePlan(tx, id, ['draft'], 'expired', { at: clock.now(), ended: true })
        }
      })
      for (const { id } of over) {
        madeAt.delete(id)
        expired.delete(id)
        deps.moved(id)
      }
    }
    if (madeAt.size > 0) stopTimer = clock.after(sweepMs, sweep)
  }

  return {
    isExpired,
    made: (plan: PlanRecord): void => {
      madeAt.set(plan.id, clock.monotonic())
      stopTimer ??= clock.after(sweepMs, sweep)
    },
    /**
     * SECURITY: passwords of a plan that failed or was stopped do not lie there for ever. At the start
     * of the app.
     */
    wipeOld: (): void => {
      const before = clock.now() - passwordsMs
      const old = reads
        .inStates('failed', 'stopped', 'interrupted', 'paused')
        .filter(({ id, createdAt }) => createdAt < before && reads.passwords(id) !== null)
      if (old.length === 0) return
      deps.write('provisioning.wipePasswords', { plans: old.length }, (tx) => {
        for (const { id } of old) wipePasswords(tx, id)
      })
    },
    stop: (): void => {
      stopTimer?.()
      stopTimer = null
    },
  }
}
