import { useTranslation } from 'react-i18next'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'

/** The lowest part of the outside plant that all of them share, and the streets. */
export const OutagePlant = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  const { node, areas } = outage
  return (
    <section className="nc-panel" aria-label={t('page.plant')}>
      <header className="nc-panel__head">
        <h2>{t('page.plant')}</h2>
      </header>
      <div className="nc-panel__body nu-plant">
        {node === null ? (
          <p className="nc-soft">
            {t('page.plantUnknown')} <RouteLink to={paths.plant()}>{t('page.plantAdd')}</RouteLink>
          </p>
        ) : (
          <ol className="nu-path">
            {node.path.split(' › ').map((name, index, all) => (
              <li key={`${index} ${name}`}>
                {index === all.length - 1 ? (
                  <RouteLink to={paths.plant(node.id)}>{name}</RouteLink>
                ) : (
                  name
                )}
              </li>
            ))}
          </ol>
        )}
        {areas.length === 0 ? null : (
          <p>
            <span className="nc-soft">{t('page.streets')}:</span> {areas.join(', ')}
          </p>
        )}
      </div>
    </section>
  )
}
