import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltBackupVersion } from '../../../src-shared/contract/olt-backups.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'

export interface AcceptDialogProps {
  readonly version: OltBackupVersion
  readonly onClose: () => void
}

/** Somebody looked at an unknown change: the alarm ends, and what he found stays with the version. */
export const AcceptDialog = ({ version, onClose }: AcceptDialogProps) => {
  const { t } = useTranslation('olt-backups')
  const [note, setNote] = useState('')
  const accept = async (): Promise<boolean> => {
    try {
      await runCommand('olt-backups.accept', { versionId: version.id, note: note.trim() })
      showToast({ kind: 'done', title: t('accept.done') })
      return true
    } catch (error) {
      showFailure(failureOf(error))
      return false
    }
  }
  return (
    <FormDialog
      title={t('accept.title')}
      button={t('accept.button')}
      ready={note.trim() !== ''}
      onClose={onClose}
      onSubmit={accept}
    >
      <p className="nc-soft">{t('accept.text')}</p>
      <Textarea
        label={t('accept.note')}
        placeholder={t('accept.placeholder')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
        data-autofocus
      />
    </FormDialog>
  )
}
