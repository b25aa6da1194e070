/** The machine's own time zone, for axes, inputs and files. Pure apart from the zone. */

const two = (value: number): string => String(value).padStart(2, '0')

/** `2026-11-22T14:05:00.250+07:00`: exact, and it says in which zone. */
export const isoWithZone = (at: number): string => {
  const date = new Date(at)
  const offset = -date.getTimezoneOffset()
  const shifted = new Date(at + offset * 60_000).toISOString().slice(0, -1)
  const ahead = Math.abs(offset)
  return `${shifted}${offset < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`
}

/** As an `<input type="datetime-local">` writes it. */
export const toLocalInput = (at: number): string => {
  const date = new Date(at)
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** NaN: no time. An hour that a clock change skips is the hour after it. */
export const fromLocalInput = (text: string): number =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(text) ? new Date(text).getTime() : Number.NaN

/** "WIB", "GMT+2": as people there call it. */
export const zoneName = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC'
