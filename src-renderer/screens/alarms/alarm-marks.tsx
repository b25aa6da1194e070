import {
  IconBellZ,
  IconChecks,
  IconEyeOff,
  IconMessage,
  IconStarFilled,
  IconStairsUp,
  IconTicket,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import type { Speaker } from './alarm-words.ts'
import './alarm-marks.css'

/** What people and logic have done with it, as small signs; each with its words for the mouse. */
export const alarmMarks = (
  alarm: AlarmRow,
  { t, format }: Speaker,
): readonly { readonly name: string; readonly icon: Icon; readonly words: string }[] => {
  const marks: { name: string; icon: Icon; words: string }[] = []
  const { acknowledged, shelved, suppressed } = alarm
  if (acknowledged !== null) {
    marks.push({
      name: 'acknowledged',
      icon: IconChecks,
      words: t('mark.acknowledged', {
        name: acknowledged.by.name,
        time: format.instant(acknowledged.at),
      }),
    })
  }
  if (shelved !== null) {
    marks.push({
      name: 'shelved',
      icon: IconBellZ,
      words: t('mark.shelved', { time: format.instant(shelved.until), reason: shelved.reason }),
    })
  }
  if (suppressed !== null) {
    marks.push({
      name: 'suppressed',
      icon: IconEyeOff,
      words: t(`suppressedBy.${suppressed.reason}`, { by: suppressed.by }),
    })
  }
  if (alarm.escalation > 0) {
    marks.push({
      name: 'escalation',
      icon: IconStairsUp,
      words: t('mark.escalation', { count: alarm.escalation }),
    })
  }
  if (alarm.ticket !== null) {
    marks.push({
      name: 'ticket',
      icon: IconTicket,
      words: t('mark.ticket', { ticket: alarm.ticket }),
    })
  }
  if (alarm.notes > 0) {
    marks.push({
      name: 'notes',
      icon: IconMessage,
      words: t('mark.notes', { count: alarm.notes }),
    })
  }
  if (alarm.important) {
    marks.push({ name: 'important', icon: IconStarFilled, words: t('mark.important') })
  }
  return marks
}

export const AlarmMarks = ({
  alarm,
  speaker,
}: {
  readonly alarm: AlarmRow
  readonly speaker: Speaker
}): ReactNode => (
  <span className="na-marks">
    {alarmMarks(alarm, speaker).map(({ name, icon: MarkIcon, words }) => (
      <span
        key={name}
        className="na-mark"
        data-mark={name}
        title={words}
        role="img"
        aria-label={words}
      >
        <MarkIcon size={14} stroke={1.8} aria-hidden="true" />
      </span>
    ))}
  </span>
)
