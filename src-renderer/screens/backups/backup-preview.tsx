import { Button, Group, Modal, Stack } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupView, ChosenFile } from '../../../src-shared/contract/restore.ts'
import { SecretField } from '../../components/secret-field.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from './backup-acts.ts'
import { BackupFacts } from './backup-facts.tsx'
import { secretLabel } from './restore-door.tsx'
import { RestoreForm } from './restore-form.tsx'

export interface BackupPreviewProps {
  /** One in the folder; null: a file is chosen. */
  readonly name: string | null
  readonly onClose: () => void
}

/** What a backup holds, and where it is restored to. */
export const BackupPreview = ({ name, onClose }: BackupPreviewProps) => {
  const { t } = useTranslation('backups')
  const { t: tRestore } = useTranslation('restore')
  const { t: tCommon } = useTranslation()
  const format = useFormat()
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [secret, setSecret] = useState('')
  /** What opened it, until this window is closed: out of the field, and asked for once. */
  const opened = useRef<string | null>(null)
  const [looking, setLooking] = useState(false)
  const [view, setView] = useState<BackupView | null>(null)
  const source =
    name !== null
      ? ({ kind: 'kept', name } as const)
      : file !== null
        ? ({ kind: 'chosen', fileId: file.id } as const)
        : null

  const choose = async (): Promise<void> => {
    const chosen = await act('backups.choose', {})
    if (chosen?.file == null) return
    setFile(chosen.file)
    setView(null)
  }
  const look = async (): Promise<void> => {
    if (source === null) return
    setLooking(true)
    opened.current = secret === '' ? null : secret
    const seen = await act('backups.preview', { source, secret: opened.current })
    setSecret('')
    setLooking(false)
    setView(seen)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={file?.kind === 'transfer' ? tRestore('transfer.title') : t('preview.title')}
      closeButtonProps={{ 'aria-label': tCommon('button.close') }}
      centered
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void look()
        }}
      >
        <Stack gap="md">
          {name === null ? (
            <Group gap="sm">
              <Button variant="default" data-autofocus onClick={() => void choose()}>
                {tRestore(file === null ? 'door.choose' : 'door.other')}
              </Button>
              {file !== null && (
                <span>
                  <span className="nc-mono">{file.name}</span>{' '}
                  <span className="nc-small nc-soft">
                    {file.createdAt === null
                      ? format.bytes(file.bytes)
                      : format.instant(file.createdAt)}
                  </span>
                </span>
              )}
            </Group>
          ) : (
            <p className="nc-mono">{name}</p>
          )}
          <SecretField
            label={file?.kind === 'transfer' ? tRestore(secretLabel(file)) : t('preview.secret')}
            description={file?.kind === 'transfer' ? undefined : t('preview.secretHint')}
            value={secret}
            autoComplete="off"
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <Button type="submit" loading={looking} disabled={source === null}>
            {t('preview.look')}
          </Button>
        </Stack>
      </form>
      {view !== null && source !== null && (
        <Stack gap="md" mt="md">
          <BackupFacts view={view} />
          <RestoreForm source={source} secret={opened.current} view={view} onDone={onClose} />
        </Stack>
      )}
    </Modal>
  )
}
