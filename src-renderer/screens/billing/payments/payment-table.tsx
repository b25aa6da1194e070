import { useTranslation } from 'react-i18next'
import type { PaymentRow } from '../../../../src-shared/contract/billing-payments.ts'
import { Day } from '../../../components/day.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'

export interface PaymentTableProps {
  readonly payments: readonly PaymentRow[]
  readonly onOpen: (paymentId: string) => void
}

/** Payments, the latest first; each opens with what it settles. */
export const PaymentTable = ({ payments, onOpen }: PaymentTableProps) => {
  const { t } = useTranslation('billing-payments')
  const columns = ['number', 'received', 'method', 'reference', 'state', 'by'] as const
  return (
    <div className="nc-panel">
      <table className="nc-table" aria-label={t('payments.label')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`payments.${column}`)}
              </th>
            ))}
            <th scope="col" className="nc-num">
              {t('payments.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {payments.map((payment) => (
            <tr key={payment.id} data-void={payment.reversal !== null || undefined}>
              <th scope="row">
                <button type="button" className="nbp-open" onClick={() => onOpen(payment.id)}>
                  {payment.number}
                </button>
              </th>
              <td>
                <Day on={payment.receivedOn} />
              </td>
              <td>{t(`method.${payment.method}`)}</td>
              <td className="nc-mono">{payment.reference ?? ''}</td>
              <td>
                <PaymentState payment={payment} />
              </td>
              <td>{payment.takenBy ?? ''}</td>
              <td className="nc-num">
                <Money minor={payment.amount} currency={payment.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** In words, never by colour alone. */
export const PaymentState = ({ payment }: { readonly payment: PaymentRow }) => {
  const { t } = useTranslation('billing-payments')
  const money = useMoneyText()
  const { amount, refunded, settled, reversal, currency } = payment
  if (reversal !== null) return <strong>{t(`reversal.${reversal}`)}</strong>
  const left = amount - refunded - settled
  const words = [
    ...(refunded > 0 ? [t('state.refunded', { amount: money(refunded, currency) })] : []),
    ...(left > 0 ? [t('state.credit', { amount: money(left, currency) })] : []),
  ]
  return <>{words.length === 0 ? t('state.settled') : words.join(' · ')}</>
}
