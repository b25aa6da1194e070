import { calendarDate, type CalendarDate } from '../../src-shared/domain/calendar-date.ts'

/**
 * The day that an instant falls on in a zone. Null: the machine's own zone. Only here does billing
 * look at a clock; everything after it counts in days.
 * @throws RangeError for a zone that is not known.
 */
export const dayIn = (timeZone: string | null, at: number): CalendarDate => {
  const format = new Intl.DateTimeFormat('en-CA-u-ca-gregory-nu-latn', {
    ...(timeZone === null ? {} : { timeZone }),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return calendarDate(`${part['year']!.padStart(4, '0')}-${part['month']}-${part['day']}`)
}

/** Minutes since midnight in a zone, 0 to 1439. Null: the machine's own zone. */
export const minuteIn = (timeZone: string | null, at: number): number => {
  const format = new Intl.DateTimeFormat('en-GB-u-nu-latn', {
    ...(timeZone === null ? {} : { timeZone }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return Number(part['hour']) * 60 + Number(part['minute'])
}

export const isTimeZone = (name: string): boolean => {
  try {
    dayIn(name, 0)
    return true
  } catch {
    return false
  }
}
