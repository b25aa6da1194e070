import type { Problem } from '../../../src-shared/contract/common.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OnuPlaceOnOlt } from '../../../src-shared/domain/onu-config.ts'
import type { StepSecrets } from '../../olt/cli/config-port.ts'
import type { TrapLook } from '../../olt/traps/trap-rules.ts'
import { addWarning, moveAllTargets, movePlan, passCanary } from '../plans/plan-writes.ts'
import { tooManyFailed } from '../plans/rules.ts'
import { actOf } from '../plans/target-goal.ts'
import type { PlanReads, PlanRecord, TargetRecord } from '../plans/tables.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import type { ConfigReadings } from './config-readings.ts'
import type { RunTarget, TargetEnd } from './run-target.ts'
import type { SaveOlt } from './save-olt.ts'
import { waitFor } from './wait.ts'

/**
 * All targets of a plan: OLTs at once, one ONU after the other on each, at the pace that was asked
 * for; the canary first. Stops by itself on failures and on alarms it causes.
 */

export interface RunningPlan {
  /** After the step that runs. */
  readonly halt: (kind: 'pause' | 'stop' | 'interrupt') => void
  /** The canary has been looked at by a person. */
  readonly skipWait: () => void
  /** The app must end and a session does not: nothing is waited for any more. */
  readonly abort: () => void
  readonly ended: Promise<void>
}

/**
 * A subscriber who waits for one ONU does not wait for a minute of reading: of a few ONUs that lose
 * nothing, the first line goes out though the configuration before it has not come yet.
 */
const fewOnus = 10
const fewPatienceMs = 5_000
/** No configuration takes longer to come; then its reading has failed. */
const longestReadingMs = 30 * 60_000

/** Alarms are asked for at most this often. */
const alarmsEveryMs = 2_000

/** Changes that take ONUs off the air by themselves. */
const takesDown: ReadonlySet<string> = new Set([
  'disable',
  'suspend',
  'reboot',
  'factory-reset',
  'delete',
  'move',
  'replace',
  'undo',
])

type HaltKind = 'pause' | 'stop' | 'interrupt'

