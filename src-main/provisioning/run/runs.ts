import { NocturneError } from '../../../src-shared/errors.ts'
import type { StepSecrets } from '../../olt/cli/config-port.ts'
import type { Transaction } from '../../store/write-path.ts'
import { unseal } from '../../vault/seal.ts'
import { passwordsPlace } from '../plans/plan-maker.ts'
import { moveAllTargets, movePlan, recoverInterrupted, removeOrphan } from '../plans/plan-writes.ts'
import type { PlanReads, PlanRecord, PlanState } from '../plans/tables.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import type { RunningPlan } from './run-plan.ts'
import { waitFor } from './wait.ts'

/** The plans that run now. */
export interface Runs {
  readonly isRunning: (planId: string) => boolean
  /** A draft begins: inside the command's transaction. Errors: `plan-not-applicable`. */
  readonly begin: (tx: Transaction, planId: string) => void
  /** What was not done is taken up again. Errors: `plan-not-applicable`. */
  readonly resume: (tx: Transaction, planId: string) => void
  /** After `begin` or `resume` is on the disk. */
  readonly start: (planId: string) => void
  readonly pause: (planId: string) => boolean
  readonly stop: (planId: string) => boolean
  readonly skipWait: (planId: string) => void
  /** Ends when the plan is not running (any more). */
  readonly ended: (planId: string) => Promise<void>
  /** What a dead process left is put right in the books; nothing is sent. Once. */
  readonly recover: () => void
  readonly stopAll: () => Promise<void>
}

const resumable: readonly PlanState[] = ['paused', 'stopped', 'interrupted', 'failed']
/** So long a step that runs may take to its end when the app is closed. */
const graceMs = 5_000

export const createRuns = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'write' | 'log' | 'vaultKey'> & {
    readonly reads: PlanReads
    readonly startPlan: (plan: PlanRecord, secrets: StepSecrets) => RunningPlan
    readonly moved: (planId: string, target: number | null) => void
  },
): Runs => {
  const { clock, reads } = deps
  const running = new Map<string, RunningPlan>()

  const secretsOf = (planId: string): StepSecrets => {
    const sealed = reads.passwords(planId)
    if (sealed === null) return {}
    const plain = unseal(sealed, deps.vaultKey, passwordsPlace(planId))
    try {
      return JSON.parse(plain.toString('utf8')) as StepSecrets
    } finally {
      plain.fill(0)
    }
  }

  const begin = (tx: Transaction, planId: string, from: readonly PlanState[]): void => {
    const moved = movePlan(tx, planId, from, 'running', { at: clock.now(), started: true })
    if (!moved) {
      const state = reads.plan(planId)?.state ?? ''
      throw new NocturneError('plan-not-applicable', { state })
    }
  }

  return {
    isRunning: (planId) => running.has(planId),
    begin: (tx, planId) => begin(tx, planId, ['draft']),
    resume: (tx, planId) => {
      if (running.has(planId)) throw new NocturneError('plan-not-applicable', { state: 'running' })
      begin(tx, planId, resumable)
      moveAllTargets(tx, planId, ['skipped', 'failed', 'unknown'], 'waiting')
    },
    start: (planId) => {
      const plan = reads.plan(planId)
      if (plan === null || running.has(planId)) return
      const run = deps.startPlan(plan, secretsOf(planId))
      running.set(planId, run)
      void run.ended.then(() => running.delete(planId))
      deps.moved(planId, null)
    },
    pause: (planId) => {
      running.get(planId)?.halt('pause')
      return running.has(planId)
    },
    stop: (planId) => {
      running.get(planId)?.halt('stop')
      return running.has(planId)
    },
    skipWait: (planId) => running.get(planId)?.skipWait(),
    ended: async (planId) => {
      await running.get(planId)?.ended
    },
    recover: () => {
      const orphans = reads.orphans()
      const open = reads.inStates('running', 'canary-wait')
      const drafts = reads.inStates('draft')
      if (orphans.length + open.length + drafts.length === 0) return
      const found = { orphans: orphans.length, interrupted: open.length, drafts: drafts.length }
      deps.write('provisioning.recover', found, (tx) => {
        const at = clock.now()
        for (const planId of orphans) removeOrphan(tx, planId)
        recoverInterrupted(tx, { code: 'plan-interrupted', params: {} }, at)
        // SECURITY: a draft does not outlive the run it was made in, whatever the clock says.
        for (const { id } of drafts) movePlan(tx, id, ['draft'], 'expired', { at, ended: true })
      })
    },
    stopAll: async () => {
      const all = [...running.values()]
      for (const run of all) run.halt('interrupt')
      const ended = Promise.all(all.map((run) => run.ended))
      const enough = new AbortController()
      await Promise.race([ended, waitFor(clock, graceMs, enough.signal)])
      enough.abort()
      for (const run of all) run.abort()
      await ended
    },
  }
}
