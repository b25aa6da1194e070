import type {
  AlarmFilter,
  AlarmResource,
  AlarmRow,
} from '../../../src-shared/contract/alarms-model.ts'
import { ruleKinds, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { ponOf, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { ErrorParams } from '../../../src-shared/errors.ts'
import { seededRandom } from '../seeded-random.ts'
import type { FakePlant } from './fake-plant.ts'

/** A generated alarm book: what is open, shelved, suppressed and past, of the generated plant. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export const fakePeople = [
  { accountId: '01930000-0000-7000-8000-0000000000aa', name: 'Sari Wijaya' },
  { accountId: '01930000-0000-7000-8000-0000000000ab', name: 'Dewi Lestari' },
  { accountId: '01930000-0000-7000-8000-0000000000ac', name: 'Agus Pratama' },
] as const

export interface FakeAlarm extends AlarmRow {
  readonly noteTexts: readonly { readonly at: number; readonly by: string; readonly text: string }[]
}

/** open, shelved, suppressed or past: as the contract tells the lists apart. */
export const listOf = (alarm: AlarmRow): AlarmFilter['list'] => {
  if (alarm.clearedAt !== null && alarm.acknowledged !== null) return 'history'
  if (alarm.shelved !== null) return 'shelved'
  return alarm.suppressed === null ? 'open' : 'suppressed'
}

export interface FakeBook {
  readonly alarms: Map<string, FakeAlarm>
  /** One more alarm on a resource that fits its type. */
  readonly raise: (type: AlarmType, row: number, at: number) => FakeAlarm
}

const tenth = (value: number): number => Math.round(value * 10) / 10

const paramsOf = (type: AlarmType, random: () => number): ErrorParams => {
  const limit = -27
  const below = tenth(0.3 + random() * 3)
  const by: Partial<Record<AlarmType, ErrorParams>> = {
    'olt-unreachable': { host: '10.20.0.13', silentS: 840 },
    'olt-restarted': { uptimeS: 312 },
    'olt-over-temperature': { temperatureC: 74, limitC: 70 },
    'olt-board-fault': { boardType: 'GTGH', state: 'offline' },
    'olt-fan-fault': { fan: 'Fan 2' },
    'olt-cpu-high': { cpuPercent: 93, limitPercent: 85 },
    'pon-down': { onus: 47 },
    'pon-partially-down': { down: 11, total: 48, withGasp: 0 },
    'onu-flapping': { changes: 4 + Math.floor(random() * 9), windowMinutes: 60 },
    'onu-serial-changed': { oldSerial: 'ZTEGC8F01A22', newSerial: 'ZTEGC8F0B713' },
    'onu-serial-duplicate': { serial: 'ZTEGC8F01A22', others: 1 },
    'rx-low': { valueDbm: tenth(limit - below), limitDbm: limit, marginDb: -below },
    'rx-high': { valueDbm: -6.4, limitDbm: -8, marginDb: -1.6 },
    'rx-degrading': {
      valueDbm: -24.6,
      medianDbm: -20.9,
      dropDb: tenth(3 + random() * 3),
      siblingsDropDb: 0.2,
    },
    'distance-jump': { fromM: 3120, toM: 3410 + Math.round(random() * 400) },
    'traffic-absent': { limitKbps: 0.1 },
    'reading-invalid': { reading: 'onuRxDbm', value: 65_535 },
    'poll-budget-exceeded': { takesS: 94, intervalS: 60 },
    'data-stale': { reading: 'optics', ageS: 11_400 },
    'history-not-kept': { sinceS: 720 },
    'backup-overdue': { days: 12, limitDays: 7 },
    'olt-config-backup-overdue': { ageS: 140_400 },
    'olt-config-changed-outside': { added: 4, removed: 1 },
  }
  return by[type] ?? {}
}

export const createFakeBook = (plant: FakePlant, startedAt: number): FakeBook => {
  const random = seededRandom(8_632)
  const alarms = new Map<string, FakeAlarm>()
  let made = 0

  const resourceOf = (type: AlarmType, row: number): AlarmResource => {
    const { level } = ruleKinds[type]
    if (level === 'console') return { kind: 'console' }
    const oltId = plant.olts[plant.olt[row]!]!.id
    const address = unpackOnuAddress(plant.address[row]!)
    const { shelf, slot, port } = address
    if (level === 'olt') return { kind: 'olt', oltId }
    if (level === 'board') return { kind: 'board', oltId, shelf, slot }
    if (level === 'pon') return { kind: 'pon', oltId, pon: { shelf, slot, port } }
    return { kind: 'onu', oltId, address }
  }

  const affectedBy = (type: AlarmType, row: number): number => {
    const { level } = ruleKinds[type]
    if (type === 'pon-partially-down') return 11
    if (level === 'onu') return 1
    if (level === 'console' || type === 'poll-budget-exceeded') return 0
    const olt = plant.olts[plant.olt[row]!]!
    return level === 'pon' ? Math.min(47, plant.size) : level === 'board' ? 0 : olt.rows
  }

  const raise = (type: AlarmType, row: number, at: number): FakeAlarm => {
    made += 1
    const level = ruleKinds[type].level
    const console = level === 'console'
    const alarm: FakeAlarm = {
      id: `01930000-0000-7000-9000-${made.toString(16).padStart(12, '0')}`,
      version: 1,
      resource: resourceOf(type, row),
      type,
      qualifier: type.startsWith('rx-') ? (made % 2 === 0 ? 'onu-rx' : 'olt-rx') : '',
      severity: ruleKinds[type].severity,
      trend: 'same',
      oltName: console ? null : plant.olts[plant.olt[row]!]!.name,
      serial: level === 'onu' ? plant.serial[row]! : null,
      name: level === 'onu' ? plant.name[row]! : null,
      params: paramsOf(type, random),
      raisedAt: at,
      changedAt: at,
      clearedAt: null,
      count: 1,
      affectedOnus: console ? 0 : affectedBy(type, row),
      affectedSubscribers: null,
      outageId: null,
      suppressed: null,
      acknowledged: null,
      shelved: null,
      assignee: null,
      ticket: null,
      notes: 0,
      escalation: 0,
      important: level === 'onu' && random() < 0.3,
      noteTexts: [],
    }
    alarms.set(alarm.id, alarm)
    return alarm
  }

  const change = (alarm: FakeAlarm, part: Partial<FakeAlarm>): void => {
    alarms.set(alarm.id, { ...alarm, ...part, version: alarm.version + 1 })
  }

  if (plant.size > 0 && plant.size <= 64) {
    raise('rx-degrading', plant.size - 1, startedAt - 42 * minute)
  }
  if (plant.size > 64) fill(plant, startedAt, random, raise, change)
  return { alarms, raise }
}

const onuTypes = [
  'rx-degrading',
  'rx-low',
  'onu-flapping',
  'onu-offline-optical',
  'onu-offline-power',
  'rx-high',
  'distance-jump',
  'onu-serial-duplicate',
  'reading-invalid',
  'traffic-absent',
] as const satisfies readonly AlarmType[]

const oltTypes = [
  'olt-fan-fault',
  'olt-cpu-high',
  'olt-over-temperature',
  'poll-budget-exceeded',
  'olt-restarted',
] as const satisfies readonly AlarmType[]

const fill = (
  plant: FakePlant,
  startedAt: number,
  random: () => number,
  raise: FakeBook['raise'],
  change: (alarm: FakeAlarm, part: Partial<FakeAlarm>) => void,
): void => {
  const large = plant.size > 5000
  const pick = (): number => Math.floor(random() * plant.size)
  const ago = (longest: number): number => startedAt - Math.round(random() ** 2 * longest)
  const [sari, dewi, agus] = fakePeople
  raise('backup-overdue', 0, startedAt - 5 * day)
  for (const [index, olt] of plant.olts.entries()) {
    if (!olt.reachable) {
      raise('olt-unreachable', olt.firstRow, startedAt - 14 * minute)
      change(raise('data-stale', olt.firstRow, startedAt - 11 * minute), {
        suppressed: { reason: 'parent', by: olt.name, since: startedAt - 11 * minute },
      })
    }
    if (index % 3 === 1) raise(oltTypes[index % oltTypes.length]!, olt.firstRow, ago(9 * hour))
  }
  const bad = ponOf(plant.address[3 * 48]!)
  const row = plant.address.findIndex((packed) => ponOf(packed) === bad)
  change(raise('pon-partially-down', Math.max(0, row), startedAt - 6 * minute), {
    trend: 'more',
    count: 2,
    outageId: '01930000-0000-7000-a000-000000000001',
  })
  raise('pon-down', Math.floor(plant.size * 0.62), startedAt - 95 * minute)
  for (let index = 0; index < (large ? 320 : 26); index += 1) {
    const alarm = raise(onuTypes[index % onuTypes.length]!, pick(), ago(30 * hour))
    const luck = random()
    const at = Math.min(startedAt - minute, alarm.raisedAt + 10 * minute)
    if (luck < 0.2) {
      change(alarm, {
        acknowledged: { by: luck < 0.1 ? dewi : sari, at, until: null, untilWorse: luck < 0.05 },
        assignee: luck < 0.1 ? agus : sari,
        ticket: luck < 0.06 ? 'NOC-4821' : null,
        notes: 1,
        noteTexts: [{ at, by: 'Dewi Lestari', text: 'Crew at the ODB, waiting for the splice.' }],
      })
    } else if (luck < 0.38) {
      change(alarm, { clearedAt: at, changedAt: at, count: 1 + Math.floor(random() * 4) })
    } else if (luck < 0.48) {
      change(alarm, {
        shelved: {
          by: dewi,
          at,
          until: startedAt + Math.round(random() * 20 + 1) * hour,
          reason: 'Customer moves house this week',
        },
      })
    } else if (luck < 0.56) {
      change(alarm, {
        suppressed: { reason: luck < 0.52 ? 'flapping' : 'parent', by: '', since: at },
      })
    } else if (luck < 0.66) change(alarm, { count: 2 + Math.floor(random() * 12), trend: 'more' })
    else if (luck < 0.7) change(alarm, { escalation: 1 + Math.floor(random() * 2) })
  }
  for (let index = 0; index < (large ? 4200 : 240); index += 1) {
    const types = index % 9 === 0 ? oltTypes : onuTypes
    const raisedAt = startedAt - 2 * hour - Math.round(random() * 7 * day)
    const clearedAt = raisedAt + Math.round(random() * 90 + 1) * minute
    change(raise(types[index % types.length]!, pick(), raisedAt), {
      clearedAt,
      changedAt: clearedAt,
      acknowledged: {
        by: fakePeople[index % 3]!,
        at: clearedAt + minute,
        until: null,
        untilWorse: false,
      },
    })
  }
}
