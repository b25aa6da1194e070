import {
  causeClassOf,
  downCauses,
  onuStates,
  type DownCause,
} from '../../../src-shared/domain/onu-state.ts'
import { shownStateOf, type ShownStateName } from './shown-state.ts'
import { spanOf, type TimeWindow } from './chart-range.ts'
import type { ChartEvent } from './chart-events.ts'

/** The state of an ONU over time as segments. Pure. */

/** unread: nobody asked (the console was closed); unknown: asked, and it could not be known. */
export type RibbonState = ShownStateName | 'unread'

export interface RibbonSegment extends TimeWindow {
  readonly state: RibbonState
  readonly cause: DownCause
}

export interface StateRuns {
  readonly at: Float64Array
  /** Positions in `onuStates`. */
  readonly states: Uint8Array
}

/** A change and the event that tells its cause may be this far apart. */
const causeReachMs = 15 * 60_000

interface Told {
  readonly at: number
  readonly state: number
  readonly cause: number
}

const toldStates = (events: readonly ChartEvent[]): Told[] =>
  events
    .filter((event) => event.kind === 'onu-state')
    .map(({ at, code, detail }) => ({ at, state: code, cause: detail }))

const segmentOf = (from: number, to: number, state: number, cause: number): RibbonSegment => {
  const name = onuStates[state] ?? 'unknown'
  const why = name === 'offline' ? (downCauses[cause] ?? 'unknown') : 'none'
  return { from, to, state: shownStateOf(name, causeClassOf(why)), cause: why }
}

/**
 * From what was read: each state until the next, the last until the window ends. Causes come from
 * the events. `unread`: where nothing was read, whatever the state before was.
 */
export const segmentsOfReadings = (
  runs: StateRuns,
  events: readonly ChartEvent[],
  unread: readonly TimeWindow[],
  window: TimeWindow,
): RibbonSegment[] => {
  const told = toldStates(events)
  let place = 0
  let cause = 0
  const segments: RibbonSegment[] = []
  runs.at.forEach((at, index) => {
    const state = runs.states[index] ?? 0
    while (place < told.length && told[place]!.at <= at + causeReachMs) {
      if (told[place]!.state === state) cause = told[place]!.cause
      place += 1
    }
    segments.push(segmentOf(at, runs.at[index + 1] ?? window.to, state, cause))
  })
  return cutBy(segments, unread, window)
}

/**
 * From the events alone, for ranges whose single readings are too many or gone. What was before the
 * first event is what that event came from: not known, so it is left unread unless `before` says it.
 */
export const segmentsOfEvents = (
  events: readonly ChartEvent[],
  before: number | null,
  unread: readonly TimeWindow[],
  window: TimeWindow,
): RibbonSegment[] => {
  const told = toldStates(events)
  const segments: RibbonSegment[] = []
  if (before !== null) {
    segments.push(segmentOf(window.from, told[0]?.at ?? window.to, before, 1))
  }
  told.forEach(({ at, state, cause }, index) => {
    segments.push(segmentOf(at, told[index + 1]?.at ?? window.to, state, cause))
  })
  return cutBy(segments, unread, window)
}

const cutBy = (
  segments: readonly RibbonSegment[],
  unread: readonly TimeWindow[],
  window: TimeWindow,
): RibbonSegment[] => {
  const parts: RibbonSegment[] = []
  for (const segment of segments) {
    let from = Math.max(segment.from, window.from)
    const end = Math.min(segment.to, window.to)
    for (const hole of unread) {
      if (hole.to <= from || hole.from >= end) continue
      if (hole.from > from) parts.push({ ...segment, from, to: hole.from })
      from = Math.max(from, hole.to)
    }
    if (from < end) parts.push({ ...segment, from, to: end })
  }
  const holes = unread.map((hole) => ({
    ...hole,
    state: 'unread' as const,
    cause: 'none' as const,
  }))
  return [...parts, ...holes].toSorted((one, other) => one.from - other.from)
}

/** At a change: what it changed to. */
export const segmentAt = (
  segments: readonly RibbonSegment[],
  at: number,
): RibbonSegment | undefined => segments.findLast(({ from, to }) => at >= from && at <= to)

/** What is shown where several states share a pixel: the one that somebody has to know. */
const weight: Readonly<Record<RibbonState, number>> = {
  'offline-optical': 8,
  'offline-other': 7,
  'offline-power': 6,
  'auth-failed': 5,
  disabled: 4,
  starting: 3,
  unknown: 2,
  online: 1,
  unread: 0,
}

export interface RibbonBlock {
  /** CSS pixels from the left edge. */
  readonly x: number
  readonly width: number
  readonly state: RibbonState
}

/** Whole pixels, at least one for each weighty state; neighbours of one state are one block. */
export const ribbonBlocks = (
  segments: readonly RibbonSegment[],
  window: TimeWindow,
  width: number,
): RibbonBlock[] => {
  const columns: (RibbonState | undefined)[] = Array.from({
    length: Math.max(0, Math.floor(width)),
  })
  const scale = width / spanOf(window)
  for (const { from, to, state } of segments) {
    const first = Math.max(0, Math.floor((from - window.from) * scale))
    const last = Math.min(columns.length - 1, Math.ceil((to - window.from) * scale) - 1)
    for (let column = first; column <= Math.max(first, last); column++) {
      if (column >= columns.length) break
      const there = columns[column]
      if (there === undefined || weight[state] > weight[there]) columns[column] = state
    }
  }
  const blocks: { x: number; width: number; state: RibbonState }[] = []
  columns.forEach((state, x) => {
    if (state === undefined) return
    const last = blocks.at(-1)
    if (last?.state === state && last.x + last.width === x) last.width += 1
    else blocks.push({ x, width: 1, state })
  })
  return blocks
}

/** Share of the known time in which it was online, 0..1; null: nothing is known. */
export const onlineShare = (segments: readonly RibbonSegment[]): number | null => {
  let known = 0
  let online = 0
  for (const segment of segments) {
    if (segment.state === 'unread' || segment.state === 'unknown') continue
    known += spanOf(segment)
    if (segment.state === 'online') online += spanOf(segment)
  }
  return known === 0 ? null : online / known
}
