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

/** Without a running timer the last tick may be long ago. */
const timeNow = (): number => {
  if (timer === undefined && Date.now() - now > tickMs) now = Date.now()
  return now
}

/** `read` must give a primitive: it is compared to decide whether to render. */
export const useTicking = <Value extends string | number | boolean>(
  read: (now: number) => Value,
): Value => {
  const snapshot = useCallback(() => read(timeNow()), [read])
  return useSyncExternalStore(subscribe, snapshot)
}
