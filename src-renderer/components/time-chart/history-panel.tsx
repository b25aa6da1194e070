import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryMetric, HistorySeries } from '../../../src-shared/contract/history.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { failureOf } from '../../client/hooks.ts'
import { FailureState } from '../failure-state.tsx'
import { useFormat } from '../use-format.ts'
import { createCursor } from './chart-cursor.ts'
import { clusterEvents, type EventCluster } from './chart-events.ts'
import { EventStrip } from './event-strip.tsx'
import { HistoryEmpty } from './history-empty.tsx'
import { HistoryExport } from './history-export.tsx'
import { HistoryNotKept } from './history-not-kept.tsx'
import { copyPicture } from './picture.ts'
import { plotWidthOf } from './plot-place.ts'
import { RangeBar } from './range-bar.tsx'
import { hasPoints, noPoints } from './series-points.ts'
import { StateRibbon } from './state-ribbon.tsx'
import { edgeText, tickRoomPx } from './tick-text.ts'
import { TimeAxis } from './time-axis.tsx'
import { TimeChart } from './time-chart.tsx'
import { timeTicks } from './time-ticks.ts'
import { useChartGestures } from './use-chart-gestures.ts'
import { useChartKeys } from './use-chart-keys.ts'
import type { RangeState } from './use-chart-range.ts'
import { useHistory, useWindow } from './use-history.ts'
import { useOpenCharts } from './use-open-charts.ts'
import { useSpokenValues } from './use-spoken-values.ts'
import './time-chart.css'

export interface HistorySubject {
  readonly name: string
  readonly series: HistorySeries
}

export interface HistoryPanelProps {
  /** Which charts are open is kept by this name. */
  readonly name: string
  readonly state: RangeState
  readonly subject: HistorySubject
  /** Laid over the first. */
  readonly over?: HistorySubject | null
  /** Whose events stand on the time line too. */
  readonly around?: readonly HistorySeries[]
  readonly metrics: readonly HistoryMetric[]
  /** Open until the person says otherwise. */
  readonly openAtFirst: readonly HistoryMetric[]
  readonly limits?: Partial<
    Readonly<Record<HistoryMetric, { readonly min: number; readonly max: number }>>
  >
  /** Those whose meaning is not proved for this family: marked. */
  readonly unproven?: readonly HistoryMetric[]
  /** How often the slowest of them is read, s: for the words where nothing is there yet. */
  readonly slowestS?: number
  readonly plotHeight?: number
  /** Beside the export: a picker of another ONU. */
  readonly tools?: ReactNode
}

const glyphPx = 28
const noSeries: readonly HistorySeries[] = []
const noEvents: readonly never[] = []

