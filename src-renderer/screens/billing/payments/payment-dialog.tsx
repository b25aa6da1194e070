import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  enteredMethods,
  reversalKinds,
} from '../../../../src-shared/contract/billing-payments.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { makeUuidV7 } from '../../../client/uuid.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../../components/money-field.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'
import { PayPalPart } from '../paypal/payment-part.tsx'
import { ReceiptButton } from '../papers/paper-buttons.tsx'
import { PaymentState } from './payment-table.tsx'

type Payment = Output<'billing.payment'>
type Reversal = (typeof reversalKinds)[number]
type Method = (typeof enteredMethods)[number]

const reversals: readonly Reversal[] = ['mistake', 'returned', 'chargeback']
const methods: readonly Method[] = ['cash', 'transfer', 'card', 'other']

export interface PaymentDialogProps {
  readonly paymentId: string
  readonly onClose: () => void
}

/** One payment: what it settles, what went back, and sending it back. */
export const PaymentDialog = ({ paymentId, onClose }: PaymentDialogProps) => {
  const { t } = useTranslation('billing-payments')
  const { value, failure, refresh } = useQuery(
    'billing.payment',
    { paymentId },
    { on: ['billing.changed'] },
  )
  const [asked, setAsked] = useState<'reverse' | 'refund' | undefined>()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('payment.title', { number: value?.payment.number ?? '' })}
      closeButtonProps={{ 'aria-label': t('payment.close') }}
      centered
      size="lg"
    >
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} />
      ) : (
        <Facts value={value} onAsk={setAsked} />
      )}
      {value !== undefined && asked === 'reverse' && (
        <ReverseDialog value={value} onClose={() => setAsked(undefined)} />
      )}
      {value !== undefined && asked === 'refund' && (
        <RefundDialog value={value} onClose={() => setAsked(undefined)} />
      )}
    </Modal>
  )
}

