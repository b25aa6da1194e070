import { Button, Group, Stack, Textarea } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { ruleKinds, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { emptyAlarmFilter, writeAlarmQuery } from './alarm-query.ts'
import type { Guide } from './guide-model.ts'
import { useMayAct } from './use-permissions.ts'
import { useSpeaker } from './use-speaker.ts'

/** The whole guide of one type, with the operator's own note that can be written in place. */
export const GuideArticle = ({ type }: { readonly type: AlarmType }): ReactNode => {
  const { t, format } = useSpeaker()
  const { value, failure, refresh } = useQuery('alarms.guide', { type, language: format.locale })
  const kind = ruleKinds[type]
  return (
    <article className="na-article">
      <header>
        <h2>{t(`type.${type}`)}</h2>
        <div className="na-article__facts">
          <SeverityBadge severity={kind.severity} />
          <span className="nc-soft">{t(`level.${kind.level}`)}</span>
          <RouteLink
            to={paths.alarms(
              writeAlarmQuery({ filter: { ...emptyAlarmFilter, types: [type] }, sort: null }),
            )}
          >
            {t('guide.toAlarms')}
          </RouteLink>
          <RouteLink to={`${paths.alarmRules()}?type=${type}`}>{t('guide.toRule')}</RouteLink>
        </div>
      </header>
      {failure === undefined ? null : (
        <FailureState failure={failure} onRetry={refresh} brief={value !== undefined} />
      )}
      {value === undefined ? (
        failure === undefined && <LoadingState rows={6} />
      ) : (
        <>
          <p className="na-article__meaning">{value.meaning}</p>
          <section className="na-article__first">
            <h3>{t('guide.firstAction')}</h3>
            <p>{value.firstAction}</p>
          </section>
          <div className="na-article__lists">
            <Points title={t('guide.causes')} points={value.causes} />
            <Points title={t('guide.checks')} points={value.checks} ordered />
          </div>
          <OwnNote type={type} note={value.note} onSaved={refresh} />
        </>
      )}
    </article>
  )
}

interface PointsProps {
  readonly title: string
  readonly points: readonly string[]
  readonly ordered?: boolean
}

const Points = ({ title, points, ordered = false }: PointsProps): ReactNode => {
  const lines = points.map((point) => <li key={point}>{point}</li>)
  return (
    <section>
      <h3>{title}</h3>
      {ordered ? <ol>{lines}</ol> : <ul>{lines}</ul>}
    </section>
  )
}

interface OwnNoteProps {
  readonly type: AlarmType
  readonly note: Guide['note']
  readonly onSaved: () => void
}

const OwnNote = ({ type, note, onSaved }: OwnNoteProps): ReactNode => {
  const { t, format } = useSpeaker()
  const [draft, setDraft] = useState<string | null>(null)
  const before = note?.text ?? ''
  const may = useMayAct()

  const write = async (text: string, undo: boolean): Promise<void> => {
    try {
      await runCommand('alarms.setGuideNote', { type, text: text.trim() })
      setDraft(null)
      onSaved()
      showToast({
        kind: 'done',
        title: t(text.trim() === '' ? 'guide.noteRemoved' : 'guide.noteSaved'),
        ...(undo ? { undo: () => void write(before, false) } : {}),
      })
    } catch (error) {
      showFailure(failureOf(error))
    }
  }

  return (
    <section className="na-article__note">
      <h3>{t('guide.note')}</h3>
      {draft === null ? (
        <>
          {note === null ? (
            <p className="nc-soft">{t('guide.noNote')}</p>
          ) : (
            <div className="na-own-note">
              <p>{note.text}</p>
              <span className="nc-soft nc-small">
                {note.by} · {format.instant(note.at)}
              </span>
            </div>
          )}
          <Button
            variant="default"
            size="compact-sm"
            disabled={!may}
            leftSection={<IconPencil size={14} aria-hidden="true" />}
            onClick={() => setDraft(before)}
          >
            {t(note === null ? 'guide.writeNote' : 'guide.changeNote')}
          </Button>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void write(draft, true)
          }}
        >
          <Stack gap="sm">
            <Textarea
              aria-label={t('guide.note')}
              description={t('guide.noteHint')}
              value={draft}
              maxLength={4000}
              autosize
              minRows={4}
              maxRows={16}
              autoFocus
              onChange={(event) => setDraft(event.currentTarget.value)}
            />
            <Group gap="sm">
              <Button type="submit" disabled={draft.trim() === before}>
                {t('button.save', { ns: 'common' })}
              </Button>
              <Button variant="default" onClick={() => setDraft(null)}>
                {t('button.cancel', { ns: 'common' })}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </section>
  )
}
