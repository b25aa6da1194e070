import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { Since } from '../../components/data-age.tsx'
import { MayOnly } from '../../components/may-only.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import type { Period } from './period.ts'

export interface Draft {
  readonly text: string
  readonly takenBy: string
}

type Note = Output<'handover.notes'>['notes'][number]

export interface NotePanelProps {
  readonly draft: Draft
  readonly onDraft: (draft: Draft) => void
  readonly period: Period
  readonly notes: readonly Note[] | undefined
  readonly failure: Failure | undefined
  readonly onRetry: () => void
}

/** What the lists do not say, and what was said before. */
export const NotePanel = ({ draft, onDraft, period, notes, failure, onRetry }: NotePanelProps) => {
  const { t } = useTranslation('handover')
  const [busy, setBusy] = useState(false)
  const write = (): void => {
    setBusy(true)
    runCommand('handover.write', { ...period, ...draft })
      .then(() => {
        showToast({ kind: 'done', title: t('note.written') })
        onDraft({ text: '', takenBy: '' })
        onRetry()
        return undefined
      })
      .catch((error: unknown) => showFailure(failureOf(error)))
      .finally(() => setBusy(false))
  }
  return (
    <aside className="ho-notes" aria-label={t('note.heading')}>
      <MayOnly needs="handover.note.write">
        <section className="nc-panel">
          <header className="nc-panel__head">
            <h2>{t('note.heading')}</h2>
          </header>
          <div className="nc-panel__body ho-form">
            <Textarea
              label={t('note.label')}
              placeholder={t('note.placeholder')}
              value={draft.text}
              onChange={(event) => onDraft({ ...draft, text: event.currentTarget.value })}
              autosize
              minRows={5}
              maxRows={16}
              maxLength={8000}
            />
            <TextInput
              label={t('takenBy')}
              placeholder={t('note.takenByPlaceholder')}
              value={draft.takenBy}
              onChange={(event) => onDraft({ ...draft, takenBy: event.currentTarget.value })}
              maxLength={80}
            />
            <Button onClick={write} loading={busy} disabled={draft.text.trim() === ''}>
              {t('note.write')}
            </Button>
          </div>
        </section>
      </MayOnly>
      <section className="nc-panel ho-earlier">
        <header className="nc-panel__head">
          <h2>{t('note.earlier')}</h2>
        </header>
        <div className="nc-panel__body">
          {failure !== undefined && <FailureState failure={failure} onRetry={onRetry} brief />}
          {notes?.length === 0 && <p className="nc-soft">{t('note.none')}</p>}
          {notes?.map((note) => (
            <article key={note.id} className="ho-note">
              <header className="nc-small nc-soft">
                <strong>{note.by.name}</strong>{' '}
                {note.takenBy !== '' && t('note.to', { name: note.takenBy })} ·{' '}
                <Since at={note.writtenAt} />
              </header>
              <p>{note.text}</p>
              <Button
                variant="subtle"
                size="compact-xs"
                onClick={() => onDraft({ ...draft, text: note.text })}
              >
                {t('note.use')}
              </Button>
            </article>
          ))}
        </div>
      </section>
    </aside>
  )
}
