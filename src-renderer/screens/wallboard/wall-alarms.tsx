import { useTranslation } from 'react-i18next'
import { severities } from '../../../src-shared/domain/severity.ts'
import { useQuery } from '../../client/hooks.ts'
import { Since } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useNoc } from '../../state/noc.ts'
import { alarmSentence, placeWord } from '../alarms/alarm-words.ts'
import { useSpeaker } from '../alarms/use-speaker.ts'
import { WallCalm } from './wall-calm.tsx'
import { WallSeverity } from './wall-severity.tsx'

const most = 5

export const WallAlarms = () => {
  const { t } = useTranslation('wallboard')
  const format = useFormat()
  const speaker = useSpeaker()
  const alarms = useNoc((state) => state.alarms)
  const { value, failure, refresh } = useQuery(
    'alarms.list',
    { limit: most, filter: { cleared: false } },
    { on: ['alarms.changed'], everyMs: 1500 },
  )
  if (value === undefined) {
    return failure === undefined ? null : <FailureState failure={failure} onRetry={refresh} />
  }
  if (value.total === 0) return <WallCalm title={t('alarms.calm')} />
  const more = value.total - value.alarms.length
  return (
    <div className="nw-alarms">
      {alarms === undefined ? null : (
        <ul className="nw-tallies" aria-label={t('page.alarms')}>
          {severities.slice(0, 4).map((severity) => (
            <li key={severity} data-zero={alarms.active[severity] === 0 ? '' : undefined}>
              <WallSeverity severity={severity} />
              <strong>{format.number(alarms.active[severity])}</strong>
              <span>
                {t('alarms.unacknowledged', {
                  number: format.number(alarms.unacknowledged[severity]),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <ol className="nw-rows" aria-label={t('alarms.list')}>
        {value.alarms.map((alarm) => (
          <li key={alarm.id} className="nw-row" data-severity={alarm.severity}>
            <WallSeverity severity={alarm.severity} />
            <span className="nw-row__text">
              <span className="nw-row__main">{alarmSentence(speaker, alarm)}</span>
              <span className="nw-row__sub">
                {[alarm.oltName, placeWord(speaker, alarm.resource), alarm.name ?? alarm.serial]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <span className="nw-row__age">
              <Since at={alarm.raisedAt} />
            </span>
          </li>
        ))}
      </ol>
      {more > 0 ? (
        <p className="nw-more">{t('alarms.more', { number: format.number(more) })}</p>
      ) : null}
    </div>
  )
}
