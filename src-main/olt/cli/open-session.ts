import { NocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import { answerOf, maskedIn, refusalIn } from './answer-text.ts'
import type { CliDialect } from './cli-dialect.ts'
import {
  CliError,
  asCliError,
  withoutEcho,
  withoutSecrets,
  type TypedPassword,
} from './cli-failure.ts'
import type {
  CliAnswer,
  CliCommand,
  CliMode,
  CliSession,
  CliTransport,
  CliTypedAnswer,
} from './cli-session.ts'
import { createCommandLook, lineEndOf, type CameToRest, type EchoHabit } from './command-look.ts'
import { gateLine } from './line-gate.ts'
import { loginTalk, type CliCredentials } from './login-dialogue.ts'
import { logOutTalk } from './logout-dialogue.ts'
import {
  fillIn,
  movesTo,
  promptFits,
  readPrompt,
  type ModeMoves,
  type PromptSeen,
} from './mode-paths.ts'
import { createPromptMachine } from './prompt-machine.ts'
import { interruptOctets, recoverTalk } from './recover-dialogue.ts'
import { createSessionRecord } from './session-record.ts'
import { createTypedLook } from './typed-look.ts'

export interface OpenCliSession extends CliSession {
  /** False: lines were typed freely, nobody knows what they changed; not for anybody else. */
  readonly reusable: () => boolean
  /** User, password and, where the family has one, the enable password were right. */
  readonly proven: () => boolean
  /** Told once when it can be used no more. */
  readonly onGone: (listener: () => void) => void
}

export interface OpenSessionOptions {
  readonly transport: CliTransport
  readonly dialect: CliDialect
  readonly credentials: CliCredentials
  readonly clock: Clock
}

const keptOfBroken = 40

/**
 * Logs in, sets the session up and hands it out. The transport is closed on every error:
 * `cli-login-refused` {why}, `cli-too-many-sessions`, `cli-unexpected-answer` {line},
 * `cli-timeout`, `cli-session-lost`, `cli-refused` {line} (a set-up line), `cancelled`.
 */
export const openCliSession = async (
  options: OpenSessionOptions,
  signal: AbortSignal,
): Promise<OpenCliSession> => {
  const { transport, dialect, credentials, clock } = options
  const { limits } = dialect
  const machine = createPromptMachine({ transport, clock, settleMs: limits.settleMs })
  const record = createSessionRecord()
  const echo: EchoHabit = { known: null }
  const closing = new AbortController()
  const lastPassword: TypedPassword = { isOpen: false }
  let host: string | null = null
  let current: CliMode = { name: '', values: {} }
  let running: Promise<unknown> | null = null
  let closed = false
  let typedFreely = false
  let leaving: Promise<void> | null = null
  let proven = dialect.modes.every((mode) => (mode.enter?.password ?? null) === null)
  let goneListener: (() => void) | null = null
  let stands = ''

  const retire = (): void => {
    if (closed) return
    closed = true
    goneListener?.()
  }
  machine.onLost(retire)

  const standAt = (prompt: PromptSeen): void => {
    stands = prompt.text
    if (!promptFits(prompt, current)) current = prompt.modes[0] ?? current
  }

  /** Back to a prompt after something went wrong; null: the connection is closed. */
  const recover = async (): Promise<PromptSeen | null> => {
    const octets = interruptOctets(dialect, machine.view())
    if (machine.lost() === null && octets !== '') {
      try {
        const back = await machine.talk(recoverTalk(dialect, host, octets))
        standAt(back)
        return back
      } catch {
        // closed below
      }
    }
    retire()
    machine.close()
    return null
  }

  const speak = async (
    command: CliCommand,
    asked: Pick<Parameters<typeof createCommandLook>[0], 'password' | 'questions'>,
    cancel: AbortSignal,
    sending: () => void = () => undefined,
  ): Promise<CameToRest> => {
    const { line, mode, confirm, maxAnswer, silenceMs, timeoutMs } = command
    let sent = false
    const talk = {
      send: line + lineEndOf(dialect),
      sending: () => {
        sent = true
        sending()
      },
      maxAnswer,
      heard: command.onHeard,
      silenceMs,
      timeoutMs,
      look: createCommandLook({ dialect, host, line, expect: mode, echo, confirm, ...asked }),
    }
    try {
      const rest = await machine.talk(talk, cancel)
      stands = rest.prompt.text
      return rest
    } catch (error) {
      if (sent) record.add(command, brokenOff(command))
      throw withoutEcho(error, command)
    }
  }

  /** SECURITY: what broke off may be the echo of a line with secrets, or half of it. */
  const brokenOff = (command: Pick<CliCommand, 'line' | 'shown'>): string => {
    if (command.line !== command.shown) return '…'
    const { lines, open } = machine.view()
    return `${answerOf(dialect, [...lines.slice(-keptOfBroken), open ?? ''], command.line, '')}…`
  }

  const inPassing = {
    confirm: false,
    silenceMs: limits.silenceMs,
    timeoutMs: limits.silenceMs * 3,
    maxAnswer: 200_000,
  }
  const nothingAsked = { password: null, questions: [] }
  const gate = { length: limits.lineLength, never: dialect.neverInLine }

  /** One line that changes the mode. */
  const step = async (
    line: string,
    to: CliMode,
    asked: typeof nothingAsked | Parameters<typeof speak>[1],
    cancel: AbortSignal,
  ): Promise<void> => {
    const rest = await speak({ ...inPassing, mode: to, line, shown: line }, asked, cancel)
    lastPassword.isOpen = false
    const text = answerOf(dialect, rest.lines, line, rest.prompt.text)
    record.add({ line, shown: line }, text)
    if (promptFits(rest.prompt, to)) {
      current = to
      if (asked.password !== null) proven = true
      return
    }
    standAt(rest.prompt)
    const refusal = refusalIn(dialect, text)
    if (refusal?.kind === 'busy') throw new CliError('cli-busy', { line: refusal.line }, false)
    if (asked.password !== null && (refusal !== null || text !== '')) {
      retire()
      throw new CliError('cli-login-refused', { why: 'enable-password-refused' }, false)
    }
    if (refusal !== null) throw new CliError('cli-refused', { line: refusal.line }, false)
    throw new CliError('cli-unexpected-answer', { line: rest.prompt.text }, false)
  }

  const wayTo = (mode: CliMode): ModeMoves | null => {
    try {
      return movesTo(dialect, current, mode)
    } catch (error) {
      throw new CliError('cli-parameter-refused', { parameter: 'mode' }, false, error)
    }
  }

  const goTo = async (mode: CliMode, cancel: AbortSignal): Promise<void> => {
    const moves = wayTo(mode)
    if (moves === null) throw new CliError('cli-unexpected-answer', { line: current.name }, false)
    // SECURITY: every line of the way passes the gate before the first one is sent
    const down = moves.down.map((move) => ({
      ...move,
      line: gateLine(fillIn(move.mode.enter?.line ?? '', mode), { ...gate, what: 'mode' }),
    }))
    for (const { line, to } of moves.up) await step(line, to, nothingAsked, cancel)
    for (const { line, mode: into, to } of down) {
      const match = into.enter?.password ?? null
      const password =
        match === null ? null : { match, secret: credentials.enablePassword, typed: lastPassword }
      const questions = into.enter?.questions ?? []
      await step(line, to, { password, questions }, cancel)
    }
  }

  const answerTo = async (
    command: CliCommand,
    cancel: AbortSignal,
    sending?: () => void,
  ): Promise<CliAnswer> => {
    const rest = await speak(command, nothingAsked, cancel, sending)
    const text = answerOf(dialect, rest.lines, command.line, rest.prompt.text)
    record.add(command, rest.refused === null ? text : `${text}\n${rest.refused}`)
    const odd = !promptFits(rest.prompt, command.mode)
    if (odd || rest.refused !== null) {
      standAt(rest.prompt)
      if (odd) retire()
      const line = maskedIn(rest.refused ?? rest.prompt.text, command)
      const why = rest.refused === null ? 'other-prompt' : 'not-confirmed'
      throw new CliError('cli-unexpected-answer', { line, why }, true)
    }
    // SECURITY: masked before it is cut: half a secret is one too
    return { text, error: refusalIn(dialect, maskedIn(text, command)) }
  }

  /** Everything that talks goes through here: one at a time, and a failure leaves no open end. */
  const exclusively = async <Out>(
    work: (cancel: AbortSignal, sending: () => void) => Promise<Out>,
    cancel: AbortSignal,
  ): Promise<Out> => {
    if (closed || closing.signal.aborted) {
      const lost = machine.lost() ?? new NocturneError('cli-session-lost', { why: 'closed-by-us' })
      throw new CliError(lost.code, lost.params, false)
    }
    if (running !== null) throw new CliError('cli-busy', {}, false)
    if (cancel.aborted) throw new CliError('cancelled', {}, false)
    let sent = false
    const doing = (async () => {
      try {
        return await work(AbortSignal.any([cancel, closing.signal]), () => {
          sent = true
        })
      } catch (error) {
        const failure = asCliError(error, sent, lastPassword.isOpen)
        if (machine.unsettled()) {
          const back = await recover()
          // silent or strange: even with a prompt back nobody knows what is still to come
          if (back !== null && (failure.code !== 'cancelled' || lastPassword.isOpen)) retire()
        }
        if (failure.code === 'cancelled' && closing.signal.aborted) {
          throw new CliError(
            'cli-session-lost',
            { why: 'closed-by-us' },
            failure.sent,
            error,
            failure.unjudged,
          )
        }
        throw failure
      }
    })()
    running = doing
    try {
      return await doing
    } finally {
      running = null
    }
  }

  const setUp = async (cancel: AbortSignal): Promise<void> => {
    for (const one of dialect.setup) {
      await goTo(one.mode, cancel)
      let refusal = null
      for (const line of one.lines) {
        const how = { ...inPassing, mode: one.mode, line, shown: line }
        refusal = (await answerTo(how, cancel)).error
        if (refusal === null) break
      }
      if (refusal !== null && !one.mayFail) {
        throw new CliError('cli-refused', { line: refusal.line }, false)
      }
    }
  }

  const logIn = async (): Promise<void> => {
    const secret = { length: 256, never: null, what: 'password' }
    gateLine(credentials.password, secret)
    gateLine(credentials.enablePassword ?? '', secret)
    gateLine(credentials.userName, { ...secret, what: 'userName' })
    const prompt = await machine.talk(
      loginTalk(dialect, credentials, transport.authenticated, lastPassword),
      signal,
    )
    host = prompt.host
    standAt(prompt)
    await setUp(signal)
  }

  try {
    await logIn()
  } catch (error) {
    machine.close()
    const secrets = [credentials.password, credentials.enablePassword ?? '']
    throw withoutSecrets(asCliError(error, false, lastPassword.isOpen), secrets)
  }

  const logOut = async (): Promise<void> => {
    closing.abort()
    await running?.catch(() => undefined)
    const stop = clock.after(dialect.logout.timeoutMs, () => machine.close())
    try {
      const { from } = dialect.logout
      const moves = from === null ? null : movesTo(dialect, current, { name: from, values: {} })
      for (const { line, to } of moves?.up ?? []) {
        await step(line, to, nothingAsked, new AbortController().signal)
      }
      await machine.talk(logOutTalk(dialect, host))
    } catch {
      // it hung up, which is what we asked for, or it would not: then we hang up
    }
    stop()
    retire()
    machine.close()
  }

  return {
    transport: transport.kind,
    get prompt() {
      return stands
    },
    run: (command, cancel) =>
      exclusively(async (either, sending) => {
        gateLine(command.line, { ...gate, what: 'line' })
        await goTo(command.mode, either)
        return answerTo(command, either, sending)
      }, cancel),
    typeLine: (typed, cancel) =>
      exclusively(async (either, sending): Promise<CliTypedAnswer> => {
        gateLine(typed.line, { ...gate, what: 'line' })
        typedFreely = true
        const answer = await machine.talk(
          {
            send: typed.line + lineEndOf(dialect),
            sending,
            maxAnswer: typed.maxAnswer,
            silenceMs: typed.silenceMs,
            timeoutMs: typed.timeoutMs,
            look: createTypedLook({ dialect, host, line: typed.line }),
          },
          either,
        )
        const seen = readPrompt(dialect, answer.prompt, host)
        if (seen !== null) standAt(seen)
        record.add(typed, answer.text)
        return answer
      }, cancel),
    interrupt: () =>
      exclusively(async () => {
        const back = await recover()
        if (back === null) throw new CliError('cli-session-lost', { why: 'closed-by-us' }, false)
        return back.text
      }, new AbortController().signal),
    takeExchanges: record.take,
    usable: () => !closed,
    proven: () => proven,
    reusable: () => !closed && !typedFreely,
    onGone(listener) {
      goneListener = listener
    },
    logOut() {
      leaving ??= logOut()
      return leaving
    },
  }
}
