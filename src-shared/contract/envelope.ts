import type { ErrorCode, ErrorParams } from '../errors.ts'

/**
 * The wire between renderer and engine. A query's input travels as it is; a command's input is
 * wrapped with the id that makes it idempotent (UUIDv7, made by the caller).
 */
export interface CommandInput {
  readonly commandId: string
  readonly input: unknown
}

export interface Failure {
  readonly code: ErrorCode
  readonly params: ErrorParams
  /** Finds the log's lines about this call. */
  readonly traceId: string
}

export type Envelope<Value = unknown> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure }

/** What the preload exposes as `window.nocturne`: these two functions and nothing else. */
export interface Bridge {
  invoke(channel: string, input: unknown): Promise<Envelope>
  /** Every event of the engine; returns the function that ends the subscription. */
  on(listener: (channel: string, payload: unknown) => void): () => void
}
