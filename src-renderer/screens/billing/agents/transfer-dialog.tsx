import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { enteredMethods } from '../../../../src-shared/contract/billing-payments.ts'
import type { AgentTransferKind } from '../../../../src-shared/contract/billing-agents.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { makeUuidV7 } from '../../../client/uuid.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { minorOf, MoneyField, typedOf } from '../../../components/money-field.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { act } from '../billing-acts.ts'

type Method = (typeof enteredMethods)[number]

/** Money from an agent, or to him: what stands after it is shown before. */
export const TransferDialog = ({
  kind,
  detail,
  onClose,
}: {
  readonly kind: AgentTransferKind
  readonly detail: Output<'billing.agent'>
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-agents')
  const { t: payments } = useTranslation('billing-payments')
  const money = useMoneyText()
  const { agent, balances, today } = detail
  const owedIn = balances.filter(({ balance }) => balance > 0)
  const [currency, setCurrency] = useState(
    (kind === 'payout' ? owedIn[0]?.currency : undefined) ?? agent.currency,
  )
  const balance = balances.find((one) => one.currency === currency)?.balance ?? 0
  const [typed, setTyped] = useState(() =>
    typedOf(kind === 'payout' && balance > 0 ? balance : null, currency),
  )
  const [method, setMethod] = useState<Method>('transfer')
  const [on, setOn] = useState(today)
  const [reference, setReference] = useState('')
  const [note, setNote] = useState('')
  // Of this window: pressed twice it is one transfer.
  const transferId = useRef(makeUuidV7())
  const amount = minorOf(typed, currency)
  const isBeyond = kind === 'payout' && amount !== null && amount > Math.max(0, balance)
  const after = balance + (kind === 'payout' ? -1 : 1) * (amount ?? 0)
  return (
    <FormDialog
      title={t(`${kind}.title`, { name: agent.name })}
      button={t(`${kind}.button`)}
      ready={amount !== null && amount > 0 && !isBeyond && on !== '' && on <= today}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          kind === 'payout' ? 'billing.payAgent' : 'billing.topUpAgent',
          {
            transferId: transferId.current,
            accountId: agent.accountId,
            currency,
            amount: amount ?? 0,
            on,
            method,
            reference,
            note,
          },
          ({ number }) => ({ title: t(`${kind}.done`, { number }) }),
        )
        return out !== undefined
      }}
    >
      <SegmentedControl
        aria-label={payments('dialog.method')}
        fullWidth
        value={method}
        onChange={(value) => setMethod(value)}
        data={enteredMethods.map((value) => ({ value, label: payments(`method.${value}`) }))}
      />
      <div className="nbl-fields">
        <MoneyField
          label={payments('dialog.amount')}
          currency={currency}
          value={typed}
          onChange={setTyped}
          error={
            isBeyond
              ? t('payout.beyond', { owed: money(Math.max(0, balance), currency) })
              : undefined
          }
          data-autofocus
        />
        {balances.length > 1 && (
          <Select
            label={payments('dialog.currency')}
            data={balances.map((one) => one.currency)}
            value={currency}
            allowDeselect={false}
            onChange={(value) => {
              if (value === null) return
              setCurrency(value)
              setTyped('')
            }}
          />
        )}
        <TextInput
          type="date"
          label={t('transfer.on')}
          value={on}
          max={today}
          error={on > today ? payments('dialog.future') : undefined}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        <TextInput
          label={payments('dialog.reference')}
          value={reference}
          maxLength={140}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      </div>
      <p role="status" className="nc-soft">
        {t(balance < 0 ? 'transfer.owes' : 'transfer.owed', {
          amount: money(Math.abs(balance), currency),
        })}{' '}
        {amount !== null &&
          amount > 0 &&
          !isBeyond &&
          t(after < 0 ? 'transfer.afterOwes' : 'transfer.after', {
            amount: money(Math.abs(after), currency),
          })}
      </p>
      <Textarea
        label={payments('dialog.note')}
        value={note}
        maxLength={2000}
        autosize
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
