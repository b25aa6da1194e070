import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import type { Told } from '../../components/error-text.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { showToast } from '../../components/toast.tsx'
import type { FamilySummary } from './family-list.ts'

export interface TrustDialogProps {
  readonly family: FamilySummary
  readonly contentHash: string
  readonly onClose: () => void
  readonly onChange: () => void
}

/** The page learnt of the change before the engine had to refuse. */
const changedMeanwhile: Told = { code: 'conflict', params: { what: 'family' } }

/** Trust is given by typing the family's name: read, understood, and for this content alone. */
export const TrustDialog = ({ family, onClose, onChange, ...shown }: TrustDialogProps) => {
  const { t } = useTranslation('families')
  const { t: tCommon } = useTranslation()
  // What was shown when the person began: a newer content is not trusted by a name typed before.
  const [contentHash] = useState(shown.contentHash)
  const [typed, setTyped] = useState('')
  const [left, setLeft] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | undefined>()
  const { id, title, olts } = family
  const isEqual = typed === id
  const hasChanged = shown.contentHash !== contentHash || failure?.code === 'conflict'
  const isReady = isEqual && !hasChanged

  const changedText = {
    what: t('dialog.conflict.what'),
    means: t('dialog.conflict.means'),
    toDo: t('dialog.conflict.do'),
  }

  const give = async (): Promise<void> => {
    setBusy(true)
    setFailure(undefined)
    try {
      await runCommand('families.trust', { id, contentHash, typedName: typed })
      showToast({ kind: 'done', title: t('given', { title }) })
      onChange()
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
      onChange()
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !busy) void give()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('dialog.title', { title })}
      closeButtonProps={{ 'aria-label': tCommon('button.close') }}
      centered
      size="md"
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <p>{t('dialog.means')}</p>
          <p>{t('dialog.read')}</p>
          <p>
            {t('dialog.ends')} {t('dialog.olts', { count: olts })}
          </p>
          <div className="fa-dialog__hash">
            <div className="nc-small nc-faint">{t('hash')}</div>
            <code className="nc-mono">{contentHash}</code>
          </div>
          <TextInput
            label={t('dialog.type', { name: id })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onBlur={() => setLeft(true)}
            error={left && typed !== '' && !isEqual ? t('dialog.notEqual') : undefined}
            autoComplete="off"
            spellCheck={false}
            classNames={{ input: 'nc-mono' }}
            data-autofocus
          />
          {hasChanged ? (
            <FailureState failure={failure ?? changedMeanwhile} brief text={changedText} />
          ) : failure === undefined ? null : (
            <FailureState failure={failure} brief />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {tCommon('button.cancel')}
            </Button>
            <Button type="submit" disabled={!isReady} loading={busy}>
              {t('dialog.confirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
