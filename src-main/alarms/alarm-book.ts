import type { AlarmResource } from '../../src-shared/contract/alarms-model.ts'
import type { AlarmsSummary } from '../../src-shared/contract/alarms.ts'
import { alarmTypes } from '../../src-shared/domain/alarm-rules.ts'
import type { OnuPlaceOnOlt } from '../../src-shared/domain/onu-config.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import type { MaintenanceLookup, OutageLookup, PlantLookup } from '../engine/capability-ports.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, Emit, QueryHandlers, SessionInfo } from '../engine/handlers.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import { isEverything, reaches, type Reach } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { alarmsWithin, belongsOfWindow, createAlarmBelongs, type AlarmBelongs } from './belongs.ts'
import type { Alarm } from './book/alarm.ts'
import { createBook } from './book/book.ts'
import { createBookKeeper, type WriteByItself } from './book/keeper.ts'
import { createNotices } from './book/notices.ts'
import { oltIdOf, placeOf } from './book/place.ts'
import { createRegister, type NamesOf } from './book/register.ts'
import { createAlarmCommands, type AlarmCommand } from './commands.ts'
import type { ConditionSink } from './condition.ts'
import { createHistoryList } from './history-list.ts'
import { createMaintenanceCommands, type MaintenanceCommand } from './maintenance/commands.ts'
import { createMaintenanceQueries } from './maintenance/queries.ts'
import { covers } from './maintenance/scope.ts'
import { createMaintenanceReads, putMaintenance } from './maintenance/tables.ts'
import { createMaintenanceWindows } from './maintenance/windows.ts'
import { createAlarmQueries, summaryOf, type AlarmQuery } from './queries.ts'
import { createRetention } from './retention.ts'
import { alarmsRaisedSince } from './raised-since.ts'
import type { RuleBook } from './rule-book.ts'
import { createAlarmReads } from './tables.ts'
import { createToldWithin } from './told-within.ts'

/** The book of alarms and the maintenance windows: one half of the alarms capability. */
export interface AlarmBook {
  readonly queries: QueryHandlers<AlarmQuery | 'alarms.maintenance'>
  readonly commands: CommandHandlers<AlarmCommand | MaintenanceCommand>
  /** What detectors tell. */
  readonly sink: ConditionSink
  readonly maintenanceOf: MaintenanceLookup
  readonly belongs: AlarmBelongs
  /** Whom open alarms of an ONU are assigned to. `address`: packed. */
  readonly peopleOfOnu: (oltId: string, address: number) => readonly string[]
  /** Of these ONUs and their PONs (raised-since.ts). */
  readonly raisedSince: RaisedSince
  /** Conditions that hold and raise nothing, for figures. */
  readonly held: () => number
  /** Once, after the network has put back what it knew. */
  start(): void
  /** Writes what waits. */
  stop(): void
}

export type RaisedSince = (
  targets: readonly OnuPlaceOnOlt[],
  since: number,
  expectsDown: boolean,
) => number

export interface AlarmBookDependencies {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly log: {
    warn(event: string, details?: object): void
    error(event: string, details?: object): void
  }
  readonly reader: StoreReader
  /** Writes what the console does by itself: one audited transaction. Errors: those of the store. */
  readonly write: WriteByItself
  readonly facts: NetworkFacts
  readonly rules: RuleBook
  /** Null: not there (yet). */
  readonly plant: () => PlantLookup | null
  readonly outageOf: OutageLookup
  readonly nameOfAccount: (accountId: string) => string | null
}

const tickMs = 1_000

