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
  clientGone(clientId: number): void
  lock(reason: LockReason): void
  /** Nobody has touched the machine for so many seconds. */
  idleFor(seconds: number): void
  /** The machine has slept and is awake again. */
  wake(): void
}
