import { NocturneError } from '../../../src-shared/errors.ts'
import { echoEnd, seen, withoutNoise } from './answer-text.ts'
import type { CliDialect, CliReply } from './cli-dialect.ts'
import { shownLine, type TypedPassword } from './cli-failure.ts'
import type { CliMode } from './cli-session.ts'
import { promptFits, readPrompt, type PromptSeen } from './mode-paths.ts'
import type { TalkStep, TalkView } from './prompt-machine.ts'

/** Where a talk stands when the OLT has come to rest at a prompt. */
export interface CameToRest {
  /** What came before the prompt, echo and noise among it. */
  readonly lines: readonly string[]
  readonly prompt: PromptSeen
  /** A question that we said no to; null: none. */
  readonly refused: string | null
}

export interface CommandLookOptions {
  readonly dialect: CliDialect
  readonly host: string | null
  /** The line that was sent. */
  readonly line: string
  /** Where it should end; null: at any prompt. */
  readonly expect: CliMode | null
  readonly confirm: boolean
  /** Asked for by this, answered once with the secret; a second time it was refused. */
  readonly password: {
    readonly match: RegExp
    readonly secret: string | null
    readonly typed: TypedPassword
  } | null
  readonly questions: readonly { readonly match: RegExp; readonly reply: CliReply }[]
  readonly echo: EchoHabit
}

/** Whether this OLT repeats what we type. Shared by all commands of a session. */
export interface EchoHabit {
  known: boolean | null
}

const lineEnds = { lf: '\n', cr: '\r', crlf: '\r\n' } as const

export const lineEndOf = (dialect: CliDialect): string => lineEnds[dialect.lineEnd]

export const octetsOf = (dialect: CliDialect, reply: CliReply): string =>
  reply.text + (reply.enter ? lineEndOf(dialect) : '')

/** Where a question begins that ends the open line; -1: it is none. */
export const asks = (match: RegExp, open: string): number => {
  const found = match.exec(open)
  return found !== null && found.index + found[0].length === open.length ? found.index : -1
}

/** A prompt with something after it, or an unexpected one, is believed later. */
const carefulTimes = 5
/** After so much silence a prompt without echo means that this OLT does not echo. */
const noEchoMs = 1_000
const mostQuestions = 10
const linesLookedBack = 80

/** The last line that says something, and the lines before it. */
export const lastWords = (
  dialect: CliDialect,
  view: TalkView,
): { readonly text: string; readonly open: boolean; readonly before: readonly string[] } | null => {
  if (view.open === null) return null
  const isNoise = dialect.noise.some((one) => one.line.test(view.open ?? ''))
  if (view.open !== '' && !isNoise) return { text: view.open, open: true, before: view.lines }
  const start = Math.max(0, view.lines.length - linesLookedBack)
  const last = withoutNoise(view.lines.slice(start), dialect.noise).findLast((line) => line !== '')
  if (last === undefined) return null
  return {
    text: seen(last),
    open: false,
    before: view.lines.slice(0, view.lines.lastIndexOf(last)),
  }
}

/** How the machine looks at the answer to one line. */
export const createCommandLook = (
  options: CommandLookOptions,
): ((view: TalkView) => TalkStep<CameToRest>) => {
  const { dialect, echo } = options
  let refused: string | null = null
  let questions = 0
  let passwordGiven = false
  let heardUsAt = -1

  const fail = (line: string): TalkStep<CameToRest> => ({
    kind: 'fail',
    error: new NocturneError('cli-unexpected-answer', { line: shownLine(line) }),
  })

  const reply = (from: number, said: CliReply): TalkStep<CameToRest> => {
    const octets = octetsOf(dialect, said)
    return { kind: 'reply', from, octets, secret: false }
  }

  const answerTo = (open: string): TalkStep<CameToRest> | null => {
    const { password } = options
    if (password !== null && asks(password.match, open) >= 0) {
      if (passwordGiven || password.secret === null) {
        const why = passwordGiven ? 'enable-password-refused' : 'enable-password-missing'
        return { kind: 'fail', error: new NocturneError('cli-login-refused', { why }) }
      }
      passwordGiven = true
      password.typed.isOpen = true
      const octets = password.secret + lineEndOf(dialect)
      return { kind: 'reply', from: 0, octets, secret: true }
    }
    for (const pager of dialect.pagers) {
      const from = asks(pager.match, open)
      if (from >= 0) return reply(from, pager.next)
    }
    const known = [...options.questions, ...dialect.parameterPrompts].find(
      (one) => asks(one.match, open) >= 0,
    )
    const confirmation = dialect.confirmations.find((one) => asks(one.match, open) >= 0)
    if (known === undefined && confirmation === undefined) return null
    if (questions++ >= mostQuestions) return fail(open)
    if (known !== undefined) return reply(0, known.reply)
    if (confirmation === undefined) return null
    if (options.confirm) return reply(0, confirmation.yes)
    refused ??= open
    return reply(0, confirmation.no)
  }

  return (view) => {
    if (heardUsAt < 0) heardUsAt = echoEnd(view.lines, options.line)
    if (heardUsAt >= 0) echo.known = true
    const answer = view.open === null || view.open === '' ? null : answerTo(view.open)
    if (answer !== null) return answer
    const words = lastWords(dialect, view)
    if (words === null) return { kind: 'wait', untilMs: null }
    const prompt = readPrompt(dialect, words.text, options.host)
    if (prompt === null || (heardUsAt >= 0 && words.before.length <= heardUsAt)) {
      return { kind: 'wait', untilMs: null }
    }
    const expected = options.expect === null || promptFits(prompt, options.expect)
    const { settleMs, silenceMs } = dialect.limits
    const needed =
      heardUsAt >= 0 || echo.known === false
        ? settleMs * (expected && words.open ? 1 : carefulTimes)
        : // a prompt before the echo of our line may still be that of an earlier one
          echo.known === null
          ? noEchoMs
          : silenceMs
    if (view.quietMs < needed) return { kind: 'wait', untilMs: needed }
    echo.known ??= false
    return { kind: 'done', out: { lines: words.before, prompt, refused } }
  }
}
