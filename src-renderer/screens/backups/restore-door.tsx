import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { BackupView, ChosenFile } from '../../../src-shared/contract/restore.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { Door } from '../../components/door.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { useFormat } from '../../components/use-format.ts'
import { refreshEntrance, useEntrance } from '../../state/workspace.ts'
import { BackupFacts } from './backup-facts.tsx'
import { isReady, noPassphrase, RestorePassphrase } from './restore-passphrase.tsx'
import { useRestoreTask } from './restore-task.ts'

export interface RestoreDoorProps {
  /** A workspace is there that does not open: it is kept. */
  readonly replaces: boolean
  readonly onBack: () => void
}

/** Restoring where nobody can sign in yet: choose, look inside, restore. */
export const RestoreDoor = ({ replaces, onBack }: RestoreDoorProps) => {
  const { t } = useTranslation('restore')
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [failure, setFailure] = useState<Failure>()
  const choose = async (): Promise<void> => {
    setFailure(undefined)
    try {
      const chosen = await runCommand('restore.choose', {})
      if (chosen.file !== null) setFile(chosen.file)
    } catch (error) {
      setFailure(failureOf(error))
    }
  }
  return (
    <Door title={t('door.title')} lead={t('door.lead')} wide>
      {replaces && <p className="nc-door__note">{t('door.leadFailed')}</p>}
      {failure !== undefined && <FailureState failure={failure} brief />}
      {file === null ? (
        <div className="nc-backup__row">
          <Button autoFocus onClick={() => void choose()}>
            {t('door.choose')}
          </Button>
          <Button variant="default" onClick={onBack}>
            {t('door.back')}
          </Button>
        </div>
      ) : (
        <FileForm key={file.id} file={file} onOther={() => void choose()} onBack={onBack} />
      )}
    </Door>
  )
}

/** Of a transfer file it is known which one it is. */
export const secretLabel = ({ kind, ways }: Pick<ChosenFile, 'kind' | 'ways'>) => {
  if (kind === 'backup') return 'door.secret' as const
  return ways.includes('passphrase')
    ? ('door.transferSecret' as const)
    : ('door.transferKey' as const)
}

interface FileFormProps {
  readonly file: ChosenFile
  readonly onOther: () => void
  readonly onBack: () => void
}

const FileForm = ({ file, onOther, onBack }: FileFormProps) => {
  const { t } = useTranslation('restore')
  const format = useFormat()
  const needsPassphrase = useEntrance((state) => state.status?.keychain === 'unavailable')
  const [secret, setSecret] = useState('')
  const [view, setView] = useState<BackupView | null>(null)
  const [failure, setFailure] = useState<Failure>()
  const [looking, setLooking] = useState(false)
  const [passphrase, setPassphrase] = useState(noPassphrase)
  const task = useRestoreTask()

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setFailure(undefined)
    try {
      await work()
    } catch (error) {
      const said = failureOf(error)
      if (said.code !== 'cancelled') setFailure(said)
    }
  }
  const look = async (): Promise<void> => {
    setLooking(true)
    await attempt(async () =>
      setView(await runCommand('restore.preview', { fileId: file.id, secret })),
    )
    setLooking(false)
  }
  const restore = (): Promise<void> =>
    attempt(() =>
      task.run(async (taskId) => {
        const sealed = needsPassphrase ? passphrase.one : null
        await runCommand('restore.run', { fileId: file.id, secret, passphrase: sealed, taskId })
        await refreshEntrance()
      }),
    )
  const ready = view !== null && (!needsPassphrase || isReady(passphrase))
  return (
    <form
      className="nc-door__form"
      onSubmit={(event) => {
        event.preventDefault()
        void (view === null ? look() : ready ? restore() : undefined)
      }}
    >
      <p>
        <span className="nc-mono">{file.name}</span>
        <br />
        <span className="nc-small nc-soft">
          {file.createdAt !== null && `${format.instant(file.createdAt)}, `}
          {format.bytes(file.bytes)}
        </span>
      </p>
      {file.ways.length === 0 ? (
        <p className="nc-door__note">{t('door.none')}</p>
      ) : view === null ? (
        <SecretField
          label={t(secretLabel(file))}
          value={secret}
          autoComplete="off"
          autoFocus
          onChange={(event) => setSecret(event.currentTarget.value)}
        />
      ) : (
        <>
          <BackupFacts view={view} />
          {needsPassphrase && <RestorePassphrase value={passphrase} onChange={setPassphrase} />}
          <p className="nc-small nc-soft">{t('door.after')}</p>
        </>
      )}
      {failure !== undefined && <FailureState failure={failure} brief />}
      {task.busy && (
        <p className="nc-small nc-soft" role="status">
          {task.step === null ? t('door.running') : `${t(`progress.${task.step}`)}…`}
        </p>
      )}
      <div className="nc-backup__row">
        {view === null ? (
          <Button type="submit" loading={looking} disabled={secret === ''}>
            {t('door.look')}
          </Button>
        ) : (
          <Button type="submit" loading={task.busy} disabled={!ready}>
            {t(file.kind === 'transfer' ? 'door.takeIn' : 'door.run')}
          </Button>
        )}
        {task.busy ? (
          <Button variant="default" onClick={task.cancel}>
            {t('door.cancel')}
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onOther}>
              {t('door.other')}
            </Button>
            <Button variant="subtle" onClick={onBack}>
              {t('door.back')}
            </Button>
          </>
        )}
      </div>
    </form>
  )
}
