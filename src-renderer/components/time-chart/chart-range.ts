/**
 * What a chart shows of time. Pure: "now" is an argument. All times are wall ms since 1970, all
 * spans elapsed ms: a day of 23 or 25 hours moves no edge, and a clock that was set moves only `now`.
 */
export interface TimeWindow {
  readonly from: number
  /** Later than `from`. */
  readonly to: number
}

/** live: the right edge is now and follows it. */
export type ChartRange =
  | { readonly kind: 'live'; readonly spanMs: number }
  | ({ readonly kind: 'fixed' } & TimeWindow)

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export const presetNames = ['1h', '6h', '24h', '7d', '30d', '1y', '5y'] as const
export type PresetName = (typeof presetNames)[number]

export const presetSpans: Readonly<Record<PresetName, number>> = {
  '1h': hourMs,
  '6h': 6 * hourMs,
  '24h': dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '1y': 365 * dayMs,
  '5y': 1826 * dayMs,
}

export const defaultRange: ChartRange = { kind: 'live', spanMs: dayMs }

/** Below it there is nothing to see: a status is read every 15 s at the most. */
export const leastSpanMs = 5 * minuteMs
export const mostSpanMs = 20 * 365.25 * dayMs

export const spanOf = ({ from, to }: TimeWindow): number => to - from

export const clampSpan = (spanMs: number): number =>
  Math.min(mostSpanMs, Math.max(leastSpanMs, spanMs))

/** The preset that this range is; null: an own one. */
export const presetOf = (range: ChartRange): PresetName | null =>
  range.kind === 'live'
    ? (presetNames.find((name) => presetSpans[name] === range.spanMs) ?? null)
    : null

export const windowOf = (range: ChartRange, now: number): TimeWindow =>
  range.kind === 'live' ? { from: now - range.spanMs, to: now } : { from: range.from, to: range.to }

/** At or beyond now it follows now with the same span; nothing is known of the future. */
const settled = (from: number, to: number, now: number): ChartRange =>
  to >= now ? { kind: 'live', spanMs: to - from } : { kind: 'fixed', from, to }

/** `factor` below 1 zooms in; what stands at `anchor` stays where it is as long as it can. */
export const zoomed = (
  window: TimeWindow,
  factor: number,
  anchor: number,
  now: number,
): ChartRange => {
  const before = spanOf(window)
  const span = clampSpan(before * factor)
  const share = Math.min(1, Math.max(0, (anchor - window.from) / before))
  const from = anchor - share * span
  return settled(from, from + span, now)
}

/** Later in time for a positive `byMs`. */
export const panned = (window: TimeWindow, byMs: number, now: number): ChartRange =>
  settled(window.from + byMs, window.to + byMs, now)

/**
 * Two times in any order. `slackMs`: so near to now means now (a person who drags to the right edge
 * means it, and now has moved on meanwhile).
 */
export const between = (one: number, other: number, now: number, slackMs = 0): ChartRange => {
  const from = Math.min(one, other)
  const to = Math.max(one, other)
  if (to >= now - slackMs) return { kind: 'live', spanMs: clampSpan(now - from) }
  const span = clampSpan(to - from)
  const middle = (from + to) / 2
  return settled(middle - span / 2, middle + span / 2, now)
}

/** Back to now with the span that is seen. */
export const atNow = (range: ChartRange): ChartRange => ({
  kind: 'live',
  spanMs: range.kind === 'live' ? range.spanMs : clampSpan(range.to - range.from),
})

/** Where one was before, for "back"; one turn of a wheel, pinch or drag is one step. */
export interface RangeTrail {
  readonly here: ChartRange
  readonly past: readonly ChartRange[]
  /** Monotonic ms of the last change of a gesture that may still go on; -Infinity: none. */
  readonly gestureAt: number
}

const pauseMs = 600
const keep = 40

export const newTrail = (here: ChartRange): RangeTrail => ({
  here,
  past: [],
  gestureAt: Number.NEGATIVE_INFINITY,
})

/** `gestureAt`: monotonic ms, for a change of many that belong together. */
export const trailTo = (
  trail: RangeTrail,
  next: ChartRange,
  gestureAt = Number.NEGATIVE_INFINITY,
): RangeTrail => {
  const goesOn = Number.isFinite(gestureAt) && gestureAt - trail.gestureAt < pauseMs
  return {
    here: next,
    past: goesOn ? trail.past : [...trail.past, trail.here].slice(-keep),
    gestureAt,
  }
}

/** Nothing to go back to: the range of the start. */
export const trailBack = (trail: RangeTrail): RangeTrail => ({
  here: trail.past.at(-1) ?? defaultRange,
  past: trail.past.slice(0, -1),
  gestureAt: Number.NEGATIVE_INFINITY,
})
