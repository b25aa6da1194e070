import { useTranslation } from 'react-i18next'
import { lightFloorsDb } from '../../components/charts/light-cell.ts'
import { stripLetters, type StripCellKind } from '../../components/charts/strip-cells.ts'
import './olt-parts.css'

const otherKinds: readonly StripCellKind[] = [
  'offline-optical',
  'offline-power',
  'offline-other',
  'unknown',
  'disabled',
  'none',
  'too-strong',
]

/** The scale from good to limit, and what the letters say. `brief`: the scale alone. */
export const StripLegend = ({ brief = false }: { readonly brief?: boolean }) => {
  const { t } = useTranslation('network')
  const edges = lightFloorsDb.filter(Number.isFinite)
  return (
    <div className="no-legend">
      <span className="no-legend__title">{t('olts.strip.marginScale')}</span>
      <span className="no-scale" role="img" aria-label={edges.join(' · ')}>
        {lightFloorsDb.map((floor, step) => (
          <span
            key={floor}
            className="no-scale__step"
            style={{ background: `var(--nc-level-${step})` }}
          >
            {Number.isFinite(floor) ? <span className="no-scale__edge">{floor}</span> : null}
          </span>
        ))}
      </span>
      {brief
        ? null
        : otherKinds.map((kind) => (
            <span key={kind} className="no-legend__item">
              <span className="no-legend__cell" data-kind={kind} aria-hidden="true">
                {stripLetters[kind]}
              </span>
              {t(`olts.strip.kind.${kind}`)}
            </span>
          ))}
    </div>
  )
}
