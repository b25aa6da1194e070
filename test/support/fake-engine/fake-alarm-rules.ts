import type { EventName, Input, Output, Payload } from '../../../src-shared/contract/index.ts'
import type { AlarmRule, AlarmSettings } from '../../../src-shared/contract/alarms-model.ts'
import { alarmTypes, ruleKinds, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { formatOnu, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeBook } from './fake-alarm-book.ts'
import type { FakePlant } from './fake-plant.ts'

const day = 86_400_000

const usualRule = (type: AlarmType): AlarmRule => {
  const { enabled, severity, raiseAfterS, clearAfterS, importantOnly, limits } = ruleKinds[type]
  return {
    enabled,
    severity,
    raiseAfterS,
    clearAfterS,
    importantOnly,
    oltIds: [],
    limits: Object.fromEntries(Object.entries(limits).map(([name, { usual }]) => [name, usual])),
  }
}

/** Rules, guide and marks of the generated plant. */
export const createFakeAlarmRules = (
  plant: FakePlant,
  book: FakeBook,
  now: () => number,
  changed: () => void,
  emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void,
) => {
  const rules = new Map<AlarmType, AlarmRule>()
  const notes = new Map<AlarmType, { text: string; by: string; at: number }>()
  const important = new Map<string, Output<'alarms.important'>['onus'][number]>()
  if (plant.size > 64) {
    rules.set('rx-low', { ...usualRule('rx-low'), importantOnly: false, severity: 'warning' })
    notes.set('pon-down', {
      text: 'Feeder 12 has been cut twice at the bridge: ask the road works first, 0812-555-014.',
      by: 'Dewi Lestari',
      at: now() - 9 * day,
    })
  }
  let settings: AlarmSettings = {
    groupingS: 45,
    escalateAfterMinutes: [10, 20, 30],
    escalateFrom: 'major',
    keepDays: 400,
  }
  const lastWeek = (type: AlarmType): number =>
    [...book.alarms.values()].filter(
      (alarm) => alarm.type === type && alarm.raisedAt > now() - 7 * day,
    ).length
  const ruleOf = (type: AlarmType): AlarmRule => rules.get(type) ?? usualRule(type)
  const cancelled = new Set<string>()

  return {
    cancel: (taskId: string): void => void cancelled.add(taskId),
    'alarms.rules': (): Output<'alarms.rules'> => ({
      rules: alarmTypes.map((type) => ({
        type,
        rule: ruleOf(type),
        changed: rules.has(type),
        lastWeek: lastWeek(type),
      })),
      settings,
    }),
    'alarms.previewRule': async ({
      taskId,
      type,
      rule,
      days,
    }: Input<'alarms.previewRule'>): Promise<Output<'alarms.previewRule'>> => {
      for (let done = 0; done < 10; done += 1) {
        emit('workspace.progress', { taskId, step: 'preview', done, total: 10 })
        await new Promise((resolve) => setTimeout(resolve, 120))
        if (cancelled.has(taskId)) throw new NocturneError('cancelled')
      }
      const known = ruleKinds[type].level !== 'console'
      const standing = lastWeek(type)
      const width = Object.entries(rule.limits).reduce((product, [name, value]) => {
        const usual = ruleOf(type).limits[name] ?? value
        return value === 0 ? product : product * Math.min(3, Math.max(0.2, usual / value))
      }, 1)
      const count = rule.enabled ? Math.round(standing * width * (rule.importantOnly ? 0.4 : 1)) : 0
      const olt = plant.olts[0]
      return {
        count: known ? count : null,
        now: known ? standing : null,
        perDay: Array.from({ length: days }, (_, index) => ({
          day: now() - (days - 1 - index) * day,
          count: Math.round((count / days) * (0.4 + ((index * 5) % 7) / 5)),
        })),
        loudest:
          olt === undefined || !known
            ? []
            : [0, 1, 2].map((row) => ({
                resource: {
                  kind: 'onu' as const,
                  oltId: olt.id,
                  address: unpackOnuAddress(plant.address[row]!),
                },
                oltName: olt.name,
                name: plant.name[row] ?? formatOnu(unpackOnuAddress(plant.address[row]!)),
                count: 6 - row * 2,
              })),
        from: now() - days * day,
        to: now(),
      }
    },
    'alarms.guide': ({ type, language }: Input<'alarms.guide'>): Output<'alarms.guide'> => ({
      type,
      ...(language === 'en'
        ? {
            meaning: `What ${type} means, in two sentences. It is raised when the condition has lasted for the hold time of its rule.`,
            causes: [
              'A bent or dirty connector at the subscriber',
              'A macro bend in the drop or in the ODB',
              'An ageing laser',
            ],
            checks: [
              'Compare with the siblings on the same splitter',
              'Look at the history of both directions',
              'Ask whether somebody worked at the ODB',
            ],
            firstAction: 'Clean both connectors and read the light again.',
          }
        : {
            meaning: `Arti ${type} dalam dua kalimat. Alarm muncul bila kondisi bertahan selama waktu tunggu aturannya.`,
            causes: ['Konektor kotor atau tertekuk', 'Tekukan pada drop atau ODB', 'Laser menua'],
            checks: [
              'Bandingkan dengan saudara pada splitter yang sama',
              'Lihat riwayat kedua arah',
            ],
            firstAction: 'Bersihkan kedua konektor lalu baca ulang cahayanya.',
          }),
      note: notes.get(type) ?? null,
    }),
    'alarms.setGuideNote': ({ type, text }: Input<'alarms.setGuideNote'>) => {
      if (text === '') notes.delete(type)
      else notes.set(type, { text, by: 'Sari Wijaya', at: now() })
      return {}
    },
    'alarms.setRule': ({ type, rule }: Input<'alarms.setRule'>) => {
      rules.set(type, rule)
      changed()
      return {}
    },
    'alarms.resetRule': ({ type }: Input<'alarms.resetRule'>) => {
      rules.delete(type)
      changed()
      return {}
    },
    'alarms.configure': (next: Input<'alarms.configure'>) => {
      settings = next
      changed()
      return {}
    },
    'alarms.important': (): Output<'alarms.important'> => ({ onus: [...important.values()] }),
    'alarms.setImportant': (input: Input<'alarms.setImportant'>) => {
      for (const { oltId, address } of input.onus) {
        const key = `${oltId} ${formatOnu(address)}`
        if (input.important) important.set(key, { oltId, address, label: input.label, at: now() })
        else important.delete(key)
      }
      changed()
      return { acted: input.onus.length }
    },
  }
}
