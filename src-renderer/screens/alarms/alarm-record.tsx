import { useState, type ReactNode } from 'react'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { ActDialog, type AskedAct } from './act-dialog.tsx'
import { AlarmActBar } from './alarm-act-bar.tsx'
import { actOnAlarms } from './alarm-acts.ts'
import { AlarmFacts } from './alarm-facts.tsx'
import { AlarmTimeline } from './alarm-timeline.tsx'
import { alarmSentence } from './alarm-words.ts'
import { GuideExcerpt } from './guide-excerpt.tsx'
import { useMayAct } from './use-permissions.ts'
import { useAlarm } from './use-alarm.ts'
import { useSpeaker } from './use-speaker.ts'
import './alarm-record.css'

export interface AlarmRecordProps {
  readonly id: string
  /** The page: two columns, and the keys act on this alarm. */
  readonly wide?: boolean
}

/** Everything about one alarm; the drawer and the page show the same. */
export const AlarmRecord = ({ id, wide = false }: AlarmRecordProps): ReactNode => {
  const { t } = useSpeaker()
  const { value, failure, refresh } = useAlarm(id)
  if (value === undefined) {
    if (failure === undefined) return <LoadingState rows={10} />
    return failure.code === 'not-found' ? (
      <EmptyState title={t('record.notFound')} text={t('record.notFoundText')} />
    ) : (
      <FailureState failure={failure} onRetry={refresh} />
    )
  }
  return (
    <>
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      <Told told={value} wide={wide} onDone={refresh} />
    </>
  )
}

interface ToldProps {
  readonly told: Output<'alarms.alarm'>
  readonly wide: boolean
  readonly onDone: () => void
}

const Told = ({ told, wide, onDone }: ToldProps): ReactNode => {
  const { alarm, timeline } = told
  const speaker = useSpeaker()
  const { t } = speaker
  const [asked, setAsked] = useState<AskedAct | null>(null)
  const target = { kind: 'rows', rows: [alarm] } as const
  // Beside a list the list's own keys act on it.
  const keys = useMayAct() && wide
  useShortcut('acknowledge', () => setAsked('acknowledge'), keys)
  useShortcut('comment', () => setAsked('note'), keys)
  useShortcut('shelve', () => setAsked('shelve'), keys)
  useShortcut('ticket', () => setAsked('ticket'), keys)
  useShortcut('assign', () => setAsked('assign'), keys)
  useShortcut('refresh', onDone, wide)
  return (
    <div className="na-record" data-wide={wide || undefined}>
      <div className="na-record__what">
        <SeverityBadge severity={alarm.clearedAt === null ? alarm.severity : 'cleared'} />
        {alarm.clearedAt !== null && (
          <span className="nc-soft nc-small">
            {t('wasSeverity', { severity: t(`severity.${alarm.severity}`, { ns: 'common' }) })}
          </span>
        )}
        <p className="na-record__says">{alarmSentence(speaker, alarm)}</p>
      </div>
      <div className="na-record__acts">
        <AlarmActBar
          target={target}
          onAsk={setAsked}
          onDo={(kind) => void actOnAlarms({ kind }, target).then(onDone)}
        />
      </div>
      <section className="na-record__facts" aria-label={t('record.facts')}>
        <AlarmFacts alarm={alarm} />
      </section>
      <section className="na-record__guide" aria-label={t('record.guide')}>
        <GuideExcerpt type={alarm.type} />
      </section>
      <section className="na-record__timeline" aria-label={t('record.timeline')}>
        <h3>{t('record.timeline')}</h3>
        <AlarmTimeline alarm={alarm} steps={timeline} />
      </section>
      {asked === null ? null : (
        <ActDialog ask={asked} target={target} onClose={() => setAsked(null)} onDone={onDone} />
      )}
    </div>
  )
}
