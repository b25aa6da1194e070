import type { SecretText } from '../../src-shared/contract/confirm-text.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from './clock.ts'
import type { AskPerson } from './confirm.ts'

/**
 * A secret that a person has to see once (a one-time code, the QR of a second factor, the words of
 * the recovery kit) is shown in a window of its own, outside the page: the renderer never has it.
 */
export interface SecretRequest {
  readonly kind:
    | 'second-factor'
    | 'recovery-codes'
    | 'one-time-code'
    | 'recovery-kit'
    | 'backup-recovery-key'
    | 'transfer-key'
  /** What is drawn as a QR code; null: nothing. */
  readonly qr: string | null
  /** In a monospaced face, one below the other. */
  readonly lines: readonly string[]
  /** Whose it is: a name; or what it belongs to. */
  readonly of: string
  /** Wall ms; null: it does not end by itself. */
  readonly until: number | null
}

/**
 * Resolves when the person has closed the window. Errors: `confirmation-unavailable` (this client
 * has no such place), `cancelled` (it went away unseen).
 */
export type ShowSecret = (
  clientId: number,
  request: SecretRequest,
  signal: AbortSignal,
) => Promise<void>

/** A secret that nobody puts away is put away. */
const patienceMs = 15 * 60_000

export const createShowSecret =
  (deps: {
    readonly clock: Clock
    /** Null: there is no place outside the page. */
    readonly ask: AskPerson | null
    readonly textOf: (clientId: number, request: SecretRequest) => SecretText
    /** Calls back when this client is locked or another person's. Returns the end of it. */
    readonly onTurnedAway: (clientId: number, callback: () => void) => () => void
  }): ShowSecret =>
  async (clientId, request, signal) => {
    if (deps.ask === null) throw new NocturneError('confirmation-unavailable')
    const end = new AbortController()
    const stops = [
      deps.clock.after(patienceMs, () => end.abort()),
      // SECURITY: a locked screen shows no secret.
      deps.onTurnedAway(clientId, () => end.abort()),
    ]
    try {
      const text = deps.textOf(clientId, request)
      const seen = await deps.ask(clientId, text, AbortSignal.any([signal, end.signal]))
      if (seen === null || signal.aborted || end.signal.aborted)
        throw new NocturneError('cancelled')
    } finally {
      for (const stop of stops) stop()
    }
  }
