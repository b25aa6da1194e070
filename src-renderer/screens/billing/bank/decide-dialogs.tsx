import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'

interface DecideProps {
  readonly lineId: string
  readonly onClose: () => void
  readonly onDone: () => void
}

/** It is no subscriber's payment: a fee, money of our own. */
export const IgnoreDialog = ({ lineId, onClose, onDone }: DecideProps) => {
  const { t } = useTranslation('billing-bank')
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={t('ignore.title')}
      button={t('ignore.button')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const input = { lineIds: [lineId], reason: reason.trim() }
        const out = await act('billing.ignoreBankLines', input, () => ({
          title: t('ignore.done'),
          undo: () =>
            void act('billing.unignoreBankLines', { lineIds: [lineId] }, () => ({
              title: t('ignore.back'),
            })),
        }))
        if (out !== undefined) onDone()
        return out !== undefined
      }}
    >
      <p>{t('ignore.text')}</p>
      <TextInput
        label={t('ignore.reason')}
        required
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

/** The bank sent a payment back: it is reversed, and what it settled is open again. */
export const ReturnDialog = ({
  lineId,
  payment,
  onClose,
  onDone,
}: DecideProps & { readonly payment: { readonly id: string; readonly number: string } }) => {
  const { t } = useTranslation('billing-bank')
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={t('return.title', { number: payment.number })}
      button={t('return.button')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const input = { lineId, paymentId: payment.id, reason: reason.trim() }
        const out = await act('billing.returnBankLine', input, ({ number }) => ({
          title: t('return.done', { number }),
        }))
        if (out !== undefined) onDone()
        return out !== undefined
      }}
    >
      <p>{t('return.text')}</p>
      <TextInput
        label={t('ignore.reason')}
        required
        maxLength={300}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}
