import { useTranslation } from 'react-i18next'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import { paths } from '../../app/paths.ts'
import { Money } from '../../components/money.tsx'
import { RouteLink } from '../../components/route-link.tsx'

type MoneyPreview = NonNullable<ApprovalRow['preview']['money']>

/** What an act about money would do: whose, which document, how much of each line, and why. */
export const MoneyContent = ({ money }: { readonly money: MoneyPreview }) => {
  const { t } = useTranslation('approvals')
  const { currency } = money
  return (
    <>
      <dl className="nc-facts">
        <dt>{t('money.subscriber')}</dt>
        <dd>
          <RouteLink to={paths.subscriber(money.subscriberId)}>
            {money.subscriberCode} {money.subscriberName}
          </RouteLink>
        </dd>
        {money.documentId !== null && (
          <>
            <dt>{t('money.document')}</dt>
            <dd className="nc-mono">{money.number}</dd>
          </>
        )}
        <dt>{t('money.reason')}</dt>
        <dd>{money.reason}</dd>
        {money.billAgain && (
          <>
            <dt>{t('money.days')}</dt>
            <dd>{t('money.billAgain')}</dd>
          </>
        )}
      </dl>
      <table
        className="nc-table nap-money"
        aria-label={t(money.documentId === null ? 'money.writtenOff' : 'money.lines')}
      >
        <tbody>
          {money.lines.map((line, index) => (
            <tr key={index}>
              <th scope="row">{line.text}</th>
              <td className="nc-num">
                <Money minor={line.amount} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {money.documentId !== null && (
            <tr>
              <th scope="row">{t('money.tax')}</th>
              <td className="nc-num">
                <Money minor={money.tax} currency={currency} />
              </td>
            </tr>
          )}
          <tr>
            <th scope="row">
              <strong>{t('money.total')}</strong>
            </th>
            <td className="nc-num">
              <strong>
                <Money minor={money.total} currency={currency} />
              </strong>
            </td>
          </tr>
        </tfoot>
      </table>
    </>
  )
}
