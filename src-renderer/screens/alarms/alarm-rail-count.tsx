import type { ReactNode } from 'react'
import { totalOf, useAlarmSummary } from './use-alarm-summary.ts'
import { useSpeaker } from './use-speaker.ts'
import './alarm-rail-count.css'

/** In the rail: how many alarms nobody has acknowledged yet; red while one of them is critical. */
export const AlarmRailCount = (): ReactNode => {
  const { t, format } = useSpeaker()
  const summary = useAlarmSummary()
  if (summary === undefined) return null
  const count = totalOf(summary.unacknowledged)
  if (count === 0) return null
  return (
    <span
      className="nc-rail__count na-rail-count"
      data-critical={summary.unacknowledged.critical > 0 || undefined}
      title={t('railCount', { count })}
    >
      {format.number(count)}
    </span>
  )
}
