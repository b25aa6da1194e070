import type { CliTransport } from './cli-session.ts'

/** What comes before anybody listens is kept: greetings are quick. */
export const createTransportListeners = () => {
  let data: ((octets: Uint8Array) => void) | null = null
  let end: ((error: Error | null) => void) | null = null
  let early: Uint8Array[] = []
  let ended: { readonly error: Error | null } | null = null
  return {
    heard(octets: Uint8Array): void {
      if (ended !== null || octets.length === 0) return
      if (data === null) early.push(octets)
      else data(octets)
    },
    over(error: Error | null): void {
      if (ended !== null) return
      ended = { error }
      end?.(error)
    },
    isOver: () => ended !== null,
    onData: ((listener) => {
      data = listener
      // not at once: who attaches is not ready yet
      queueMicrotask(() => {
        const waiting = early
        early = []
        for (const octets of waiting) listener(octets)
      })
    }) satisfies CliTransport['onData'],
    onEnd: ((listener) => {
      end = listener
      if (ended !== null) queueMicrotask(() => listener(ended?.error ?? null))
    }) satisfies CliTransport['onEnd'],
  }
}
