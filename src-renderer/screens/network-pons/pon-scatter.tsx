import { useElementSize } from '@mantine/hooks'
import { useMemo, useState, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { formatOnu, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { classifySignal, marginDb, type ReceiveRange } from '../../../src-shared/domain/optics.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { signalColour } from '../../components/signal-level.ts'
import { useFormat } from '../../components/use-format.ts'
import type { ScatterPoint } from './pon-strip.ts'

const height = 190
const room = { left: 40, right: 10, top: 10, bottom: 24 }
/** px around a point in which the pointer finds it. */
const reach = 14

export interface PonScatterProps {
  readonly oltId: string
  readonly points: readonly ScatterPoint[]
  readonly range: ReceiveRange
}

/** Whoever lies far below the others at his distance has a fault of his own. */
export const PonScatter = ({ oltId, points, range }: PonScatterProps) => {
  const { t } = useTranslation('pons')
  const format = useFormat()
  const { ref, width } = useElementSize<HTMLDivElement>()
  const [near, setNear] = useState<ScatterPoint | undefined>()
  const scale = useMemo(() => scaleOf(points, range, width), [points, range, width])
  const find = (event: PointerEvent<SVGSVGElement>): ScatterPoint | undefined => {
    const box = event.currentTarget.getBoundingClientRect()
    const x = event.clientX - box.left
    const y = event.clientY - box.top
    let best: ScatterPoint | undefined
    let least = reach * reach
    for (const point of points) {
      const away = (scale.x(point.distanceM) - x) ** 2 + (scale.y(point.dbm) - y) ** 2
      if (away >= least) continue
      least = away
      best = point
    }
    return best
  }
  return (
    <div ref={ref} className="np-scatter">
      {width < 80 ? null : (
        <svg
          role="img"
          aria-label={t('scatter.label', { count: points.length })}
          width={width}
          height={height}
          data-near={near === undefined ? undefined : ''}
          onPointerMove={(event) => setNear(find(event))}
          onPointerLeave={() => setNear(undefined)}
          onClick={(event) => {
            const hit = find(event as PointerEvent<SVGSVGElement>)
            if (hit !== undefined) navigate(paths.onu(oltId, unpackOnuAddress(hit.address)))
          }}
        >
          <rect
            className="np-scatter__below"
            x={room.left}
            width={width - room.left - room.right}
            y={scale.y(range.minDbm)}
            height={Math.max(0, height - room.bottom - scale.y(range.minDbm))}
          />
          {scale.levels.map((dbm) => (
            <g key={dbm}>
              <line
                className="np-scatter__grid"
                x1={room.left}
                x2={width - room.right}
                y1={scale.y(dbm)}
                y2={scale.y(dbm)}
              />
              <text x={room.left - 6} y={scale.y(dbm) + 4} textAnchor="end">
                {format.number(dbm)}
              </text>
            </g>
          ))}
          {scale.distances.map((metres) => (
            <text key={metres} x={scale.x(metres)} y={height - 8} textAnchor="middle">
              {format.number(metres / 1000, metres % 1000 === 0 ? 0 : 1)}
            </text>
          ))}
          <line
            className="np-scatter__limit"
            x1={room.left}
            x2={width - room.right}
            y1={scale.y(range.minDbm)}
            y2={scale.y(range.minDbm)}
          />
          {points.map((point) => (
            <circle
              key={point.address}
              cx={scale.x(point.distanceM)}
              cy={scale.y(point.dbm)}
              r={near === point ? 6 : 4}
              fill={signalColour(classifySignal(point.dbm, range), marginDb(point.dbm, range))}
            />
          ))}
        </svg>
      )}
      <p className="np-scatter__axis nc-small nc-faint" aria-live="polite">
        {near === undefined ? (
          t('scatter.x')
        ) : (
          <>
            <span className="nc-mono">{formatOnu(unpackOnuAddress(near.address))}</span>
            {` · ${format.distance(near.distanceM)} · ${format.number(near.dbm, 1)} dBm`}
          </>
        )}
      </p>
    </div>
  )
}

const scaleOf = (points: readonly ScatterPoint[], range: ReceiveRange, width: number) => {
  const levels = points.map(({ dbm }) => dbm)
  const low = Math.floor(Math.min(range.minDbm, ...levels)) - 1
  const high = Math.ceil(Math.max(range.minDbm + 4, ...levels)) + 1
  const farM = Math.max(1000, ...points.map(({ distanceM }) => distanceM)) * 1.04
  const inside = { x: width - room.left - room.right, y: height - room.top - room.bottom }
  const stepDb = high - low > 16 ? 4 : 2
  const stepM = farM > 12_000 ? 4000 : farM > 5000 ? 2000 : farM > 2400 ? 1000 : 500
  return {
    x: (metres: number) => room.left + (metres / farM) * inside.x,
    y: (dbm: number) => room.top + ((high - dbm) / (high - low)) * inside.y,
    levels: stepsBetween(low, high, stepDb),
    distances: stepsBetween(0, farM, stepM),
  }
}

const stepsBetween = (from: number, to: number, step: number): number[] => {
  const steps: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) steps.push(at)
  return steps
}
