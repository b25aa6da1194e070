import type { Locale } from './format.ts'
import { useFormat } from './use-format.ts'

const formats = new Map<Locale, Intl.DateTimeFormat>()

/** `1 Dec 2026` of `2026-12-01`: a day of the calendar, the same in every zone. */
export const dayText = (day: string, locale: Locale): string => {
  let format = formats.get(locale)
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', {
      timeZone: 'UTC',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
    })
    formats.set(locale, format)
  }
  const at = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(at) ? day : format.format(at)
}

export const useDayText = (): ((day: string) => string) => {
  const { locale } = useFormat()
  return (day) => dayText(day, locale)
}

/** A day of the calendar; null: none. */
export const Day = ({ on }: { readonly on: string | null }) => {
  const text = useDayText()
  return on === null ? (
    <span className="nc-faint">–</span>
  ) : (
    <time dateTime={on} title={on}>
      {text(on)}
    </time>
  )
}
