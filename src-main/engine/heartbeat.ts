import type { Clock } from './clock.ts'

/**
 * A window that is silent while somebody is signed in there is locked (facts/security.md row 27).
 * It is asked for a sign of life with an empty batch of events, which it takes like any other: that
 * works in a hidden window too, whose timers stand nearly still.
 */
const silentMs = 2 * 60_000
const lookEveryMs = 30_000

export const watchSilence = (options: {
  readonly clock: Clock
  /** Where somebody is signed in and the screen is not locked. */
  readonly watched: () => readonly number[]
  readonly ping: (clientId: number) => void
  readonly silent: (clientId: number) => void
}): { readonly heard: (clientId: number) => void; readonly stop: () => void } => {
  const { clock } = options
  const heardAt = new Map<number, number>()
  let callOff: () => void
  const look = (): void => {
    callOff = clock.after(lookEveryMs, look)
    const now = clock.monotonic()
    const watched = new Set(options.watched())
    for (const clientId of heardAt.keys()) if (!watched.has(clientId)) heardAt.delete(clientId)
    for (const clientId of watched) {
      const since = heardAt.get(clientId)
      // Its two minutes begin when it is first looked at.
      if (since === undefined) heardAt.set(clientId, now)
      else if (now - since >= silentMs) options.silent(clientId)
      if (since === undefined || now - since >= lookEveryMs) options.ping(clientId)
    }
  }
  callOff = clock.after(lookEveryMs, look)
  return {
    heard: (clientId) => {
      heardAt.set(clientId, clock.monotonic())
    },
    stop: () => callOff(),
  }
}