const Facts = ({
  value: { payment, settles, refunds },
  onAsk,
}: {
  readonly value: Payment
  readonly onAsk: (what: 'reverse' | 'refund') => void
}) => {
  const { t } = useTranslation('billing-payments')
  const may = usePermissions()
  const { currency } = payment
  const isStanding = payment.reversal === null
  return (
    <Stack gap="sm">
      <dl className="nbp-facts">
        <dt>{t('payments.amount')}</dt>
        <dd>
          <Money minor={payment.amount} currency={currency} />
        </dd>
        <dt>{t('payments.received')}</dt>
        <dd>
          <Day on={payment.receivedOn} />
        </dd>
        <dt>{t('payments.method')}</dt>
        <dd>
          {t(`method.${payment.method}`)} {payment.reference}
        </dd>
        <dt>{t('payments.state')}</dt>
        <dd>
          <PaymentState payment={payment} />
          {payment.reversalReason === null ? null : ` · ${payment.reversalReason}`}
        </dd>
        {payment.payer === '' ? null : (
          <>
            <dt>{t('dialog.payer')}</dt>
            <dd>{payment.payer}</dd>
          </>
        )}
        {payment.note === '' ? null : (
          <>
            <dt>{t('dialog.note')}</dt>
            <dd>{payment.note}</dd>
          </>
        )}
      </dl>
      {settles.length > 0 && (
        <table className="nc-table" aria-label={t('payment.settles')}>
          <tbody>
            {settles.map(({ invoiceId, number, amount }) => (
              <tr key={invoiceId}>
                <th scope="row" className="nc-mono">
                  {number}
                </th>
                <td className="nc-num">
                  <Money minor={amount} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {refunds.map((refund) => (
        <p key={refund.id} className="nc-soft">
          {t('payment.wentBack')} <Money minor={refund.amount} currency={currency} /> ·{' '}
          <Day on={refund.on} /> · {refund.reason}
        </p>
      ))}
      {payment.method === 'paypal' && <PayPalPart payment={payment} />}
      <ReceiptButton paymentId={payment.id} />
      {isStanding && (
        <Group justify="flex-end" gap="sm">
          {may.includes('billing.payment.refund') && payment.refunded < payment.amount && (
            <Button variant="default" onClick={() => onAsk('refund')}>
              {t('refund.open')}
            </Button>
          )}
          {may.includes('billing.payment.reverse') && payment.refunded === 0 && (
            <Button variant="default" onClick={() => onAsk('reverse')}>
              {t('reverse.open')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  )
}

interface SendBackProps {
  readonly value: Payment
  readonly onClose: () => void
}

const ReverseDialog = ({ value: { payment }, onClose }: SendBackProps) => {
  const { t } = useTranslation('billing-payments')
  const [kind, setKind] = useState<Reversal>('returned')
  const [on, setOn] = useState(payment.receivedOn)
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={t('reverse.title', { number: payment.number })}
      button={t('reverse.button')}
      ready={reason.trim() !== '' && on >= payment.receivedOn}
      onClose={onClose}
      onSubmit={async () => {
        const input = { paymentId: payment.id, kind, on, reason: reason.trim() }
        const out = await act('billing.reversePayment', input, ({ reopened }) => ({
          title: t('reverse.done', { count: reopened.length }),
        }))
        return out !== undefined
      }}
    >
      <p className="nc-soft">{t('reverse.text')}</p>
      <SegmentedControl
        aria-label={t('reverse.kind')}
        fullWidth
        value={kind}
        onChange={(chosen) => setKind(chosen)}
        data={reversals.map((one) => ({ value: one, label: t(`reversal.${one}`) }))}
      />
      <DayField label={t('reverse.on')} value={on} from={payment.receivedOn} onChange={setOn} />
      <TextInput
        label={t('reverse.reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
        data-autofocus
      />
    </FormDialog>
  )
}

const RefundDialog = ({ value: { payment }, onClose }: SendBackProps) => {
  const { t } = useTranslation('billing-payments')
  const money = useMoneyText()
  const { currency } = payment
  const most = payment.amount - payment.refunded
  const free = most - payment.settled
  const [typed, setTyped] = useState(() => typedOf(free > 0 ? free : null, currency))
  const [method, setMethod] = useState<Method>('cash')
  const [on, setOn] = useState(payment.receivedOn)
  const [reference, setReference] = useState('')
  const [reason, setReason] = useState('')
  const refundId = useRef(makeUuidV7())
  const amount = minorOf(typed, currency)
  const isTooMuch = amount !== null && amount > most
  return (
    <FormDialog
      title={t('refund.title', { number: payment.number })}
      button={t('refund.button')}
      ready={amount !== null && amount > 0 && !isTooMuch && reason.trim() !== '' && on !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.refundPayment',
          {
            refundId: refundId.current,
            paymentId: payment.id,
            amount: amount ?? 0,
            on,
            method,
            reference,
            reason: reason.trim(),
          },
          () => ({ title: t('refund.done', { amount: money(amount ?? 0, currency) }) }),
        )
        return out !== undefined
      }}
    >
      <MoneyField
        label={t('refund.amount')}
        description={t('refund.most', { amount: money(most, currency) })}
        currency={currency}
        value={typed}
        onChange={setTyped}
        error={isTooMuch ? t('refund.tooMuch') : undefined}
        data-autofocus
      />
      {amount !== null && !isTooMuch && amount > free && (
        <p role="status">{t('refund.reopens', { amount: money(amount - free, currency) })}</p>
      )}
      <SegmentedControl
        aria-label={t('dialog.method')}
        fullWidth
        value={method}
        onChange={(chosen) => setMethod(chosen)}
        data={methods.map((one) => ({ value: one, label: t(`method.${one}`) }))}
      />
      <DayField label={t('refund.on')} value={on} from={payment.receivedOn} onChange={setOn} />
      <TextInput
        label={t('dialog.reference')}
        value={reference}
        maxLength={140}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <TextInput
        label={t('reverse.reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        required
      />
    </FormDialog>
  )
}

const DayField = (props: {
  readonly label: string
  readonly value: string
  readonly from: string
  readonly onChange: (day: string) => void
}) => (
  <TextInput
    type="date"
    label={props.label}
    value={props.value}
    min={props.from}
    onChange={(event) => props.onChange(event.currentTarget.value)}
    required
  />
)
