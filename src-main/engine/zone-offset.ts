/**
 * Of a time zone (IANA): how far its wall clocks are ahead, and where they are put on or back. Formats
 * are made once for each zone.
 */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

export const isZone = (name: string): boolean => {
  try {
    formatOf(name)
    // Offsets ("+07:00") are zones to Intl, and know no summer time.
    return /^[A-Za-z]/u.test(name)
  } catch {
    return false
  }
}

/** Wall clock less UTC, ms. `at`: whole ms. */
export const offsetAt = (timeZone: string, at: number): number => {
  const second = Math.floor(at / 1000) * 1000
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(second)) {
    part[type] = Number(value)
  }
  const wall = Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day,
    part.hour,
    part.minute,
    part.second,
  )
  return wall - second
}

/**
 * The first instant in (from, to] from which the offset is that at `to`; null: it is the same at both.
 * Between them lies at most one change (no zone has two in three days).
 */
export const changeBetween = (timeZone: string, from: number, to: number): number | null => {
  const after = offsetAt(timeZone, to)
  if (offsetAt(timeZone, from) === after) return null
  let [before, since] = [from, to]
  while (since - before > 1) {
    const middle = Math.floor((before + since) / 2)
    if (offsetAt(timeZone, middle) === after) since = middle
    else before = middle
  }
  return since
}
