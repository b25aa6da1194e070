import type { ReactNode } from 'react'
import { aimPerTenMinutes, floodPerTenMinutes, loadBars, loadScale } from './load-model.ts'
import { useSpeaker } from './use-speaker.ts'

export interface LoadBarsProps {
  readonly at: Float64Array
  readonly told: Float64Array
}

const height = 180

/** Every third full hour of the local day. */
const isTick = (at: number): boolean => {
  const date = new Date(at)
  return date.getMinutes() === 0 && date.getHours() % 3 === 0
}

/** A bar for each ten minutes, with the two lines that matter. */
export const LoadBars = ({ at, told }: LoadBarsProps): ReactNode => {
  const { t, format } = useSpeaker()
  const bars = loadBars(at, told)
  const most = loadScale(told)
  const width = bars.length * 8
  const y = (count: number): number => height - (count / most) * height
  const floods = bars.filter((bar) => bar.flood).length
  const ticks = bars.flatMap((bar, index) => (isTick(bar.at) ? [{ index, at: bar.at }] : []))
  return (
    <figure className="na-load">
      <div className="na-load__plot">
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('load.barsLabel', {
            total: format.number(told.reduce((sum, count) => sum + count, 0)),
            floods: format.number(floods),
          })}
        >
          {bars.map((bar, index) => (
            <rect
              key={bar.at}
              className="na-load__bar"
              data-flood={bar.flood || undefined}
              x={index * 8 + 1}
              width={6}
              y={y(bar.count)}
              height={height - y(bar.count)}
            >
              <title>
                {t('load.bar', {
                  time: format.instant(bar.at, 'minute'),
                  count: bar.count,
                })}
              </title>
            </rect>
          ))}
          <line
            className="na-load__flood"
            x1={0}
            x2={width}
            y1={y(floodPerTenMinutes)}
            y2={y(floodPerTenMinutes)}
          />
          <line
            className="na-load__aim"
            x1={0}
            x2={width}
            y1={y(aimPerTenMinutes)}
            y2={y(aimPerTenMinutes)}
          />
        </svg>
        <span className="na-load__line" style={{ top: y(floodPerTenMinutes) }} data-line="flood">
          {t('load.floodLine', { count: floodPerTenMinutes })}
        </span>
        <span className="na-load__line" style={{ top: y(aimPerTenMinutes) }} data-line="aim">
          {t('load.aimLine', { count: aimPerTenMinutes })}
        </span>
      </div>
      <div className="na-load__axis" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick.at} style={{ left: `${(tick.index / bars.length) * 100}%` }}>
            {format.instant(tick.at, 'minute')}
          </span>
        ))}
      </div>
    </figure>
  )
}
