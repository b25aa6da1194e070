import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInstance, type TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { alarmTypes, ruleKinds } from '../../src-shared/domain/alarm-rules.ts'
import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import {
  alarmSentence,
  placeholdersOf,
  placeOf,
  placeWord,
  toneOf,
  type Speaker,
} from '../../src-renderer/screens/alarms/alarm-words.ts'
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
import { sampleAlarm, sampleOlt } from './sample-alarm.ts'

const read = (language: string, name: string) =>
  JSON.parse(
    readFileSync(
      resolve(import.meta.dirname, `../../assets/locales/${language}/${name}.json`),
      'utf8',
    ),
  ) as Record<string, Record<string, Record<string, string>>>

const speakerOf = async (locale: Locale): Promise<Speaker> => {
  const i18n = createInstance()
  await i18n.init({
    lng: locale,
    defaultNS: 'alarms',
    ns: ['alarms', 'network'],
    resources: {
      [locale]: { alarms: read(locale, 'alarms'), network: read(locale, 'network') },
    },
    interpolation: { escapeValue: false },
  })
  return {
    i18n,
    t: i18n.t as unknown as TFunction<'alarms'>,
    format: {
      locale,
      number: (value, digits) => formatNumber(value, locale, digits),
      rate: (value) => formatRate(value, locale),
      bytes: (value) => formatBytes(value, locale),
      distance: (value) => formatDistance(value, locale),
      percent: (value, digits) => formatPercent(value, locale, digits),
      age: (value) => formatAge(value, locale),
      duration: (value) => formatDuration(value, locale),
      instant: (at, kind) => formatInstant(at, locale, kind),
    },
  }
}

const alarm = (part: Partial<AlarmRow>): AlarmRow => sampleAlarm(1, part)

describe('the sentence of an alarm', () => {
  let english: Speaker
  let indonesian: Speaker
  beforeAll(async () => {
    english = await speakerOf('en')
    indonesian = await speakerOf('id')
  })

  it('never has a hole, whatever was measured or not', () => {
    for (const speaker of [english, indonesian]) {
      for (const type of alarmTypes) {
        for (const params of [{}, { valueDbm: null, host: '' }, { onus: 3 }]) {
          const text = alarmSentence(speaker, alarm({ type, params, qualifier: '' }))
          expect(text, type).not.toMatch(/\{\{|undefined|null|NaN/)
          expect(text.length, type).toBeGreaterThan(3)
        }
      }
    }
  })

  it('tells the level with its unit and how far it is beyond the limit', () => {
    const params = { valueDbm: -29.4, limitDbm: -27, marginDb: -2.4 }
    expect(alarmSentence(english, alarm({ params }))).toBe(
      '−29.4 dBm at the ONU, 2.4 dB below the limit of −27.0 dBm',
    )
    expect(alarmSentence(indonesian, alarm({ params }))).toBe(
      '−29,4 dBm di ONU, 2,4 dB di bawah batas −27,0 dBm',
    )
    expect(alarmSentence(english, alarm({ params: { valueDbm: -29.4 } }))).toBe(
      '−29.4 dBm at the ONU',
    )
  })

  it('says that one alarm stands for several ONUs of a PON', () => {
    const params = { valueDbm: -29.4, limitDbm: -27, marginDb: -2.4, onus: 12 }
    expect(alarmSentence(english, alarm({ params }))).toBe(
      '12 ONUs at the ONU, the worst −29.4 dBm, 2.4 dB below the limit',
    )
  })

  it('writes times, distances and codes as people read them', () => {
    const say = (type: AlarmRow['type'], params: AlarmRow['params']): string =>
      alarmSentence(english, alarm({ type, params, qualifier: '' })).replaceAll('\u00a0', ' ')
    expect(say('olt-unreachable', { host: '10.0.0.1', silentS: 840 })).toContain('14 min')
    expect(say('distance-jump', { fromM: 900, toM: 1250 })).toBe('From 900 m to 1.250 km')
    expect(say('onu-offline-optical', { cause: 'losi' })).toBe(
      'Offline: loss of signal of this ONU',
    )
    expect(say('data-stale', { reading: 'optics', ageS: 11_400 })).toBe(
      'Optics was read 3 h 10 min ago',
    )
    expect(say('onu-offline-other', { cause: 'never-heard-of' })).toBe('Offline: never-heard-of')
  })

  it('takes what a device says as text and nothing else', () => {
    const hostile = '$t(act.past) {{host}} <b>'
    const text = alarmSentence(
      english,
      alarm({ type: 'olt-fan-fault', params: { fan: hostile }, qualifier: '' }),
    )
    expect(text).toContain('<b>')
    expect(text).not.toContain('This time is past')
  })

  it('has a plain way to say each type, and the longer ways say more', () => {
    for (const language of ['en', 'id']) {
      const { say, type, level } = read(language, 'alarms')
      for (const name of alarmTypes) {
        const plain: unknown = (say?.[name] as Record<string, unknown> | undefined)?.['plain']
        expect(plain, name).toBeTypeOf('string')
        expect(placeholdersOf(String(plain)), name).toEqual([])
        expect(type, name).toHaveProperty([name])
        expect(level, name).toHaveProperty([ruleKinds[name].level])
      }
    }
  })

  it('has a word for every limit and every unit of the rules', () => {
    for (const language of ['en', 'id']) {
      const { limit, unit } = read(language, 'alarms')
      for (const { limits } of Object.values(ruleKinds)) {
        for (const [name, { unit: one }] of Object.entries(limits)) {
          expect(limit, name).toHaveProperty([name])
          if (one !== 'count') expect(unit, one).toHaveProperty([one])
        }
      }
    }
  })
})

describe('the place of an alarm', () => {
  it('leads to the page of the thing, and the console has none', () => {
    expect(placeOf({ kind: 'console' }).route).toBeNull()
    const onu = alarm({}).resource
    expect(placeOf(onu)).toMatchObject({
      address: '1/2/3:1',
      route: `/onus/${sampleOlt}/1-2-3-1`,
    })
    expect(placeOf({ kind: 'board', oltId: sampleOlt, shelf: 0, slot: 4 })).toMatchObject({
      address: '0/4',
      route: `/olts/${sampleOlt}`,
    })
  })

  it('is called by what it is', async () => {
    const speaker = await speakerOf('en')
    expect(placeWord(speaker, { kind: 'console' })).toBe('This console')
    expect(placeWord(speaker, alarm({}).resource)).toBe('ONU 1/2/3:1')
  })
})

describe('the look of a row', () => {
  it('is that of a cleared one until somebody acknowledges, and of one that is gone before all', () => {
    const by = { accountId: null, name: 'Dewi' }
    const acknowledged = { by, at: 1, until: null, untilWorse: false }
    expect(toneOf(alarm({}), false)).toBe('raised')
    expect(toneOf(alarm({ acknowledged }), false)).toBe('acknowledged')
    expect(toneOf(alarm({ clearedAt: 2 }), false)).toBe('cleared')
    expect(toneOf(alarm({ clearedAt: 2 }), true)).toBe('gone')
  })
})
