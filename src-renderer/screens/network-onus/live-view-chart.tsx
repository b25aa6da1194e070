import { useElementSize } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import { liveGapMs, livePath, liveScale, liveWindow } from './live-chart-path.ts'
import type { LivePoint } from './live-view-model.ts'

export interface LiveLine {
  readonly name: string
  readonly points: readonly LivePoint[]
  /** The second of two lines is dashed: told apart without colour. */
  readonly second?: boolean
}

export interface LiveChartProps {
  readonly lines: readonly LiveLine[]
  /** Right end of the picture, wall ms. */
  readonly now: number
  readonly everyMs: number
  readonly height: number
  readonly leastSpan: number
  readonly digits: number
  readonly floor?: number
  /** A level drawn across when it is within the picture. */
  readonly limit?: number
}

const axisWidth = 40

/** One or two values over the last minutes, moving on with each reading. */
export const LiveChart = (props: LiveChartProps): ReactNode => {
  const { lines, now, everyMs, height, leastSpan, digits, floor, limit } = props
  const { t } = useTranslation('care')
  const format = useFormat()
  const { ref, width: whole } = useElementSize<HTMLDivElement>()
  const width = Math.max(0, whole - axisWidth)
  const series = lines.map(({ points }) => points)
  const window = liveWindow(series, now)
  const scale = liveScale(series, leastSpan, floor)
  const label = lines
    .map(({ name, points }) =>
      t('live.chartLabel', {
        name,
        first: format.number(points[0]?.value, digits),
        last: format.number(points.at(-1)?.value, digits),
        count: points.length,
      }),
    )
    .join('; ')
  const limitY =
    limit === undefined || limit < scale.min || limit > scale.max
      ? undefined
      : height - ((limit - scale.min) / (scale.max - scale.min)) * height
  return (
    <div ref={ref} className="nc-live__chart">
      {width === 0 ? null : (
        <svg width={whole} height={height} role="img" aria-label={label}>
          <g className="nc-live__axis">
            <line x1={axisWidth} x2={whole} y1={0.5} y2={0.5} />
            <line x1={axisWidth} x2={whole} y1={height - 0.5} y2={height - 0.5} />
            <text x={axisWidth - 6} y={9}>
              {format.number(scale.max, digits)}
            </text>
            <text x={axisWidth - 6} y={height}>
              {format.number(scale.min, digits)}
            </text>
          </g>
          <g transform={`translate(${axisWidth} 0)`}>
            {limitY === undefined ? null : (
              <line className="nc-live__limit" x1={0} x2={width} y1={limitY} y2={limitY} />
            )}
            {lines.map(({ name, points, second }) => {
              const last = points.at(-1)
              const end =
                last === undefined
                  ? ''
                  : livePath([last], window, scale, { width, height }, everyMs)
              const [x, y] = end.slice(1).split(' ')
              return (
                <g key={name} className="nc-live__line" data-second={second ? '' : undefined}>
                  <path
                    d={livePath(
                      points,
                      window,
                      scale,
                      { width, height },
                      liveGapMs(points, everyMs),
                    )}
                  />
                  {end === '' ? null : <circle cx={x} cy={y} r={2.5} />}
                </g>
              )
            })}
          </g>
        </svg>
      )}
    </div>
  )
}
