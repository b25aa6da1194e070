import { useTranslation } from 'react-i18next'
import type { FinanceCurrency } from '../../../../src-shared/contract/billing-finance.ts'
import { paths } from '../../../app/paths.ts'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { ageFills, agesShown } from './finance-model.ts'

/** What is owed, by how long it has been due: one bar, and its parts in figures. */
export const AgesPanel = ({
  of,
  asOfOn,
}: {
  readonly of: FinanceCurrency
  readonly asOfOn: string
}) => {
  const { t } = useTranslation('billing-finance')
  const format = useFormat()
  const { ages, currency } = of
  const total = agesShown.reduce((sum, age) => sum + ages[age], 0)
  return (
    <section className="nc-panel nfi-panel" aria-label={t('panel.ages')}>
      <header className="nc-panel__head">
        <h2>{t('panel.ages')}</h2>
        <RouteLink to={paths.reports(`show=aged&on=${asOfOn}`)}>{t('toDebtors')}</RouteLink>
      </header>
      <div className="nc-panel__body">
        <div className="nfi-ages" aria-hidden="true">
          {agesShown.map((age) =>
            ages[age] <= 0 ? null : (
              <i
                key={age}
                style={{ background: ageFills[age], flexGrow: ages[age] / Math.max(1, total) }}
              />
            ),
          )}
        </div>
        <table className="nc-table" aria-label={t('panel.ages')}>
          <tbody>
            {agesShown.map((age) => (
              <tr key={age}>
                <th scope="row">
                  <i className="nfi-dot" style={{ background: ageFills[age] }} /> {t(`age.${age}`)}
                </th>
                <td className="nc-num">
                  <Money minor={ages[age]} currency={currency} />
                </td>
                <td className="nc-num nc-soft">
                  {format.percent(total === 0 ? 0 : ages[age] / total, 0)}
                </td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('age.credit')}</th>
              <td className="nc-num">
                <Money minor={-ages.credit} currency={currency} />
              </td>
              <td />
            </tr>
            <tr>
              <th scope="row">
                <strong>{t('age.balance')}</strong>
              </th>
              <td className="nc-num">
                <strong>
                  <Money minor={ages.balance} currency={currency} />
                </strong>
              </td>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
    </section>
  )
}

export const DebtorsPanel = ({
  of,
  asOfOn,
}: {
  readonly of: FinanceCurrency
  readonly asOfOn: string
}) => {
  const { t } = useTranslation('billing-finance')
  return (
    <section className="nc-panel nfi-panel" aria-label={t('panel.debtors')}>
      <header className="nc-panel__head">
        <h2>{t('panel.debtors')}</h2>
        <RouteLink to={paths.reports(`show=aged&on=${asOfOn}`)}>{t('toDebtors')}</RouteLink>
      </header>
      {of.debtors.length === 0 ? (
        <p className="nc-panel__body nc-soft">{t('noDebtors')}</p>
      ) : (
        <table className="nc-table" aria-label={t('panel.debtors')}>
          <thead>
            <tr>
              <th scope="col">{t('debtor')}</th>
              <th scope="col" className="nc-num">
                {t('balance')}
              </th>
              <th scope="col" className="nc-num">
                {t('overdue')}
              </th>
            </tr>
          </thead>
          <tbody>
            {of.debtors.map(({ subscriberId, code, name, balance, overdue }) => (
              <tr key={subscriberId}>
                <td>
                  <RouteLink to={`${paths.subscriber(subscriberId)}?tab=account`}>{name}</RouteLink>{' '}
                  <span className="nc-mono nc-soft">{code}</span>
                </td>
                <td className="nc-num">
                  <Money minor={balance} currency={of.currency} />
                </td>
                <td className="nc-num">
                  <Money minor={overdue} currency={of.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
