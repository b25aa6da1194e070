import type { MaintenancePlan } from '../../../src-shared/contract/alarms-model.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { PlantLookup } from '../../engine/capability-ports.ts'
import type { Clock } from '../../engine/clock.ts'
import type { CommandHandlers, SessionInfo } from '../../engine/handlers.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Person } from '../book/alarm.ts'
import { isTimeZone, longestRunMs, nextRun } from './calendar.ts'
import { putMaintenance, type MaintenanceReads, type MaintenanceRecord } from './tables.ts'
import type { LiveWindow, MaintenanceWindows } from './windows.ts'

export type MaintenanceCommand =
  | 'alarms.planMaintenance'
  | 'alarms.changeMaintenance'
  | 'alarms.endMaintenance'
  | 'alarms.answerMaintenance'

const wrong = (field: string, rule: string): NocturneError =>
  new NocturneError('invalid-input', { field, rule })

/** Throws 'invalid-input' with the field, or 'not-found' for what the scope names. */
export const checkPlan = (
  plan: MaintenancePlan,
  known: { readonly facts: Pick<NetworkFacts, 'olt'>; readonly plant: PlantLookup | null },
  now: number,
): void => {
  const { scope, startsAt, endsAt, repeats, repeatsUntil } = plan
  if (!isTimeZone(plan.timeZone)) throw wrong('timeZone', 'unknown')
  if (!(endsAt > startsAt)) throw wrong('endsAt', 'before-start')
  if (endsAt - startsAt > longestRunMs[repeats]) throw wrong('endsAt', 'too-long')
  if (repeats === 'never' && repeatsUntil !== null) throw wrong('repeatsUntil', 'never-repeats')
  if (repeatsUntil !== null && repeatsUntil < startsAt) throw wrong('repeatsUntil', 'before-start')
  if (nextRun(plan, now) === null) throw wrong('endsAt', 'past')
  const named = [...scope.oltIds, ...scope.pons, ...scope.nodeIds, ...scope.onus]
  if (named.length === 0) throw wrong('scope', 'empty')
  const oltIds = [
    ...scope.oltIds,
    ...scope.pons.map(({ oltId }) => oltId),
    ...scope.onus.map(({ oltId }) => oltId),
  ]
  for (const oltId of new Set(oltIds)) {
    if (known.facts.olt(oltId) === undefined) throw new NocturneError('not-found', { what: 'olt' })
  }
  for (const nodeId of scope.nodeIds) {
    if (known.plant?.node(nodeId) == null) throw new NocturneError('not-found', { what: 'node' })
  }
}

export const createMaintenanceCommands = (deps: {
  readonly clock: Clock
  readonly newId: () => string
  readonly facts: Pick<NetworkFacts, 'olt'>
  readonly plant: () => PlantLookup | null
  readonly windows: MaintenanceWindows
  readonly reads: MaintenanceReads
  readonly personOf: (session: SessionInfo | null) => Person
  readonly silence: (window: LiveWindow) => void
}): CommandHandlers<MaintenanceCommand> => {
  const { clock, windows } = deps

  const keep = (tx: Transaction, record: MaintenanceRecord, kind: 'created' | 'updated'): void => {
    putMaintenance(tx, record, clock.now())
    tx.change({
      entity: 'maintenance',
      entityId: record.id,
      kind,
      version: record.version,
      data: { ...record.plan, state: record.state },
    })
  }

  const living = (id: string): LiveWindow => {
    const window = windows.get(id)
    if (window !== undefined) return window
    const past = deps.reads.byId(id)
    throw past === undefined
      ? new NocturneError('not-found', { what: 'maintenance' })
      : new NocturneError('conflict', { what: 'maintenance', version: past.version })
  }

  const ofVersion = (id: string, baseVersion: number): LiveWindow => {
    const window = living(id)
    const { version } = window.record
    if (version !== baseVersion) {
      throw new NocturneError('conflict', { what: 'maintenance', version })
    }
    return window
  }

  const check = (plan: MaintenancePlan): void =>
    checkPlan(plan, { facts: deps.facts, plant: deps.plant() }, clock.now())

  return {
    'alarms.planMaintenance': (plan, { session }) => {
      check(plan)
      const record: MaintenanceRecord = {
        id: deps.newId(),
        version: 1,
        plan,
        state: 'planned',
        owner: deps.personOf(session),
        runEnded: null,
        asks: null,
        createdAt: clock.now(),
      }
      return {
        apply: (tx) => {
          keep(tx, record, 'created')
          return { id: record.id }
        },
        after: () => windows.put(record),
      }
    },

    'alarms.changeMaintenance': ({ id, baseVersion, plan }) => {
      let next: MaintenanceRecord | null = null
      return {
        apply: (tx) => {
          const { record } = ofVersion(id, baseVersion)
          if (record.state !== 'planned') {
            throw new NocturneError('conflict', { what: 'maintenance', version: record.version })
          }
          check(plan)
          next = { ...record, plan, version: record.version + 1 }
          keep(tx, next, 'updated')
          return { version: next.version }
        },
        after: () => {
          if (next !== null) windows.put(next)
        },
      }
    },

    'alarms.endMaintenance': ({ id, baseVersion }) => {
      let next: MaintenanceRecord | null = null
      return {
        apply: (tx) => {
          const window = ofVersion(id, baseVersion)
          const { record, run } = window
          if (run === null) {
            throw new NocturneError('conflict', { what: 'maintenance', version: record.version })
          }
          next = window.isOn
            ? windows.afterRun(window, 'person')
            : { ...record, state: 'cancelled', version: record.version + 1 }
          keep(tx, next, 'updated')
          return { version: next.version }
        },
        after: () => {
          if (next !== null) windows.put(next)
        },
      }
    },

    'alarms.answerMaintenance': ({ id, alarm }) => {
      let answered: { readonly window: LiveWindow; readonly next: MaintenanceRecord } | null = null
      return {
        apply: (tx) => {
          const window = living(id)
          const { record } = window
          if (record.asks === null) {
            throw new NocturneError('conflict', { what: 'maintenance', version: record.version })
          }
          const next = { ...record, asks: null, version: record.version + 1 }
          answered = { window, next }
          keep(tx, next, 'updated')
          return {}
        },
        after: () => {
          if (answered === null) return
          // What stays quiet must be so before the window lets go of it.
          if (!alarm) deps.silence(answered.window)
          windows.put(answered.next)
        },
      }
    },
  }
}
