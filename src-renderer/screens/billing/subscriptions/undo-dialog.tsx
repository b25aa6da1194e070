import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionRow } from '../../../../src-shared/contract/billing-subscriptions.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'

/** Takes back what is planned, with a reason. */
export const UndoDialog = ({
  subscription,
  eventId,
  what,
  onClose,
}: {
  readonly subscription: SubscriptionRow
  readonly eventId: string
  readonly what: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing')
  const [reason, setReason] = useState('')
  const { id: subscriptionId, version: baseVersion } = subscription
  const submit = async (): Promise<boolean> =>
    (await act(
      'billing.undoPlanned',
      { subscriptionId, baseVersion, eventId, reason: reason.trim() },
      () => ({ title: t('subscriptions.undone') }),
    )) !== undefined
  return (
    <FormDialog
      title={t('subscriptions.undoTitle', { what })}
      button={t('subscriptions.undo')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={submit}
    >
      <TextInput
        label={t('step.reason')}
        required
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}
