import {
  NocturneError,
  isNocturneError,
  type ErrorCode,
  type ErrorParams,
} from '../../../src-shared/errors.ts'
import type { CliFailure } from './cli-session.ts'
import { maskedSecret } from './cli-template.ts'

/** An error of a session that knows whether the line itself went out before it. */
export class CliError extends NocturneError implements CliFailure {
  readonly sent: boolean
  /** A password was typed, and it ended before the OLT said whether it was the right one. */
  readonly unjudged: boolean

  constructor(
    code: ErrorCode,
    params: ErrorParams,
    sent: boolean,
    cause?: unknown,
    unjudged = false,
  ) {
    super(code, params, cause === undefined ? {} : { cause })
    this.sent = sent
    this.unjudged = unjudged
  }
}

/** A password that was typed; open until the OLT has said what it thinks of it. */
export interface TypedPassword {
  isOpen: boolean
}

/** Whether the line of a failed `run` had been sent; when in doubt, it was. */
export const wasSent = (error: unknown): boolean => !(error instanceof CliError) || error.sent

export const asCliError = (error: unknown, sent: boolean, unjudged = false): CliError =>
  error instanceof CliError
    ? error
    : isNocturneError(error)
      ? new CliError(error.code, error.params, sent, error.cause, unjudged)
      : new CliError('cli-session-lost', { why: 'bug' }, sent, error, unjudged)

/** SECURITY: the same error without secrets that the OLT may have repeated. */
export const withoutSecrets = (error: CliError, secrets: readonly string[]): CliError => {
  const clean = (text: string): string =>
    secrets.reduce((kept, one) => (one === '' ? kept : kept.replaceAll(one, maskedSecret)), text)
  const params = Object.entries(error.params).map(
    ([name, value]) => [name, typeof value === 'string' ? clean(value) : value] as const,
  )
  return new CliError(error.code, Object.fromEntries(params), error.sent, undefined, error.unjudged)
}

/** SECURITY: the open line of a talk that failed may be the echo of what we typed. */
export const withoutEcho = (
  error: unknown,
  command: { readonly line: string; readonly shown: string },
): unknown =>
  isNocturneError(error) && command.line !== command.shown && 'line' in error.params
    ? new NocturneError(error.code, { ...error.params, line: command.shown })
    : error

/** One line of the OLT for an error: what may be shown of hostile text. */
export const shownLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
    .slice(0, 200)
