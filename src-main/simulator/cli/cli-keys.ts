import { type CliTerminal, SessionEnded } from './cli-terminal.ts'

export type CliKey =
  | { readonly kind: 'char'; readonly char: string }
  | { readonly kind: 'enter' | 'erase' | 'break' | 'end' | 'tab' | 'help' }

export interface CliKeys {
  /** The next key, also one that came long before it was wanted. Rejects with SessionEnded. */
  readonly next: () => Promise<CliKey>
  /** For text that no key is waited for by, such as while a command runs. */
  readonly isClosed: () => boolean
}

const enter = 0x0d
const feed = 0x0a
/** More type-ahead than this is thrown away, as a box with a small buffer does. */
const mostWaiting = 65_536

/**
 * Octets to keys. `crlfIsTwo`: CR LF is Enter twice, so that the second one answers whatever is asked
 * next (facts/olt.md 9.1); otherwise once. Escape sequences of arrow keys are swallowed.
 */
export const readKeys = (terminal: CliTerminal, crlfIsTwo: boolean): CliKeys => {
  const waiting: CliKey[] = []
  let wanted: { resolve: (key: CliKey) => void; reject: (error: Error) => void } | null = null
  let closed = false
  let last = 0
  let escape: 'none' | 'begun' | 'sequence' = 'none'

  const give = (key: CliKey): void => {
    if (wanted !== null) {
      const { resolve } = wanted
      wanted = null
      resolve(key)
    } else if (waiting.length < mostWaiting) waiting.push(key)
  }
  const take = (octet: number): void => {
    const before = last
    last = octet
    if (escape === 'begun') {
      escape = octet === 0x5b || octet === 0x4f ? 'sequence' : 'none'
      return
    }
    if (escape === 'sequence') {
      if (octet >= 0x40 && octet <= 0x7e) escape = 'none'
      return
    }
    if (octet === feed && before === enter && !crlfIsTwo) return
    if (octet === enter || octet === feed) give({ kind: 'enter' })
    else if (octet === 0x08 || octet === 0x7f) give({ kind: 'erase' })
    else if (octet === 0x03) give({ kind: 'break' })
    else if (octet === 0x1a) give({ kind: 'end' })
    else if (octet === 0x09) give({ kind: 'tab' })
    else if (octet === 0x1b) escape = 'begun'
    else if (octet === 0x3f) give({ kind: 'help' })
    else if (octet >= 0x20) give({ kind: 'char', char: String.fromCharCode(octet) })
  }
  terminal.onData((octets) => {
    for (const octet of octets) take(octet)
  })
  terminal.onClose(() => {
    closed = true
    wanted?.reject(new SessionEnded())
    wanted = null
  })
  return {
    next: () => {
      const key = waiting.shift()
      if (key !== undefined) return Promise.resolve(key)
      if (closed) return Promise.reject(new SessionEnded())
      return new Promise((resolve, reject) => {
        wanted = { resolve, reject }
      })
    },
    isClosed: () => closed,
  }
}
