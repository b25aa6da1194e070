import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../../src-main/engine/clock.ts'
import type { CliTransport } from '../../src-main/olt/cli/cli-session.ts'

/** What an OLT does when a line (or a key at a question) has come. */
export type Reaction =
  | string
  | {
      readonly say: string | Uint8Array
      /** Before it says that. */
      readonly afterMs?: number
      readonly hangUp?: boolean
    }

export interface FakeOlt {
  readonly transport: CliTransport
  /** Everything that was typed, in order, as text. */
  readonly typed: () => string
  readonly say: (text: string | Uint8Array) => void
  /** The connection breaks. */
  readonly drop: () => void
  readonly closed: () => boolean
}

export interface FakeOltOptions {
  readonly clock: Clock
  readonly kind?: 'ssh' | 'telnet'
  readonly greeting?: string
  /**
   * Asked each time something is typed, with what was typed since the last reaction; null: it waits
   * for more.
   */
  readonly react: (typed: string, count: number) => readonly Reaction[] | null
  /** How the octets are cut on their way; default: not at all. */
  readonly cut?: (octets: Uint8Array) => readonly Uint8Array[]
}

const octetsOf = (text: string | Uint8Array): Uint8Array =>
  typeof text === 'string' ? new TextEncoder().encode(text) : text

export const createFakeOlt = (options: FakeOltOptions): FakeOlt => {
  let data: (octets: Uint8Array) => void = () => undefined
  let end: (error: Error | null) => void = () => undefined
  let typed = ''
  let unread = ''
  let count = 0
  let over = false

  const say = (text: string | Uint8Array): void => {
    const octets = octetsOf(text)
    for (const part of options.cut?.(octets) ?? [octets]) if (!over) data(part)
  }
  const finish = (error: Error | null): void => {
    if (over) return
    over = true
    end(error)
  }
  const react = (reactions: readonly Reaction[]): void => {
    const [first, ...rest] = reactions
    if (first === undefined) return
    const one = typeof first === 'string' ? { say: first } : first
    const go = (): void => {
      say(one.say)
      if (one.hangUp === true) finish(null)
      else react(rest)
    }
    if (one.afterMs === undefined) queueMicrotask(go)
    else options.clock.after(one.afterMs, go)
  }

  return {
    transport: {
      kind: options.kind ?? 'ssh',
      authenticated: (options.kind ?? 'ssh') === 'ssh',
      onData: (listener) => {
        data = listener
        const { greeting } = options
        if (greeting !== undefined) queueMicrotask(() => say(greeting))
      },
      onEnd: (listener) => {
        end = listener
      },
      write: (octets) => {
        if (over) return
        const text = new TextDecoder().decode(octets)
        typed += text
        unread += text
        const reactions = options.react(unread, count)
        if (reactions === null) return
        unread = ''
        count++
        react(reactions)
      },
      close: () => finish(null),
    },
    typed: () => typed,
    say,
    drop: () => finish(new NocturneError('cli-session-lost', { why: 'broken' })),
    closed: () => over,
  }
}

/** A script: what must be typed next, and what the OLT does then. Anything else is ignored. */
export const following = (
  script: readonly (readonly [string, ...Reaction[]])[],
): FakeOltOptions['react'] => {
  let at = 0
  return (typed) => {
    const step = script[at]
    if (step === undefined || step[0] !== typed) return null
    at++
    return step.slice(1) as readonly Reaction[]
  }
}
