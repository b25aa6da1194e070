import type { WorkspaceStatus } from '../../src-shared/contract/workspace.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import type { FirstFullPoll } from '../network/network.ts'
import type { LockReason } from './screen-lock.ts'
import type { DesktopBadge, DesktopNotice } from '../notices/notices.ts'
import type { PersonQuestion } from '../../src-shared/contract/confirm-text.ts'
import type { EventBatch } from './outbox.ts'

/** Another workspace, by its folder; or the throw-away one, and back. */
export type SwitchTarget = 'simulated' | 'own' | { readonly workspaceDir: string }

/** What Electron's thread gives the engine's worker at its start. */
export interface EngineWorkerData {
  readonly workspaceDir: string
  readonly mode: 'own' | 'simulated'
  readonly host: WorkspaceStatus['host']
  readonly logPath: string
  readonly familyFolders: readonly string[]
  /** Where the list of workspaces lies, and the folder of the first; null: there is none. */
  readonly workspaces: { readonly home: string; readonly first: string } | null
  /** Simulated workspaces only. */
  readonly scenarioPath: string | null
}

export type ToEngine =
  | {
      readonly t: 'call'
      readonly id: number
      readonly clientId: number
      readonly channel: string
      readonly input: unknown
    }
  | { readonly t: 'client'; readonly clientId: number }
  | { readonly t: 'client-gone'; readonly clientId: number }
  | { readonly t: 'lock'; readonly reason: LockReason }
  | { readonly t: 'idle'; readonly seconds: number }
  | { readonly t: 'wake' }
  | { readonly t: 'open-route'; readonly clientId: number; readonly route: string }
  /** What was typed; null: refused. */
  | { readonly t: 'confirmed'; readonly id: number; readonly typed: string | null }
  /** Whether the browser took the address. */
  | { readonly t: 'opened-in-browser'; readonly id: number; readonly isOpen: boolean }
  | { readonly t: 'stop' }

export type FromEngine =
  | { readonly t: 'reply'; readonly id: number; readonly envelope: Envelope }
  | { readonly t: 'events'; readonly clientId: number; readonly batch: EventBatch }
  | { readonly t: 'switch'; readonly target: SwitchTarget }
  | { readonly t: 'first-full-poll'; readonly result: FirstFullPoll }
  | { readonly t: 'notice'; readonly notice: DesktopNotice }
  | { readonly t: 'badge'; readonly badge: DesktopBadge }
  | {
      readonly t: 'confirm'
      readonly id: number
      readonly clientId: number
      readonly text: PersonQuestion
    }
  /** Nobody waits for the answer any more. */
  | { readonly t: 'confirm-off'; readonly id: number }
  /** A screen was locked, or somebody signed out: nothing of what was shown may stay about. */
  | { readonly t: 'turned-away' }
  /** An address for the system's own browser. */
  | { readonly t: 'open-in-browser'; readonly id: number; readonly address: string }
  | { readonly t: 'started' }
  | { readonly t: 'failed'; readonly message: string }
  | { readonly t: 'stopped' }
