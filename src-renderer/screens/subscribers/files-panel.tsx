import { ActionIcon, Button, Modal } from '@mantine/core'
import { IconDownload, IconEye, IconFiles, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  SubscriberFile,
  SubscriberRecord,
} from '../../../src-shared/contract/subscribers-model.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { downloadBytes } from '../../components/export-csv.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { act } from './subscriber-acts.ts'

export interface FilesPanelProps {
  readonly record: SubscriberRecord
  readonly mayOpen: boolean
  readonly mayChange: boolean
}

/** What a page can show of itself without handing it to another program. */
const pictures: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** Documents: they come from the engine, one at a time, and each opening is told in the audit. */
export const FilesPanel = ({ record, mayOpen, mayChange }: FilesPanelProps) => {
  const { t } = useTranslation('subscribers')
  const { t: common } = useTranslation()
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [shown, setShown] = useState<{ readonly name: string; readonly url: string } | null>(null)
  useEffect(
    () => () => {
      if (shown !== null) URL.revokeObjectURL(shown.url)
    },
    [shown],
  )

  const add = async (file: File): Promise<void> => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const name = file.name.slice(0, 200)
    const done = await act('subscribers.addFile', { id: record.id, name, bytes })
    if (done !== null) showToast({ kind: 'done', title: t('files.added', { name }) })
  }
  const read = async ({ id: fileId }: SubscriberFile): Promise<Uint8Array<ArrayBuffer> | null> => {
    try {
      const { content } = await callQuery('subscribers.file', { id: record.id, fileId })
      return new Uint8Array(content)
    } catch (error) {
      showFailure(failureOf(error))
      return null
    }
  }
  const save = async (file: SubscriberFile): Promise<void> => {
    const bytes = await read(file)
    if (bytes !== null) downloadBytes(file.name, bytes, file.mediaType)
  }
  const show = async (file: SubscriberFile): Promise<void> => {
    const bytes = await read(file)
    if (bytes === null) return
    const url = URL.createObjectURL(new Blob([bytes], { type: file.mediaType }))
    setShown({ name: file.name, url })
  }
  const remove = async ({ id: fileId, name }: SubscriberFile): Promise<void> => {
    const isSure = await confirm({
      title: t('files.removeTitle'),
      text: t('files.removeText', { name }),
      confirmLabel: t('files.removeButton'),
      danger: true,
    })
    if (!isSure) return
    const done = await act('subscribers.removeFile', { id: record.id, fileId })
    if (done !== null) showToast({ kind: 'done', title: t('files.removed', { name }) })
  }
  return (
    <section className="nc-panel">
      <div className="nc-panel__head">
        <h2>{t('files.title')}</h2>
      </div>
      {mayChange && (
        <div
          className="nsu-drop"
          data-over={over || undefined}
          onDragOver={(event) => {
            event.preventDefault()
            setOver(true)
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event: DragEvent) => {
            event.preventDefault()
            setOver(false)
            const file = event.dataTransfer.files.item(0)
            if (file !== null) void add(file)
          }}
        >
          <span className="nc-soft">{t('files.drop')}</span>
          <Button variant="default" onClick={() => input.current?.click()}>
            {t('files.add')}
          </Button>
          <input
            ref={input}
            type="file"
            className="nc-hidden"
            tabIndex={-1}
            aria-label={t('files.add')}
            accept=".pdf,.jpg,.jpeg,.png,.webp,.heic,.docx,.xlsx,.txt,.csv"
            onChange={(event) => {
              const file = event.currentTarget.files?.item(0)
              event.currentTarget.value = ''
              if (file !== null && file !== undefined) void add(file)
            }}
          />
        </div>
      )}
      {record.files.length === 0 ? (
        <EmptyState icon={IconFiles} title={t('files.none')} text={t('files.noneText')} />
      ) : (
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col">{t('files.name')}</th>
              <th scope="col" className="nc-num">
                {t('files.size')}
              </th>
              <th scope="col">{t('files.when')}</th>
              <th scope="col">{t('files.by')}</th>
              <th scope="col">
                <span className="nc-hidden">{t('more')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {record.files.map((file) => (
              <tr key={file.id}>
                <td>
                  {file.name} <span className="nc-soft">{file.note}</span>
                </td>
                <td className="nc-num">{format.bytes(file.bytes)}</td>
                <td>
                  <Since at={file.addedAt} />
                </td>
                <td>{file.by}</td>
                <td>
                  <span className="nsu-marks">
                    {mayOpen && pictures.has(file.mediaType) && (
                      <ActionIcon
                        aria-label={t('files.show', { name: file.name })}
                        onClick={() => void show(file)}
                      >
                        <IconEye size={15} stroke={1.7} aria-hidden="true" />
                      </ActionIcon>
                    )}
                    {mayOpen && (
                      <ActionIcon
                        aria-label={t('files.openOf', { name: file.name })}
                        title={t('files.open')}
                        onClick={() => void save(file)}
                      >
                        <IconDownload size={15} stroke={1.7} aria-hidden="true" />
                      </ActionIcon>
                    )}
                    {mayChange && (
                      <ActionIcon
                        aria-label={t('files.remove', { name: file.name })}
                        onClick={() => void remove(file)}
                      >
                        <IconTrash size={15} stroke={1.7} aria-hidden="true" />
                      </ActionIcon>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown !== null && (
        <Modal
          opened
          onClose={() => setShown(null)}
          title={shown.name}
          closeButtonProps={{ 'aria-label': common('button.close') }}
          size="xl"
          centered
        >
          <img className="nsu-picture" src={shown.url} alt={shown.name} />
        </Modal>
      )}
    </section>
  )
}
