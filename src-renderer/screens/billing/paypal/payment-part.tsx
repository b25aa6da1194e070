import { Button, Group, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaymentRow } from '../../../../src-shared/contract/billing-payments.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { makeUuidV7 } from '../../../client/uuid.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../../components/money-field.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'
import { RateText } from './link-state.tsx'
import './paypal.css'

type OfPayment = Output<'billing.payPalOfPayment'>

/** Of a payment that came by a link: what was paid there, what went back, and giving back. */
export const PayPalPart = ({ payment }: { readonly payment: PaymentRow }) => {
  const { t } = useTranslation('billing-paypal')
  const may = usePermissions()
  const { value } = useQuery(
    'billing.payPalOfPayment',
    { paymentId: payment.id },
    { on: ['billing.changed'], everyMs: 300 },
  )
  const [asking, setAsking] = useState(false)
  if (value?.link == null) return null
  const { link, refunds, left } = value
  const waiting = refunds.filter(({ state }) => state !== 'done')
  return (
    <>
      {link.exchange !== null && (
        <p className="nc-soft">
          {t('refund.paidThere')}{' '}
          <Money minor={link.providerAmount} currency={link.providerCurrency} /> ·{' '}
          <RateText link={link} />
        </p>
      )}
      {waiting.map((refund) => (
        <div key={refund.id} role="status">
          <span className="nbl-chip" data-tone="warn">
            {t(
              `refund.state.${refund.state === 'pending' && refund.isThere ? 'there' : refund.state}`,
            )}
          </span>{' '}
          <Money minor={refund.amount} currency={payment.currency} /> · {refund.reason}
          {refund.problem !== null && <span className="nc-mono"> · {refund.problem}</span>}
          {refund.trouble !== null && <FailureState brief failure={refund.trouble} />}
        </div>
      ))}
      {may.includes('billing.payment.refund') && left > 0 && (
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('refund.open')}
          </Button>
        </Group>
      )}
      {asking && <RefundDialog payment={payment} value={value} onClose={() => setAsking(false)} />}
    </>
  )
}

const RefundDialog = ({
  payment,
  value: { link, left },
  onClose,
}: {
  readonly payment: PaymentRow
  readonly value: OfPayment
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-paypal')
  const { t: payments } = useTranslation('billing-payments')
  const money = useMoneyText()
  const { currency } = payment
  const [typed, setTyped] = useState(() => typedOf(left, currency))
  const [reason, setReason] = useState('')
  const refundId = useRef(makeUuidV7())
  const amount = minorOf(typed, currency)
  const isTooMuch = amount !== null && amount > left
  const free = Math.max(0, payment.amount - payment.refunded - payment.settled)
  return (
    <FormDialog
      title={t('refund.title', { number: payment.number })}
      button={t('refund.button')}
      ready={amount !== null && amount > 0 && !isTooMuch && reason.trim() !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.refundPayPal',
          {
            refundId: refundId.current,
            paymentId: payment.id,
            amount: amount ?? 0,
            reason: reason.trim(),
          },
          () => ({ title: t('refund.asked') }),
        )
        return out !== undefined
      }}
    >
      <p className="nc-soft">{t('refund.text')}</p>
      <MoneyField
        label={payments('refund.amount')}
        description={payments('refund.most', { amount: money(left, currency) })}
        currency={currency}
        value={typed}
        onChange={setTyped}
        error={isTooMuch ? payments('refund.tooMuch') : undefined}
        data-autofocus
      />
      {link?.exchange != null && <p className="nc-soft">{t('refund.atRate')}</p>}
      {amount !== null && !isTooMuch && amount > free && (
        <p role="status">
          {payments('refund.reopens', { amount: money(amount - free, currency) })}
        </p>
      )}
      <TextInput
        label={payments('reverse.reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
      />
    </FormDialog>
  )
}
