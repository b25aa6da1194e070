import type { Clock } from '../../engine/clock.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { shownLine } from './cli-failure.ts'
import type { CliTransport } from './cli-session.ts'
import { createTerminalText } from './terminal-text.ts'

/**
 * One talk with a CLI at a time: something is sent, and whatever comes is looked at each time the
 * OLT falls silent for a moment. Looking only then makes the outcome independent of how the network
 * cut the octets, and keeps the work linear in them.
 */
export interface Talk<Out> {
  /** Null: only listen. */
  readonly send: string | null
  /** Told right before the octets go out: from then on they may have been read. */
  readonly sending?: () => void
  readonly maxAnswer: number
  /** Told each time some more of a long answer has come, with all that has. */
  readonly heard?: ((octets: number) => void) | undefined
  /** Silence longer than this ends the talk, ms. */
  readonly silenceMs: number
  readonly timeoutMs: number
  readonly look: (view: TalkView) => TalkStep<Out>
  /** The OLT hung up: what its last words mean; null: the session was lost. */
  readonly atEnd?: (view: TalkView, end: NocturneError) => NocturneError | null
}

export interface TalkView {
  /** Complete lines since the talk began. */
  readonly lines: readonly string[]
  /** The line not over yet; null: too long to be a prompt or a question. */
  readonly open: string | null
  /** For how long nothing has come, ms. */
  readonly quietMs: number
}

export type TalkStep<Out> =
  | { readonly kind: 'done'; readonly out: Out }
  | { readonly kind: 'fail'; readonly error: NocturneError }
  /** Answers what stands in the open line from `from` on. `secret`: never shown by anybody. */
  | {
      readonly kind: 'reply'
      readonly from: number
      readonly octets: string
      readonly secret: boolean
    }
  /** Sends without anything being answered. */
  | { readonly kind: 'send'; readonly octets: string }
  /** Look again when it has been quiet for `untilMs` in all; null: when something comes. */
  | { readonly kind: 'wait'; readonly untilMs: number | null }

export interface PromptMachine {
  /**
   * Errors: `cli-session-lost` {why}, `cli-timeout`, `cli-unexpected-answer` {line}, `cancelled`,
   * and those that `look` gives. After any of them it is for the caller to recover or to close.
   */
  readonly talk: <Out>(talk: Talk<Out>, signal?: AbortSignal) => Promise<Out>
  /** What stands on the screen of the talk that ended last. */
  readonly view: () => TalkView
  /** True: something was sent and no `look` has called the answer done since. */
  readonly unsettled: () => boolean
  /** Why the connection is gone; null: it is there. */
  readonly lost: () => NocturneError | null
  readonly onLost: (listener: () => void) => void
  /** Ends a running talk with `error`, then the connection. */
  readonly close: (error?: NocturneError) => void
}

export interface PromptMachineOptions {
  readonly transport: CliTransport
  readonly clock: Clock
  readonly settleMs: number
}

/** A hostile OLT must not make us write forever: pages of one listing at most. */
const mostReplies = 20_000
/** A long answer is told of in steps of so many octets. */
const heardStep = 16_384

