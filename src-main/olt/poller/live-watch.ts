import type { NocturneError } from '../../../src-shared/errors.ts'
import type { OnuReading } from './olt-port.ts'

/** One ONU that somebody looks at: read every few seconds for a short while. */
export interface WatchRequest {
  /** Packed ONU address. */
  readonly address: number
  /** 60 s at most, whatever is asked for. */
  readonly forMs: number
  /** 2 s at least. */
  readonly everyMs: number
  readonly signal: AbortSignal
  /** Must not throw. Never called after the watch has ended. */
  readonly onReading: (reading: WatchReading) => void
}

export interface WatchReading {
  /** Wall ms for people, monotonic ms for rates. */
  readonly at: number
  readonly monotonic: number
  /** Null: it could not be read this time, `error` says why; it is tried again. */
  readonly reading: OnuReading | null
  readonly error: NocturneError | null
  /** Until the next reading, ms: longer where the whole PON must be walked for it. */
  readonly everyMs: number
}

/** `closed`: the signal, or polling stopped; `problem`: it failed again and again. */
export type WatchEnd = 'time' | 'closed' | 'olt-removed' | 'problem'
