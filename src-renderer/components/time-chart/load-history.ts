import type { HistoryMetric, HistorySeries } from '../../../src-shared/contract/history.ts'
import type { CallInput, Output, QueryName } from '../../../src-shared/contract/index.ts'
import { spanOf, type TimeWindow } from './chart-range.ts'
import { mergeEvents, type ChartEvent } from './chart-events.ts'
import { metricCharts } from './metric-charts.ts'
import {
  segmentsOfEvents,
  segmentsOfReadings,
  type RibbonSegment,
  type StateRuns,
} from './ribbon.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import { isPoint, noPoints, scaled, unreadSpans, type SeriesPoints } from './series-points.ts'

/** Everything that a stack of charts shows of one window, in one answer. */
export interface HistoryQuestion {
  /** What is drawn; a second one is laid over the first. */
  readonly subjects: readonly HistorySeries[]
  /** Whose events stand on the time line, beside those of the first subject. */
  readonly around: readonly HistorySeries[]
  readonly metrics: readonly HistoryMetric[]
  readonly window: TimeWindow
  /** Width of the plot, CSS pixels. */
  readonly pixels: number
}

export interface SubjectHistory {
  readonly lines: ReadonlyMap<HistoryMetric, SeriesPoints>
  /** Of ONUs; otherwise empty. */
  readonly segments: readonly RibbonSegment[]
}

export interface HistoryAnswer {
  readonly window: TimeWindow
  readonly subjects: readonly SubjectHistory[]
  readonly events: readonly ChartEvent[]
  readonly detail: 'readings' | 'thinned' | 'hours'
}

type HistoryQuery = Extract<QueryName, `history.${string}`>

export type AskHistory = <Name extends HistoryQuery>(
  name: Name,
  input: CallInput<Name>,
) => Promise<Output<Name>>

const onlineState = onuStates.indexOf('online')
const offlineState = onuStates.indexOf('offline')

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Single states are asked for up to here; beyond, events tell the same with less to read. */
const statesSpanMs = 31 * dayMs

/** The event that tells why an ONU is off may be so much older than the picture. */
const causeLookBackMs = 92 * dayMs

/**
 * Asked for on either side of what is seen, so that a line leaves the picture instead of ending in
 * it. Optics come once an hour; never so much that eight days of readings become hours.
 */
export const marginMs = (window: TimeWindow): number =>
  Math.min(11 * hourMs, Math.max(2.25 * hourMs, spanOf(window) * 0.05))

export const loadHistory = async (
  ask: AskHistory,
  question: HistoryQuestion,
): Promise<HistoryAnswer> => {
  const { subjects, around, window } = question
  const margin = marginMs(window)
  const range = { from: window.from - margin, to: window.to + margin }
  const eventsOf = async (series: HistorySeries): Promise<readonly ChartEvent[]> => {
    const from = series.kind === 'onu' ? range.from - causeLookBackMs : range.from
    return (await ask('history.events', { series, from, to: range.to })).events
  }
  const aroundTold = Promise.all(around.map(eventsOf))
  // A failure further down must not leave this one unheard.
  aroundTold.catch(() => undefined)
  const read: ReadSubject[] = []
  // One after the other: what reads the files is one thread, and it keeps new readings beside that.
  for (const series of subjects) {
    read.push(await loadSubject(ask, series, eventsOf(series), question, range))
  }
  const events = mergeEvents([read[0]?.events ?? [], ...(await aroundTold)]).filter(
    ({ at }) => at >= window.from && at <= window.to,
  )
  return {
    window,
    subjects: read.map(({ lines, segments }) => ({ lines, segments })),
    events,
    detail: read[0]?.detail ?? 'readings',
  }
}

interface ReadSubject extends SubjectHistory {
  readonly events: readonly ChartEvent[]
  readonly detail: HistoryAnswer['detail']
}

const loadSubject = async (
  ask: AskHistory,
  series: HistorySeries,
  told: Promise<readonly ChartEvent[]>,
  { metrics, window, pixels }: HistoryQuestion,
  range: TimeWindow,
): Promise<ReadSubject> => {
  const isOnu = series.kind === 'onu'
  const wanted: HistoryMetric[] = [...(isOnu ? ['state' as const] : []), ...metrics]
  const share = spanOf(range) / spanOf(window)
  const maxPoints = Math.min(8000, Math.max(10, Math.ceil(pixels * share)))
  const [events, { series: found }, runs] = await Promise.all([
    told,
    wanted.length === 0
      ? { series: [] }
      : ask('history.series', { series, ...range, metrics: wanted, maxPoints }),
    isOnu && spanOf(window) <= statesSpanMs ? ask('history.states', { series, ...range }) : null,
  ])
  const lines = new Map<HistoryMetric, SeriesPoints>(
    found.map((line) => [line.metric, scaled(line, metricCharts[line.metric].factor)]),
  )
  const hours = found.some(({ resolution }) => resolution === 'hours')
  const thinned = found.some(({ at, min, max }) => at.some((_, index) => min[index]! < max[index]!))
  return {
    lines,
    segments: isOnu ? segmentsOf(runs, events, lines.get('state') ?? noPoints, window) : [],
    events,
    detail: hours ? 'hours' : thinned ? 'thinned' : 'readings',
  }
}

const segmentsOf = (
  runs: StateRuns | null,
  events: readonly ChartEvent[],
  online: SeriesPoints,
  window: TimeWindow,
): RibbonSegment[] => {
  const unread = unreadSpans(online, window)
  if (runs !== null) return segmentsOfReadings(runs, events, unread, window)
  const first = online.at.findIndex((_, index) => isPoint(online, index))
  const before = first < 0 ? null : online.avg[first]! >= 0.5 ? onlineState : offlineState
  return segmentsOfEvents(events, before, unread, window)
}
