import { spanOf, type TimeWindow } from './chart-range.ts'

/**
 * Where a time axis is divided: at round local times, whatever the clocks did. A tick says which
 * part of the time its label has to tell.
 */
export interface TimeTick {
  readonly at: number
  readonly kind: 'second' | 'minute' | 'day' | 'month' | 'year'
}

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

type Step =
  | { readonly unit: 'ms'; readonly size: number; readonly ms: number }
  | { readonly unit: 'hour' | 'day' | 'month'; readonly size: number; readonly ms: number }

const steps: readonly Step[] = [
  ...[5, 10, 15, 30].map((n) => ({ unit: 'ms' as const, size: n * secondMs, ms: n * secondMs })),
  ...[1, 2, 5, 10, 15, 30].map((n) => ({
    unit: 'ms' as const,
    size: n * minuteMs,
    ms: n * minuteMs,
  })),
  ...[1, 2, 3, 6, 12].map((n) => ({ unit: 'hour' as const, size: n, ms: n * hourMs })),
  ...[1, 2, 7].map((n) => ({ unit: 'day' as const, size: n, ms: n * dayMs })),
  ...[1, 2, 3, 6, 12, 24, 60, 120, 240].map((n) => ({
    unit: 'month' as const,
    size: n,
    ms: n * 30 * dayMs,
  })),
]

const widest = steps.at(-1)!

/** At most about `most` ticks, ascending, within the window. */
export const timeTicks = (window: TimeWindow, most: number): readonly TimeTick[] => {
  const step = steps.find(({ ms }) => spanOf(window) / ms <= Math.max(1, most)) ?? widest
  const times = step.unit === 'ms' ? even(window, step.size) : calendar(window, step)
  return times.map((at) => ({ at, kind: kindOf(at, step) }))
}

const offsetMs = (at: number): number => -new Date(at).getTimezoneOffset() * minuteMs

/** Clock changes are whole half hours: even steps below an hour stay on round times through them. */
const even = ({ from, to }: TimeWindow, size: number): number[] => {
  const shift = offsetMs(from)
  const times: number[] = []
  for (let at = Math.ceil((from + shift) / size) * size - shift; at <= to; at += size) {
    times.push(at)
  }
  return times
}

const calendar = (window: TimeWindow, { unit, size }: Step): number[] => {
  const begin = new Date(window.from)
  const times: number[] = []
  let last = Number.NEGATIVE_INFINITY
  const add = (at: number): boolean => {
    if (at > window.to) return false
    // A time that the clocks skip falls onto another one.
    if (at >= window.from && at > last) {
      times.push(at)
      last = at
    }
    return true
  }
  const [year, month, day] = [begin.getFullYear(), begin.getMonth(), begin.getDate()]
  if (unit === 'month') {
    const first = Math.floor((year * 12 + month) / size) * size
    for (let at = first; add(new Date(0, 0, 1).setFullYear(Math.floor(at / 12), at % 12, 1));) {
      at += size
    }
    return times
  }
  for (let count = 0; ; count++) {
    const midnight = new Date(year, month, day + count)
    if (midnight.getTime() > window.to) return times
    if (unit === 'day') {
      if (dayNumber(midnight) % size === 0) add(midnight.getTime())
      continue
    }
    for (let hour = 0; hour < 24; hour += size) {
      const at = new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate(), hour)
      if (at.getHours() === hour) add(at.getTime())
    }
  }
}

/** Days since a Monday, so that steps of seven fall on Mondays. */
const dayNumber = (date: Date): number =>
  Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs) + 3

const kindOf = (at: number, step: Step): TimeTick['kind'] => {
  const date = new Date(at)
  const midnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0
  if (!midnight) return step.unit === 'ms' && step.size < minuteMs ? 'second' : 'minute'
  if (step.unit !== 'month') return 'day'
  return date.getMonth() === 0 ? 'year' : 'month'
}
