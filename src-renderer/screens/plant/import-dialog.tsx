import { Button, Group, Modal, Progress, SegmentedControl, Stack } from '@mantine/core'
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
import { ImportPreview } from './import-preview.tsx'
import { saveTemplate, type ImportKind } from './import-template.ts'

const kinds = ['nodes', 'onus', 'olts'] as const satisfies readonly ImportKind[]

interface Looked {
  readonly fileName: string
  readonly preview: Output<'plant.previewImport'>
}

/** A table from a file: first what it would change, then, if that is wanted, the change. */
export const ImportDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('plant')
  const { t: common } = useTranslation()
  const format = useFormat()
  const [kind, setKind] = useState<ImportKind>('nodes')
  const [file, setFile] = useState<File | null>(null)
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
        if (taskId === task.current && total !== null)
          setProgress((done / Math.max(1, total)) * 100)
      }),
    [],
  )
  useEffect(() => stop, [])

  const look = async (chosen: File, as: ImportKind): Promise<void> => {
    stop()
    const taskId = makeUuidV7()
    task.current = taskId
    setFile(chosen)
    setLooked(null)
    setFailure(null)
    setProgress(null)
    setBusy('looking')
    try {
      const bytes = new Uint8Array(await chosen.arrayBuffer())
      const preview = await callQuery('plant.previewImport', {
        taskId,
        kind: as,
        fileName: chosen.name.slice(0, 255),
        bytes,
      })
      if (task.current === taskId) setLooked({ fileName: chosen.name, preview })
    } catch (error) {
      if (task.current === taskId) setFailure(failureOf(error))
    } finally {
      if (task.current === taskId) {
        task.current = null
        setBusy(null)
      }
    }
  }

  const apply = async (): Promise<void> => {
    if (looked === null) return
    setBusy('applying')
    try {
      const { added, changed } = await runCommand('plant.applyImport', {
        importId: looked.preview.importId,
      })
      showToast({ kind: 'done', title: t('import.done', { added, changed }) })
      onClose()
    } catch (error) {
      const told = failureOf(error)
      setBusy(null)
      // The plant has changed meanwhile, or it was too long ago: what was shown is no longer true.
      if ((told.code === 'conflict' || told.code === 'not-found') && file !== null) {
        await look(file, kind)
        showToast({ kind: 'info', title: t('import.again') })
      } else {
        setFailure(told)
      }
    }
  }

  const nothing = looked !== null && looked.preview.adds + looked.preview.changes === 0
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size={820}
    >
      <Stack gap="md">
        <Group gap="sm" justify="space-between">
          <SegmentedControl
            aria-label={t('import.kind')}
            value={kind}
            data={kinds.map((one) => ({ value: one, label: t(`import.kindOf.${one}`) }))}
            onChange={(next) => {
              const chosen = kinds.find((one) => one === next) ?? kind
              setKind(chosen)
              if (file !== null) void look(file, chosen)
            }}
          />
          <Button variant="subtle" onClick={() => saveTemplate(kind)}>
            {t('import.template')}
          </Button>
        </Group>
        <p className="nc-soft">{t(`import.about.${kind}`)}</p>
        <FileDrop
          name={file?.name ?? null}
          hint={t('import.drop')}
          button={t('import.choose')}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          onFile={(chosen) => void look(chosen, kind)}
        />
        {busy === 'looking' && (
          <Progress
            value={progress ?? 100}
            animated={progress === null}
            aria-label={t('import.looking')}
          />
        )}
        {failure !== null && <FailureState failure={failure} />}
        {looked !== null && <ImportPreview preview={looked.preview} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('button.cancel')}
          </Button>
          <Button
            onClick={() => void apply()}
            disabled={looked === null || nothing || busy !== null}
            loading={busy === 'applying'}
          >
            {looked === null || nothing
              ? t('import.applyNothing')
              : t('import.apply', {
                  adds: format.number(looked.preview.adds),
                  changes: format.number(looked.preview.changes),
                })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
