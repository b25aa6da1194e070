import type { AlarmSettings } from '../../src-shared/contract/alarms-model.ts'
import type { LightLookup, MaintenanceLookup } from '../engine/capability-ports.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { AlarmBelongs } from './belongs.ts'
import { createAlarmBook, type AlarmBookDependencies, type RaisedSince } from './alarm-book.ts'
import type { AlarmCommand } from './commands.ts'
import type { RuleCommand } from './detect/commands.ts'
import { createDetectors, type DetectorsDependencies } from './detect/detectors.ts'
import type { RuleQuery } from './detect/queries.ts'
import type { MaintenanceCommand } from './maintenance/commands.ts'
import type { AlarmQuery } from './queries.ts'

/** The alarms capability: what is wrong in the network, and what people do about it. */
export interface Alarms {
  readonly queries: QueryHandlers<
    AlarmQuery | 'alarms.maintenance' | RuleQuery | 'alarms.previewRule'
  >
  readonly commands: CommandHandlers<AlarmCommand | MaintenanceCommand | RuleCommand>
  /** Maintenance windows that are on. */
  readonly maintenanceOf: MaintenanceLookup
  readonly light: LightLookup
  readonly belongs: AlarmBelongs
  readonly raisedSince: RaisedSince
  readonly settings: () => AlarmSettings
  /** Once, after the network has put back what it knew. */
  start(): void
  /** Writes what waits. */
  stop(): void
}

export type AlarmsDependencies = Omit<AlarmBookDependencies, 'rules'> &
  Omit<DetectorsDependencies, 'peopleOfOnu'>

export const createAlarms = (deps: AlarmsDependencies): Alarms => {
  const detectors = createDetectors({
    ...deps,
    peopleOfOnu: (oltId, address) => book.peopleOfOnu(oltId, address),
  })
  const book = createAlarmBook({ ...deps, rules: detectors.rules })
  return {
    queries: { ...book.queries, ...detectors.queries },
    commands: { ...book.commands, ...detectors.commands },
    maintenanceOf: book.maintenanceOf,
    light: detectors.light,
    belongs: book.belongs,
    raisedSince: book.raisedSince,
    settings: detectors.rules.settings,
    start: () => {
      book.start()
      detectors.start(book.sink)
    },
    stop: () => {
      detectors.stop()
      book.stop()
    },
  }
}
