import { useCallback, useSyncExternalStore } from 'react'

/**
 * One clock for the whole screen. A component that shows an age asks for the *text*; React renders
 * it again only when that text changes, so a thousand ages cost one timer and almost no rendering.
 */

const tickMs = 1000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
/** The time of the last tick: React asks twice and must hear the same. */
let now = 0

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** `read` must give a primitive: it is compared to decide whether to render. */
export const useTicking = <Value extends string | number | boolean>(
  read: (now: number) => Value,
): Value => {
  if (timer === undefined) now = Date.now()
  const snapshot = useCallback(() => read(now), [read])
  return useSyncExternalStore(subscribe, snapshot)
}
