import type { HistoryMetric, HistorySeries } from '../../../src-shared/contract/history.ts'
import type { CallInput, Output, QueryName } from '../../../src-shared/contract/index.ts'
import { spanOf, type TimeWindow } from './chart-range.ts'
import { mergeEvents, type ChartEvent } from './chart-events.ts'
import { metricCharts } from './metric-charts.ts'
import { segmentsOfEvents, segmentsOfReadings, type RibbonSegment } from './ribbon.ts'
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

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Single states are asked for up to here; beyond, events tell the same with less to read. */
const statesSpanMs = 31 * dayMs

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
  const told = await Promise.all(
    [...subjects.slice(0, 1), ...around].map((series) =>
      ask('history.events', { series, ...range }),
    ),
  )
  const answers: SubjectHistory[] = []
  let detail: HistoryAnswer['detail'] = 'readings'
  // One after the other: what reads the files is one thread, and it polls and keeps beside that.
  for (const [index, series] of subjects.entries()) {
    const own = index === 0 ? (told[0]?.events ?? []) : await eventsOf(ask, series, range)
    const read = await loadSubject(ask, series, own, question, range)
    answers.push(read.subject)
    detail = index === 0 ? read.detail : detail
  }
  const events = mergeEvents(told.map((each) => each.events)).filter(
    ({ at }) => at >= window.from && at <= window.to,
  )
  return { window, subjects: answers, events, detail }
}

const eventsOf = async (
  ask: AskHistory,
  series: HistorySeries,
  range: TimeWindow,
): Promise<readonly ChartEvent[]> =>
  series.kind === 'onu' ? (await ask('history.events', { series, ...range })).events : []

const loadSubject = async (
  ask: AskHistory,
  series: HistorySeries,
  events: readonly ChartEvent[],
  { metrics, window, pixels }: HistoryQuestion,
  range: TimeWindow,
) => {
  const wanted: HistoryMetric[] = [...(series.kind === 'onu' ? ['state' as const] : []), ...metrics]
  if (wanted.length === 0) {
    return { subject: { lines: new Map(), segments: [] }, detail: 'readings' as const }
  }
  const share = spanOf(range) / spanOf(window)
  const maxPoints = Math.min(8000, Math.max(10, Math.ceil(pixels * share)))
  const { series: found } = await ask('history.series', {
    series,
    ...range,
    metrics: wanted,
    maxPoints,
  })
  const lines = new Map<HistoryMetric, SeriesPoints>(
    found.map((line) => [line.metric, scaled(line, metricCharts[line.metric].factor)]),
  )
  const hours = found.some(({ resolution }) => resolution === 'hours')
  const thinned = found.some(({ at, min, max }) => at.some((_, index) => min[index]! < max[index]!))
  return {
    subject: {
      lines,
      segments:
        series.kind === 'onu'
          ? await loadSegments(ask, series, events, lines.get('state') ?? noPoints, window, range)
          : [],
    },
    detail: hours ? ('hours' as const) : thinned ? ('thinned' as const) : ('readings' as const),
  }
}

const loadSegments = async (
  ask: AskHistory,
  series: HistorySeries,
  events: readonly ChartEvent[],
  online: SeriesPoints,
  window: TimeWindow,
  range: TimeWindow,
): Promise<RibbonSegment[]> => {
  const unread = unreadSpans(online, window)
  if (spanOf(window) <= statesSpanMs) {
    const runs = await ask('history.states', { series, ...range })
    return segmentsOfReadings(runs, events, unread, window)
  }
  const first = online.at.findIndex((_, index) => isPoint(online, index))
  const before = first < 0 ? null : online.avg[first]! >= 0.5 ? 1 : 2
  return segmentsOfEvents(events, before, unread, window)
}
