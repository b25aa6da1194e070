import { NocturneError } from '../../../src-shared/errors.ts'
import { seen } from './answer-text.ts'
import type { CliDialect } from './cli-dialect.ts'
import { shownLine, type TypedPassword } from './cli-failure.ts'
import { asks, lastWords, lineEndOf, octetsOf } from './command-look.ts'
import { readPrompt, type PromptSeen } from './mode-paths.ts'
import type { Talk, TalkStep, TalkView } from './prompt-machine.ts'

export interface CliCredentials {
  readonly userName: string
  readonly password: string
  /** Null: none was entered. */
  readonly enablePassword: string | null
}

/** After so much silence at the very start we knock, where the family wants that. */
const knockAfterMs = 3_000
const strangeAfterMs = 10_000
const longestGreeting = 200_000

/**
 * From the connection to the first prompt. SECURITY: user and password are typed once, at a prompt
 * that asks for them; asked again means refused, and it ends there.
 */
export const loginTalk = (
  dialect: CliDialect,
  credentials: CliCredentials,
  authenticated: boolean,
  typed: TypedPassword,
): Talk<PromptSeen> => {
  const { login, limits } = dialect
  const banners = new Set(login.banners)
  let userGiven = false
  let passwordGiven = false
  let knocked = false
  let linesRead = 0

  const fail = (error: NocturneError): TalkStep<PromptSeen> => ({ kind: 'fail', error })
  const refused = (why: string): NocturneError => new NocturneError('cli-login-refused', { why })

  const saysNo = (line: string): NocturneError | null => {
    if (line === '') return null
    const looked = seen(line)
    if (login.tooManySessions.some((one) => one.test(looked))) {
      // that is no word about the password
      typed.isOpen = false
      return new NocturneError('cli-too-many-sessions', { line: shownLine(looked) })
    }
    if (login.passwordExpired.some((one) => one.test(looked))) return refused('password-expired')
    // notices before the password may well speak of refusing
    if (passwordGiven && login.refused.some((one) => one.test(looked))) return refused('password')
    return null
  }

  const newWords = (view: TalkView): NocturneError | null => {
    for (; linesRead < view.lines.length; linesRead++) {
      const no = saysNo(view.lines[linesRead] ?? '')
      if (no !== null) return no
    }
    return saysNo(view.open ?? '')
  }

  const look = (view: TalkView): TalkStep<PromptSeen> => {
    const no = newWords(view)
    if (no !== null) return fail(no)
    const open = view.open ?? ''
    if (open === '' && view.lines.length === 0 && login.wake !== null && !knocked) {
      if (view.quietMs < knockAfterMs) return { kind: 'wait', untilMs: knockAfterMs }
      knocked = true
      return { kind: 'send', octets: octetsOf(dialect, login.wake) }
    }
    if (open !== '') {
      if (login.userName.some((one) => asks(one, open) >= 0)) {
        if (userGiven || passwordGiven) return fail(refused('password'))
        userGiven = true
        return secret(credentials.userName)
      }
      if (login.password.some((one) => asks(one, open) >= 0)) {
        if (passwordGiven) return fail(refused('password'))
        passwordGiven = true
        typed.isOpen = true
        return secret(credentials.password)
      }
      for (const banner of banners) {
        const from = asks(banner.match, open)
        if (from < 0) continue
        banners.delete(banner)
        return { kind: 'reply', from, octets: octetsOf(dialect, banner.reply), secret: false }
      }
    }
    const words = lastWords(dialect, view)
    const prompt = words === null ? null : readPrompt(dialect, words.text, null)
    // Telnet: nobody is let in unasked, and a notice may look like a prompt
    const needed = limits.settleMs * (authenticated || passwordGiven ? 5 : 20)
    if (prompt === null) {
      // an open line that stays is a question that we do not know
      return { kind: 'wait', untilMs: open === '' ? login.timeoutMs : strangeAfterMs }
    }
    if (view.quietMs < needed) return { kind: 'wait', untilMs: needed }
    typed.isOpen = false
    return { kind: 'done', out: prompt }
  }

  const secret = (text: string): TalkStep<PromptSeen> => ({
    kind: 'reply',
    from: 0,
    octets: text + lineEndOf(dialect),
    secret: true,
  })

  return {
    send: null,
    maxAnswer: longestGreeting,
    silenceMs: knockAfterMs,
    timeoutMs: login.timeoutMs,
    look,
    // SECURITY: some say why and hang up at once, some only hang up, or reset the connection: that may
    // be the line, but tried again as if it were it would be the third time that locks the user
    atEnd: (view, end) =>
      newWords(view) ??
      (passwordGiven && end.params['why'] !== 'closed-by-us'
        ? refused('closed-after-password')
        : null),
  }
}
