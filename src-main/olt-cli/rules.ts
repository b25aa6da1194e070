import type { Problem } from '../../src-shared/contract/common.ts'
import { mostFailedLogins } from './access-book.ts'
import type { CliFamily } from './ports.ts'
import type { AccessRow, LoginRow } from './tables.ts'

/** What is known of an OLT's way in, for the one question whether it can be used. */
export interface WayIn {
  readonly access: AccessRow | null
  readonly login: LoginRow
  /** Null: not recognised yet. */
  readonly familyId: string | null
  readonly family: CliFamily | null
  /** SECURITY: an own family that nobody trusts may send nothing (families.mayWrite). */
  readonly familyMayWrite: boolean
  /** SECURITY: another copy of this workspace may be at work on the same OLTs. */
  readonly isQuiet: boolean
}

/** Why nothing can be done over the CLI of an OLT now; null: it can. What to do first comes first. */
export const obstacleOf = ({
  access,
  login,
  familyId,
  family,
  familyMayWrite,
  isQuiet,
}: WayIn): Problem | null => {
  if (isQuiet) return problem('workspace-quiet')
  if (familyId !== null && family === null) return problem('cli-family-cannot')
  if (access === null) return problem('cli-no-access')
  if (familyId === null || family === null) return problem('cli-family-cannot')
  if (!familyMayWrite) return problem('cli-family-untrusted')
  if (!family.transports.includes(access.transport)) return problem('cli-family-cannot')
  // SECURITY: Telnet sends the password in the clear: never unless somebody has allowed it here.
  if (access.transport === 'telnet' && !access.allowTelnet) return problem('cli-telnet-not-allowed')
  if (login.offeredHostKey !== null && access.transport === 'ssh') {
    return problem('cli-host-key-changed')
  }
  if (login.failedLogins >= mostFailedLogins) return problem('cli-logins-paused')
  return null
}

const problem = (code: Problem['code']): Problem => ({ code, params: {} })

/** Who logs in, and where: refused logins of before say nothing about another one. */
export const isOtherLogin = (
  before: AccessRow | null,
  after: AccessRow,
  secretsGiven: boolean,
): boolean =>
  before === null ||
  secretsGiven ||
  before.userName !== after.userName ||
  before.transport !== after.transport ||
  before.host !== after.host ||
  before.port !== after.port

const control = /\p{Cc}/u
/** Signs by which a shell behind a CLI would run or write something else. */
const shellSigns = /[;&`$<>\\?]/u

/** One line, as a person typed it: no control character, so it is never two. */
export const isOneLine = (line: string): boolean => !control.test(line)

/**
 * SECURITY: what a read-only terminal sends. The family says which lines only show something; signs
 * of shells and `?` (it acts before Enter) never go with it, whatever the family says.
 */
export const isReadingLine = (line: string, family: CliFamily): boolean =>
  isOneLine(line) && !shellSigns.test(line) && family.isReading(line)

const asksSecret =
  /(?:pass\s?word|passwd|passphrase|secret|community|kata sandi|pin)[^\n]{0,40}[:?]\s*$/iu

/** What is typed next answers a question for a secret: it is neither kept nor shown again. */
export const asksForSecret = (shown: string): boolean =>
  asksSecret.test(shown.slice(Math.max(0, shown.lastIndexOf('\n'))))

/** Of device text only signs and line ends reach the page; what was taken out leaves nothing. */
export const plainText = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replaceAll(/[\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
