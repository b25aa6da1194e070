import { describe, expect, it } from 'vitest'
import { putAlarm } from '../../src-main/alarms/tables.ts'
import type { Alarm } from '../../src-main/alarms/book/alarm.ts'
import { identityOf } from '../../src-main/alarms/book/place.ts'
import { runCommand } from '../../src-main/store/write-path.ts'
import {
  boardResource,
  createAlarmBench,
  me,
  oltResource,
  onuResource,
  ponResource,
  type AlarmBench,
} from '../support/alarm-bench.ts'
import { idOf, testCall } from '../support/store-workspace.ts'

const hourMs = 3_600_000

const past = (at: number, more: Partial<Alarm>): Alarm => {
  const resource = more.resource ?? { kind: 'console' }
  return {
    id: idOf(50_000 + at),
    version: 1,
    identity: identityOf(resource, more.type ?? 'rx-low', more.qualifier ?? ''),
    resource,
    type: 'rx-low',
    qualifier: '',
    severity: 'minor',
    trend: 'same',
    params: {},
    raisedAt: 1_000 * at,
    changedAt: 1_000 * at,
    clearedAt: 1_000 * at + 500,
    count: 1,
    affectedOnus: 1,
    important: false,
    suppressed: null,
    changes: [],
    acknowledged: null,
    shelved: null,
    assignee: null,
    ticket: null,
    notes: 0,
    noteWords: '',
    alertAt: 1,
    escalation: 0,
    outageId: null,
    closedAt: 1_000 * at + 600,
    oltName: null,
    serial: null,
    name: null,
    ...more,
  }
}

const write = (made: AlarmBench, alarms: readonly Alarm[]): void => {
  runCommand(made.store, testCall(900_000), (tx) => {
    for (const alarm of alarms) putAlarm(tx, alarm)
    return { result: {} }
  })
}

/** The same five alarms in the book and in the history, so that both lists can be asked alike. */
const both = () => {
  const made = createAlarmBench()
  const west = made.network.idOf('West')
  const east = made.network.idOf('East')
  for (const type of ['olt-fan-fault', 'pon-partially-down', 'rx-low', 'rx-high'] as const) {
    made.rules.set(type, { raiseAfterS: 0, clearAfterS: 0 })
  }
  made.rules.set('poll-budget-exceeded', { raiseAfterS: 0, clearAfterS: 0 })
  const five = [
    { type: 'poll-budget-exceeded', resource: oltResource(west), qualifier: 'optics_100%' },
    { type: 'olt-fan-fault', resource: boardResource(west, 1), severity: 'critical' },
    { type: 'pon-partially-down', resource: ponResource(west, 1), affectedOnus: 12 },
    { type: 'rx-low', resource: onuResource(west, 2), important: true },
    { type: 'rx-high', resource: onuResource(east, 3) },
  ] as const
  for (const one of five) {
    made.holds(one)
    made.pass(1)
  }
  made.walk(west)
  made.walk(east)
  const rows = made.open()
  write(
    made,
    rows.map((row, index) =>
      past(index, {
        resource: row.resource,
        type: row.type,
        qualifier: row.qualifier,
        severity: row.severity,
        affectedOnus: row.affectedOnus,
        raisedAt: row.raisedAt,
        changedAt: row.changedAt,
        count: row.count,
        oltName: row.oltName,
        serial: row.serial,
        name: row.name,
      }),
    ),
  )
  return { made, west, east, start: Math.min(...rows.map(({ raisedAt }) => raisedAt)) }
}

