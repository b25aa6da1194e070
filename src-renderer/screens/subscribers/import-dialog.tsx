import { Button, Checkbox, Group, Modal, Progress, Stack } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { callQuery, onEvent, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FileDrop } from '../../components/file-drop.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ImportList } from './import-list.tsx'
import { ImportPreview, type Field } from './import-preview.tsx'
import { act, attempt } from './subscriber-acts.ts'

interface Looked {
  readonly fileName: string
  readonly preview: Output<'subscribers.previewImport'>
}

type Mapping = readonly (Field | null)[]

/** A table from a file: what each column is, what it would add, and then, if that is wanted, it. */
export const ImportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('subscribers')
  const { t: common } = useTranslation()
  const format = useFormat()
  const [file, setFile] = useState<File | null>(null)
  const [mapping, setMapping] = useState<Mapping | null>(null)
  const [keepRest, setKeepRest] = useState(true)
  const [looked, setLooked] = useState<Looked | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState<'looking' | 'applying' | null>(null)
  const [progress, setProgress] = useState<number | null>(null)
  const task = useRef<string | null>(null)
  const stop = (): void => {
    if (task.current !== null) void runCommand('workspace.cancel', { taskId: task.current })
    task.current = null
  }
  useEffect(
    () =>
      onEvent('workspace.progress', ({ taskId, done, total }) => {
        if (taskId === task.current && total !== null) {
          setProgress((done / Math.max(1, total)) * 100)
        }
      }),
    [],
  )
  useEffect(() => stop, [])

  const look = async (chosen: File, as: Mapping | null, rest: boolean): Promise<void> => {
    stop()
    const taskId = makeUuidV7()
    task.current = taskId
    setFile(chosen)
    setMapping(as)
    setKeepRest(rest)
    setFailure(null)
    setProgress(null)
    setBusy('looking')
    try {
      const bytes = new Uint8Array(await chosen.arrayBuffer())
      const preview = await callQuery('subscribers.previewImport', {
        taskId,
        fileName: chosen.name.slice(0, 255),
        bytes,
        mapping: as === null ? null : [...as],
        keepRest: rest,
      })
      if (task.current === taskId) setLooked({ fileName: chosen.name, preview })
    } catch (error) {
      if (task.current === taskId) {
        setFailure(failureOf(error))
        // A mapping that is refused keeps the columns on the screen, to be put right.
        if (as === null) setLooked(null)
      }
    } finally {
      if (task.current === taskId) {
        task.current = null
        setBusy(null)
      }
    }
  }

  const apply = async (): Promise<void> => {
    if (looked === null || file === null) return
    setBusy('applying')
    const { importId } = looked.preview
    const answer = await attempt('subscribers.applyImport', { importId })
    setBusy(null)
    if ('failure' in answer) {
      // Somebody took a code or an ONU meanwhile, or it was too long ago: looked at anew.
      await look(file, mapping, keepRest)
      setFailure(answer.failure)
      return
    }
    const undo = async (): Promise<void> => {
      const undone = await act('subscribers.undoImport', { importId })
      if (undone !== null) {
        showToast({ kind: 'done', title: t('import.undone', { count: undone.removed }) })
      }
    }
    showToast({
      kind: 'done',
      title: t('import.done', { count: answer.done.added }),
      undo: () => void undo(),
    })
    onClose()
  }

  const adds = failure === null ? (looked?.preview.adds ?? 0) : 0
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size={900}
    >
      <Stack gap="md">
        <p className="nc-soft">{t('import.about')}</p>
        <FileDrop
          name={file?.name ?? null}
          hint={t('import.drop')}
          button={t('import.choose')}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          onFile={(chosen) => void look(chosen, null, keepRest)}
        />
        {busy === 'looking' && (
          <Progress
            value={progress ?? 100}
            animated={progress === null}
            aria-label={t('import.looking')}
          />
        )}
        {failure !== null && <FailureState failure={failure} />}
        {looked !== null && file !== null && (
          <>
            <ImportPreview
              preview={looked.preview}
              onMapping={(next) => void look(file, next, keepRest)}
            />
            <Checkbox
              label={t('import.keepRest')}
              checked={keepRest}
              onChange={(event) => void look(file, mapping, event.currentTarget.checked)}
            />
          </>
        )}
        {looked === null && <ImportList />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('button.cancel')}
          </Button>
          <Button
            onClick={() => void apply()}
            disabled={adds === 0 || busy !== null}
            loading={busy === 'applying'}
          >
            {adds === 0
              ? t('import.applyNothing')
              : t('import.apply', { count: adds, number: format.number(adds) })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
