import { onuChange, type ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import { pace } from '../../../src-shared/contract/provisioning-plans.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import type { DraftPlan, Plans } from '../plans/plan-maker.ts'
import { problemOf } from '../plans/read-before.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import type { PlanEvents } from '../run/plan-events.ts'
import { noteActual, noteTry, type ServiceReads, type ServiceRecord } from './service-tables.ts'

/**
 * Brings services to what is wanted of them. The wish is in the books at once; the OLT follows when it
 * can be reached. A dead OLT delays the act, never the books.
 */
export interface Reconciler {
  readonly start: () => void
  readonly stop: () => void
  /** A wish came: looks at once. */
  readonly look: () => void
  /** An ONU was read: what that says of its service. */
  readonly seen: (oltId: string, address: number, config: OnuConfig | null) => void
}

const everyMs = 10_000
const atOnce = 64
const firstPauseMs = 30_000
const longestPauseMs = 3_600_000
/** Reading by the network says no more of an OLT that has not answered so long. */
const freshMs = 15 * 60_000
const anyPace = pace.parse({})

export const pauseAfter = (tries: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(tries, 12))

export const createReconciler = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'configs' | 'facts' | 'write' | 'log'> & {
    readonly reads: ServiceReads
    readonly plans: Plans
    readonly events: PlanEvents
    readonly carryOut: (draft: DraftPlan) => Promise<boolean>
  },
): Reconciler => {
  const { clock, configs, facts, reads } = deps
  const disabled = onuStates.indexOf('disabled')
  const unknown = onuStates.indexOf('unknown')
  const busy = new Set<string>()
  /** OLTs for which something came while they were busy. */
  const asked = new Set<string>()
  let stopTimer: (() => void) | null = null
  let stopping = new AbortController()

  const write = (name: string, input: object, apply: Parameters<typeof deps.write>[2]): void => {
    deps.write(name, input, apply)
    deps.events.changed('services')
  }

  /** What the network says of it now; null: nothing fresh. */
  const byNetwork = (service: ServiceRecord): ServiceState['actual'] | null => {
    const row = facts.rowOf(service.oltId, service.address)
    if (row < 0) return null
    const state = facts.onus.state(row)
    const isFresh = clock.now() - facts.onus.statusAt(row) < freshMs
    if (!isFresh || state === unknown || facts.onus.serial(row) !== service.serial) return null
    return state === disabled ? 'suspended' : 'active'
  }

  const bring = async (service: ServiceRecord): Promise<void> => {
    const { oltId, address } = service
    const fail = (problem: Problem | null, planId: string | null): void =>
      write('provisioning.serviceTried', { oltId, address, code: problem?.code ?? null }, (tx) =>
        noteTry(tx, service, {
          problem,
          planId,
          nextTryAt: clock.now() + pauseAfter(service.tries),
        }),
      )
    const obstacle = configs.obstacle(oltId)
    if (obstacle !== null) {
      fail(obstacle, null)
      return
    }
    try {
      const config = await configs.of(oltId).readOnu(unpackOnuAddress(address), stopping.signal)
      if (config !== null && config.serial !== service.serial) {
        fail({ code: 'plan-differs-now', params: { parts: 'serial' } }, null)
        return
      }
      seen(oltId, address, config)
      const now = reads.service(oltId, address)
      if (now === null || now.agreesSince !== null) return
      if (config === null) {
        fail({ code: 'onu-not-there', params: {} }, null)
        return
      }
      const kind = { active: 'resume', suspended: 'suspend', removed: 'delete' } as const
      const draft = await deps.plans.make(
        {
          change: onuChange.parse({ kind: kind[now.desired] }),
          targets: [{ oltId, address: unpackOnuAddress(address) }],
          pace: anyPace,
          passwords: {},
          maker: {
            accountId: null,
            by: now.desiredBy,
            origin: 'desired-state',
            reason: now.reason,
          },
        },
        stopping.signal,
      )
      const done = await deps.carryOut(draft)
      const after = await configs.of(oltId).readOnu(unpackOnuAddress(address), stopping.signal)
      fail(done ? null : { code: 'plan-read-back-differs', params: {} }, draft.plan.id)
      seen(oltId, address, after)
    } catch (error) {
      const problem = problemOf(error)
      if (problem === null) throw error
      if (!stopping.signal.aborted) fail(problem, null)
    }
  }

  function seen(oltId: string, address: number, config: OnuConfig | null): void {
    const service = reads.service(oltId, address)
    if (service === null) return
    const actual = actualOf(config, service.serial)
    if (actual === 'unknown') return
    write('provisioning.serviceSeen', { oltId, address, actual }, (tx) =>
      noteActual(tx, oltId, address, actual, clock.now()),
    )
  }

  /** What agreed and does not any more (somebody switched it by hand) is brought back. */
  const watch = (): void => {
    const moved = reads.agreeing().flatMap((service) => {
      if (service.desired === 'removed') return []
      const actual = byNetwork(service)
      return actual === null || actual === service.actual ? [] : [{ service, actual }]
    })
    if (moved.length === 0) return
    write('provisioning.servicesSeen', { services: moved.length }, (tx) => {
      for (const { service, actual } of moved) {
        noteActual(tx, service.oltId, service.address, actual, clock.now())
      }
    })
  }

  const bringOne = async (service: ServiceRecord): Promise<void> => {
    let isTried = true
    try {
      await bring(service)
    } catch (error) {
      isTried = false
      deps.log.error('a service could not be brought on', { error })
    }
    busy.delete(service.oltId)
    // What waits behind it comes at once; behind a fault of ours with the next turn of the clock.
    if (asked.delete(service.oltId) && isTried && stopTimer !== null) look()
  }

  const look = (): void => {
    watch()
    for (const service of reads.due(clock.now(), atOnce)) {
      if (busy.has(service.oltId)) {
        asked.add(service.oltId)
        continue
      }
      busy.add(service.oltId)
      void bringOne(service)
    }
  }

  const tick = (): void => {
    stopTimer = clock.after(everyMs, tick)
    look()
  }

  return {
    start: () => {
      if (stopTimer !== null) return
      stopping = new AbortController()
      stopTimer = clock.after(everyMs, tick)
    },
    stop: () => {
      stopping.abort()
      stopTimer?.()
      stopTimer = null
    },
    look,
    seen,
  }
}

/** By the configuration: not there is removed, another serial there as well. */
export const actualOf = (config: OnuConfig | null, serial: string): ServiceState['actual'] => {
  if (config === null || config.serial !== serial) return 'removed'
  if (config.adminEnabled === null) return 'unknown'
  return config.adminEnabled ? 'active' : 'suspended'
}
