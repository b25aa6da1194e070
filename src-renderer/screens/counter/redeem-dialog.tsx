import { TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { makeUuidV7 } from '../../client/uuid.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useMoneyText } from '../../components/money.tsx'
import { act } from '../billing/billing-acts.ts'

/** A printed card, in place of money. */
export const RedeemDialog = (props: {
  readonly subscriberId: string
  readonly currency: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-counter')
  const money = useMoneyText()
  const [code, setCode] = useState('')
  const paymentId = useRef(makeUuidV7())
  const { subscriberId, currency } = props
  return (
    <FormDialog
      title={t('voucher.title')}
      button={t('voucher.button')}
      ready={code.trim() !== ''}
      onClose={props.onClose}
      onSubmit={async () => {
        const input = { paymentId: paymentId.current, subscriberId, currency, code }
        const out = await act('billing.redeemVoucher', input, ({ number, amount }) => ({
          title: t('voucher.done', { amount: money(amount, currency), number }),
        }))
        return out !== undefined
      }}
    >
      <p className="nc-soft">{t('voucher.text')}</p>
      <TextInput
        label={t('voucher.code')}
        description={t('voucher.hint')}
        className="nc-mono"
        value={code}
        maxLength={60}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
