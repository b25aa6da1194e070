import { useTranslation } from 'react-i18next'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'

const size = { width: 150, height: 70, edge: 10 }

/** Where the day leads, north up: the shortest way as a line, each place with its turn. */
export const WayPicture = ({
  orders,
  shortest,
}: {
  readonly orders: readonly WorkOrderRow[]
  readonly shortest: readonly string[]
}) => {
  const { t } = useTranslation('fieldwork')
  const way = shortest.flatMap((id) => {
    const order = orders.find((one) => one.id === id)
    return order?.spot === undefined || order.spot === null ? [] : [{ ...order, spot: order.spot }]
  })
  if (way.length < 2) return null
  const latitudes = way.map(({ spot }) => spot.latitude)
  const longitudes = way.map(({ spot }) => spot.longitude)
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)]
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)]
  // A degree of longitude is shorter the further from the equator.
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const scale = Math.min(
    (size.width - 2 * size.edge) / Math.max(1e-9, (east - west) * narrow),
    (size.height - 2 * size.edge) / Math.max(1e-9, north - south),
  )
  const points = way.map(({ id, spot }) => ({
    id,
    x: size.edge + (spot.longitude - west) * narrow * scale,
    y: size.edge + (north - spot.latitude) * scale,
  }))
  return (
    <svg
      className="nfp-way"
      viewBox={`0 0 ${size.width} ${size.height}`}
      role="img"
      aria-label={t('wayPicture', { numbers: way.map(({ number }) => number).join(' → ') })}
    >
      <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {points.map(({ id, x, y }, index) => (
        <g key={id}>
          <circle cx={x} cy={y} r={7} />
          <text x={x} y={y + 3}>
            {index + 1}
          </text>
        </g>
      ))}
    </svg>
  )
}
