import type { i18n as I18n, TFunction } from 'i18next'
import type { AlarmResource, AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import type { ErrorParams } from '../../../src-shared/errors.ts'
import { paths } from '../../app/paths.ts'
import type { Format } from '../../components/use-format.ts'

/** What an alarm says, in the screen's language, made of what was measured. */

type Words = TFunction<'alarms'>

export interface Speaker {
  readonly t: Words
  readonly i18n: I18n
  readonly format: Format
}

type Measured = Pick<AlarmRow, 'type' | 'qualifier' | 'params'>

/** The unit stands at the end of a parameter's name, as everywhere in the console. */
const written = (name: string, value: string | number | boolean | null, format: Format): string => {
  if (typeof value !== 'number') return value === null ? format.number(null) : String(value)
  if (name.endsWith('Dbm')) return format.number(value, 1)
  // "2.4 dB below": the sentence says in which direction.
  if (name.endsWith('Db')) return format.number(Math.abs(value), 1)
  if (name.endsWith('Kbps')) return format.rate(value)
  if (name.endsWith('Ms')) return format.duration(value / 1000)
  if (name.endsWith('S')) return format.duration(value)
  if (name.endsWith('M')) return format.distance(value)
  if (name.endsWith('At')) return format.instant(value)
  return format.number(value, Number.isInteger(value) ? 0 : 1)
}

/** Codes that stand in a sentence, as words: which reading, which cause, which state. */
const spoken = ({ t, i18n }: Speaker, name: string, value: string): string => {
  const keys: Readonly<Record<string, readonly string[]>> = {
    cause: [`network:cause.${value}`],
    reading: [`network:readingGroup.${value}`, `network:field.${value}`],
    state: [`alarms:boardState.${value}`],
  }
  const known = keys[name]?.find((key) => i18n.exists(key))
  return known === undefined ? value : t(known as 'title')
}

/** Every name in double braces of a text. */
export const placeholdersOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{\s*([^}\s,]+)/g)].map((match) => match[1]!)

const has = (params: ErrorParams, name: string): boolean =>
  params[name] !== undefined && params[name] !== null && params[name] !== ''

/** Which end measured, which fan: what tells several of one type apart. */
const qualifierWord = ({ t }: Pick<Speaker, 't'>, qualifier: string): string => {
  if (qualifier === 'onu-rx') return t('qualifier.onu-rx')
  return qualifier === 'olt-rx' ? t('qualifier.olt-rx') : qualifier
}

/** `many`: one alarm for several ONUs of a PON. */
const variants = ['many', 'full', 'part', 'plain'] as const

/**
 * One line: "Receive power −29.4 dBm at the ONU, 2.4 dB below the limit". Of the ways to say it the
 * first whose values are all there; a reading that is missing never leaves a hole in a sentence.
 */
export const alarmSentence = (speaker: Speaker, alarm: Measured): string => {
  const { t, i18n, format } = speaker
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(alarm.params)) {
    values[name] =
      typeof value === 'string' ? spoken(speaker, name, value) : written(name, value, format)
  }
  const params: ErrorParams = { ...alarm.params, qualifier: alarm.qualifier }
  values['qualifier'] = qualifierWord(speaker, alarm.qualifier)
  for (const variant of variants) {
    const key = `say.${alarm.type}.${variant}`
    const text: unknown = i18n.getResource(i18n.resolvedLanguage ?? 'en', 'alarms', key)
    if (typeof text !== 'string') continue
    if (placeholdersOf(text).every((name) => has(params, name))) {
      // The key is made here and was found above: its type cannot be known beforehand.
      return (t as unknown as (key: string, values: Record<string, string>) => string)(key, values)
    }
  }
  return t(`type.${alarm.type}`)
}

export interface AlarmPlace {
  /** `1/2/3:12`, `1/2`, or the OLT's name; the console itself has none. */
  readonly address: string | null
  readonly kind: AlarmResource['kind']
  readonly oltId: string | null
  /** Its page; null: it has none. */
  readonly route: string | null
}

export const placeOf = (resource: AlarmResource): AlarmPlace => {
  switch (resource.kind) {
    case 'console':
      return { address: null, kind: 'console', oltId: null, route: null }
    case 'olt':
      return {
        address: null,
        kind: 'olt',
        oltId: resource.oltId,
        route: paths.olt(resource.oltId),
      }
    case 'board':
      return {
        address: `${resource.shelf}/${resource.slot}`,
        kind: 'board',
        oltId: resource.oltId,
        route: paths.olt(resource.oltId),
      }
    case 'pon':
      return {
        address: formatPon(resource.pon),
        kind: 'pon',
        oltId: resource.oltId,
        route: paths.pon(resource.oltId, resource.pon),
      }
    case 'onu':
      return {
        address: formatOnu(resource.address),
        kind: 'onu',
        oltId: resource.oltId,
        route: paths.onu(resource.oltId, resource.address),
      }
  }
}

/** "ONU 1/2/3:12", "Board 1/2", "OLT", "This console". */
export const placeWord = ({ t }: Pick<Speaker, 't'>, resource: AlarmResource): string => {
  const { address, kind } = placeOf(resource)
  return address === null ? t(`place.${kind}`) : t(`placeAt.${kind as 'onu'}`, { address })
}

/** Which of its faces an alarm shows: the worst news of operator and network state together. */
export type AlarmTone = 'raised' | 'acknowledged' | 'cleared' | 'gone'

export const toneOf = (alarm: AlarmRow, gone: boolean): AlarmTone => {
  if (gone) return 'gone'
  if (alarm.clearedAt !== null) return 'cleared'
  return alarm.acknowledged === null ? 'raised' : 'acknowledged'
}
