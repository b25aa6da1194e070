import { alarmsEvents } from './alarms-events.ts'
import { alarmsCommands, alarmsQueries } from './alarms.ts'
import {
  approvalsCommands,
  approvalsEvents,
  approvalsExtraPermissions,
  approvalsQueries,
} from './approvals.ts'
import { accessCommands, accessEvents, accessQueries } from './access.ts'
import { auditCommands, auditQueries } from './audit.ts'
import { backupsCommands, backupsEvents, backupsQueries } from './backups.ts'
import { billingCommands, billingEvents, billingQueries } from './billing.ts'
import { familiesCommands, familiesEvents, familiesQueries } from './families.ts'
import { handoverCommands, handoverQueries } from './handover.ts'
import { historyCommands, historyQueries } from './history.ts'
import type { CallInputOf, InputOf, OutputOf, PayloadOf } from './define.ts'
import { networkCommands, networkEvents, networkQueries } from './network.ts'
import { oltCareCommands, oltCareEvents, oltCareQueries } from './olt-care.ts'
import { oltBackupsCommands, oltBackupsEvents, oltBackupsQueries } from './olt-backups.ts'
import { oltCliCommands, oltCliEvents, oltCliExtraPermissions, oltCliQueries } from './olt-cli.ts'
import { outagesCommands, outagesEvents, outagesQueries } from './outages.ts'
import { plantCommands, plantEvents, plantQueries } from './plant.ts'
import { provisioningCommands } from './provisioning-commands.ts'
import {
  provisioningEvents,
  provisioningExtraPermissions,
  provisioningQueries,
} from './provisioning.ts'
import { restoreCommands, restoreEvents, restoreQueries } from './restore.ts'
import { transferCommands } from './transfer.ts'
import { searchQueries } from './search.ts'
import { subscribersCommands } from './subscribers-commands.ts'
import { subscribersEvents, subscribersQueries } from './subscribers.ts'
import { fieldworkCommands } from './fieldwork-commands.ts'
import { fieldworkEvents, fieldworkQueries } from './fieldwork.ts'
import { ticketsCommands, ticketsExtraPermissions } from './tickets-commands.ts'
import { ticketsEvents, ticketsQueries } from './tickets.ts'
import { preferencesCommands, preferencesEvents, preferencesQueries } from './preferences.ts'
import { trapsCommands, trapsEvents, trapsQueries } from './traps.ts'
import { workspaceCommands, workspaceEvents, workspaceQueries } from './workspace.ts'

/** The whole surface of the engine. test/contract prints it as a snapshot. */

export const queries = {
  ...workspaceQueries,
  ...accessQueries,
  ...preferencesQueries,
  ...networkQueries,
  ...oltCareQueries,
  ...historyQueries,
  ...trapsQueries,
  ...familiesQueries,
  ...alarmsQueries,
  ...outagesQueries,
  ...plantQueries,
  ...oltCliQueries,
  ...provisioningQueries,
  ...oltBackupsQueries,
  ...searchQueries,
  ...handoverQueries,
  ...auditQueries,
  ...backupsQueries,
  ...restoreQueries,
  ...approvalsQueries,
  ...subscribersQueries,
  ...ticketsQueries,
  ...fieldworkQueries,
  ...billingQueries,
}

export const commands = {
  ...workspaceCommands,
  ...accessCommands,
  ...auditCommands,
  ...preferencesCommands,
  ...networkCommands,
  ...oltCareCommands,
  ...historyCommands,
  ...trapsCommands,
  ...familiesCommands,
  ...alarmsCommands,
  ...outagesCommands,
  ...plantCommands,
  ...oltCliCommands,
  ...provisioningCommands,
  ...oltBackupsCommands,
  ...handoverCommands,
  ...backupsCommands,
  ...restoreCommands,
  ...transferCommands,
  ...approvalsCommands,
  ...subscribersCommands,
  ...ticketsCommands,
  ...fieldworkCommands,
  ...billingCommands,
}

export const events = {
  ...workspaceEvents,
  ...accessEvents,
  ...preferencesEvents,
  ...networkEvents,
  ...oltCareEvents,
  ...trapsEvents,
  ...familiesEvents,
  ...alarmsEvents,
  ...outagesEvents,
  ...plantEvents,
  ...oltCliEvents,
  ...provisioningEvents,
  ...oltBackupsEvents,
  ...backupsEvents,
  ...restoreEvents,
  ...approvalsEvents,
  ...subscribersEvents,
  ...ticketsEvents,
  ...fieldworkEvents,
  ...billingEvents,
}

/** Permissions that a handler asks for beside the one that stands at its procedure. */
export const extraPermissions = [
  ...oltCliExtraPermissions,
  ...provisioningExtraPermissions,
  ...ticketsExtraPermissions,
  ...approvalsExtraPermissions,
] as const

export type Queries = typeof queries
export type Commands = typeof commands
export type Events = typeof events
export type QueryName = keyof Queries
export type CommandName = keyof Commands
export type EventName = keyof Events
export type ProcedureName = QueryName | CommandName

type ProcedureOf<Name extends ProcedureName> = (Queries & Commands)[Name]

/** After parsing: what a handler receives. */
export type Input<Name extends ProcedureName> = InputOf<ProcedureOf<Name>>
/** Before parsing: what a caller writes. */
export type CallInput<Name extends ProcedureName> = CallInputOf<ProcedureOf<Name>>
export type Output<Name extends ProcedureName> = OutputOf<ProcedureOf<Name>>
export type Payload<Name extends EventName> = PayloadOf<Events[Name]>
