import type { AlarmSettings } from '../../src-shared/contract/alarms-model.ts'
import type { MaintenanceLookup } from '../engine/capability-ports.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import { createAlarmBook, type AlarmBookDependencies } from './alarm-book.ts'
import type { AlarmCommand } from './commands.ts'
import { createRuleKeeper } from './detect/keep-rules.ts'
import { createRuleReads } from './detect/tables.ts'
import type { MaintenanceCommand } from './maintenance/commands.ts'
import type { AlarmQuery } from './queries.ts'

/** The alarms capability: what is wrong in the network, and what people do about it. */
export interface Alarms {
  readonly queries: QueryHandlers<AlarmQuery | 'alarms.maintenance'>
  readonly commands: CommandHandlers<AlarmCommand | MaintenanceCommand>
  /** Maintenance windows that are on. */
  readonly maintenanceOf: MaintenanceLookup
  readonly settings: () => AlarmSettings
  /** Once, after the network has put back what it knew. */
  start(): void
  /** Writes what waits. */
  stop(): void
}

export type AlarmsDependencies = Omit<AlarmBookDependencies, 'rules'>

export const createAlarms = (deps: AlarmsDependencies): Alarms => {
  const rules = createRuleKeeper(createRuleReads(deps.reader))
  const book = createAlarmBook({ ...deps, rules })
  return {
    queries: book.queries,
    commands: book.commands,
    maintenanceOf: book.maintenanceOf,
    settings: rules.settings,
    start: () => {
      book.start()
    },
    stop: () => {
      book.stop()
    },
  }
}
