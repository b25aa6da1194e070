import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInstance, type TFunction } from 'i18next'
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
} from '../../src-renderer/components/format.ts'
import type { Format } from '../../src-renderer/components/use-format.ts'

const read = (language: Locale, name: string): Record<string, unknown> =>
  JSON.parse(
    readFileSync(
      resolve(import.meta.dirname, `../../assets/locales/${language}/${name}.json`),
      'utf8',
    ),
  ) as Record<string, unknown>

/** The texts of a language as a screen has them, without a screen. */
export const wordsOf = async <Name extends 'outages' | 'dashboard'>(
  language: Locale,
  name: Name,
): Promise<{ t: TFunction<Name>; i18n: ReturnType<typeof createInstance>; format: Format }> => {
  const i18n = createInstance()
  await i18n.init({
    lng: language,
    ns: [name],
    defaultNS: name,
    resources: { [language]: { [name]: read(language, name) } },
    interpolation: { escapeValue: false },
  })
  const format: Format = {
    locale: language,
    number: (value, digits) => formatNumber(value, language, digits),
    rate: (value) => formatRate(value, language),
    bytes: (value) => formatBytes(value, language),
    distance: (value) => formatDistance(value, language),
    percent: (value, digits) => formatPercent(value, language, digits),
    age: (value) => formatAge(value, language),
    duration: (value) => formatDuration(value, language),
    instant: (value, kind) => formatInstant(value, language, kind),
  }
  return { t: i18n.getFixedT(language, name) as unknown as TFunction<Name>, i18n, format }
}
