import type { Preferences } from '../../src-shared/contract/preferences.ts'

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
  /** What is drawn as a QR code; null: nothing. */
  readonly qr: string | null
  /** In a monospaced face, one below the other. */
  readonly lines: readonly string[]
  /** Whose it is: a name; or what it belongs to. */
  readonly of: string
  /** Wall ms; null: it does not end by itself. */
  readonly until: number | null
}

/** All that the window shows: plain texts, so that the shell understands nothing of accounts. */
export interface SecretText {
  readonly language: Preferences['language']
  readonly theme: Preferences['theme']
  readonly title: string
  readonly intro: string
  readonly qr: string | null
  readonly lines: readonly string[]
  readonly note: string
  readonly copy: string
  readonly print: string
  /** Has to be pressed: "I have written it down". */
  readonly close: string
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
