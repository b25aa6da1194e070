import { useCallback, useSyncExternalStore } from 'react'
import { onMoment, shownMoment } from '../client/moment.ts'

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

const subscribeBoth = (listener: () => void): (() => void) => {
  const stops = [subscribe(listener), onMoment(listener)]
  return () => {
    for (const stop of stops) stop()
  }
}

/** As `useTicking`, on the clock of what is shown: at a past moment it stands still there. */
export const useNetworkTicking = <Value extends string | number | boolean>(
  read: (now: number) => Value,
): Value => {
  const snapshot = useCallback(() => read(shownMoment() ?? timeNow()), [read])
  return useSyncExternalStore(subscribeBoth, snapshot)
}

/**
 * The clock for the age of one thing: what came after the moment that is shown belongs to the
 * present, as an alarm beside a list of the past.
 */
export const useAgeTicking = <Value extends string | number | boolean>(
  at: number | null | undefined,
  read: (now: number) => Value,
): Value => {
  const snapshot = useCallback(() => {
    const moment = shownMoment()
    return read(moment === null || (at ?? 0) > moment ? timeNow() : moment)
  }, [at, read])
  return useSyncExternalStore(subscribeBoth, snapshot)
}
