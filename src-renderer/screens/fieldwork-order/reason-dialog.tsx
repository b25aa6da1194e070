import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { act, type ReasonMove } from './order-acts.ts'

/** A step that is not taken without saying why. */
export const ReasonDialog = ({
  order,
  move,
  onClose,
}: {
  readonly order: WorkOrderRow
  readonly move: ReasonMove
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('fieldwork')
  const [reason, setReason] = useState('')
  const submit = async (): Promise<boolean> => {
    const done = await act('fieldwork.move', {
      id: order.id,
      baseVersion: order.version,
      move: { kind: move, reason: reason.trim() },
    })
    if (done === null) return false
    if (done.next !== null) {
      showToast({ kind: 'done', title: t('goesOn', { number: done.next.number }) })
    }
    return true
  }
  return (
    <FormDialog
      title={`${order.number}: ${t(`do.${move}`)}`}
      button={t(`do.${move}`)}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="nc-soft nc-small">{t(`why.${move}`)}</p>
      <Textarea
        label={t('reason')}
        withAsterisk
        autosize
        minRows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}
