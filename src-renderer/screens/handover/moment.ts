import { noValue } from '../../components/format.ts'
import type { Format } from '../../components/use-format.ts'

/** Time of day today, with the day before it otherwise: a shift goes over midnight. */
export const momentText = (format: Format, at: number | null, now = Date.now()): string => {
  if (at === null) return noValue
  const time = format.instant(at, 'minute')
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? time
    : `${format.instant(at, 'day')} ${time}`
}
