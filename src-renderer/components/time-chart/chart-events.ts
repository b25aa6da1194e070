import { downCauses, onuStates, causeClassOf } from '../../../src-shared/domain/onu-state.ts'
import type { HistoryEventKind } from '../../../src-shared/domain/history-events.ts'
import { shownStateOf, type ShownStateName } from './shown-state.ts'
import { spanOf, type TimeWindow } from './chart-range.ts'

/** What happened, on the time line. Pure. */
export interface ChartEvent {
  readonly at: number
  readonly kind: HistoryEventKind
  /** Meaning by kind (domain/history-events.ts). */
  readonly code: number
  readonly detail: number
}

/** What an event's glyph and colour go by: its kind, and of a state change the state. */
export type EventFace = Exclude<HistoryEventKind, 'none' | 'onu-state'> | ShownStateName

export const eventFace = ({ kind, code, detail }: ChartEvent): EventFace | null => {
  if (kind === 'none') return null
  if (kind !== 'onu-state') return kind
  return shownStateOf(onuStates[code] ?? 'unknown', causeClassOf(downCauses[detail] ?? 'unknown'))
}

/** Of several events in one place the weightiest gives the glyph. */
const weights: Readonly<Record<EventFace, number>> = {
  'olt-unreachable': 20,
  'pon-dark': 19,
  'offline-optical': 18,
  'olt-restarted': 17,
  'onu-replaced': 16,
  'offline-other': 15,
  'offline-power': 14,
  'auth-failed': 13,
  'onu-firmware': 12,
  disabled: 11,
  'olt-reachable': 6,
  'pon-lit': 5,
  unknown: 4,
  starting: 3,
  online: 2,
}

export interface EventCluster {
  /** Time of the first. */
  readonly at: number
  readonly to: number
  readonly face: EventFace
  readonly events: readonly ChartEvent[]
}

/** Sorted by time, each once: the same event may come with two series. */
export const mergeEvents = (lists: readonly (readonly ChartEvent[])[]): ChartEvent[] => {
  const seen = new Set<string>()
  return lists
    .flat()
    .filter((event) => {
      const key = `${event.at} ${event.kind} ${event.code} ${event.detail}`
      if (event.kind === 'none' || seen.has(key)) return false
      seen.add(key)
      return true
    })
    .toSorted((one, other) => one.at - other.at)
}

/** Events that would stand less than `leastPx` apart share a glyph. */
export const clusterEvents = (
  events: readonly ChartEvent[],
  window: TimeWindow,
  width: number,
  leastPx: number,
): EventCluster[] => {
  const leastMs = (leastPx * spanOf(window)) / Math.max(1, width)
  const groups: ChartEvent[][] = []
  for (const event of events) {
    if (event.at < window.from || event.at > window.to) continue
    const group = groups.at(-1)
    if (group !== undefined && event.at - group[0]!.at < leastMs) group.push(event)
    else groups.push([event])
  }
  return groups.flatMap((group) => {
    const faces = group.map(eventFace).filter((face) => face !== null)
    const face = faces.toSorted((one, other) => weights[other] - weights[one])[0]
    return face === undefined
      ? []
      : [{ at: group[0]!.at, to: group.at(-1)!.at, face, events: group }]
  })
}

export const nextCluster = (
  clusters: readonly EventCluster[],
  at: number,
  direction: 1 | -1,
): EventCluster | undefined =>
  direction > 0
    ? clusters.find((cluster) => cluster.at > at)
    : clusters.findLast((cluster) => cluster.at < at)
