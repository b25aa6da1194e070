/**
 * Numbers, times and ages as a person reads them in his language. Pure: the language and "now" are
 * arguments. `null`, `undefined` and NaN mean "no value" and give an en dash, never 0.
 */

export type Locale = 'en' | 'id'

export const noValue = '–'

/** British English: 24 hours, day before month. */
const tags: Readonly<Record<Locale, string>> = { en: 'en-GB', id: 'id-ID' }

const numberFormats = new Map<string, Intl.NumberFormat>()

const numberFormat = (locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = numberFormats.get(key)
  if (known !== undefined) return known
  const made = new Intl.NumberFormat(tags[locale], options)
  numberFormats.set(key, made)
  return made
}

export type MaybeNumber = number | null | undefined

export const isValue = (value: MaybeNumber): value is number =>
  typeof value === 'number' && Number.isFinite(value)

/** With exactly `digits` decimals, thousands grouped. */
export const formatNumber = (value: MaybeNumber, locale: Locale, digits = 0): string =>
  isValue(value)
    ? minus(
        numberFormat(locale, {
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
        }).format(value),
      )
    : noValue

/** The real minus sign: as wide as a digit, so that columns stay in line. */
const minus = (text: string): string => text.replace('-', '\u2212')

/** Decimals by SI prefix: bit/s from kbit/s. 1,234 kbit/s → "1.23 Mbit/s". */
export const formatRate = (kbps: MaybeNumber, locale: Locale): string => {
  if (!isValue(kbps)) return noValue
  const [value, unit] =
    kbps >= 1e6 ? [kbps / 1e6, 'Gbit/s'] : kbps >= 1e3 ? [kbps / 1e3, 'Mbit/s'] : [kbps, 'kbit/s']
  return `${formatNumber(value, locale, value < 10 && unit !== 'kbit/s' ? 2 : value < 100 ? 1 : 0)} ${unit}`
}

/** 1,536 → "1.5 KiB": binary, as counters count. */
export const formatBytes = (bytes: MaybeNumber, locale: Locale): string => {
  if (!isValue(bytes)) return noValue
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
  let value = bytes
  let step = 0
  while (value >= 1024 && step < units.length - 1) {
    value /= 1024
    step += 1
  }
  return `${formatNumber(value, locale, step === 0 || value >= 100 ? 0 : 1)} ${units[step]}`
}

/** Metres below 1 km, otherwise kilometres with three decimals (that is metres). */
export const formatDistance = (metres: MaybeNumber, locale: Locale): string => {
  if (!isValue(metres)) return noValue
  return metres < 1000
    ? `${formatNumber(metres, locale)} m`
    : `${formatNumber(metres / 1000, locale, 3)} km`
}

export const formatPercent = (share: MaybeNumber, locale: Locale, digits = 0): string =>
  isValue(share) ? `${formatNumber(share * 100, locale, digits)} %` : noValue

type Unit = 'second' | 'minute' | 'hour' | 'day'

/** Short and without a plural, so that columns of ages keep still. */
const units: Readonly<Record<Locale, Readonly<Record<Unit, string>>>> = {
  en: { second: 's', minute: 'min', hour: 'h', day: 'd' },
  id: { second: 'dtk', minute: 'mnt', hour: 'jam', day: 'hari' },
}

const unitText = (value: number, unit: Unit, locale: Locale): string =>
  `${formatNumber(value, locale)}\u00a0${units[locale][unit]}`

/** One unit, rounded down: "42 s", "3 min", "5 h", "12 d". For ages. */
export const formatAge = (milliseconds: MaybeNumber, locale: Locale): string => {
  if (!isValue(milliseconds)) return noValue
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  if (seconds < 60) return unitText(seconds, 'second', locale)
  if (seconds < 3600) return unitText(Math.floor(seconds / 60), 'minute', locale)
  if (seconds < 48 * 3600) return unitText(Math.floor(seconds / 3600), 'hour', locale)
  return unitText(Math.floor(seconds / 86_400), 'day', locale)
}

/** Two units: "3 d 4 h". For uptimes. */
export const formatDuration = (seconds: MaybeNumber, locale: Locale): string => {
  if (!isValue(seconds)) return noValue
  const whole = Math.max(0, Math.floor(seconds))
  const steps: readonly [Unit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ]
  const first = steps.findIndex(([, size]) => whole >= size)
  if (first < 0) return unitText(0, 'second', locale)
  const [unit, size] = steps[first]!
  const head = unitText(Math.floor(whole / size), unit, locale)
  const next = steps[first + 1]
  const rest = next === undefined ? 0 : Math.floor((whole % size) / next[1])
  return next === undefined || rest === 0 ? head : `${head} ${unitText(rest, next[0], locale)}`
}

const instantFormats = new Map<string, Intl.DateTimeFormat>()

const instantFormat = (
  locale: Locale,
  kind: 'full' | 'time' | 'minute' | 'day',
): Intl.DateTimeFormat => {
  const key = `${locale} ${kind}`
  const known = instantFormats.get(key)
  if (known !== undefined) return known
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const day = { day: '2-digit', month: 'short', year: 'numeric' } as const
  const options: Record<typeof kind, Intl.DateTimeFormatOptions> = {
    full: { ...day, ...clock, second: '2-digit' },
    time: { ...clock, second: '2-digit' },
    minute: clock,
    day,
  }
  const made = new Intl.DateTimeFormat(tags[locale], options[kind])
  instantFormats.set(key, made)
  return made
}

/** Absolute, in the machine's own time zone, 24 hours. `at`: ms since 1970 UTC. */
export const formatInstant = (
  at: MaybeNumber,
  locale: Locale,
  kind: 'full' | 'time' | 'minute' | 'day' = 'full',
): string => (isValue(at) ? instantFormat(locale, kind).format(at) : noValue)
