/** iCalendar as of RFC 5545: what calendars of telephones and desktops take in. Times in UTC. */
export interface CalendarEntry {
  /** The same for the same thing, always: who takes it in twice has it once. */
  readonly uid: string
  /** Goes up with every change. */
  readonly sequence: number
  /** Wall ms. */
  readonly from: number
  readonly to: number
  readonly changedAt: number
  readonly summary: string
  readonly description: string
  readonly location: string
  readonly spot: { readonly latitude: number; readonly longitude: number } | null
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED'
}

/** RFC 5545, 3.3.11. */
const escapeText = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', String.raw`\;`)
    .replaceAll(',', String.raw`\,`)
    .replaceAll(/\r\n|\r|\n/gu, String.raw`\n`)
    // Of control characters a calendar takes the tab alone.
    .replaceAll(/(?!\t)\p{Cc}/gu, '')

const utc = (at: number): string =>
  `${new Date(at).toISOString().replaceAll(/[-:]/gu, '').slice(0, 15)}Z`

/** Octets of a letter in UTF-8. */
const octetsOf = (letter: string): number => {
  const code = letter.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

/** No line is longer than 75 octets, and no letter is cut in two (3.1). */
const fold = (line: string): string => {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const letter of line) {
    const size = octetsOf(letter)
    // From the second line on, the space that begins it counts.
    if (octets + size > 75) {
      parts.push(part)
      part = ''
      octets = 1
    }
    part += letter
    octets += size
  }
  return [...parts, part].join('\r\n ')
}

export const iCalendar = (name: string, entries: readonly CalendarEntry[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Nocturne//Work orders//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    ...entries.flatMap((entry) => [
      'BEGIN:VEVENT',
      `UID:${escapeText(entry.uid)}`,
      `SEQUENCE:${entry.sequence}`,
      `DTSTAMP:${utc(entry.changedAt)}`,
      `DTSTART:${utc(entry.from)}`,
      `DTEND:${utc(entry.to)}`,
      `SUMMARY:${escapeText(entry.summary)}`,
      ...(entry.description === '' ? [] : [`DESCRIPTION:${escapeText(entry.description)}`]),
      ...(entry.location === '' ? [] : [`LOCATION:${escapeText(entry.location)}`]),
      ...(entry.spot === null
        ? []
        : [`GEO:${entry.spot.latitude.toFixed(6)};${entry.spot.longitude.toFixed(6)}`]),
      `STATUS:${entry.status}`,
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ]
    .map(fold)
    .join('\r\n')
