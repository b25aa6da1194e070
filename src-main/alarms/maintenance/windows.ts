import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import type { MaintenanceLookup, PlantLookup } from '../../engine/capability-ports.ts'
import type { Clock } from '../../engine/clock.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { nextRun, type Run } from './calendar.ts'
import {
  compileScope,
  countScope,
  covers,
  coversOnu,
  coversPon,
  type CompiledScope,
} from './scope.ts'
import type { MaintenanceRecord } from './tables.ts'

/** Maintenance windows as they stand now: which is on, which asks, what each covers. */
export interface MaintenanceWindows {
  readonly lookup: MaintenanceLookup
  /** The strongest of the windows that are on, or wait for an answer. */
  readonly covering: (resource: AlarmResource) => LiveWindow | null
  readonly get: (id: string) => LiveWindow | undefined
  readonly all: () => readonly LiveWindow[]
  readonly active: () => number
  /** Once a second. */
  readonly turn: () => void
  /** A command has written it. */
  readonly put: (record: MaintenanceRecord) => void
  /** What it is after the run that is on: a command writes it, and puts it in. */
  readonly afterRun: (window: LiveWindow, by: 'person' | 'time') => MaintenanceRecord
}

export interface LiveWindow {
  readonly record: MaintenanceRecord
  /** On, or next. */
  readonly run: Run | null
  readonly isOn: boolean
  readonly scope: CompiledScope
}

export interface WindowsDependencies {
  readonly clock: Clock
  readonly facts: Pick<NetworkFacts, 'olt' | 'onus'>
  readonly plant: () => PlantLookup | null
  readonly stored: readonly MaintenanceRecord[]
  /** The console writes what time did. False: the store took nothing, and is asked again. */
  readonly keep: (record: MaintenanceRecord) => boolean
  /** Some have begun, or cover more. */
  readonly onBegan: () => void
  /** It covers nothing any more, or less. */
  readonly onOver: (isWithin: (resource: AlarmResource) => boolean) => void
  readonly onAsks: (window: LiveWindow) => void
}

/** The strongest first. */
const strength = { skip: 0, mute: 1, mark: 2 } as const

/** Nobody has answered: what is down speaks for itself rather than for ever not. */
const answerByItselfMs = 1_800_000