describe.each(['open', 'history'] as const)('the list of what is %s', (list) => {
  it('finds what a filter says, and nothing else', () => {
    const { made, west, east, start } = both()
    const found = (filter: object) =>
      made
        .ask('alarms.list', { filter: { list, ...filter }, sort: { column: 'raisedAt' } })
        .alarms.map(({ type }) => type)
    expect(found({})).toHaveLength(5)
    expect(found({ severities: ['critical'] })).toEqual(['olt-fan-fault'])
    expect(found({ types: ['rx-low', 'rx-high'] })).toEqual(['rx-low', 'rx-high'])
    expect(found({ oltIds: [east] })).toEqual(['rx-high'])
    expect(found({ acknowledged: true })).toEqual([])
    expect(found({ acknowledged: false })).toHaveLength(5)
    expect(found({ cleared: list === 'open' })).toEqual([])
    expect(found({ assignedToMe: true })).toEqual([])
    expect(found({ outageId: idOf(1) })).toEqual([])
    expect(found({ from: start + 1_000, to: start + 2_000 })).toEqual([
      'olt-fan-fault',
      'pon-partially-down',
    ])
    expect(found({ resource: oltResource(west) })).toHaveLength(4)
    expect(found({ resource: boardResource(west, 1) })).toEqual([
      'olt-fan-fault',
      'pon-partially-down',
      'rx-low',
    ])
    expect(found({ resource: ponResource(west, 1) })).toEqual(['pon-partially-down', 'rx-low'])
    expect(found({ resource: onuResource(west, 2) })).toEqual(['rx-low'])
    expect(found({ resource: { kind: 'console' } })).toEqual([])
  })

  it('is searched by names, serials, places and qualifiers; wildcards are letters', () => {
    const { made } = both()
    const found = (search: string) =>
      made
        .ask('alarms.list', { filter: { list, search } })
        .alarms.map(({ type }) => type)
        .sort()
    expect(found('WEST')).toHaveLength(4)
    expect(found('customer 2')).toEqual(['rx-low'])
    expect(found('serial6')).toEqual(['rx-high'])
    expect(found('0/1/1 west')).toEqual(['pon-partially-down', 'rx-low'])
    expect(found('optics_100%')).toEqual(['poll-budget-exceeded'])
    expect(found('%')).toEqual(['poll-budget-exceeded'])
    expect(found('optics_1__%')).toEqual([])
    expect(found(`' OR 1=1 --`)).toEqual([])
  })

  it('is in any order, both ways, and its pages are its whole', () => {
    const { made } = both()
    const columns = [
      'severity',
      'raisedAt',
      'changedAt',
      'clearedAt',
      'type',
      'resource',
      'count',
      'affectedOnus',
      'acknowledged',
      'assignee',
    ] as const
    for (const column of columns) {
      for (const descending of [false, true]) {
        const page = (offset: number, limit: number) =>
          made.ask('alarms.list', { filter: { list }, sort: { column, descending }, offset, limit })
        const whole = page(0, 500)
        expect(whole.total).toBe(5)
        const pages = [0, 2, 4].flatMap((offset) => page(offset, 2).alarms)
        expect(pages.map(({ id }) => id)).toEqual(whole.alarms.map(({ id }) => id))
      }
    }
    const first = (column: 'severity' | 'affectedOnus' | 'resource', descending: boolean) =>
      made.ask('alarms.list', { filter: { list }, sort: { column, descending } }).alarms[0]?.type
    expect(first('severity', false)).toBe('olt-fan-fault')
    expect(first('affectedOnus', true)).toBe('pon-partially-down')
    expect(first('resource', false)).toBe('rx-high')
  })
})

describe('the history', () => {
  it('of tens of thousands is asked by page, and counted whole', () => {
    const made = createAlarmBench()
    const west = made.network.idOf('West')
    write(
      made,
      Array.from({ length: 20_000 }, (_, at) =>
        past(at, {
          resource: onuResource(west, (at % 100) + 1, (at % 16) + 1),
          severity: at % 7 === 0 ? 'critical' : 'minor',
          oltName: 'West',
          name: `Customer ${at}`,
          assignee: at === 5 ? me : null,
        }),
      ),
    )
    const list = made.ask('alarms.list', { filter: { list: 'history' }, offset: 2_858, limit: 3 })
    expect(list.total).toBe(20_000)
    expect(list.alarms.map(({ severity, raisedAt }) => [severity, raisedAt])).toEqual([
      ['minor', 19_998_000],
      ['minor', 19_997_000],
      ['minor', 19_996_000],
    ])
    expect(made.ask('alarms.list', { filter: { list: 'history', assignedToMe: true } }).total).toBe(
      1,
    )
    expect(
      made.ask('alarms.list', { filter: { list: 'history', search: 'customer 19999' } }).total,
    ).toBe(1)
  })
})

describe('how much there is to bear', () => {
  it('counts what is stale, shelved and suppressed apart', async () => {
    const { made } = both()
    const [first] = made.open()
    await made.act('alarms.shelve', {
      which: { ids: [first!.id] },
      reason: 'known',
      until: made.clock.now() + 48 * hourMs,
    })
    made.clock.jump(25 * hourMs)
    made.pass(1)
    const load = made.ask('alarms.load', { hours: 48 })
    expect(load).toMatchObject({ stale: 4, shelved: 1, suppressed: 0, flood: false })
    expect(load.at).toHaveLength(288)
    expect([...load.told].reduce((sum, value) => sum + value, 0)).toBe(5)
    expect(load.perTenMinutes).toBeCloseTo(5 / 288)
    expect(made.ask('alarms.load', { hours: 1 }).told.every((value) => value === 0)).toBe(true)
  })
})
