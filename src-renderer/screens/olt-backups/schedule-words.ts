import { useTranslation } from 'react-i18next'
import type { OltBackupState } from '../../../src-shared/contract/olt-backups.ts'
import { useFormat } from '../../components/use-format.ts'

type Schedule = OltBackupState['schedule']

/** When the schedule wants the next one. What is due waits for nothing but its turn. */
export const useNextWords = (): ((nextAt: OltBackupState['nextAt']) => string) => {
  const { t } = useTranslation('olt-backups')
  const format = useFormat()
  return (nextAt) =>
    nextAt === null ? '–' : nextAt <= Date.now() ? t('schedule.due') : format.instant(nextAt)
}

/** An hour of the day as the person's language writes it: 03:00, 03.00. */
export const useHourWords = (): ((hour: number) => string) => {
  const format = useFormat()
  // A day without a change of the clocks.
  return (hour) => format.instant(new Date(2026, 0, 15, hour).getTime(), 'minute')
}

/** "daily about 03:00", "every 6 h", "on demand". */
export const useScheduleWords = (): ((schedule: Schedule) => string) => {
  const { t } = useTranslation('olt-backups')
  const format = useFormat()
  const hourOf = useHourWords()
  return ({ everyHours, atHour }) => {
    if (everyHours === null) return t('schedule.onDemand')
    const every =
      everyHours === 24
        ? t('schedule.daily')
        : everyHours === 168
          ? t('schedule.weekly')
          : t('schedule.every', { hours: format.number(everyHours) })
    return atHour === null || everyHours < 24
      ? every
      : t('schedule.about', { every, hour: hourOf(atHour) })
  }
}
