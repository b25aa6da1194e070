import { Checkbox, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { enteredMethods } from '../../../../src-shared/contract/billing-payments.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { settlementsOf } from '../../../../src-shared/domain/settlements.ts'
import { makeUuidV7 } from '../../../client/uuid.ts'
import { Day } from '../../../components/day.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../../components/money-field.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { act } from '../billing-acts.ts'

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
  const [chosen, setChosen] = useState<readonly string[]>([])
  // Of this window: pressed twice it is one payment.
  const paymentId = useRef(makeUuidV7())
  const amount = minorOf(typed, currency)

  const settles = chosenOf(open, chosen, amount ?? 0)
  const preview = previewOf(open, settles, amount ?? 0)
  const toggle = (id: string): void =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])

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
            settles,
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
              setChosen([])
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
      {open.length > 0 && (
        <fieldset className="nbp-choose">
          <legend>{t('dialog.settles')}</legend>
          <p className="nc-soft nc-small">{t('dialog.settlesHint')}</p>
          {open.map((document) => {
            const part = preview.get(document.id) ?? 0
            return (
              <div key={document.id} className="nbp-choice">
                <Checkbox
                  label={<span className="nc-mono">{document.number}</span>}
                  checked={chosen.includes(document.id)}
                  onChange={() => toggle(document.id)}
                />
                <Day on={document.dueOn} />
                <Money minor={document.open} currency={currency} />
                <span data-part={part > 0 || undefined}>
                  {part === 0
                    ? t('dialog.untouched')
                    : part === document.open
                      ? t('dialog.paid')
                      : t('dialog.part', { amount: money(part, currency) })}
                </span>
              </div>
            )
          })}
        </fieldset>
      )}
      <p role="status" className="nc-soft">
        {amount === null || amount === 0
          ? t('dialog.noAmount')
          : leftOf(preview, amount) > 0
            ? t('dialog.left', { amount: money(leftOf(preview, amount), currency) })
            : t('dialog.nothingLeft')}
      </p>
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

type Open = Output<'billing.account'>['open']

const leftOf = (preview: ReadonlyMap<string, number>, amount: number): number =>
  [...preview.values()].reduce((left, part) => left - part, amount)

/** What was ticked, in the order of the ticks, as far as the money reaches. */
const chosenOf = (open: Open, chosen: readonly string[], amount: number) => {
  let left = amount
  return chosen.flatMap((documentId) => {
    const document = open.find(({ id }) => id === documentId)
    const part = Math.min(left, document?.open ?? 0)
    left -= part
    return part > 0 ? [{ documentId, amount: part }] : []
  })
}

/** By document: what it gets, chosen first and then oldest first, by the rule of the engine. */
const previewOf = (
  open: Open,
  chosen: readonly { readonly documentId: string; readonly amount: number }[],
  amount: number,
): ReadonlyMap<string, number> => {
  const parts = new Map(chosen.map((one) => [one.documentId, one.amount]))
  const rest = open
    .map((document) => ({ ...document, open: document.open - (parts.get(document.id) ?? 0) }))
    .filter((document) => document.open > 0)
  const free = amount - chosen.reduce((sum, one) => sum + one.amount, 0)
  const source = { kind: 'payment', id: 'this', on: '', free, correctsId: null } as const
  for (const made of settlementsOf(rest, [source])) {
    parts.set(made.documentId, (parts.get(made.documentId) ?? 0) + made.amount)
  }
  return parts
}
