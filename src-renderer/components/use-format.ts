import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  formatAge,
  formatBytes,
  formatDistance,
  formatDuration,
  formatInstant,
  formatNumber,
  formatPercent,
  formatRate,
  type Locale,
  type MaybeNumber,
} from './format.ts'

export interface Format {
  readonly locale: Locale
  readonly number: (value: MaybeNumber, digits?: number) => string
  readonly rate: (kbps: MaybeNumber) => string
  readonly bytes: (bytes: MaybeNumber) => string
  readonly distance: (metres: MaybeNumber) => string
  readonly percent: (share: MaybeNumber, digits?: number) => string
  /** Milliseconds to one unit. */
  readonly age: (milliseconds: MaybeNumber) => string
  /** Seconds to two units. */
  readonly duration: (seconds: MaybeNumber) => string
  readonly instant: (at: MaybeNumber, kind?: 'full' | 'time' | 'minute' | 'day') => string
}

const formats = new Map<Locale, Format>()

const formatFor = (locale: Locale): Format => {
  const known = formats.get(locale)
  if (known !== undefined) return known
  const made: Format = {
    locale,
    number: (value, digits) => formatNumber(value, locale, digits),
    rate: (kbps) => formatRate(kbps, locale),
    bytes: (bytes) => formatBytes(bytes, locale),
    distance: (metres) => formatDistance(metres, locale),
    percent: (share, digits) => formatPercent(share, locale, digits),
    age: (milliseconds) => formatAge(milliseconds, locale),
    duration: (seconds) => formatDuration(seconds, locale),
    instant: (at, kind) => formatInstant(at, locale, kind),
  }
  formats.set(locale, made)
  return made
}

/** The formats in the language of the screen. The object is the same as long as the language is. */
export const useFormat = (): Format => {
  const { i18n } = useTranslation()
  const locale: Locale = i18n.language === 'id' ? 'id' : 'en'
  return useMemo(() => formatFor(locale), [locale])
}