export const startPlan = (
  deps: Pick<
    ProvisioningDependencies,
    'clock' | 'write' | 'log' | 'alarmsSince' | 'look' | 'told'
  > & {
    readonly reads: PlanReads
    readonly runTarget: RunTarget
    readonly saveOlt: SaveOlt
    readonly readings: ConfigReadings
    /** A target or the plan moved; null: the plan alone. */
    readonly moved: (planId: string, target: number | null) => void
    /** The turn of a target is over. */
    readonly ended: (plan: PlanRecord, target: number, end: TargetEnd) => void
  },
  plan: PlanRecord,
  secrets: StepSecrets,
): RunningPlan => {
  const { clock, reads } = deps
  const hurry = new AbortController()
  const looked = new AbortController()
  /** Ends a session that does not answer when the app must end. */
  const aborting = new AbortController()
  const startedAt = clock.now()
  const touched: OnuPlaceOnOlt[] = []
  const changedOlts = new Set<string>()
  /** Whose configuration was read before. */
  const olts = new Map<string, Promise<void>>()
  /** A reboot leaves the OLT set as it is. */
  const changesConfig = plan.undoes !== null || actOf(plan.change) === null
  const onus = Object.values(reads.counts(plan.id)).reduce((sum, count) => sum + count, 0)
  const isFew = plan.risk !== 'destructive' && onus <= fewOnus
  const configRead = (oltId: string): Promise<void> => {
    const patienceMs = isFew ? fewPatienceMs : longestReadingMs
    const read = olts.get(oltId) ?? deps.readings.before(plan.id, oltId, patienceMs, hurry.signal)
    olts.set(oltId, read)
    return read
  }
  let halted: { readonly kind: HaltKind; readonly problem: Problem } | null = null
  let endedCount = 0
  let failedCount = 0
  let alarmsAskedAt = -Infinity

  const haltWith = (kind: HaltKind, problem: Problem): void => {
    halted ??= { kind, problem }
    hurry.abort()
  }
  const haltedNow = () => halted

  const watchAlarms = (now: boolean): void => {
    const limit = plan.pace.stopAtAlarms
    if (limit === null || touched.length === 0) return
    if (!now && clock.monotonic() - alarmsAskedAt < alarmsEveryMs) return
    alarmsAskedAt = clock.monotonic()
    const alarms = deps.alarmsSince(touched, startedAt, takesDown.has(plan.kind))
    if (alarms >= limit) haltWith('stop', { code: 'plan-stopped-alarms', params: { alarms } })
  }

  const took = (end: TargetEnd): void => {
    if (end === 'put-back') return
    endedCount++
    if (end !== 'done') failedCount++
    if (tooManyFailed(endedCount, failedCount, plan.pace.stopAtFailedShare)) {
      haltWith('stop', {
        code: 'plan-stopped-failures',
        params: { failed: failedCount, of: endedCount },
      })
    }
    watchAlarms(false)
  }

  const lookAt = (places: readonly OnuPlaceOnOlt[]): void => {
    for (const { oltId, address } of places) {
      const { shelf, slot, port, onuId } = address
      const looks: TrapLook[] = [
        { kind: 'onu', pon: { shelf, slot, port }, onuId },
        { kind: 'unconfigured' },
      ]
      deps.look(oltId, looks)
    }
  }

  /** Who the ONU is now, as it was read back: known at once and not after the next whole walk. */
  const tell = (seq: number): void => {
    const target = reads.target(plan.id, seq)
    const config = target?.read?.config
    if (target === null || target === undefined || config === null || config === undefined) return
    deps.told(target.oltAfterId, { address: unpackOnuAddress(target.addressAfter), ...config })
  }

  const lane = async (oltId: string, onlyCanary: boolean): Promise<void> => {
    const { perMinute } = plan.pace
    let last = -1
    let earliest = -Infinity
    while (haltedNow() === null) {
      const target = reads.nextWaiting(plan.id, oltId, last, onlyCanary)
      if (target === null) return
      last = target.seq
      if (perMinute !== null) {
        await waitFor(clock, earliest - clock.monotonic(), hurry.signal)
        if (haltedNow() !== null) return
        earliest = clock.monotonic() + 60_000 / perMinute
      }
      const places = placesOf(target)
      if (changesConfig) {
        for (const place of places) await configRead(place.oltId)
        if (haltedNow() !== null) return
      }
      touched.push(...places)
      deps.moved(plan.id, target.seq)
      const { end, changed } = await deps.runTarget(
        plan,
        target.seq,
        secrets,
        haltedNow,
        aborting.signal,
      )
      for (const one of changed) changedOlts.add(one)
      took(end)
      deps.ended(plan, target.seq, end)
      deps.moved(plan.id, target.seq)
      if (changed.length > 0) {
        tell(target.seq)
        lookAt(places)
      }
    }
  }

  const phase = async (onlyCanary: boolean): Promise<void> => {
    // A lane that breaks must not leave the others running unwatched.
    const lanes = reads.lanes(plan.id).map((oltId) =>
      lane(oltId, onlyCanary).catch((error: unknown) => {
        haltWith('interrupt', { code: 'internal', params: {} })
        throw error
      }),
    )
    const results = await Promise.allSettled(lanes)
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }

  const canary = async (): Promise<void> => {
    await phase(true)
    if (haltedNow() !== null) return
    if (failedCount > 0) {
      haltWith('stop', {
        code: 'plan-stopped-failures',
        params: { failed: failedCount, of: endedCount },
      })
      return
    }
    if (reads.lanes(plan.id).length > 0) {
      const at = clock.now()
      deps.write('provisioning.canaryWait', { planId: plan.id }, (tx) => {
        movePlan(tx, plan.id, ['running'], 'canary-wait', { at })
      })
      deps.moved(plan.id, null)
      const either = AbortSignal.any([hurry.signal, looked.signal])
      await waitFor(clock, plan.pace.canaryWaitS * 1000, either)
      watchAlarms(true)
    }
    if (haltedNow() !== null) return
    deps.write('provisioning.canaryPassed', { planId: plan.id }, (tx) => {
      passCanary(tx, plan.id)
      movePlan(tx, plan.id, ['canary-wait'], 'running', { at: clock.now() })
    })
    deps.moved(plan.id, null)
  }

  const finish = (): void => {
    deps.write(
      'provisioning.planEnded',
      { planId: plan.id, halted: haltedNow()?.kind ?? null },
      (tx) => {
        const at = clock.now()
        const from = ['running', 'canary-wait'] as const
        const counts = reads.counts(plan.id)
        const left = counts.waiting + counts.running
        const halt = left === 0 && haltedNow()?.kind === 'pause' ? null : haltedNow()
        if (left === 0 && halt?.kind !== 'interrupt') {
          const failed = counts.failed + counts.unknown > 0
          movePlan(tx, plan.id, from, failed ? 'failed' : 'done', {
            at,
            ended: true,
            stopReason: halt?.problem ?? null,
          })
          return
        }
        switch (halt?.kind) {
          case 'pause':
            movePlan(tx, plan.id, from, 'paused', { at, stopReason: null })
            return
          case 'stop':
            moveAllTargets(tx, plan.id, ['waiting'], 'skipped')
            movePlan(tx, plan.id, from, 'stopped', { at, stopReason: halt.problem })
            return
          default:
            movePlan(tx, plan.id, from, 'interrupted', {
              at,
              stopReason: halt?.problem ?? { code: 'plan-interrupted', params: {} },
            })
        }
      },
    )
  }

  const run = async (): Promise<void> => {
    try {
      if (!plan.canaryPassed) await canary()
      if (haltedNow() === null) {
        await phase(false)
        watchAlarms(true)
      }
      const kind = haltedNow()?.kind
      if (kind !== 'interrupt' && kind !== 'pause') {
        for (const oltId of changedOlts) {
          const problem = await deps.saveOlt(plan.id, oltId, aborting.signal)
          if (problem === null) continue
          const olt = plan.olts.find((one) => one.oltId === oltId)?.oltName ?? ''
          deps.write(
            'provisioning.saveFailed',
            { planId: plan.id, oltId, code: problem.code },
            (tx) =>
              addWarning(tx, plan.id, {
                ...problem,
                params: { ...problem.params, step: 'save', olt },
              }),
          )
        }
      }
    } catch (error) {
      deps.log.error('a plan could not be run on', { planId: plan.id, error })
      haltWith('interrupt', { code: 'internal', params: {} })
    }
    finish()
    deps.moved(plan.id, null)
    for (const oltId of olts.keys()) deps.readings.after(plan.id, oltId, changedOlts.has(oltId))
  }

  return {
    halt: (kind) => {
      const code = kind === 'interrupt' ? 'plan-interrupted' : 'plan-stopped-by-person'
      haltWith(kind, { code, params: {} })
    },
    skipWait: () => looked.abort(),
    abort: () => {
      haltWith('interrupt', { code: 'plan-interrupted', params: {} })
      aborting.abort()
    },
    ended: run().catch((error: unknown) => {
      deps.log.error('the end of a plan could not be noted', { planId: plan.id, error })
    }),
  }
}

/** Where a target's ONU stands now, for whoever wants it read soon. */
const placesOf = (target: TargetRecord): readonly OnuPlaceOnOlt[] => [
  { oltId: target.oltId, address: unpackOnuAddress(target.address) },
  ...(target.oltId === target.oltAfterId && target.address === target.addressAfter
    ? []
    : [{ oltId: target.oltAfterId, address: unpackOnuAddress(target.addressAfter) }]),
]