/** Charts of one series (and one laid over it) above one time axis, with everything to move in it. */
export const HistoryPanel = (props: HistoryPanelProps): ReactNode => {
  const { state, subject, over = null, around = noSeries, metrics, plotHeight = 112 } = props
  const { t } = useTranslation('history')
  const format = useFormat()
  const [cursor] = useState(createCursor)
  const [told, setTold] = useState<number | null>(null)
  const stack = useRef<HTMLDivElement>(null)
  const { ref: sizeRef, width: measured } = useElementSize<HTMLDivElement>()
  const width = Math.floor(measured)
  const ref = useMergedRef(stack, sizeRef)
  const plotWidth = plotWidthOf(width)

  const { open, toggle } = useOpenCharts(props.name, metrics, props.openAtFirst)
  const subjects = useMemo(() => (over === null ? [subject] : [subject, over]), [subject, over])
  const history = useHistory({
    subjects: subjects.map(({ series }) => series),
    around,
    metrics: open,
    range: state.range,
    pixels: plotWidth,
  })
  const window = useWindow(state.range, plotWidth)
  const ticks = useMemo(
    () => timeTicks(window, plotWidth / tickRoomPx(window)),
    [window, plotWidth],
  )
  const tickTimes = useMemo(() => ticks.map(({ at }) => at), [ticks])
  const answer = history.answer?.value
  const events = answer?.events ?? noEvents
  const clusters = useMemo(
    () => clusterEvents(events, window, plotWidth, glyphPx),
    [events, window, plotWidth],
  )
  const eventTimes = useMemo(() => clusters.map(({ at }) => at), [clusters])
  const charts = useMemo(
    () =>
      metrics.map((metric) => ({
        metric,
        lines: subjects.map(({ name }, index) => ({
          name,
          points: answer?.subjects[index]?.lines.get(metric) ?? noPoints,
        })),
      })),
    [metrics, subjects, answer],
  )
  const openLines = useMemo(
    () =>
      charts
        .filter(({ metric }) => open.includes(metric))
        .flatMap(({ lines }) => lines.map(({ points }) => points)),
    [charts, open],
  )
  const spoken = useSpokenValues({ charts, open, answer, plotWidth })

  useShortcut('focusChart', () => stack.current?.focus())
  useChartGestures(stack, state, cursor)
  const onEvent = useCallback(
    (cluster: EventCluster | null) => {
      setTold(cluster?.at ?? null)
      if (cluster !== null) spoken.readEvents(cluster)
    },
    [spoken],
  )
  const keys = useMemo(
    () => ({ state, cursor, lines: openLines, clusters, plotWidth, onRead: spoken.read, onEvent }),
    [state, cursor, openLines, clusters, plotWidth, spoken, onEvent],
  )
  const onKeyDown = useChartKeys(keys)

  const nothing =
    answer !== undefined &&
    open.length > 0 &&
    !openLines.some((points) => hasPoints(points, window)) &&
    !history.loading
  const shownText = t('range.shown', {
    from: edgeText(window.from, format.locale),
    to: edgeText(window.to, format.locale),
  })
  const title = `${subjects.map(({ name }) => name).join(' / ')} · ${shownText}`

  return (
    <div className="nc-history">
      <RangeBar state={state} window={window}>
        {props.tools}
        <HistoryExport
          subjects={subjects.map((each, index) => ({
            ...each,
            lines: answer?.subjects[index]?.lines ?? new Map(),
          }))}
          metrics={open}
          window={window}
          onPicture={() =>
            stack.current === null ? Promise.reject() : copyPicture(stack.current, title)
          }
        />
      </RangeBar>
      <div className="nc-history__shown">
        <span>{shownText}</span>
        {answer !== undefined && <span className="nc-faint">{t(`range.${answer.detail}`)}</span>}
      </div>
      <HistoryNotKept />
      {history.failure !== undefined && (
        <FailureState brief failure={failureOf(history.failure)} onRetry={history.retry} />
      )}
      <div
        ref={ref}
        className="nc-stack"
        role="application"
        tabIndex={0}
        aria-label={t('chart.label')}
        aria-busy={history.loading}
        onKeyDown={onKeyDown}
      >
        <div className="nc-stack__progress" data-on={history.loading || undefined} />
        <EventStrip
          clusters={clusters}
          known={answer !== undefined}
          window={window}
          told={told}
          onGo={(cluster) => {
            cursor.set({ at: cluster.at })
            setTold(cluster.at)
            stack.current?.focus({ preventScroll: true })
          }}
        />
        {subjects.map(({ name, series }, index) =>
          series.kind !== 'onu' ? null : (
            <StateRibbon
              key={index}
              segments={answer?.subjects[index]?.segments ?? noEvents}
              window={window}
              plotWidth={plotWidth}
              cursor={cursor}
              name={subjects.length > 1 ? name : null}
              over={index > 0}
            />
          ),
        )}
        {nothing && <HistoryEmpty state={state} window={window} slowestS={props.slowestS} />}
        {open.length === 0 && <p className="nc-stack__hint nc-soft">{t('empty.noneOpen')}</p>}
        {charts.map(({ metric, lines }) => (
          <TimeChart
            key={metric}
            metric={metric}
            lines={lines}
            known={answer !== undefined}
            unproven={props.unproven?.includes(metric) ?? false}
            open={open.includes(metric)}
            onToggle={() => toggle(metric)}
            window={window}
            ticks={tickTimes}
            limits={props.limits?.[metric]}
            eventTimes={eventTimes}
            width={width}
            plotHeight={plotHeight}
            cursor={cursor}
          />
        ))}
        <TimeAxis ticks={ticks} window={window} cursor={cursor} />
      </div>
      <div className="nc-hidden" role="status" aria-live="polite">
        {spoken.text}
      </div>
    </div>
  )
}
