import type { ReactNode } from 'react'
import type { AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { alarmSentence } from './alarm-words.ts'
import { useSpeaker } from './use-speaker.ts'

type Step = Output<'alarms.alarm'>['timeline'][number]

export interface AlarmTimelineProps {
  readonly alarm: AlarmRow
  readonly steps: readonly Step[]
}

/** What the network and people did with it, the latest first. */
export const AlarmTimeline = ({ alarm, steps }: AlarmTimelineProps): ReactNode => {
  const speaker = useSpeaker()
  const { t, format } = speaker
  if (steps.length === 0) return <p className="nc-soft">{t('timeline.none')}</p>
  const detail = (step: Step): string | null => {
    if (step.kind === 'severity' && step.severity !== null) {
      return t(`severity.${step.severity}`, { ns: 'common' })
    }
    if (step.kind === 'raised' && Object.keys(step.params).length > 0) {
      return alarmSentence(speaker, { ...alarm, params: step.params })
    }
    return null
  }
  return (
    <ol className="na-timeline">
      {steps.map((step, index) => (
        <li
          key={`${step.at} ${step.kind} ${index}`}
          data-by={step.by === null ? 'network' : 'person'}
        >
          <time className="na-timeline__at" title={format.instant(step.at)}>
            {format.instant(step.at, 'time')}
            <span className="nc-faint">{format.instant(step.at, 'day')}</span>
          </time>
          <div>
            <strong>{t(`timeline.${step.kind}`)}</strong>
            {step.by === null ? null : <span className="nc-soft"> · {step.by}</span>}
            {detail(step) === null ? null : <div className="nc-soft">{detail(step)}</div>}
            {step.text === null ? null : <p className="na-timeline__text">{step.text}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
