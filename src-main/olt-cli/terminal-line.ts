import type { Problem } from '../../src-shared/contract/common.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import type { CliSession } from '../olt/cli/cli-session.ts'

/** A session in a person's hands: one line after the other, and what each brought. */
export interface TerminalLine {
  /** The prompt or question that waits; null: the OLT is still answering. */
  readonly prompt: () => string | null
  /** What waits is a question: the next line answers it. */
  readonly asks: () => boolean
  /** At most one listener. */
  readonly listen: (listener: TerminalListener) => void
  /** Only while a prompt or a question waits. `shown`: the line as it may be kept. */
  readonly send: (line: string, shown: string) => void
  /** Stops what runs, or what waits; the prompt comes as an answer without text. */
  readonly interrupt: () => void
}

export interface TerminalListener {
  /** \n line ends, without echo and prompt. */
  readonly onAnswer: (text: string) => void
  /** Once: nothing more can be sent. */
  readonly onEnd: (problem: Problem) => void
}

/** `save` is silent for half a minute and more on some OLTs. */
const silenceMs = 120_000
const timeoutMs = 900_000
/** A whole configuration, and no endless stream. */
const mostAnswer = 4_000_000

export const createTerminalLine = (session: CliSession): TerminalLine => {
  let prompt: string | null = session.prompt
  let asking = false
  let running: AbortController | null = null
  let over = false
  let listener: TerminalListener | null = null

  const end = (error: unknown): void => {
    if (over) return
    over = true
    prompt = null
    listener?.onEnd(problemOf(error))
  }

  const standAt = (next: string, asks: boolean, text: string): void => {
    prompt = next
    asking = asks
    listener?.onAnswer(text)
  }

  const stop = async (): Promise<void> => {
    try {
      standAt(await session.interrupt(), false, '')
    } catch (error) {
      end(error)
    }
  }

  const speak = async (line: string, shown: string): Promise<void> => {
    const controller = new AbortController()
    running = controller
    prompt = null
    try {
      const answer = await session.typeLine(
        { line, shown, silenceMs, timeoutMs, maxAnswer: mostAnswer },
        controller.signal,
      )
      running = null
      standAt(answer.prompt, answer.asks, answer.text === '' ? '' : `${answer.text}\n`)
    } catch (error) {
      running = null
      const isInterrupted = controller.signal.aborted && isNocturneError(error) && session.usable()
      // The session has stopped the line itself; where it stands now, the prompt tells.
      if (isInterrupted && error.code === 'cancelled') await stop()
      else end(error)
    }
  }

  return {
    prompt: () => prompt,
    asks: () => asking,
    listen: (heard) => {
      listener = heard
    },
    send: (line, shown) => {
      if (over || running !== null) throw new Error('a line while the OLT still answers')
      void speak(line, shown)
    },
    interrupt: () => {
      if (over) return
      if (running !== null) running.abort()
      else if (prompt !== null) {
        prompt = null
        void stop()
      }
    },
  }
}

const problemOf = (error: unknown): Problem =>
  isNocturneError(error)
    ? { code: error.code, params: { ...error.params } }
    : { code: 'internal', params: {} }
