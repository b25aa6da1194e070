import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'
import { PreviewRows } from './preview-rows.tsx'

interface Props {
  readonly caseIds: readonly string[]
  readonly onClose: () => void
}

/** He said on the telephone that he will pay. */
export const PromiseDialog = ({
  caseId,
  isCut,
  onClose,
}: {
  readonly caseId: string
  readonly isCut: boolean
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-dunning')
  const [untilOn, setUntilOn] = useState('')
  const [note, setNote] = useState('')
  const [resume, setResume] = useState(false)
  return (
    <FormDialog
      title={t('promise')}
      button={t('promise')}
      ready={untilOn !== ''}
      onClose={onClose}
      onSubmit={async () =>
        (await act('billing.promise', { caseId, untilOn, note, resume }, () => ({
          title: t('promised'),
        }))) !== undefined
      }
    >
      <TextInput
        type="date"
        label={t('until')}
        value={untilOn}
        onChange={(event) => setUntilOn(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t('note')}
        value={note}
        maxLength={300}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {isCut && (
        <Checkbox
          label={t('resume')}
          checked={resume}
          onChange={(event) => setResume(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  )
}

/** Not suspended before a day; `resume`: and back on now. */
export const LaterDialog = ({ caseIds, resume, onClose }: Props & { readonly resume: boolean }) => {
  const { t } = useTranslation('billing-dunning')
  const [notBeforeOn, setDay] = useState('')
  const [reason, setReason] = useState('')
  const title = resume ? t('resumeNow') : t('move')
  const input = { caseIds: [...caseIds], notBeforeOn, reason }
  return (
    <FormDialog
      title={title}
      button={title}
      ready={notBeforeOn !== '' && reason.trim() !== ''}
      onClose={onClose}
      onSubmit={async () =>
        (resume
          ? await act('billing.resumeNow', input, ({ lines }) => ({
              title: t('resumed', { count: lines }),
            }))
          : await act('billing.moveSuspension', input, () => ({ title: t('moved') }))) !== undefined
      }
    >
      <TextInput
        type="date"
        label={t('notBefore')}
        value={notBeforeOn}
        onChange={(event) => setDay(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t('reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** Off now, whatever the stage: the exact lines are seen before. */
export const SuspendDialog = ({ caseIds, onClose }: Props) => {
  const { t } = useTranslation('billing-dunning')
  const [reason, setReason] = useState('')
  const { value, failure, refresh } = useQuery('billing.dunningPreview', { caseIds: [...caseIds] })
  return (
    <FormDialog
      title={t('suspendNow')}
      button={t('suspendNow')}
      size="xl"
      ready={reason.trim() !== '' && value !== undefined}
      onClose={onClose}
      onSubmit={async () =>
        (await act('billing.suspendNow', { caseIds: [...caseIds], reason }, ({ lines }) => ({
          title: t('suspended', { count: lines }),
        }))) !== undefined
      }
    >
      <p className="nc-soft">{t('suspendText')}</p>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={3} brief />
      ) : (
        <PreviewRows preview={value} />
      )}
      <TextInput
        label={t('reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

/** A case, or one of its documents, is argued about; or not any more. */
export const ReasonDialog = ({
  title,
  onSubmit,
  onClose,
}: {
  readonly title: string
  readonly onSubmit: (reason: string) => Promise<boolean>
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-dunning')
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={title}
      button={title}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={() => onSubmit(reason)}
    >
      <TextInput
        label={t('reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}
