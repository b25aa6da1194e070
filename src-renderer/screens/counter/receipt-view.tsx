import { Button, Group, Modal } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  CashTill,
  CounterReceipt,
} from '../../../src-shared/contract/billing-counter-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { Day } from '../../components/day.tsx'
import { Money, useMoneyText } from '../../components/money.tsx'
import { ReceiptButton } from '../billing/papers/paper-buttons.tsx'
import { printReceipt } from './print.ts'

export interface ReceiptViewProps {
  readonly receipt: CounterReceipt
  readonly till: CashTill | null
  readonly onNext: () => void
}

/** What was just taken: the change largest, then on to the next. */
export const ReceiptView = ({ receipt, till, onNext }: ReceiptViewProps) => {
  const { t } = useTranslation('billing-counter')
  return (
    <section
      className="nc-panel nct-serve"
      aria-label={t('receipt.title', { number: receipt.number })}
    >
      <ReceiptFacts receipt={receipt} />
      <ReceiptButton paymentId={receipt.paymentId} />
      <Group justify="space-between">
        <PrintButton receipt={receipt} till={till} isPrinted={till?.printer !== null} />
        <Button autoFocus onClick={onNext}>
          {t('receipt.next')}
        </Button>
      </Group>
    </section>
  )
}

/** One of this session, again. */
export const ReceiptDialog = (props: {
  readonly paymentId: string
  readonly till: CashTill | null
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-counter')
  const { t: common } = useTranslation()
  const { value, failure, refresh } = useQuery(
    'billing.counterReceipt',
    { paymentId: props.paymentId },
    { on: ['billing.counterChanged'] },
  )
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t('receipt.title', { number: value?.number ?? '' })}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
    >
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} />
      ) : (
        <div className="nct-receipt">
          <ReceiptFacts receipt={value} />
          <ReceiptButton paymentId={value.paymentId} />
          <Group justify="flex-end">
            <PrintButton receipt={value} till={props.till} isPrinted={value.printed > 0} />
          </Group>
        </div>
      )}
    </Modal>
  )
}

const PrintButton = (props: {
  readonly receipt: CounterReceipt
  readonly till: CashTill | null
  readonly isPrinted: boolean
}) => {
  const { t } = useTranslation('billing-counter')
  const [busy, setBusy] = useState(false)
  const canPrint = props.till !== null && props.till.printer !== null
  const print = (): void => {
    if (busy) return
    setBusy(true)
    void printReceipt(props.receipt.paymentId).finally(() => setBusy(false))
  }
  useShortcut('counterPrint', print, canPrint)
  if (!canPrint) return <span />
  return (
    <Button
      variant="default"
      leftSection={<IconPrinter size={16} aria-hidden="true" />}
      loading={busy}
      onClick={print}
    >
      {t(props.isPrinted ? 'receipt.again' : 'receipt.print')}
    </Button>
  )
}

const ReceiptFacts = ({ receipt }: { readonly receipt: CounterReceipt }) => {
  const { t } = useTranslation('billing-counter')
  const money = useMoneyText()
  const { currency } = receipt
  const method = receipt.method as 'cash' | 'card' | 'transfer' | 'other'
  return (
    <>
      <header className="nct-who">
        <h2>{t('receipt.title', { number: receipt.number })}</h2>
        <Day on={receipt.on} />
        <span>{receipt.subscriberName}</span>
        <span className="nc-mono">{receipt.subscriberCode}</span>
        {receipt.reversed && <strong className="nct-bad">{t('receipt.reversed')}</strong>}
      </header>
      {receipt.change > 0 && (
        <p className="nct-change nct-change--large" role="status">
          {t('receipt.change')} <strong>{money(receipt.change, currency)}</strong>
        </p>
      )}
      <table className="nc-table" aria-label={t('receipt.settled')}>
        <tbody>
          {receipt.settles.map(({ invoiceId, number, amount }) => (
            <tr key={invoiceId}>
              <th scope="row" className="nc-mono">
                {number}
              </th>
              <td className="nc-num">
                <Money minor={amount} currency={currency} />
              </td>
            </tr>
          ))}
          {receipt.credit > 0 && (
            <tr>
              <th scope="row">{t('receipt.credit')}</th>
              <td className="nc-num">
                <Money minor={receipt.credit} currency={currency} />
              </td>
            </tr>
          )}
          <tr className="nct-total">
            <th scope="row">{t(`method.${method}`)}</th>
            <td className="nc-num">
              <Money minor={receipt.amount + receipt.rounding} currency={currency} />
            </td>
          </tr>
        </tbody>
      </table>
    </>
  )
}