export const createAlarmBook = (deps: AlarmBookDependencies): AlarmBook => {
  const { clock, emit, facts, log, rules } = deps
  const reads = createAlarmReads(deps.reader)
  const maintenanceReads = createMaintenanceReads(deps.reader)
  const history = createHistoryList(deps.reader)

  const namesOf: NamesOf = (resource) => {
    const oltId = oltIdOf(resource)
    const olt = oltId === null ? undefined : facts.olt(oltId)
    if (olt === undefined) return null
    if (resource.kind !== 'onu') return { oltName: olt.name, serial: null, name: null }
    const row = facts.rowOf(olt.id, placeOf(resource))
    return row < 0
      ? null
      : { oltName: olt.name, serial: facts.onus.serial(row), name: facts.onus.name(row) }
  }

  const keeper = createBookKeeper({
    clock,
    write: deps.write,
    onTrouble: (error) => {
      log.error('the alarm book cannot be written; it goes on in memory', { error })
      notices.tell({
        why: 'raised',
        severity: 'major',
        alarmId: null,
        outageId: null,
        type: 'history-not-kept',
        resource: { kind: 'console' },
        oltName: null,
        name: isNocturneError(error) ? error.code : null,
        affectedOnus: 0,
        more: 0,
        at: clock.now(),
      })
    },
    onRecovered: () => log.warn('the alarm book is written again'),
  })
  const register = createRegister({
    clock,
    keeper,
    namesOf,
    stored: reads.open(),
    lastSeq: reads.lastSeq(),
  })
  const notices = createNotices({
    clock,
    current: register.get,
    outageOf: (alarm) => alarm.outageId ?? deps.outageOf(alarm.resource),
    emit: (notice) => emit('alarms.notice', notice),
  })
  const windows = createMaintenanceWindows({
    clock,
    facts,
    plant: deps.plant,
    stored: maintenanceReads.living(),
    keep: (record) => {
      try {
        deps.write('alarms.recordMaintenance', { windows: 1 }, (tx) =>
          putMaintenance(tx, record, clock.now()),
        )
        return true
      } catch (error) {
        log.warn('what became of a maintenance window could not be written yet', { error })
        return false
      }
    },
    onBegan: () => book.maintenanceBegan(),
    onOver: (isWithin) => book.maintenanceOver(isWithin),
    onAsks: ({ record }) =>
      notices.tell({
        why: 'still-down',
        severity: 'major',
        alarmId: null,
        outageId: null,
        type: null,
        resource: null,
        oltName: null,
        name: record.plan.title,
        affectedOnus: record.asks?.stillDown ?? 0,
        more: 0,
        at: clock.now(),
      }),
  })
  const book = createBook({
    clock,
    newId: deps.newId,
    rules,
    settings: rules.settings,
    register,
    notices,
    namesOf,
    outageOf: deps.outageOf,
    covering: (resource) => {
      const window = windows.covering(resource)
      return window === null
        ? null
        : { behaviour: window.record.plan.behaviour, title: window.record.plan.title }
    },
  })
  const retention = createRetention({
    clock,
    reads,
    write: deps.write,
    keepDays: () => rules.settings().keepDays,
    warn: log.warn,
  })

  const found = (id: string): Alarm | undefined =>
    register.get(id) ?? keeper.waitingRow(id) ?? reads.byId(id)

  const windowsOn = (reach: Reach): number =>
    isEverything(reach)
      ? windows.active()
      : windows
          .all()
          .filter(
            ({ isOn, record, scope }) => isOn && reaches(reach, belongsOfWindow(record, scope)),
          ).length

  const summary = (reach: Reach): AlarmsSummary =>
    summaryOf(alarmsWithin(reach, register.all()), {
      maintenance: windowsOn(reach),
      revision: register.revision(),
      at: clock.now(),
    })

  let running = false
  let stopTick = (): void => undefined
  let stopListening = (): void => undefined
  let toldRevision = -1
  let rulesRevision = rules.revision()
  let maintenanceOn = 0
  const present = new Set<string>()

  const tellChange = (): void => {
    const revision = register.revision()
    if (revision === toldRevision && maintenanceOn === windows.active()) return
    toldRevision = revision
    maintenanceOn = windows.active()
    emit('alarms.changed', summary)
  }

  const lookForOlts = (): void => {
    const now = new Set(facts.olts().map(({ id }) => id))
    for (const oltId of present) if (!now.has(oltId)) book.conditions.gone(oltId, clock.now())
    present.clear()
    for (const oltId of now) present.add(oltId)
  }

  const tick = (): void => {
    stopTick = clock.after(tickMs, tick)
    try {
      if (rules.revision() !== rulesRevision) {
        rulesRevision = rules.revision()
        for (const type of alarmTypes) book.ruleChanged(type)
      }
      windows.turn()
      book.turn()
      keeper.turn()
      retention.turn()
      tellChange()
    } catch (error) {
      log.error('the alarm book has missed a turn', { error })
    }
  }

  const personOf = (session: SessionInfo | null) =>
    session === null
      ? { accountId: null, name: '' }
      : { accountId: session.accountId, name: session.name }

  return {
    queries: {
      ...createAlarmQueries({
        clock,
        register,
        keeper,
        reads,
        history,
        toldWithin: createToldWithin(deps.reader),
        found,
        summary,
      }),
      ...createMaintenanceQueries({
        facts,
        windows,
        reads: maintenanceReads,
        plant: deps.plant,
      }),
    },
    commands: {
      ...createAlarmCommands({
        clock,
        register,
        reads,
        history,
        nameOfAccount: deps.nameOfAccount,
        personOf,
        onActed: tellChange,
      }),
      ...createMaintenanceCommands({
        clock,
        newId: deps.newId,
        facts,
        plant: deps.plant,
        windows,
        reads: maintenanceReads,
        personOf,
        silence: ({ scope }) => book.silence((resource: AlarmResource) => covers(scope, resource)),
      }),
    },
    sink: book.sink,
    maintenanceOf: windows.lookup,
    belongs: createAlarmBelongs({
      found,
      register,
      windows,
      reads: maintenanceReads,
      plant: deps.plant,
    }),
    peopleOfOnu: register.assignedOnus.ofOnu,
    raisedSince: (...asked) => alarmsRaisedSince(register, ...asked),
    held: book.conditions.held,
    start: () => {
      if (running) return
      running = true
      for (const { resource } of register.all()) {
        const oltId = oltIdOf(resource)
        if (oltId !== null) present.add(oltId)
      }
      lookForOlts()
      stopListening = facts.listen({
        olts: lookForOlts,
        cycle: (olt, { group, pon, whole }) => {
          if (whole) book.conditions.read(olt.id, pon, group === 'status')
        },
        chassis: (olt) => book.conditions.read(olt.id, null, false),
      })
      stopTick = clock.after(tickMs, tick)
    },
    stop: () => {
      if (!running) return
      running = false
      stopTick()
      stopListening()
      keeper.flush()
    },
  }
}