export const createPromptMachine = (options: PromptMachineOptions): PromptMachine => {
  const { transport, clock, settleMs } = options
  const screen = createTerminalText()
  const encoder = new TextEncoder()
  let unsettled = false
  let gone: NocturneError | null = null
  let lostListener: (() => void) | null = null
  let hears: ((octets: Uint8Array) => void) | null = null
  let ends: (() => void) | null = null

  transport.onData((octets) => hears?.(octets))
  transport.onEnd((error) => {
    if (gone !== null) return
    gone =
      error instanceof NocturneError
        ? error
        : new NocturneError('cli-session-lost', { why: error === null ? 'closed' : 'broken' })
    ends?.()
    lostListener?.()
  })

  const viewAfter = (quietMs: number): TalkView => ({
    lines: screen.lines(),
    open: screen.open(),
    quietMs,
  })

  const talk = <Out>(spoken: Talk<Out>, signal?: AbortSignal): Promise<Out> =>
    new Promise((resolve, reject) => {
      if (gone !== null) {
        reject(gone)
        return
      }
      if (hears !== null) {
        reject(new NocturneError('cli-busy'))
        return
      }
      if (signal?.aborted === true) {
        reject(new NocturneError('cancelled'))
        return
      }
      screen.start(spoken.maxAnswer)
      let replies = 0
      let heard = 0
      let told = 0
      let stopQuiet = (): void => undefined
      let stopSilence = (): void => undefined
      const finish = (): void => {
        hears = null
        ends = null
        stopQuiet()
        stopSilence()
        stopTimeout()
        signal?.removeEventListener('abort', abort)
      }
      const fail = (error: NocturneError): void => {
        finish()
        reject(error)
      }
      const abort = (): void => fail(new NocturneError('cancelled'))
      const stopTimeout = clock.after(spoken.timeoutMs, () =>
        fail(new NocturneError('cli-timeout')),
      )

      const write = (text: string): void => {
        replies++
        if (replies > mostReplies) {
          fail(new NocturneError('cli-unexpected-answer', { line: '', why: 'endless' }))
          return
        }
        unsettled = true
        transport.write(encoder.encode(text))
        listen()
      }

      /** For how long it may go on being quiet; null: it says nothing about that; -1: over. */
      const look = (quietMs: number): number | null => {
        const step = spoken.look(viewAfter(quietMs))
        switch (step.kind) {
          case 'done':
            finish()
            unsettled = false
            resolve(step.out)
            return -1
          case 'fail':
            fail(step.error)
            return -1
          case 'reply':
            screen.answered(step.from, step.secret ? '' : step.octets)
            write(step.octets)
            return -1
          case 'send':
            write(step.octets)
            return -1
          case 'wait':
            if (step.untilMs !== null && step.untilMs > quietMs) {
              const until = step.untilMs
              stopQuiet = clock.after(until - quietMs, () => look(until))
            }
            return step.untilMs
        }
      }

      const silent = (quietMs: number): void => {
        stopQuiet()
        const until = look(quietMs)
        if (until === -1) return
        if (until !== null && until > quietMs) {
          stopQuiet()
          stopSilence = clock.after(until - quietMs, () => silent(until))
          return
        }
        const { open } = viewAfter(quietMs)
        const line = open === null ? '' : shownLine(open)
        // an open line that we do not understand is a question; nothing at all is a silent OLT
        fail(
          line === ''
            ? new NocturneError('cli-timeout')
            : new NocturneError('cli-unexpected-answer', { line }),
        )
      }

      const listen = (): void => {
        stopSilence()
        stopSilence = clock.after(spoken.silenceMs, () => silent(spoken.silenceMs))
      }

      hears = (octets) => {
        screen.write(octets)
        const overflow = screen.overflow()
        if (overflow !== null) {
          fail(new NocturneError('cli-unexpected-answer', { line: '', why: overflow }))
          return
        }
        heard += octets.length
        if (heard - told >= heardStep) {
          told = heard
          spoken.heard?.(heard)
        }
        stopQuiet()
        stopQuiet = clock.after(settleMs, () => look(settleMs))
        listen()
      }
      ends = () => {
        const end = gone ?? new NocturneError('cli-session-lost', { why: 'closed' })
        fail(spoken.atEnd?.(viewAfter(0), end) ?? end)
      }
      signal?.addEventListener('abort', abort)
      if (spoken.send === null) listen()
      else {
        spoken.sending?.()
        write(spoken.send)
      }
    })

  return {
    talk,
    view: () => viewAfter(0),
    unsettled: () => unsettled,
    lost: () => gone,
    onLost: (listener) => {
      lostListener = listener
    },
    close(error) {
      if (gone === null) {
        gone = error ?? new NocturneError('cli-session-lost', { why: 'closed-by-us' })
        ends?.()
      }
      transport.close()
    },
  }
}
