import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useFormat } from '../../components/use-format.ts'
import { routeOf, type MapPoint } from './map-points.ts'

/** What lies under the pointer, or was chosen. */
export const MapCard = ({
  point,
  onGo,
}: {
  readonly point: MapPoint | null
  readonly onGo: (point: MapPoint) => void
}) => {
  const { t } = useTranslation('map')
  const format = useFormat()
  if (point === null) return null
  const route = routeOf(point.reference)
  return (
    <section className="mp-card" aria-live="polite">
      <p className="nc-small nc-faint">{t(`kind.${point.kind}`)}</p>
      <strong>{point.label === '' ? t('cluster', { count: point.onus }) : point.label}</strong>
      <p>
        {point.down === 0 && point.unknown === 0
          ? t('allUp', { onus: format.number(point.onus) })
          : t('facts', {
              onus: format.number(point.onus),
              down: format.number(point.down),
              unknown: format.number(point.unknown),
            })}
      </p>
      {route === null ? (
        <Button size="compact-xs" variant="default" onClick={() => onGo(point)}>
          {t('closer')}
        </Button>
      ) : (
        <Button size="compact-xs" component={Link} href={route}>
          {t('open')}
        </Button>
      )}
    </section>
  )
}