export const createMaintenanceWindows = (deps: WindowsDependencies): MaintenanceWindows => {
  const { clock } = deps
  const windows = new Map<string, LiveWindow>()
  const unsaved = new Map<string, MaintenanceRecord>()
  const missed: CompiledScope[] = []
  /** Those that keep something quiet, the strongest first. */
  let quiet: readonly LiveWindow[] = []

  const windowOf = (record: MaintenanceRecord, before: LiveWindow | undefined): LiveWindow => {
    const now = clock.now()
    const run = record.state === 'planned' ? nextRun(record.plan, now, record.runEnded) : null
    const plant = deps.plant()
    const same =
      before !== undefined &&
      before.record.plan.scope === record.plan.scope &&
      before.scope.plantRevision === (plant?.revision() ?? 0)
    return {
      record,
      run,
      isOn: run !== null && run.start <= now,
      scope: same ? before.scope : compileScope(record.plan.scope, plant),
    }
  }

  const sortQuiet = (): void => {
    quiet = [...windows.values()]
      .filter(({ isOn, record }) => isOn || record.asks !== null)
      .sort(
        (one, other) => strength[one.record.plan.behaviour] - strength[other.record.plan.behaviour],
      )
  }

  const put = (record: MaintenanceRecord): void => {
    const before = windows.get(record.id)
    const wasQuiet = before !== undefined && (before.isOn || before.record.asks !== null)
    const window = windowOf(record, before)
    if (window.run === null && record.asks === null) windows.delete(record.id)
    else windows.set(record.id, window)
    sortQuiet()
    const isQuiet = window.isOn || record.asks !== null
    if (wasQuiet) {
      const { scope } = before
      deps.onOver((resource) => covers(scope, resource))
    }
    if (isQuiet) deps.onBegan()
  }

  const afterRun = (window: LiveWindow, by: 'person' | 'time'): MaintenanceRecord => {
    const { record, run } = window
    const endedAt = by === 'person' ? clock.now() : (run?.end ?? clock.now())
    const after = { ...record, runEnded: run?.start ?? record.runEnded }
    const next = nextRun(record.plan, clock.now(), after.runEnded)
    const { wentDown } = countScope(window.scope, deps.facts, run?.start ?? 0)
    const asks = record.plan.behaviour !== 'mark' && wentDown > 0
    return {
      ...after,
      version: record.version + 1,
      state: next === null ? 'ended' : record.state,
      asks: asks ? { endedAt, stillDown: wentDown } : null,
    }
  }

  const save = (record: MaintenanceRecord): void => {
    if (deps.keep(record)) unsaved.delete(record.id)
    else unsaved.set(record.id, record)
  }

  const step = (window: LiveWindow, now: number): void => {
    const { record, run } = window
    const { asks } = record
    if (asks !== null && now - asks.endedAt >= answerByItselfMs) {
      const next = { ...record, version: record.version + 1, asks: null }
      put(next)
      save(next)
      return
    }
    if (run === null) return
    if (window.isOn && now >= run.end) {
      const next = afterRun(window, 'time')
      put(next)
      save(next)
      const after = windows.get(record.id)
      if (next.asks !== null && after !== undefined) deps.onAsks(after)
      return
    }
    const hasBegun = !window.isOn && now >= run.start
    if (hasBegun || window.scope.plantRevision !== (deps.plant()?.revision() ?? 0)) put(record)
  }

  // A run that ended while the console was off asks nobody: what still holds is told anew.
  for (const record of deps.stored) {
    const next = withoutMissedRuns(record, clock.now())
    const window = windowOf(next, undefined)
    windows.set(record.id, window)
    if (next === record) continue
    unsaved.set(record.id, next)
    missed.push(window.scope)
  }
  sortQuiet()

  return {
    lookup: (oltId, address, pon = false) => {
      for (const { isOn, record, scope } of quiet) {
        if (!isOn) continue
        const inScope =
          address === null
            ? scope.olts.has(oltId)
            : pon
              ? coversPon(scope, oltId, address)
              : coversOnu(scope, oltId, address)
        if (inScope) return { id: record.id, behaviour: record.plan.behaviour }
      }
      return null
    },
    covering: (resource) => {
      for (const window of quiet) if (covers(window.scope, resource)) return window
      return null
    },
    get: (id) => windows.get(id),
    all: () => [...windows.values()],
    active: () => quiet.filter(({ isOn }) => isOn).length,
    turn: () => {
      const now = clock.now()
      for (const scope of missed.splice(0)) {
        deps.onOver((resource) => covers(scope, resource))
      }
      for (const window of windows.values()) step(window, now)
      for (const record of unsaved.values()) save(record)
      for (const { record, run } of windows.values()) {
        if (run === null && record.asks === null) windows.delete(record.id)
      }
    },
    put,
    afterRun,
  }
}

const withoutMissedRuns = (record: MaintenanceRecord, now: number): MaintenanceRecord => {
  if (record.state !== 'planned') return record
  const { plan } = record
  let runEnded = record.runEnded
  let run = nextRun(plan, Number.NEGATIVE_INFINITY, runEnded)
  if (run === null || run.end > now) {
    return run === null ? { ...record, version: record.version + 1, state: 'ended' } : record
  }
  for (; run !== null && run.end <= now; run = nextRun(plan, run.end, runEnded)) {
    runEnded = run.start
  }
  return {
    ...record,
    version: record.version + 1,
    runEnded,
    state: run === null ? 'ended' : 'planned',
  }
}
