import { ActionIcon, Button, Textarea } from '@mantine/core'
import { IconNote, IconPencil, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  SubscriberNote,
  SubscriberRecord,
} from '../../../src-shared/contract/subscribers-model.ts'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { showToast } from '../../components/toast.tsx'
import { act } from './subscriber-acts.ts'

/** What the next one on the telephone or at the door should know; the pinned ones first. */
export const NotesPanel = ({
  record,
  mayChange,
}: {
  readonly record: Pick<SubscriberRecord, 'id' | 'notes'>
  readonly mayChange: boolean
}) => {
  const { t } = useTranslation('subscribers')
  const [text, setText] = useState('')
  const add = async (): Promise<void> => {
    if (text.trim() === '') return
    const done = await act('subscribers.saveNote', {
      id: record.id,
      noteId: null,
      baseVersion: 0,
      text,
    })
    if (done === null) return
    setText('')
    showToast({ kind: 'done', title: t('notes.kept') })
  }
  return (
    <section className="nc-panel">
      <div className="nc-panel__head">
        <h2>{t('notes.title')}</h2>
      </div>
      {mayChange && (
        <form
          className="nc-panel__body"
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <Textarea
            aria-label={t('notes.add')}
            placeholder={t('notes.add')}
            value={text}
            maxLength={4000}
            autosize
            minRows={2}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add()
            }}
          />
          <Button type="submit" mt={8} disabled={text.trim() === ''}>
            {t('notes.save')}
          </Button>
        </form>
      )}
      {record.notes.length === 0 ? (
        <EmptyState icon={IconNote} title={t('notes.none')} text={t('notes.noneText')} />
      ) : (
        <ul className="nsu-list">
          {record.notes.map((note) => (
            <Note key={note.id} id={record.id} note={note} mayChange={mayChange} />
          ))}
        </ul>
      )}
    </section>
  )
}

const Note = ({
  id,
  note,
  mayChange,
}: {
  readonly id: string
  readonly note: SubscriberNote
  readonly mayChange: boolean
}) => {
  const { t } = useTranslation('subscribers')
  const [typed, setTyped] = useState<string | null>(null)
  const { text, pinned, version } = note
  const save = (change: { text?: string; pinned?: boolean }) =>
    act('subscribers.saveNote', {
      id,
      noteId: note.id,
      baseVersion: version,
      text,
      pinned,
      ...change,
    })
  const remove = async (): Promise<void> => {
    const done = await act('subscribers.removeNote', { id, noteId: note.id, baseVersion: version })
    if (done === null) return
    const again = { id, noteId: null, baseVersion: 0, text, pinned }
    showToast({
      kind: 'done',
      title: t('notes.removed'),
      undo: () => void act('subscribers.saveNote', again),
    })
  }
  return (
    <li>
      {typed === null ? (
        <p className="nsu-lines">{text}</p>
      ) : (
        <>
          <Textarea
            aria-label={t('notes.text')}
            value={typed}
            maxLength={4000}
            autosize
            autoFocus
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button
            size="compact-sm"
            mt={6}
            disabled={typed.trim() === ''}
            onClick={() => {
              void save({ text: typed }).then((done) => {
                if (done !== null) setTyped(null)
              })
            }}
          >
            {t('notes.save')}
          </Button>
        </>
      )}
      <div className="nsu-row">
        <span className="nc-soft">
          {note.by} · <Since at={note.createdAt} />
          {pinned && ` · ${t('notes.pinned')}`}
        </span>
        {mayChange && (
          <span className="nsu-marks">
            <ActionIcon
              aria-label={t(pinned ? 'notes.unpin' : 'notes.pin')}
              onClick={() => void save({ pinned: !pinned })}
            >
              {pinned ? (
                <IconPinnedOff size={14} aria-hidden="true" />
              ) : (
                <IconPin size={14} aria-hidden="true" />
              )}
            </ActionIcon>
            <ActionIcon aria-label={t('notes.edit')} onClick={() => setTyped(text)}>
              <IconPencil size={14} aria-hidden="true" />
            </ActionIcon>
            <ActionIcon aria-label={t('notes.remove')} onClick={() => void remove()}>
              <IconTrash size={14} aria-hidden="true" />
            </ActionIcon>
          </span>
        )}
      </div>
    </li>
  )
}
