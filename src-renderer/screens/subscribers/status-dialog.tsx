import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { SubscriberRecord } from '../../../src-shared/contract/subscribers-model.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { attempt } from './subscriber-acts.ts'
import type { Status } from './subscriber-query.ts'

/** How he stands, with why. */
export const StatusDialog = ({
  record,
  to,
  onClose,
}: {
  readonly record: SubscriberRecord
  readonly to: Status
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('subscribers')
  const [reason, setReason] = useState('')
  const [failure, setFailure] = useState<Failure | null>(null)
  const words = { name: record.name, status: t(`status.${to}`) }
  return (
    <FormDialog
      title={t('statusTitle', words)}
      button={t('save')}
      ready
      onClose={onClose}
      onSubmit={async () => {
        const answer = await attempt('subscribers.setStatus', {
          id: record.id,
          baseVersion: record.version,
          status: to,
          reason,
        })
        if ('failure' in answer) {
          setFailure(answer.failure)
          return false
        }
        showToast({ kind: 'done', title: t('statusDone', words) })
        return true
      }}
    >
      <p className="nc-soft">{t('statusHint')}</p>
      <TextInput
        label={t('statusReason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      {failure !== null && <FailureState brief failure={failure} />}
    </FormDialog>
  )
}
