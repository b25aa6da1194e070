import { Button, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupView } from '../../../src-shared/contract/restore.ts'
import type { CallInput } from '../../../src-shared/contract/index.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { refreshEntrance, useEntrance } from '../../state/workspace.ts'
import { isReady, noPassphrase, RestorePassphrase } from './restore-passphrase.tsx'
import { useRestoreTask } from './restore-task.ts'
import './backups.css'

const kinds = ['new', 'in-place'] as const

export interface RestoreFormProps {
  readonly source: CallInput<'backups.restore'>['source']
  readonly secret: string | null
  readonly view: BackupView
  readonly onDone: () => void
}

/** Where a backup goes that was looked into. */
export const RestoreForm = ({ source, secret, view, onDone }: RestoreFormProps) => {
  const { t } = useTranslation('restore')
  const format = useFormat()
  const { createdAt, transfer } = view
  const needsPassphrase = useEntrance((state) => state.status?.keychain === 'unavailable')
  const { value } = useQuery('workspace.list', {})
  const here = value?.workspaces.find(({ isCurrent }) => isCurrent)
  const [kind, setKind] = useState<(typeof kinds)[number]>('in-place')
  const [name, setName] = useState(
    () => transfer?.name ?? t('into.usual', { day: format.instant(createdAt, 'day') }),
  )
  const [passphrase, setPassphrase] = useState(noPassphrase)
  const task = useRestoreTask()

  const restore = (): Promise<void> =>
    task.run(async (taskId) => {
      const into = kind === 'new' ? { kind, name } : { kind }
      const sealed = needsPassphrase ? passphrase.one : null
      try {
        await runCommand('backups.restore', { source, secret, into, passphrase: sealed, taskId })
        onDone()
        await refreshEntrance()
      } catch (error) {
        const failure = failureOf(error)
        const calledOff = ['cancelled', 'confirmation-refused', 'step-up-needed']
        if (calledOff.includes(failure.code)) {
          showToast({ kind: 'done', title: t('into.cancelled') })
        } else showFailure(failure)
      }
    })
  const ready =
    (kind === 'in-place' || name.trim() !== '') && (!needsPassphrase || isReady(passphrase))
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('into.title')}
        value={kind}
        onChange={(next) => setKind(kinds.find((each) => each === next) ?? 'in-place')}
      >
        <Stack gap="xs" mt="xs">
          {kinds.map((each) => (
            <Radio
              key={each}
              value={each}
              label={t(`into.${each}`)}
              description={
                each === 'new' && transfer?.act === 'move'
                  ? t('into.newHintMoved')
                  : t(`into.${each}Hint`, { folder: here?.folder ?? '…' })
              }
              disabled={each === 'new' && here === undefined}
            />
          ))}
        </Stack>
      </Radio.Group>
      {kind === 'new' && (
        <TextInput
          label={t('into.name')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      {needsPassphrase && <RestorePassphrase value={passphrase} onChange={setPassphrase} />}
      <div className="nc-backup__row">
        <Button loading={task.busy} disabled={!ready} onClick={() => void restore()}>
          {t(transfer === null ? 'into.run' : 'into.takeIn')}
        </Button>
        {task.busy && (
          <>
            <Button variant="default" onClick={task.cancel}>
              {t('door.cancel')}
            </Button>
            <span className="nc-small nc-soft" role="status">
              {task.step === null ? t('door.running') : `${t(`progress.${task.step}`)}…`}
            </span>
          </>
        )}
      </div>
    </Stack>
  )
}
