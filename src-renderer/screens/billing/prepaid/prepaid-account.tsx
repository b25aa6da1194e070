import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'
import { Money } from '../../../components/money.tsx'
import { PrepaidOutlook, PrepaidState } from './prepaid-words.tsx'
import './prepaid.css'

/** What a subscriber has that is paid for before, on his account; nothing where there is none. */
export const PrepaidAccount = ({ subscriberId }: { readonly subscriberId: string }) => {
  const { t } = useTranslation('billing-prepaid')
  const { value } = useQuery(
    'billing.prepaidOf',
    { subscriberId },
    { on: ['billing.changed', 'billing.documentsChanged'] },
  )
  return (
    <>
      {(value?.rows ?? []).map((row) => (
        <div key={row.subscriptionId} className="npp-line">
          <b>{row.planName}</b> {row.serviceName !== null && <span>{row.serviceName}</span>}{' '}
          <PrepaidState of={row} />
          <span>
            {t('column.balance')} <Money minor={row.balance} currency={row.currency} />
          </span>
          <span>
            <PrepaidOutlook of={row} />
          </span>
        </div>
      ))}
    </>
  )
}
