import type { ReactNode } from 'react'
import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Since } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { AlarmMarks } from './alarm-marks.tsx'
import { alarmsOf, emptyAlarmFilter } from './alarm-query.ts'
import { alarmSentence, placeWord } from './alarm-words.ts'
import { useSpeaker } from './use-speaker.ts'
import './alarms-panel.css'

const shown = 6

export interface AlarmsPanelProps {
  readonly resource: AlarmResource
}

/** Open alarms of a thing and of what lies below it; for its own page. */
export const AlarmsPanel = ({ resource }: AlarmsPanelProps): ReactNode => {
  const speaker = useSpeaker()
  const { t, format } = speaker
  const { value, failure, refresh } = useQuery(
    'alarms.list',
    { filter: { ...emptyAlarmFilter, resource }, limit: shown },
    { on: ['alarms.changed'], everyMs: 2000 },
  )
  const own = JSON.stringify(resource)
  return (
    <section className="nc-panel na-panel" aria-label={t('panel.title')}>
      <div className="nc-panel__head">
        <h2>
          {t('panel.title')}
          {value === undefined || value.total === 0 ? null : (
            <span className="na-panel__count"> {format.number(value.total)}</span>
          )}
        </h2>
        {value !== undefined && value.total === 0 && (
          <span className="nc-soft">{t('panel.none')}</span>
        )}
        <RouteLink to={alarmsOf(resource)}>{t('panel.all')}</RouteLink>
      </div>
      {failure === undefined ? null : <FailureState brief failure={failure} onRetry={refresh} />}
      {value === undefined || value.alarms.length === 0 ? null : (
        <ul className="na-panel__rows">
          {value.alarms.map((alarm) => (
            <li key={alarm.id} data-cleared={alarm.clearedAt !== null || undefined}>
              <SeverityBadge
                severity={alarm.clearedAt === null ? alarm.severity : 'cleared'}
                short
              />
              <RouteLink to={paths.alarm(alarm.id)} className="na-panel__what">
                {t(`type.${alarm.type}`)}
              </RouteLink>
              <span className="nc-cut nc-soft" title={alarmSentence(speaker, alarm)}>
                {JSON.stringify(alarm.resource) === own
                  ? null
                  : `${placeWord(speaker, alarm.resource)} · `}
                {alarmSentence(speaker, alarm)}
              </span>
              <AlarmMarks alarm={alarm} speaker={speaker} />
              <span className="nc-soft na-panel__age">
                <Since at={alarm.raisedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
