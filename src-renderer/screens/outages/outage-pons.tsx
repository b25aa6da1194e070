import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatPon } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'

type PerPon = Output<'outages.outage'>['perPon'][number]

/** For each port: how many of its ONUs went down, gasped and came back. */
export const OutagePons = ({ page }: { readonly page: Output<'outages.outage'> }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const several = page.outage.olts.length > 1
  return (
    <section className="nc-panel" aria-label={t('page.pons')}>
      <header className="nc-panel__head">
        <h2>
          {t('page.pons')} <span className="nu-note">{format.number(page.perPon.length)}</span>
        </h2>
      </header>
      <div className="nu-pons" tabIndex={0} role="group" aria-label={t('page.pons')}>
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col">{t('page.pon')}</th>
              <th scope="col">
                <span className="nc-hidden">{t('bar.title')}</span>
              </th>
              <th scope="col" className="nc-num">
                {t('page.ponDown')}
              </th>
              <th scope="col" className="nc-num">
                {t('page.ponGasp')}
              </th>
              <th scope="col" className="nc-num">
                {t('page.ponBack')}
              </th>
            </tr>
          </thead>
          <tbody>
            {page.perPon.map((pon) => (
              <tr key={`${pon.oltId} ${formatPon(pon.pon)}`}>
                <td>
                  <RouteLink to={paths.pon(pon.oltId, pon.pon)} className="nc-mono">
                    {several ? `${pon.oltName} ` : ''}
                    {formatPon(pon.pon)}
                  </RouteLink>
                </td>
                <td className="nu-pons__bar">
                  <PonBar pon={pon} />
                </td>
                <td className="nc-num">
                  {format.number(pon.down)}
                  <span className="nc-faint">/{format.number(pon.total)}</span>
                </td>
                <td className="nc-num">{format.number(pon.withGasp)}</td>
                <td className="nc-num">{format.number(pon.back)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Still down solid, back hatched, never down empty. */
const PonBar = ({ pon }: { readonly pon: PerPon }) => {
  const total = Math.max(1, pon.total)
  return (
    <span className="nu-ponbar" aria-hidden="true">
      <span data-part="down" style={{ width: `${((pon.down - pon.back) / total) * 100}%` }} />
      <span data-part="back" style={{ width: `${(pon.back / total) * 100}%` }} />
    </span>
  )
}
