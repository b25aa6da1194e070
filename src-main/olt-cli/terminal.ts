import type { Problem } from '../../src-shared/contract/common.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CliFamily } from './ports.ts'
import { asksForSecret, isOneLine, isReadingLine, plainText } from './rules.ts'
import type { TerminalLine } from './terminal-line.ts'
import { createTranscript, type Transcript } from './transcript.ts'

/** One expert's session with one OLT, in one window. */
export interface Terminal {
  readonly id: string
  readonly oltId: string
  readonly mayWrite: boolean
  readonly startedAt: number
  readonly transcript: Transcript
  readonly prompt: () => string
  /** Errors: `cli-not-read-only`, `cli-parameter-refused`, `cli-busy`, `cli-terminal-gone`. */
  readonly check: (line: string) => void
  /** Errors: those of `check`. */
  readonly send: (line: string) => void
  readonly interrupt: () => void
  /** Once; what is told to the window. */
  readonly end: (why: Problem) => void
  /** Resolves when it has ended. */
  readonly over: Promise<void>
}

export interface TerminalOutput {
  readonly seq: number
  readonly text: string
  readonly prompt: string | null
  readonly ended: Problem | null
}

/** Nobody typed for so long: the OLT's session is given back. */
export const idleEndMs = 5 * 60_000
/** Output goes to the window this often; what comes faster waits. */
const tellEveryMs = 100
/** Of what waits at most so much is shown: a window cannot follow more. */
const mostWaiting = 64_000
const masked = '••••'

export const createTerminal = (deps: {
  readonly id: string
  readonly oltId: string
  readonly mayWrite: boolean
  readonly clock: Clock
  readonly family: CliFamily
  readonly line: TerminalLine
  /** Also masks what the console itself logs in with. */
  readonly mask: (text: string) => string
  readonly tell: (output: TerminalOutput) => void
  readonly onEnd: (why: Problem) => void
}): Terminal => {
  const { clock, family, line } = deps
  const transcript = createTranscript(deps.mask)
  const { promise: over, resolve: isOver } = Promise.withResolvers<void>()
  let ended = false
  let seq = 0
  let waiting = ''
  let leftOut = 0
  let stopTelling: (() => void) | null = null
  let stopIdle: () => void = () => undefined

  const tellNow = (why: Problem | null): void => {
    stopTelling?.()
    stopTelling = null
    const gap = leftOut === 0 ? '' : `\n[… ${leftOut} …]\n`
    deps.tell({
      seq: seq++,
      text: waiting + gap,
      prompt: line.prompt() === null ? null : promptShown(),
      ended: why,
    })
    waiting = ''
    leftOut = 0
  }

  const end = (why: Problem): void => {
    if (ended) return
    ended = true
    stopIdle()
    tellNow(why)
    deps.onEnd(why)
    isOver()
  }

  const stayAwake = (): void => {
    stopIdle()
    stopIdle = clock.after(idleEndMs, () =>
      end({ code: 'cli-terminal-gone', params: { why: 'idle' } }),
    )
  }

  line.listen({
    onAnswer: (raw) => {
      if (ended) return
      // SECURITY: device text is hostile (facts/security.md row 33): signs and line ends only.
      const text = plainText(raw)
      transcript.heard(text)
      const room = mostWaiting - waiting.length
      waiting += text.slice(0, room)
      leftOut += Math.max(0, text.length - room)
      stopTelling ??= clock.after(tellEveryMs, () => tellNow(null))
    },
    onEnd: end,
  })
  stayAwake()

  const promptShown = (): string => plainText(line.prompt() ?? '')

  const check = (text: string): void => {
    if (ended) throw new NocturneError('cli-terminal-gone')
    // SECURITY: one line stays one line: no control character and no key stroke goes to the OLT.
    if (!isOneLine(text) || !family.isLine(text)) {
      throw new NocturneError('cli-parameter-refused', { parameter: 'line' })
    }
    const isReading = text.trim() === '' || isReadingLine(text.trim(), family)
    // SECURITY: a reader sends what shows something, and answers no question.
    if (!deps.mayWrite && (!isReading || line.asks())) throw new NocturneError('cli-not-read-only')
    if (line.prompt() === null) throw new NocturneError('cli-busy')
  }

  return {
    id: deps.id,
    oltId: deps.oltId,
    mayWrite: deps.mayWrite,
    startedAt: clock.now(),
    transcript,
    prompt: promptShown,
    check,
    send: (text) => {
      check(text)
      stayAwake()
      // SECURITY: an answer to a question for a password is not kept, not even masked in part.
      const shown = line.asks() && asksForSecret(promptShown()) ? masked : deps.mask(text)
      transcript.typed(promptShown(), shown)
      line.send(text, shown)
    },
    interrupt: () => {
      if (ended) throw new NocturneError('cli-terminal-gone')
      stayAwake()
      line.interrupt()
    },
    end,
    over,
  }
}
