import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { enteredMethods } from '../../../../src-shared/contract/billing-payments.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { makeUuidV7 } from '../../../client/uuid.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../../components/money-field.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { act } from '../billing-acts.ts'
import { SettleChoice, useSettleChoice } from './settle-choice.tsx'

type Method = (typeof enteredMethods)[number]
const methods: readonly Method[] = ['cash', 'transfer', 'card', 'other']

export interface TakePaymentDialogProps {
  readonly subscriberId: string
  readonly account: Output<'billing.account'>
  readonly onClose: () => void
}

/** Money is taken: what it settles is shown before, and can be chosen. */
export const TakePaymentDialog = ({ subscriberId, account, onClose }: TakePaymentDialogProps) => {
  const { t } = useTranslation('billing-payments')
  const money = useMoneyText()
  const own = useBillingSettings()?.currency
  const currencies = [
    ...new Set([
      ...account.balances.map(({ currency }) => currency),
      ...(own === undefined ? [] : [own]),
    ]),
  ]
  const [currency, setCurrency] = useState(account.open[0]?.currency ?? currencies[0] ?? 'USD')
  const open = account.open.filter((document) => document.currency === currency)
  const overdue = open.filter(({ overdueDays }) => overdueDays > 0)
  const usual = (overdue.length > 0 ? overdue : open.slice(0, 1)).reduce(
    (sum, document) => sum + document.open,
    0,
  )
  const [typed, setTyped] = useState(() => typedOf(usual === 0 ? null : usual, currency))
  const [method, setMethod] = useState<Method>('cash')
  const [receivedOn, setReceivedOn] = useState(account.today)
  const [reference, setReference] = useState('')
  const [payer, setPayer] = useState('')
  const [note, setNote] = useState('')
  // Of this window: pressed twice it is one payment.
  const paymentId = useRef(makeUuidV7())
  const amount = minorOf(typed, currency)

  const choice = useSettleChoice(open, amount ?? 0)

  return (
    <FormDialog
      title={t('dialog.title')}
      button={t('dialog.button')}
      size="lg"
      ready={amount !== null && amount > 0 && receivedOn !== '' && receivedOn <= account.today}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.takePayment',
          {
            paymentId: paymentId.current,
            subscriberId,
            method,
            currency,
            amount: amount ?? 0,
            receivedOn,
            reference,
            payer,
            note,
            settles: choice.settles,
          },
          ({ number, credit }) => ({
            title:
              credit > 0
                ? t('dialog.doneCredit', { number, credit: money(credit, currency) })
                : t('dialog.done', { number }),
          }),
        )
        return out !== undefined
      }}
    >
      <SegmentedControl
        aria-label={t('dialog.method')}
        fullWidth
        value={method}
        onChange={(value) => setMethod(value)}
        data={methods.map((value) => ({ value, label: t(`method.${value}`) }))}
      />
      <div className="nbp-fields">
        <MoneyField
          label={t('dialog.amount')}
          currency={currency}
          value={typed}
          onChange={setTyped}
          data-autofocus
        />
        {currencies.length > 1 && (
          <Select
            label={t('dialog.currency')}
            data={currencies}
            value={currency}
            allowDeselect={false}
            onChange={(value) => {
              if (value === null) return
              setCurrency(value)
              setTyped('')
              choice.reset()
            }}
          />
        )}
        <TextInput
          type="date"
          label={t('dialog.received')}
          value={receivedOn}
          max={account.today}
          onChange={(event) => setReceivedOn(event.currentTarget.value)}
          error={receivedOn > account.today ? t('dialog.future') : undefined}
          required
        />
        <TextInput
          label={t('dialog.reference')}
          description={t(method === 'cash' ? 'dialog.referenceNone' : 'dialog.referenceHint')}
          value={reference}
          maxLength={140}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      </div>
      <SettleChoice choice={choice} currency={currency} />
      <TextInput
        label={t('dialog.payer')}
        value={payer}
        maxLength={140}
        onChange={(event) => setPayer(event.currentTarget.value)}
      />
      <Textarea
        label={t('dialog.note')}
        value={note}
        maxLength={2000}
        autosize
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
