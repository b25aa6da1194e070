import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from './backup-acts.ts'

type View = Output<'backups.preview'>

export interface BackupPreviewProps {
  /** One in the folder; null: a file is asked for. */
  readonly name: string | null
  readonly folder: string
  readonly onClose: () => void
}

/** What a backup holds, and how it is restored. */
export const BackupPreview = ({ name, folder, onClose }: BackupPreviewProps) => {
  const { t } = useTranslation('backups')
  const { t: tCommon } = useTranslation()
  const [path, setPath] = useState('')
  const [secret, setSecret] = useState('')
  const [looking, setLooking] = useState(false)
  const [view, setView] = useState<View | null>(null)

  const look = async (): Promise<void> => {
    setLooking(true)
    const seen = await act('backups.preview', {
      source: name === null ? { kind: 'file', path } : { kind: 'kept', name },
      secret: secret === '' ? null : secret,
    })
    setSecret('')
    setLooking(false)
    setView(seen)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('preview.title')}
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
            <TextInput
              label={t('preview.file')}
              description={t('preview.fileHint')}
              value={path}
              onChange={(event) => setPath(event.currentTarget.value)}
              data-autofocus
            />
          ) : (
            <p className="nc-mono">{name}</p>
          )}
          <SecretField
            label={t('preview.secret')}
            description={t('preview.secretHint')}
            value={secret}
            autoComplete="off"
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <Button type="submit" loading={looking} disabled={name === null && path.trim() === ''}>
            {t('preview.look')}
          </Button>
          {view !== null && (
            <Contents view={view} file={name === null ? path : `${folder}/${name}`} />
          )}
        </Stack>
      </form>
    </Modal>
  )
}

const Contents = ({ view, file }: { readonly view: View; readonly file: string }) => {
  const { t } = useTranslation('backups')
  const format = useFormat()
  const { contents } = view
  const older = view.schemaVersion < view.ownSchemaVersion
  const line = `npm run cli -- restore '${file}'`
  return (
    <>
      <dl className="nc-facts">
        <dt>{t('preview.made')}</dt>
        <dd>{format.instant(view.createdAt)}</dd>
        <dt>{t('preview.lastAt')}</dt>
        <dd>{contents.lastAt === null ? '–' : format.instant(contents.lastAt)}</dd>
        <dt>{t('preview.owner')}</dt>
        <dd>{contents.owner ?? '–'}</dd>
        {(['olts', 'onus', 'accounts', 'auditRows', 'rows'] as const).map((name) => (
          <Fact key={name} label={t(`preview.${name}`)} value={format.number(contents[name])} />
        ))}
        <dt>{t('preview.size')}</dt>
        <dd>{format.bytes(view.bytes)}</dd>
        <dt>{t('preview.version')}</dt>
        <dd>
          {view.schemaVersion} {older && <span className="nc-soft">{t('preview.older')}</span>}
        </dd>
        <dt>{t('preview.workspace')}</dt>
        <dd className="nc-mono">{view.workspaceId}</dd>
      </dl>
      <p className="nc-small nc-soft">{t('preview.how')}</p>
      <p className="nc-mono nc-backup__folder">
        {line} <CopyButton text={line} label={t('preview.command')} />
      </p>
    </>
  )
}

const Fact = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </>
)
