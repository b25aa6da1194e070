import type { FileQuestion } from '../../src-shared/contract/confirm-text.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import type { WorkspaceStatus } from '../../src-shared/contract/workspace.ts'
import type { FirstFullPoll } from '../network/network.ts'
import type { DesktopBadge, DesktopNotice } from '../notices/notices.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import type { Keychain } from '../vault/keychain.ts'
import type { Registry } from '../workspace/registry.ts'
import type { Clock } from './clock.ts'
import type { AskPerson } from './confirm.ts'
import type { Log } from './log.ts'
import type { OpenedWorkspace, OpenWorkspaceOptions } from './opened-workspace.ts'
import type { EventBatch } from './outbox.ts'
import type { LockReason } from './screen-lock.ts'
import type { Sessions } from './sessions.ts'
import type { SimulatedOlt } from './simulated-olts.ts'
import type { SwitchTarget } from './worker-messages.ts'

/** What the engine is given by its host: worker, terminal or test. */
export interface EngineOptions {
  readonly workspaceDir: string
  readonly mode: 'own' | 'simulated'
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
  readonly log: Log
  readonly host: WorkspaceStatus['host']
  readonly keychain: Keychain
  readonly families: readonly OltFamily[]
  /** Where they lie; without it, what is written about them is not shown. */
  readonly familyFolders?: readonly string[]
  /** False: opens the workspace and reads no OLT (terminal). Default: true. */
  readonly polling?: boolean
  /** The plant, in a simulated workspace. */
  readonly simulatedOlts?: readonly SimulatedOlt[]
  /** Where the plant sends its traps: heard there, from this machine alone. */
  readonly trapPort?: number
  /** What the plant would have said before the start: its history is filled with it. */
  readonly simulatedPast?: NonNullable<OpenWorkspaceOptions['simulatedPast']>
  /** What lies between its OLTs' ports and its ONUs: fills the outside plant. */
  readonly simulatedOutside?: Parameters<OpenedWorkspace['fillPlant']>[0]
  readonly send: (clientId: number, batch: EventBatch) => void
  readonly switchTo: (target: SwitchTarget) => void
  /** The list of this machine's workspaces; without it this one is the only one. */
  readonly registry?: Registry
  /** What is to be shown outside the windows; without them nothing is. */
  readonly notify?: (notice: DesktopNotice) => void
  readonly badge?: (badge: DesktopBadge) => void
  /** Asks a person outside the page; without it what must be confirmed is refused. */
  readonly askPerson?: AskPerson
  /** Where a company's sign-in is opened; without it there is none (terminal). */
  readonly openInBrowser?: (address: string) => Promise<boolean>
  /** Asks for a file with the system's dialog; without it none can be chosen. */
  readonly askFile?: (
    clientId: number,
    question: FileQuestion,
    signal: AbortSignal,
  ) => Promise<string | null>
  /** A screen was locked, or somebody signed out. */
  readonly onTurnedAway?: () => void
  readonly onFirstFullPoll?: (result: FirstFullPoll) => void
  /** Of a test, which signs in whom it wants. */
  readonly sessions?: Sessions
  /** Where a test lets the console die in the middle of a change. */
  readonly provisioningHooks?: NonNullable<OpenWorkspaceOptions['provisioningHooks']>
}

/**
 * The engine: everything but windows. It runs in a worker of Electron's main process, in the CLI
 * and in tests, and is the same in each.
 */
export interface Engine {
  /** Opens the workspace if that needs nobody's help. */
  start(): Promise<void>
  addClient(clientId: number, kind?: 'console' | 'terminal'): void
  clientGone(clientId: number): void
  /** Never rejects. */
  call(request: { clientId: number; channel: string; input: unknown }): Promise<Envelope>
  /** Screen lock of all sessions. */
  lock(reason: LockReason): void
  /** Nobody has touched the machine for so long: locks whose preference says so. */
  idleFor(seconds: number): void
  /** The machine has slept, or its network has changed: everything is asked soon. */
  wake(): void
  /** A notification was clicked at this client. */
  openRoute(clientId: number, route: string): void
  stop(): Promise<void>
}
