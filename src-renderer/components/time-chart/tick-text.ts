import type { Locale } from '../format.ts'
import { spanOf, type TimeWindow } from './chart-range.ts'
import type { TimeTick } from './time-ticks.ts'

/** What stands below a tick, in the language of the screen and the zone of the machine. */

const tags: Readonly<Record<Locale, string>> = { en: 'en-GB', id: 'id-ID' }
const formats = new Map<string, Intl.DateTimeFormat>()

const format = (locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat(tags[locale], options)
  formats.set(key, made)
  return made
}

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const weekdaysUpToMs = 20 * 86_400_000

export const tickText = ({ at, kind }: TimeTick, window: TimeWindow, locale: Locale): string => {
  switch (kind) {
    case 'second':
      return format(locale, { ...clock, second: '2-digit' }).format(at)
    case 'minute':
      return format(locale, clock).format(at)
    case 'day':
      return format(locale, {
        day: 'numeric',
        month: 'short',
        ...(spanOf(window) < weekdaysUpToMs ? { weekday: 'short' } : {}),
      }).format(at)
    case 'month':
      return format(locale, { month: 'short' }).format(at)
    case 'year':
      return format(locale, { year: 'numeric' }).format(at)
    default:
      return kind satisfies never
  }
}

/** Room for one label with air around it, CSS pixels: with a weekday it is longer. */
export const tickRoomPx = (window: TimeWindow): number =>
  spanOf(window) < weekdaysUpToMs ? 90 : 64

/** With weekday, to the second: for the readout. */
export const momentText = (at: number, locale: Locale): string =>
  format(locale, {
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    ...clock,
    second: '2-digit',
  }).format(at)

/** Without the second, for the edges of what is shown. */
export const edgeText = (at: number, locale: Locale): string =>
  format(locale, { day: '2-digit', month: 'short', year: 'numeric', ...clock }).format(at)

/** A point's own time: the date only where the window holds several days. */
export const pointText = (at: number, window: TimeWindow, locale: Locale): string =>
  spanOf(window) <= 26 * 3_600_000
    ? format(locale, { ...clock, second: '2-digit' }).format(at)
    : format(locale, { day: '2-digit', month: 'short', ...clock }).format(at)
