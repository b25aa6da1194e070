import type { ReactNode } from 'react'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useSpeaker } from './use-speaker.ts'

const mostCauses = 3

/** The guide in short, where the alarm is: what it is likely to be, and what to do first. */
export const GuideExcerpt = ({ type }: { readonly type: AlarmType }): ReactNode => {
  const { t, format } = useSpeaker()
  const { value, failure, refresh } = useQuery('alarms.guide', { type, language: format.locale })
  if (value === undefined) {
    return failure === undefined ? null : <FailureState brief failure={failure} onRetry={refresh} />
  }
  return (
    <>
      <h3>{t('guide.firstAction')}</h3>
      <p>{value.firstAction}</p>
      <h3>{t('guide.causes')}</h3>
      <ul className="na-list-plain">
        {value.causes.slice(0, mostCauses).map((cause) => (
          <li key={cause}>{cause}</li>
        ))}
      </ul>
      {value.note === null ? null : (
        <div className="na-own-note">
          <strong>{t('guide.note')}</strong>
          <p>{value.note.text}</p>
        </div>
      )}
      <RouteLink to={paths.alarmGuide(type)}>{t('guide.toPage')}</RouteLink>
    </>
  )
}
