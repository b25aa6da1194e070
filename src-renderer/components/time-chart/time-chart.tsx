import { IconChevronDown, IconChevronRight, IconRotateClockwise } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HistoryMetric } from '../../../src-shared/contract/history.ts'
import { useFormat } from '../use-format.ts'
import { spanOf, type TimeWindow } from './chart-range.ts'
import { useCursorAt, type CursorStore } from './chart-cursor.ts'
import { LineMark } from './line-mark.tsx'
import { metricCharts } from './metric-charts.ts'
import type { PlotLimit, PlotLine } from './plot-marks.ts'
import { cursorReachPx } from './plot-place.ts'
import { lastPoint, pointAt, type SeriesPoints } from './series-points.ts'
import { pointText } from './tick-text.ts'
import { valueScale } from './value-scale.ts'

/** uPlot comes when a chart is shown. */
const Plot = lazy(async () => ({ default: (await import('./plot.tsx')).Plot }))

export interface ChartLine {
  readonly name: string
  readonly points: SeriesPoints
}

export interface TimeChartProps {
  readonly metric: HistoryMetric
  /** The first is the subject, the second is laid over it. */
  readonly lines: readonly ChartLine[]
  /** false: not read yet, so that nothing is said of it. */
  readonly known: boolean
  /** Nobody has confirmed for this family that the values mean what they seem to. */
  readonly unproven: boolean
  readonly open: boolean
  readonly onToggle: () => void
  readonly window: TimeWindow
  readonly ticks: readonly number[]
  /** Receive window of the optic class, dBm. */
  readonly limits?: { readonly min: number; readonly max: number } | undefined
  readonly eventTimes: readonly number[]
  /** CSS pixels, axis included; 0: not known yet. */
  readonly width: number
  readonly plotHeight: number
  readonly cursor: CursorStore
}

const noLimits: readonly PlotLimit[] = []
/** Most ONUs are far from the strongest level: their line would lie flat below it. */
const weakReachDb = 8
const strongReachDb = 3

/** One metric over time: its name, the values where the cursor stands, the picture. */
export const TimeChart = (props: TimeChartProps): ReactNode => {
  const { metric, lines, open, onToggle, window, limits, width, plotHeight } = props
  const { t } = useTranslation('history')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const chart = metricCharts[metric]
  const name = t(`metric.${metric}`)
  const plotLines = useMemo<readonly PlotLine[]>(
    () => lines.map(({ points }, index) => ({ points, over: index > 0 })),
    [lines],
  )
  const [weakest, strongest] = [limits?.min, limits?.max]
  const plotLimits = useMemo<readonly PlotLimit[]>(
    () =>
      weakest === undefined || strongest === undefined
        ? noLimits
        : [
            {
              value: weakest,
              reach: weakReachDb,
              label: t('chart.limitWeak', { value: format.number(weakest) }),
            },
            {
              value: strongest,
              reach: strongReachDb,
              label: t('chart.limitStrong', { value: format.number(strongest) }),
            },
          ],
    [weakest, strongest, t, format],
  )
  const scale = useMemo(
    () =>
      valueScale(
        lines.map(({ points }) => points),
        window,
        { ...chart.rule, limits: plotLimits },
      ),
    [lines, window, chart, plotLimits],
  )
  const resets = lines
    .flatMap(({ points }) => [...points.resets])
    .filter((at) => at >= window.from && at <= window.to)
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <div className="nc-chart" data-metric={metric}>
      <div className="nc-chart__head">
        <h3>
          <button
            type="button"
            className="nc-chart__name"
            aria-expanded={open}
            title={t(open ? 'chart.close' : 'chart.open', { name })}
            onClick={onToggle}
          >
            <Chevron size={14} stroke={1.8} aria-hidden="true" />
            {name}
            <span className="nc-faint">{t(`unit.${chart.unit}`)}</span>
          </button>
        </h3>
        {props.unproven && (
          <abbr className="nc-chart__unproven" title={network('onus.record.unprovenHint')}>
            {network('onus.record.unproven')}
          </abbr>
        )}
        {open && resets.length > 0 && (
          <span
            className="nc-chart__resets"
            title={t('chart.resetsHint', {
              times: resets
                .slice(0, 8)
                .map((at) => format.instant(at))
                .join(', '),
            })}
          >
            <IconRotateClockwise size={12} stroke={1.8} aria-hidden="true" />
            {t('chart.resets', { count: resets.length })}
          </span>
        )}
        {open && (
          <Readouts
            lines={lines}
            known={props.known}
            window={window}
            digits={chart.digits}
            width={width}
            cursor={props.cursor}
          />
        )}
      </div>
      {open && (
        <Suspense fallback={<div className="nc-plot" style={{ height: plotHeight }} />}>
          {width > 0 ? (
            <Plot
              lines={plotLines}
              window={window}
              scale={scale}
              ticks={props.ticks}
              limits={plotLimits}
              events={props.eventTimes}
              width={width}
              height={plotHeight}
              cursor={props.cursor}
              formatAxis={format.number}
            />
          ) : (
            <div className="nc-plot" style={{ height: plotHeight }} />
          )}
        </Suspense>
      )}
    </div>
  )
}

interface ReadoutsProps {
  readonly lines: readonly ChartLine[]
  readonly known: boolean
  readonly window: TimeWindow
  readonly digits: number
  readonly width: number
  readonly cursor: CursorStore
}

/** The exact values at the cursor, each with the time it was read; without a cursor the last ones. */
const Readouts = ({ lines, known, window, digits, width, cursor }: ReadoutsProps): ReactNode => {
  const { t } = useTranslation('history')
  const format = useFormat()
  const at = useCursorAt(cursor)
  const reach = (cursorReachPx * spanOf(window)) / Math.max(1, width)
  return (
    <dl className="nc-readouts">
      {lines.map(({ name, points }, index) => {
        const found = at === null ? lastPoint(points, window) : pointAt(points, at, reach)
        const time = points.at[found]
        const [min, avg, max] = [points.min[found], points.avg[found], points.max[found]]
        const wide = min !== undefined && max !== undefined && max > min
        return (
          <div key={index} className="nc-readout">
            <dt>
              <LineMark over={index > 0} />
              <span className={lines.length > 1 ? 'nc-cut nc-readout__name' : 'nc-hidden'}>
                {name}
              </span>
            </dt>
            <dd>
              {time === undefined ? (
                <span className="nc-faint">{known ? t('chart.nothingHere') : '…'}</span>
              ) : (
                <>
                  <strong>{format.number(avg, digits)}</strong>
                  {wide && (
                    <span className="nc-soft">
                      {t('chart.spread', {
                        min: format.number(min, digits),
                        max: format.number(max, digits),
                      })}
                    </span>
                  )}
                  <time className="nc-faint" title={format.instant(time)}>
                    {at === null
                      ? t('chart.latest', { time: pointText(time, window, format.locale) })
                      : pointText(time, window, format.locale)}
                  </time>
                </>
              )}
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
