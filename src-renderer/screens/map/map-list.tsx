import { IconCircleDashed, IconTriangleInvertedFilled } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import { byUrgency, type MapPoint } from './map-points.ts'

const shown = 60

/** The same places in words, what is down first: for the keyboard and for screen readers. */
export const MapList = ({
  points,
  onGo,
}: {
  readonly points: readonly MapPoint[]
  readonly onGo: (point: MapPoint) => void
}) => {
  const { t } = useTranslation('map')
  const format = useFormat()
  const sorted = useMemo(() => points.toSorted(byUrgency), [points])
  return (
    <section className="nc-panel mp-list">
      <header className="nc-panel__head">
        <h2>{t('list.title')}</h2>
      </header>
      {sorted.length === 0 ? (
        <p className="nc-panel__body nc-soft">{t('list.none')}</p>
      ) : (
        <ul>
          {sorted.slice(0, shown).map((point) => (
            <li key={point.key}>
              <button type="button" onClick={() => onGo(point)} title={t('list.go')}>
                <Mark point={point} />
                <span className="nc-cut">
                  {point.label === '' ? t('cluster', { count: point.onus }) : point.label}
                </span>
                <span className="mp-list__count">
                  {point.down > 0
                    ? `${format.number(point.down)}/${format.number(point.onus)}`
                    : format.number(point.onus)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {sorted.length > shown && (
        <p className="nc-panel__body nc-small nc-faint">
          {t('list.more', { count: sorted.length - shown })}
        </p>
      )}
    </section>
  )
}

const Mark = ({ point }: { readonly point: MapPoint }) => {
  const { t } = useTranslation('map')
  if (point.down > 0) {
    return (
      <IconTriangleInvertedFilled
        size={12}
        role="img"
        aria-label={t(
          point.state === 'all-down'
            ? 'legend.allDown'
            : point.state === 'few'
              ? 'legend.few'
              : 'legend.down',
        )}
        className={point.state === 'few' ? 'nc-faint' : 'mp-down'}
      />
    )
  }
  if (point.unknown > 0) {
    return (
      <IconCircleDashed
        size={12}
        role="img"
        aria-label={t('legend.unknown')}
        className="nc-faint"
      />
    )
  }
  return <span className="mp-dot" role="img" aria-label={t('legend.up')} />
}
