import type { ReactNode } from 'react'
import { paths } from '../../app/paths.ts'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { AlarmRecord } from './alarm-record.tsx'
import { placeWord } from './alarm-words.ts'
import { useAlarm } from './use-alarm.ts'
import { useSpeaker } from './use-speaker.ts'

export interface AlarmDrawerProps {
  readonly id: string
  readonly onClose: () => void
}

/** An alarm beside the list; the same as its page, in one column. */
export const AlarmDrawer = ({ id, onClose }: AlarmDrawerProps): ReactNode => {
  const speaker = useSpeaker()
  const alarm = useAlarm(id).value?.alarm
  return (
    <RecordDrawer
      title={alarm === undefined ? speaker.t('record.title') : speaker.t(`type.${alarm.type}`)}
      subtitle={
        alarm === undefined
          ? undefined
          : [alarm.oltName, placeWord(speaker, alarm.resource), alarm.name]
              .filter(Boolean)
              .join(' · ')
      }
      href={paths.alarm(id)}
      onClose={onClose}
    >
      <AlarmRecord key={id} id={id} />
    </RecordDrawer>
  )
}
