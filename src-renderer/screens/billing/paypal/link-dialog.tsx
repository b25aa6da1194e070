import { Button, Group, Modal, NumberInput, Select, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import {
  exchanged,
  paypalAmount,
  readRate,
} from '../../../../src-shared/domain/paypal-currencies.ts'
import { makeUuidV7 } from '../../../client/uuid.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../../components/money-field.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { useBillingSettings } from '../../../state/billing.ts'
import { act } from '../billing-acts.ts'
import { SettleChoice, useSettleChoice } from '../payments/settle-choice.tsx'
import { LinkPanel } from './link-panel.tsx'

type Offered = NonNullable<Output<'billing.payPalOf'>['offered']>

export interface MakeLinkDialogProps {
  readonly subscriberId: string
  readonly account: Output<'billing.account'>
  readonly offered: Offered
  readonly onClose: () => void
  readonly onMade: (linkId: string) => void
}

/** A link by which a subscriber pays: both amounts are shown before it is made. */
export const MakeLinkDialog = (props: MakeLinkDialogProps) => {
  const { subscriberId, account, offered, onClose, onMade } = props
  const { t } = useTranslation('billing-paypal')
  const { t: payments } = useTranslation('billing-payments')
  const money = useMoneyText()
  const { locale } = useFormat()
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
  const proposed = overdue.length > 0 ? overdue : open.slice(0, 1)
  const usual = proposed.reduce((sum, document) => sum + document.open, 0)
  const [typed, setTyped] = useState(() => typedOf(usual === 0 ? null : usual, currency))
  const [description, setDescription] = useState(() =>
    proposed
      .map(({ number }) => number)
      .join(', ')
      .slice(0, 120),
  )
  const [to, setTo] = useState('USD')
  const [typedRate, setTypedRate] = useState('')
  const linkId = useRef(makeUuidV7())
  const amount = minorOf(typed, currency)
  const choice = useSettleChoice(open, amount ?? 0)

  const needsRate = !offered.currencies.includes(currency)
  const rate = needsRate ? readRate(typedRate) : null
  const comes =
    rate === null || amount === null
      ? null
      : exchanged({ minor: amount, currency: currency as CurrencyCode }, to as CurrencyCode, rate)
  const isWhole =
    needsRate ||
    amount === null ||
    paypalAmount({ minor: amount, currency: currency as CurrencyCode }).ok
  return (
    <FormDialog
      title={t('make.title')}
      button={t('make.button')}
      size="lg"
      ready={
        amount !== null &&
        amount > 0 &&
        isWhole &&
        description.trim() !== '' &&
        (!needsRate || (comes !== null && comes > 0))
      }
      onClose={onClose}
      onSubmit={async () => {
        const exchange =
          rate === null || comes === null ? null : { currency: to, ...rate, amount: comes }
        const out = await act(
          'billing.makePayPalLink',
          {
            linkId: linkId.current,
            subscriberId,
            currency,
            amount: amount ?? 0,
            description: description.trim(),
            settles: choice.settles,
            exchange,
          },
          () => ({ title: t('make.done') }),
        )
        if (out !== undefined) onMade(linkId.current)
        return out !== undefined
      }}
    >
      {offered.mode === 'trial' && <p className="nbl-warn">{t('onTrial')}</p>}
      <div className="nbp-fields">
        <MoneyField
          label={payments('dialog.amount')}
          currency={currency}
          value={typed}
          onChange={setTyped}
          error={isWhole ? undefined : t('make.whole', { currency })}
          data-autofocus
        />
        {currencies.length > 1 && (
          <Select
            label={payments('dialog.currency')}
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
          label={t('make.description')}
          description={t('make.descriptionHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={description}
          maxLength={120}
          onChange={(event) => setDescription(event.currentTarget.value)}
          required
        />
      </div>
      {needsRate && (
        <fieldset className="nbp-choose">
          <legend>{t('make.exchange')}</legend>
          <p className="nc-soft nc-small">{t('make.exchangeText', { currency })}</p>
          <div className="nbp-fields">
            <Select
              label={t('make.to')}
              data={[...offered.currencies]}
              value={to}
              allowDeselect={false}
              searchable
              onChange={(value) => setTo(value ?? to)}
            />
            <NumberInput
              label={t('make.rate', { to, currency })}
              value={typedRate}
              onChange={(value) => setTypedRate(String(value))}
              decimalScale={8}
              // 16.250 is sixteen thousand to one reader and sixteen to another.
              decimalSeparator={locale === 'id' ? ',' : '.'}
              thousandSeparator={locale === 'id' ? '.' : ','}
              allowNegative={false}
              hideControls
              classNames={{ input: 'nc-num-input' }}
              error={typedRate !== '' && rate === null ? t('make.badRate') : undefined}
              required
            />
          </div>
          <p role="status">
            {comes === null || amount === null
              ? t('make.noRate')
              : comes === 0
                ? t('make.tooLittle')
                : t('make.comes', { paid: money(comes, to), booked: money(amount, currency) })}
          </p>
        </fieldset>
      )}
      <SettleChoice choice={choice} currency={currency} />
    </FormDialog>
  )
}

/** A link that was made, until it is closed: it goes on without the window. */
export const LinkDialog = ({
  subscriberId,
  linkId,
  onClose,
}: {
  readonly subscriberId: string
  readonly linkId: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-paypal')
  const { t: common } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('link.title')}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size="lg"
    >
      <LinkPanel subscriberId={subscriberId} linkId={linkId} />
      <p className="nc-soft nc-small">{t('link.goesOn')}</p>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common('button.close')}
        </Button>
      </Group>
    </Modal>
  )
}
