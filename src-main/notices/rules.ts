import type { Payload } from '../../src-shared/contract/index.ts'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import { isQuietAt } from '../../src-shared/domain/quiet-hours.ts'
import { compareSeverity, type Severity } from '../../src-shared/domain/severity.ts'

export type AlarmNotice = Payload<'alarms.notice'>
export type TicketNotice = Payload<'tickets.notice'>
export type NoticeWishes = Preferences['notifications']

/**
 * Whether the person wants to be told on the desktop. Quiet hours are local times of day; a span
 * whose end lies before its begin goes over midnight, one of equal times is none. What is critical
 * breaks through them unless the person said otherwise.
 */
export const isWanted = (
  severity: Severity,
  wishes: NoticeWishes,
  /** Local time of day, minutes after midnight. */
  minuteOfDay: number,
): boolean => {
  if (wishes.from === null || compareSeverity(severity, wishes.from) > 0) return false
  if (!isQuietNow(wishes, minuteOfDay)) return true
  return severity === 'critical' && wishes.quietHours?.criticalToo !== true
}

export const isQuietNow = ({ quietHours }: NoticeWishes, minuteOfDay: number): boolean =>
  isQuietAt(quietHours, minuteOfDay)

/** A promise that was missed is heard as an alarm of that weight. */
export const severityOfTicket = ({ level, priority }: TicketNotice): Severity =>
  level === 0 ? 'warning' : priority === 'P1' ? 'critical' : 'major'

/**
 * The owner hears of his own, everybody of what is nobody's; from the second level on also whoever
 * hands out work.
 */
export const isForPerson = (
  { ownerId, level }: TicketNotice,
  person: { readonly accountId: string; readonly handsOut: boolean },
): boolean => ownerId === null || ownerId === person.accountId || (level >= 2 && person.handsOut)

/** Where in the console it is shown. */
export const routeOf = ({ alarmId, outageId }: AlarmNotice): string => {
  if (outageId !== null) return `/outages/${outageId}`
  return alarmId === null ? '/alarms' : `/alarms/one/${alarmId}`
}
