import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentCustomer } from '../../../../src-shared/contract/billing-agents.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { makeUuidV7 } from '../../../client/uuid.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { Day } from '../../../components/day.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { minorOf, MoneyField, typedOf } from '../../../components/money-field.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { act } from '../billing-acts.ts'

export interface TakeDialogProps {
  readonly customer: AgentCustomer
  /** Of the reseller's balance. */
  readonly currency: string
  /** His balance and its limit. */
  readonly available: number
  readonly onClose: () => void
}

/** A reseller takes a customer's money; then what it paid, to be read to him. */
export const TakeDialog = ({ customer, currency, available, onClose }: TakeDialogProps) => {
  const { t } = useTranslation('billing-agents')
  const { t: payments } = useTranslation('billing-payments')
  const { t: common } = useTranslation()
  const money = useMoneyText()
  const open = customer.open.find((one) => one.currency === currency)?.open ?? 0
  const { value, failure, refresh } = useQuery('billing.ownCustomer', {
    subscriberId: customer.id,
  })
  const [typed, setTyped] = useState(() => typedOf(open === 0 ? null : open, currency))
  const [note, setNote] = useState('')
  const [taken, setTaken] = useState<Output<'billing.ownTake'> | null>(null)
  // Of this window: pressed twice it is one payment.
  const paymentId = useRef(makeUuidV7())
  const amount = minorOf(typed, currency)
  if (taken !== null) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={t('take.doneTitle', { name: customer.name })}
        closeButtonProps={{ 'aria-label': common('button.close') }}
        centered
      >
        <div className="nbl-stack">
          <dl className="nc-facts">
            <dt>{t('take.receipt')}</dt>
            <dd className="nc-mono">
              {taken.number} <CopyButton text={taken.number} label={t('take.receipt')} />
            </dd>
            <dt>{payments('dialog.amount')}</dt>
            <dd>
              <Money minor={taken.amount} currency={currency} />
            </dd>
            {taken.settles.map(({ invoiceId, number, amount: part }) => (
              <Settled key={invoiceId} number={number} part={part} currency={currency} />
            ))}
            {taken.credit > 0 && (
              <>
                <dt>{t('take.credit')}</dt>
                <dd>
                  <Money minor={taken.credit} currency={currency} />
                </dd>
              </>
            )}
            <dt>{t('take.earned')}</dt>
            <dd>
              <Money minor={taken.earned} currency={currency} />
            </dd>
            <dt>{t('mine.balance')}</dt>
            <dd>
              <Money minor={taken.balance} currency={currency} />
            </dd>
          </dl>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('take.close')}</Button>
          </Group>
        </div>
      </Modal>
    )
  }
  return (
    <FormDialog
      title={t('take.title', { name: customer.name })}
      button={t('take.button')}
      ready={amount !== null && amount > 0}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.ownTake',
          {
            paymentId: paymentId.current,
            subscriberId: customer.id,
            currency,
            amount: amount ?? 0,
            note,
          },
          ({ number }) => ({ title: payments('dialog.done', { number }) }),
        )
        if (out !== undefined) setTaken(out)
        return false
      }}
    >
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={2} />
      ) : value.documents.length === 0 ? (
        <p className="nc-soft">{t('take.nothingOpen')}</p>
      ) : (
        <table className="nc-table" aria-label={t('customers.open')}>
          <tbody>
            {value.documents.map((document) => (
              <tr key={document.id}>
                <th scope="row" className="nc-mono">
                  {document.number}
                </th>
                <td>
                  <Day on={document.dueOn} />
                </td>
                <td className="nc-num">
                  <Money minor={document.open} currency={document.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoneyField
        label={payments('dialog.amount')}
        description={t('take.available', { amount: money(available, currency) })}
        currency={currency}
        value={typed}
        onChange={setTyped}
        data-autofocus
      />
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

const Settled = (of: {
  readonly number: string
  readonly part: number
  readonly currency: string
}) => {
  const { t } = useTranslation('billing-agents')
  return (
    <>
      <dt>
        {t('take.settles')} <span className="nc-mono">{of.number}</span>
      </dt>
      <dd>
        <Money minor={of.part} currency={of.currency} />
      </dd>
    </>
  )
}
