import type { PersonQuestion } from '../../src-shared/contract/confirm-text.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'

export type { Envelope }

/** Why the console locks; `idle` is decided by the engine, which knows the preference. */
export type LockReason = 'os-lock' | 'suspend' | 'idle' | 'user'

export interface EngineEvent {
  /** Whom it is for: the id of a webContents, or null for every window. */
  readonly clientId: number | null
  readonly channel: string
  readonly payload: unknown
}

/** Plain texts: the shell understands nothing of alarms. */
export interface DesktopNotice {
  readonly title: string
  readonly body: string
  readonly urgent: boolean
  readonly silent: boolean
  readonly route: string | null
}

export interface DesktopBadge {
  readonly count: number
  readonly urgent: boolean
  readonly tooltip: string
  readonly open: string
  readonly alarms: string
  readonly quit: string
}

export interface DesktopListener {
  readonly notice: (notice: DesktopNotice) => void
  readonly badge: (badge: DesktopBadge) => void
}

/** The engine as the shell sees it. The shell forwards; it understands neither names nor values. */
export interface EnginePort {
  /** Never rejects: a failure is an envelope too. */
  call(request: {
    readonly clientId: number
    readonly channel: string
    readonly input: unknown
  }): Promise<Envelope>
  /** Returns the function that ends the subscription. */
  onEvent(listener: (event: EngineEvent) => void): () => void
  /** What is to be shown outside the windows. Returns the function that ends it. */
  onDesktop(listener: DesktopListener): () => void
  /**
   * Who asks a person outside the page, or shows him a secret there; resolves with what was typed
   * (of a secret: with anything once it was seen), null for "no" or "not seen".
   */
  onConfirm(
    listener: (question: {
      readonly clientId: number
      readonly text: PersonQuestion
      readonly signal: AbortSignal
    }) => Promise<string | null>,
  ): () => void
  /** Who hands an address to the system's browser; resolves to whether it was handed over. */
  onOpenInBrowser(
    listener: (wanted: {
      readonly address: string
      readonly loopback: boolean
    }) => Promise<boolean>,
  ): () => void
  /** A screen was locked, or somebody signed out: nothing of a secret may stay about. */
  onTurnedAway(listener: () => void): () => void
  /** A notification was clicked: the page goes there. */
  openRoute(clientId: number, route: string): void
  clientGone(clientId: number): void
  lock(reason: LockReason): void
  /** Nobody has touched the machine for so many seconds. */
  idleFor(seconds: number): void
  /** The machine has slept and is awake again. */
  wake(): void
}
