import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import type { AlarmFilter, AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { severities } from '../../../src-shared/domain/severity.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { createFakeBook, fakePeople, listOf, type FakeAlarm } from './fake-alarm-book.ts'
import { createFakeAlarmLoad } from './fake-alarm-load.ts'
import { createFakeAlarmRules } from './fake-alarm-rules.ts'
import { createFakeMaintenance } from './fake-maintenance.ts'
import type { FakePlant } from './fake-plant.ts'

/** The alarms capability of the generated plant: alarms rise and clear, acts work, all in memory. */

type FakeAlarmsName = Extract<ProcedureName, `alarms.${string}`>
interface FakeAlarms {
  readonly handlers: {
    readonly [Name in FakeAlarmsName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
  }
  readonly cancel: (taskId: string) => void
}

interface FakeAlarmsOptions {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  /** false: nothing rises or clears by itself. */
  readonly lively: boolean
}

const placeText = ({ resource }: AlarmRow): string => {
  if (resource.kind === 'onu') return formatOnu(resource.address)
  if (resource.kind === 'pon') return formatPon(resource.pon)
  return resource.kind === 'board' ? `${resource.shelf}/${resource.slot}` : ''
}

const within = (alarm: AlarmRow, of: NonNullable<AlarmFilter['resource']>): boolean => {
  const { resource } = alarm
  if (of.kind === 'console' || resource.kind === 'console') return of.kind === resource.kind
  if (of.oltId !== resource.oltId) return false
  if (of.kind === 'olt') return true
  return placeText(alarm).startsWith(placeText({ ...alarm, resource: of }))
}

const me = fakePeople[0]

const fits = (alarm: FakeAlarm, filter: AlarmFilter): boolean => {
  const { resource } = alarm
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  const text = [
    alarm.oltName,
    placeText(alarm),
    alarm.serial,
    alarm.name,
    alarm.ticket,
    ...alarm.noteTexts.map((note) => note.text),
  ]
    .join(' ')
    .toLowerCase()
  return (
    listOf(alarm) === filter.list &&
    (filter.severities.length === 0 || filter.severities.includes(alarm.severity)) &&
    (filter.types.length === 0 || filter.types.includes(alarm.type)) &&
    (filter.oltIds.length === 0 ||
      (resource.kind !== 'console' && filter.oltIds.includes(resource.oltId))) &&
    (filter.acknowledged === null || filter.acknowledged === (alarm.acknowledged !== null)) &&
    (filter.cleared === null || filter.cleared === (alarm.clearedAt !== null)) &&
    (!filter.assignedToMe || alarm.assignee?.accountId === me.accountId) &&
    (filter.outageId === null || alarm.outageId === filter.outageId) &&
    (filter.resource === null || within(alarm, filter.resource)) &&
    (filter.from === null || alarm.raisedAt >= filter.from) &&
    (filter.to === null || alarm.raisedAt < filter.to) &&
    words.every((word) => text.includes(word))
  )
}

const valueOf = (alarm: AlarmRow, column: string): number | string => {
  switch (column) {
    case 'severity':
      return severities.indexOf(alarm.severity)
    case 'type':
      return alarm.type
    case 'resource':
      return `${alarm.oltName ?? ''} ${placeText(alarm)}`
    case 'count':
      return alarm.count
    case 'affectedOnus':
      return alarm.affectedOnus
    case 'acknowledged':
      return alarm.acknowledged?.at ?? 0
    case 'assignee':
      return alarm.assignee?.name ?? '~'
    case 'changedAt':
      return alarm.changedAt
    case 'clearedAt':
      return alarm.clearedAt ?? 0
    default:
      return alarm.raisedAt
  }
}

const plain = (alarm: FakeAlarm): AlarmRow => {
  const { noteTexts, ...row } = alarm
  return noteTexts.length > 0 ? { ...row, notes: noteTexts.length } : row
}

export const createFakeAlarms = (options: FakeAlarmsOptions): FakeAlarms => {
  const { plant, now, emit } = options
  const book = createFakeBook(plant, now())
  let revision = 1

  const summary = (): Output<'alarms.summary'> => {
    const none = () => ({ critical: 0, major: 0, minor: 0, warning: 0, indeterminate: 0 })
    const counted = {
      active: none(),
      unacknowledged: none(),
      cleared: 0,
      shelved: 0,
      suppressed: 0,
    }
    for (const alarm of book.alarms.values()) {
      const list = listOf(alarm)
      if (list === 'shelved') counted.shelved += 1
      if (list === 'suppressed') counted.suppressed += 1
      if (list !== 'open') continue
      if (alarm.clearedAt !== null) counted.cleared += 1
      else {
        counted.active[alarm.severity] += 1
        if (alarm.acknowledged === null) counted.unacknowledged[alarm.severity] += 1
      }
    }
    return { ...counted, maintenance: maintenance.active(), revision, at: now() }
  }
  const changed = (): void => {
    revision += 1
    emit('alarms.changed', summary())
  }
  const maintenance = createFakeMaintenance(plant, now, changed)

  const select = (filter: AlarmFilter): FakeAlarm[] =>
    [...book.alarms.values()].filter((alarm) => fits(alarm, filter))

  const act = (
    which: Input<'alarms.unshelve'>['which'],
    turn: (alarm: FakeAlarm) => Partial<FakeAlarm>,
  ): { acted: number } => {
    const chosen =
      'ids' in which ? which.ids.flatMap((id) => book.alarms.get(id) ?? []) : select(which.filter)
    if ('filter' in which && chosen.length !== which.expected) throw new NocturneError('conflict')
    for (const alarm of chosen) {
      book.alarms.set(alarm.id, { ...alarm, ...turn(alarm), version: alarm.version + 1 })
    }
    changed()
    return { acted: chosen.length }
  }
  const noted = (alarm: FakeAlarm, text: string | null): Partial<FakeAlarm> =>
    text === null
      ? {}
      : {
          notes: alarm.notes + 1,
          noteTexts: [{ at: now(), by: me.name, text }, ...alarm.noteTexts],
        }

  if (options.lively && plant.size > 0) live(options, book, changed)

  const { cancel, ...rules } = createFakeAlarmRules(plant, book, now, changed, emit)
  const handlers: FakeAlarms['handlers'] = {
    'alarms.summary': summary,
    'alarms.list': ({ filter, sort, offset, limit }) => {
      const way = sort.descending ? -1 : 1
      const found = select(filter).toSorted((a, b) => {
        const one = valueOf(a, sort.column)
        const other = valueOf(b, sort.column)
        if (one !== other) return one < other ? -way : way
        return b.raisedAt - a.raisedAt
      })
      return {
        alarms: found.slice(offset, offset + limit).map(plain),
        total: found.length,
        revision,
        at: now(),
      }
    },
    'alarms.rows': ({ ids }) => ({
      alarms: ids.flatMap((id) => book.alarms.get(id) ?? []).map(plain),
      revision,
    }),
    'alarms.alarm': ({ id }) => {
      const alarm = book.alarms.get(id)
      if (alarm === undefined) throw new NocturneError('not-found')
      return { alarm: plain(alarm), timeline: timelineOf(alarm) }
    },
    ...createFakeAlarmLoad(plant, book, now),
    ...rules,
    ...maintenance.handlers,
    'alarms.acknowledge': ({ which, note, until, untilWorse }) =>
      act(which, (alarm) => ({
        acknowledged: { by: me, at: now(), until, untilWorse },
        ...noted(alarm, note),
      })),
    'alarms.unacknowledge': ({ which }) => act(which, () => ({ acknowledged: null })),
    'alarms.note': ({ which, note }) => act(which, (alarm) => noted(alarm, note)),
    'alarms.shelve': ({ which, reason, until }) =>
      act(which, () => ({ shelved: { by: me, at: now(), until, reason } })),
    'alarms.unshelve': ({ which }) => act(which, () => ({ shelved: null })),
    'alarms.assign': ({ which, accountId }) =>
      act(which, () => ({
        assignee: fakePeople.find((person) => person.accountId === accountId) ?? null,
      })),
    'alarms.setTicket': ({ which, ticket }) => act(which, () => ({ ticket })),
  }
  return { handlers, cancel }
}

const timelineOf = (alarm: FakeAlarm): Output<'alarms.alarm'>['timeline'] => {
  type Step = Output<'alarms.alarm'>['timeline'][number]
  const step = (at: number, kind: Step['kind'], rest: Partial<Step> = {}): Step => ({
    at,
    kind,
    by: null,
    text: null,
    severity: null,
    params: {},
    ...rest,
  })
  const { acknowledged, shelved } = alarm
  return [
    step(alarm.raisedAt, 'raised', { severity: alarm.severity, params: alarm.params }),
    ...(alarm.count > 1 ? [step(alarm.raisedAt + 300_000, 'repeated')] : []),
    ...(alarm.escalation > 0 ? [step(alarm.raisedAt + 600_000, 'escalated')] : []),
    ...(alarm.clearedAt === null ? [] : [step(alarm.clearedAt, 'cleared')]),
    ...(acknowledged === null
      ? []
      : [step(acknowledged.at, 'acknowledged', { by: acknowledged.by.name })]),
    ...(shelved === null
      ? []
      : [step(shelved.at, 'shelved', { by: shelved.by.name, text: shelved.reason })]),
    ...alarm.noteTexts.map(({ at, by, text }) => step(at, 'noted', { by, text })),
  ].toSorted((a, b) => b.at - a.at)
}

const lifeTypes = ['rx-degrading', 'onu-flapping', 'onu-offline-optical', 'rx-low'] as const

/** Every few seconds one rises, one repeats, or one clears. */
const live = (
  { plant, now, emit }: FakeAlarmsOptions,
  book: ReturnType<typeof createFakeBook>,
  changed: () => void,
): void => {
  let turn = 0
  setInterval(
    () => {
      turn += 1
      const open = [...book.alarms.values()].filter((alarm) => listOf(alarm) === 'open')
      const raised = open.filter((alarm) => alarm.clearedAt === null)
      const one = raised[(turn * 7) % Math.max(1, raised.length)]
      if (turn % 3 !== 2 && (plant.size > 64 || raised.length < 2)) {
        const row = (turn * 7919) % plant.size
        const alarm = book.raise(lifeTypes[turn % lifeTypes.length]!, row, now())
        emit('alarms.notice', {
          why: 'raised',
          severity: alarm.severity,
          alarmId: alarm.id,
          outageId: null,
          type: alarm.type,
          resource: alarm.resource,
          oltName: alarm.oltName,
          name: alarm.name,
          affectedOnus: 1,
          more: 0,
          at: now(),
        })
      } else if (one !== undefined) {
        const part =
          turn % 2 === 0
            ? { clearedAt: now(), changedAt: now() }
            : { count: one.count + 1, changedAt: now(), trend: 'more' as const }
        book.alarms.set(one.id, { ...one, ...part, version: one.version + 1 })
      }
      changed()
    },
    plant.size > 64 ? 4000 : 15_000,
  )
}
