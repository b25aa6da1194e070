import { Button, Group, Kbd, SegmentedControl, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CashSession, CashTill } from '../../../src-shared/contract/billing-counter-model.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { MoneyField, minorOf, typedOf } from '../../components/money-field.tsx'
import { useMoneyText } from '../../components/money.tsx'
import { showFailure } from '../../components/toast.tsx'
import { dueOf, roundingOf, settlesOf } from './pay-model.ts'
import { RedeemDialog } from './redeem-dialog.tsx'
import { WhoPays } from './who-pays.tsx'

type Subscriber = Output<'billing.counterSubscriber'>
type Receipt = Output<'billing.counterTake'>
const methods = ['cash', 'card', 'transfer', 'other'] as const
type Method = (typeof methods)[number]

export interface PayPanelProps {
  readonly subscriberId: string
  readonly session: CashSession
  readonly till: CashTill | null
  readonly onBack: () => void
  readonly onTaken: (receipt: Receipt) => void
}

/** What he owes, and taking his money. */
export const PayPanel = (props: PayPanelProps) => {
  const { subscriberId } = props
  const { value, failure, refresh } = useQuery('billing.counterSubscriber', { subscriberId })
  const [redeeming, setRedeeming] = useState(false)
  useShortcut('counterVoucher', () => setRedeeming(true), value !== undefined)
  if (value === undefined) {
    return (
      <section className="nc-panel nct-serve">
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      </section>
    )
  }
  return (
    <>
      {/* What is due is proposed anew once a card has settled some of it. */}
      <PayForm
        key={value.open.map(({ id, open }) => `${id} ${open}`).join()}
        {...props}
        subscriber={value}
        onRedeem={() => setRedeeming(true)}
      />
      {redeeming && (
        <RedeemDialog
          subscriberId={subscriberId}
          currency={props.session.currency}
          onClose={() => {
            setRedeeming(false)
            refresh()
          }}
        />
      )}
    </>
  )
}

const PayForm = ({
  subscriber,
  session,
  till,
  onBack,
  onTaken,
  onRedeem,
}: PayPanelProps & { readonly subscriber: Subscriber; readonly onRedeem: () => void }) => {
  const { t } = useTranslation('billing-counter')
  const money = useMoneyText()
  const { currency } = session
  const due = dueOf(subscriber, currency)
  const [typed, setTyped] = useState(() => typedOf(due === 0 ? null : due, currency))
  const [method, setMethod] = useState<Method>('cash')
  const [handed, setHanded] = useState('')
  const [reference, setReference] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [armed, setArmed] = useState(false)
  const [busy, setBusy] = useState(false)
  // Of this person at the counter: sent twice it is one payment.
  const paymentId = useRef(makeUuidV7())

  const amount = minorOf(typed, currency) ?? 0
  const isCash = method === 'cash'
  const rounding = isCash ? roundingOf(amount, till?.coin ?? 1) : 0
  const toPay = amount + rounding
  const tendered = isCash ? minorOf(handed, currency) : null
  const change = tendered === null ? 0 : tendered - toPay
  const open = subscriber.open.filter((one) => one.currency === currency)
  const openSum = open.reduce((sum, one) => sum + one.open, 0)
  const others = [...new Set(subscriber.open.map((one) => one.currency))].filter(
    (one) => one !== currency,
  )
  const isReady = amount > 0 && change >= 0 && !busy

  const set =
    <Value,>(to: (value: Value) => void) =>
    (value: Value): void => {
      setArmed(false)
      to(value)
    }

  const take = async (): Promise<void> => {
    setBusy(true)
    try {
      onTaken(
        await runCommand('billing.counterTake', {
          paymentId: paymentId.current,
          subscriberId: subscriber.id,
          method,
          currency,
          amount,
          tendered,
          reference: isCash ? '' : reference,
          settles: settlesOf(open, chosen, amount),
        }),
      )
    } catch (error) {
      showFailure(failureOf(error))
      setArmed(false)
      setBusy(false)
    }
  }

  return (
    <form
      className="nc-panel nct-serve"
      aria-label={subscriber.name}
      onKeyDown={(event) => {
        // A key that is held down is one press.
        if (event.key === 'Enter' && event.repeat) event.preventDefault()
        if (event.key === 'Escape') onBack()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isReady) return
        if (armed) void take()
        else setArmed(true)
      }}
    >
      <WhoPays
        subscriber={subscriber}
        open={open}
        currency={currency}
        chosen={chosen}
        onChosen={set(setChosen)}
      />
      {others.map((other) => (
        <p key={other} className="nct-told">
          {t('pay.currency', { till: currency, other })}
        </p>
      ))}
      <SegmentedControl
        aria-label={t('pay.method')}
        fullWidth
        value={method}
        onChange={set(setMethod)}
        data={methods.map((value) => ({ value, label: t(`method.${value}`) }))}
      />
      <div className="nct-fields">
        <MoneyField
          label={t('pay.amount')}
          currency={currency}
          value={typed}
          onChange={set(setTyped)}
          autoFocus
        />
        {isCash ? (
          <MoneyField
            label={t('pay.tendered')}
            currency={currency}
            value={handed}
            onChange={set(setHanded)}
            error={change < 0 ? t('pay.short', { amount: money(-change, currency) }) : undefined}
          />
        ) : (
          <TextInput
            label={t('pay.reference')}
            value={reference}
            maxLength={140}
            onChange={(event) => set(setReference)(event.currentTarget.value)}
          />
        )}
      </div>
      <div className="nct-sum" role="status">
        {rounding !== 0 && (
          <p>
            {t('pay.toPay')} <strong>{money(toPay, currency)}</strong>{' '}
            <span className="nc-soft">
              {t('pay.rounding', { amount: money(rounding, currency) })}
            </span>
          </p>
        )}
        {tendered !== null && change >= 0 && (
          <p className="nct-change">
            {t('pay.change')} <strong>{money(change, currency)}</strong>
          </p>
        )}
        {amount > openSum && (
          <p className="nc-soft">
            {t('pay.credit', { amount: money(amount - openSum, currency) })}
          </p>
        )}
      </div>
      <Group justify="space-between">
        <Button variant="default" onClick={onBack}>
          {t('pay.back')}
        </Button>
        <Button variant="default" rightSection={<Kbd size="xs">F7</Kbd>} onClick={onRedeem}>
          {t('voucher.open')}
        </Button>
        <Button type="submit" disabled={!isReady} loading={busy} data-armed={armed || undefined}>
          {t(armed ? 'pay.again' : 'pay.take', { amount: money(toPay, currency) })}
        </Button>
      </Group>
    </form>
  )
}
