import { SegmentedControl, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { OltBackupState } from '../../../src-shared/contract/olt-backups.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { fileNameOf } from './backup-acts.ts'

/** What this window can say better than the general words, in place. */
type Refusal =
  /** The family's pattern does not take what stands in this field. */
  | { readonly field: unknown }
  /** The OLT tried, and said so. */
  | { readonly line: string }

const refusalOf = ({ code, params }: Failure): Refusal | undefined =>
  code === 'cli-parameter-refused'
    ? { field: params['parameter'] }
    : code === 'cli-refused'
      ? { line: String(params['line'] ?? '') }
      : undefined

export interface ExportByOltDialogProps {
  readonly state: OltBackupState
  readonly onClose: () => void
}

/** The OLT sends its configuration to a server by itself; confirmed outside the page. */
export const ExportByOltDialog = ({ state, onClose }: ExportByOltDialogProps) => {
  const { t } = useTranslation('olt-backups')
  const [by, setBy] = useState(state.exportsBy[0]!)
  const [host, setHost] = useState('')
  const [file, setFile] = useState(
    () => `${fileNameOf(state.oltName, new Date().toISOString().slice(0, 10))}.cfg`,
  )
  const [user, setUser] = useState('')
  const [password, setPassword] = useState('')
  const [sending, setSending] = useState(false)
  const [refused, setRefused] = useState<Refusal | undefined>()
  const running = useRef<string | undefined>(undefined)
  // Closing the window calls it off.
  useEffect(
    () => () => {
      const taskId = running.current
      if (taskId !== undefined) runCommand('workspace.cancel', { taskId }).catch(() => undefined)
    },
    [],
  )
  const asksWho = by !== 'tftp'
  const errorOf = (field: string): string | null =>
    refused !== undefined && 'field' in refused && refused.field === field
      ? t('byOlt.fieldRefused')
      : null

  const send = async (): Promise<boolean> => {
    const taskId = makeUuidV7()
    running.current = taskId
    setSending(true)
    setRefused(undefined)
    try {
      await runCommand('olt-backups.exportByOlt', {
        oltId: state.oltId,
        taskId,
        by,
        host: host.trim(),
        file: file.trim(),
        user: asksWho ? user.trim() : null,
        password: asksWho ? password : null,
      })
      showToast({ kind: 'done', title: t('byOlt.done', { name: state.oltName }) })
      return true
    } catch (error) {
      const failure = failureOf(error)
      const refusal = refusalOf(failure)
      setRefused(refusal)
      if (refusal === undefined && failure.code !== 'cancelled') showFailure(failure)
      return false
    } finally {
      running.current = undefined
      setSending(false)
    }
  }

  return (
    <FormDialog
      title={t('byOlt.title', { name: state.oltName })}
      button={t('byOlt.send')}
      ready={
        host.trim() !== '' &&
        file.trim() !== '' &&
        (!asksWho || (user.trim() !== '' && password !== ''))
      }
      onClose={onClose}
      onSubmit={send}
    >
      <p className="nc-soft">{t('byOlt.text')}</p>
      {state.exportsBy.length > 1 ? (
        <SegmentedControl
          aria-label={t('byOlt.by')}
          value={by}
          onChange={setBy}
          data={state.exportsBy.map((value) => ({ value, label: value.toUpperCase() }))}
        />
      ) : null}
      <TextInput
        label={t('byOlt.host', { by: by.toUpperCase() })}
        description={t('byOlt.hostHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        classNames={{ input: 'nc-mono' }}
        value={host}
        error={errorOf('host')}
        maxLength={253}
        spellCheck={false}
        onChange={(event) => setHost(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t('byOlt.file')}
        classNames={{ input: 'nc-mono' }}
        value={file}
        error={errorOf('file')}
        maxLength={128}
        spellCheck={false}
        onChange={(event) => setFile(event.currentTarget.value)}
      />
      {asksWho ? (
        <>
          <TextInput
            label={t('byOlt.user')}
            classNames={{ input: 'nc-mono' }}
            value={user}
            error={errorOf('user')}
            maxLength={64}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setUser(event.currentTarget.value)}
          />
          <SecretField
            label={t('byOlt.password')}
            value={password}
            error={errorOf('password')}
            autoComplete="new-password"
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      ) : null}
      {refused !== undefined && 'line' in refused ? (
        <p className="nb-obstacle" role="alert">
          <strong>{t('byOlt.refused', { line: refused.line })}</strong> {t('byOlt.refusedToDo')}
        </p>
      ) : null}
      <p className="nc-soft nc-small" role="status">
        {sending ? t('byOlt.sending') : ''}
      </p>
    </FormDialog>
  )
}
