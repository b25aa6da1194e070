import type { WorkspaceStatus } from '../../src-shared/contract/workspace.ts'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import type { AccessPart } from '../access/access.ts'
import type { People } from '../access/people.ts'
import type { Roles } from '../access/roles.ts'
import type { Scopes } from '../access/scope-tables.ts'
import type { AccountReads } from '../access/tables.ts'
import type { PastOptions } from '../network/history-past.ts'
import type { FirstFullPoll } from '../network/network.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import type { SimulatedOutside } from '../plant/fill-simulated.ts'
import type { ProvisioningDependencies } from '../provisioning/provisioning.ts'
import type { ChosenFiles } from '../backups/chosen-files.ts'
import type { WorkspaceDoor } from '../backups/restore-door.ts'
import type { Store } from '../store/open-store.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { AllHandlers, DoorCommand, DoorQuery } from './capabilities.ts'
import type { Clock } from './clock.ts'
import type { Confirm } from './confirm.ts'
import type { EngineWrite } from './engine-write.ts'
import type { Emit } from './handlers.ts'
import type { BelongingOf } from './reach.ts'
import type { Log } from './log.ts'
import type { ShowSecret } from './secret-window.ts'
import type { LiveSession, Sessions } from './sessions.ts'
import type { SimulatedOlt } from './simulated-olts.ts'
import type { WorkspacesPort } from './workspaces-port.ts'

/** What an open workspace is to the engine, and what it needs to be opened. */

export interface OpenedWorkspace {
  readonly store: Store
  /** What the engine does by itself. */
  readonly write: EngineWrite
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly scopes: Scopes
  readonly belongingOf: BelongingOf
  readonly access: AccessPart
  readonly people: Pick<People, 'kit'>
  readonly handlers: {
    readonly queries: Omit<AllHandlers['queries'], DoorQuery>
    readonly commands: Omit<AllHandlers['commands'], DoorCommand>
  }
  preferencesOf(accountId: string): Preferences
  /** The backups' folder of the owner's choice, and whether they open without this workspace. */
  backupsStay(): { readonly folder: string | null; readonly opensElsewhere: boolean }
  begin(): void
  /** The caller wipes them. */
  copyKeys(): WorkspaceKeys
  /** Puts the outside plant of a simulated workspace in, in the background. */
  fillPlant(outsideOf: (oltName: string) => Promise<SimulatedOutside>): void
  /** The machine has slept, or its network has changed. */
  wake(): void
  clientGone(clientId: number): void
  stop(): Promise<void>
}

export interface OpenWorkspaceOptions {
  readonly workspaceDir: string
  readonly storePath: string
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
  readonly log: Log
  readonly sessions: Sessions
  readonly emit: Emit
  /** For what must be confirmed outside the page. */
  readonly confirm: Confirm
  /** Shows a secret once, outside the page. */
  readonly showSecret: ShowSecret
  /** The other workspaces of this machine; without it there is no list of them. */
  readonly workspaces?: WorkspacesPort | null
  /** Where a company's sign-in is opened; without it there is none (terminal). */
  readonly openInBrowser?: (address: string) => Promise<boolean>
  readonly mode?: 'own' | 'simulated'
  /** Files that a person chose, and what a restore asks of the door. */
  readonly files: ChosenFiles
  readonly door: WorkspaceDoor
  readonly host?: WorkspaceStatus['host']
  /** Minutes without a touch until the screen of this session locks. */
  readonly lockMinutesOf: (session: LiveSession) => number
  /** Where a test lets the console die in the middle of a change. */
  readonly provisioningHooks?: ProvisioningDependencies['hooks']
  readonly families: readonly OltFamily[]
  /** Where they lie, for what is written about them. */
  readonly familyFolders?: readonly string[]
  readonly simulatedOlts?: readonly SimulatedOlt[]
  /** Where a simulated plant sends its traps: heard there, from this machine alone. */
  readonly trapPort?: number
  /** What the plant would have said before the start: fills the history of the simulated workspace. */
  readonly simulatedPast?: PastOptions['past']
  readonly onFirstFullPoll?: (result: FirstFullPoll) => void
}
