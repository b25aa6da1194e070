import { IconBellZ, IconEyeOff, IconHistory, IconUrgent, type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AlarmsSummary } from '../../../src-shared/contract/alarms.ts'
import { alarmListNames, type AlarmListName } from './alarm-query.ts'
import { totalOf } from './use-alarm-summary.ts'
import { useSpeaker } from './use-speaker.ts'

export interface AlarmTabsProps {
  readonly list: AlarmListName
  readonly summary: AlarmsSummary | undefined
  readonly onList: (list: AlarmListName) => void
}

const icons: Readonly<Record<AlarmListName, Icon>> = {
  open: IconUrgent,
  shelved: IconBellZ,
  suppressed: IconEyeOff,
  history: IconHistory,
}

const countOf = (list: AlarmListName, summary: AlarmsSummary): number | null => {
  switch (list) {
    case 'open':
      return totalOf(summary.active) + summary.cleared
    case 'shelved':
      return summary.shelved
    case 'suppressed':
      return summary.suppressed
    case 'history':
      return null
  }
}

/** The four lists; how many are shelved stands there whatever is shown (ISA-18.2). */
export const AlarmTabs = ({ list, summary, onList }: AlarmTabsProps): ReactNode => {
  const { t, format } = useSpeaker()
  return (
    <div className="na-tabs" role="group" aria-label={t('lists')}>
      {alarmListNames.map((name) => {
        const TabIcon = icons[name]
        const count = summary === undefined ? null : countOf(name, summary)
        return (
          <button
            key={name}
            type="button"
            className="na-tab"
            aria-pressed={name === list}
            title={t(`listHint.${name}`)}
            onClick={() => onList(name)}
          >
            <TabIcon size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
            {t(`list.${name}`)}
            {count === null ? null : <span className="na-tab__count">{format.number(count)}</span>}
          </button>
        )
      })}
    </div>
  )
}
