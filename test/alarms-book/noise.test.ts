import { describe, expect, it } from 'vitest'
import {
  boardResource,
  createAlarmBench,
  oltResource,
  onuResource,
  ponResource,
} from '../support/alarm-bench.ts'

const minute = 60
const hour = 3_600

const bench = () => {
  const made = createAlarmBench()
  const west = made.network.idOf('West')
  const east = made.network.idOf('East')
  for (const type of ['onu-offline-optical', 'pon-down', 'olt-fan-fault'] as const) {
    made.rules.set(type, { raiseAfterS: 0, clearAfterS: 0 })
  }
  made.rules.set('olt-unreachable', { raiseAfterS: 30, clearAfterS: 30 })
  made.rules.set('poll-budget-exceeded', { raiseAfterS: 0, clearAfterS: 0 })
  return {
    made,
    west,
    east,
    unreachable: { type: 'olt-unreachable', resource: oltResource(west) } as const,
    ponDown: { type: 'pon-down', resource: ponResource(west) } as const,
    onuDown: { type: 'onu-offline-optical', resource: onuResource(west) } as const,
    fan: { type: 'olt-fan-fault', resource: boardResource(west) } as const,
    budget: { type: 'poll-budget-exceeded', resource: oltResource(west) } as const,
  }
}

const typesOf = (rows: readonly { readonly type: string }[]): string[] =>
  rows.map(({ type }) => type).sort()

describe('what a parent explains', () => {
  it('raises nothing, though it was told before the parent was', () => {
    const { made, west, onuDown, ponDown } = bench()
    made.holds(onuDown)
    made.holds({ ...onuDown, resource: onuResource(west, 2) })
    made.holds(ponDown)
    made.walk(west)
    made.pass(10 * minute)
    expect(typesOf(made.open())).toEqual(['pon-down'])
    expect(made.list('suppressed')).toEqual([])
    expect(made.book.held()).toBe(2)
  })

  it('waits for its parent to be checked once, however short its own hold time is', () => {
    const { made, west, onuDown } = bench()
    made.holds(onuDown)
    made.pass(30)
    expect(made.open()).toEqual([])
    made.walk(west)
    expect(typesOf(made.open())).toEqual(['onu-offline-optical'])
  })

  it('is not checked by a walk that ended early, or by one of another PON', () => {
    const { made, west, onuDown } = bench()
    made.holds(onuDown)
    made.network.walked(west, { whole: false })
    made.network.walked(west, { pon: 1 << 10 })
    made.network.chassis(west)
    made.pass(5)
    expect(made.open()).toEqual([])
  })

  it('alarms when the parent has recovered and it was found down again, after its own hold time', () => {
    const { made, west, onuDown, ponDown } = bench()
    made.rules.set('onu-offline-optical', { raiseAfterS: 60, clearAfterS: 0 })
    made.holds(onuDown)
    made.holds(ponDown)
    made.walk(west)
    made.pass(hour)
    made.over(ponDown)
    made.pass(5 * minute)
    expect(typesOf(made.open())).toEqual(['pon-down'])
    made.walk(west)
    made.pass(50)
    expect(typesOf(made.open())).toEqual(['pon-down'])
    made.pass(15)
    expect(typesOf(made.open())).toEqual(['onu-offline-optical', 'pon-down'])
  })

  it('never alarms when it has recovered with its parent', () => {
    const { made, west, onuDown, ponDown } = bench()
    made.holds(onuDown)
    made.holds(ponDown)
    made.walk(west)
    made.over(ponDown)
    made.over(onuDown)
    made.walk(west)
    made.pass(hour)
    expect(typesOf(made.open())).toEqual(['pon-down'])
    expect(made.book.held()).toBe(0)
  })

  it('is marked where it stood already, is cleared as ever, and speaks again after the parent', () => {
    const { made, west, east, fan, unreachable } = bench()
    made.holds(fan)
    made.holds({ ...fan, resource: boardResource(west, 2) })
    made.holds({ ...fan, resource: boardResource(east) })
    made.walk(west)
    made.walk(east)
    expect(made.open()).toHaveLength(3)
    made.holds(unreachable)
    made.pass(31)
    expect(made.open().map(({ type, oltName }) => [type, oltName])).toEqual(
      expect.arrayContaining([
        ['olt-unreachable', 'West'],
        ['olt-fan-fault', 'East'],
      ]),
    )
    expect(made.open()).toHaveLength(2)
    expect(made.list('suppressed')).toMatchObject([
      { suppressed: { reason: 'parent', by: 'West' } },
      { suppressed: { reason: 'parent', by: 'West' } },
    ])
    made.over({ ...fan, resource: boardResource(west, 2) })
    expect(
      made
        .list('suppressed')
        .map(({ clearedAt }) => clearedAt !== null)
        .sort(),
    ).toEqual([false, true])
    made.over(unreachable)
    made.pass(40)
    made.walk(west)
    made.pass(3)
    expect(made.list('suppressed')).toEqual([])
    expect(typesOf(made.open())).toEqual([
      'olt-fan-fault',
      'olt-fan-fault',
      'olt-fan-fault',
      'olt-unreachable',
    ])
    expect(made.notices.at(-1)).toMatchObject({ why: 'returned', type: 'olt-fan-fault' })
  })

  it('includes boards and PONs of an OLT that has restarted', () => {
    const { made, west, fan, ponDown } = bench()
    made.holds({ type: 'olt-restarted', resource: oltResource(west) })
    made.over({ type: 'olt-restarted', resource: oltResource(west) })
    made.holds(fan)
    made.holds(ponDown)
    made.walk(west)
    made.pass(4 * minute)
    made.walk(west)
    expect(typesOf(made.open())).toEqual(['olt-restarted'])
    made.pass(minute)
    made.walk(west)
    expect(typesOf(made.open())).toEqual(['olt-fan-fault', 'olt-restarted', 'pon-down'])
  })

  it('is still held back when the parent itself was not raised yet', () => {
    const { made, west, unreachable, fan } = bench()
    made.holds(unreachable)
    made.holds(fan)
    made.network.chassis(west)
    made.pass(10)
    expect(made.open()).toEqual([])
  })
})

describe('an OLT of which nothing is known', () => {
  it('keeps its alarms and its holds as they are, and they do not age', () => {
    const { made, west, fan } = bench()
    made.rules.set('olt-fan-fault', { raiseAfterS: 60, clearAfterS: 60 })
    made.holds(fan)
    made.walk(west)
    made.holds({ ...fan, resource: boardResource(west, 2) })
    made.walk(west)
    made.pass(70)
    expect(made.open()).toHaveLength(2)
    made.over(fan)
    made.holds({ ...fan, resource: boardResource(west, 3) })
    made.walk(west)
    made.pass(20)
    made.book.sink.unknown(west, made.clock.now())
    made.pass(hour)
    expect(made.open().filter(({ clearedAt }) => clearedAt === null)).toHaveLength(2)
    made.walk(west)
    made.pass(20)
    expect(made.open().filter(({ clearedAt }) => clearedAt === null)).toHaveLength(2)
    made.pass(20)
    expect(made.open()).toHaveLength(3)
    expect(made.open().filter(({ clearedAt }) => clearedAt === null)).toHaveLength(2)
  })
})

describe('an alarm that flaps', () => {
  it('is one quiet row with a count, until it has been steady for twice the time', () => {
    const { made, budget } = bench()
    for (let time = 0; time < 9; time++) {
      made.holds(budget)
      made.pass(minute)
      made.over(budget)
      made.pass(minute)
    }
    made.holds(budget)
    expect(made.open()).toEqual([])
    expect(made.list('suppressed')).toMatchObject([
      { count: 10, suppressed: { reason: 'flapping' } },
    ])
    expect(made.notices.length).toBeLessThanOrEqual(2)
    made.pass(hour)
    expect(made.open()).toEqual([])
    made.pass(hour + minute)
    expect(made.open()).toMatchObject([{ count: 10, suppressed: null, clearedAt: null }])
    expect(made.notices.at(-1)).toMatchObject({ why: 'returned' })
  })

  it('leaves few entries in its time line, and is counted among the loudest', () => {
    const { made, budget } = bench()
    for (let time = 0; time < 120; time++) {
      made.holds(budget)
      made.pass(15)
      made.over(budget)
      made.pass(15)
    }
    const { id } = made.list('suppressed')[0]!
    expect(made.ask('alarms.alarm', { id }).timeline.length).toBeLessThan(15)
    expect(made.ask('alarms.load', {}).chattering).toMatchObject([
      { type: 'poll-budget-exceeded', count: 120, oltName: 'West' },
    ])
  })
})

describe('a notice', () => {
  it('is never given of one that was shelved, is suppressed or is part of an outage', async () => {
    const { made, west, budget, fan } = bench()
    made.outages.set(JSON.stringify(budget.resource), '01900000-0000-7000-8000-00000000000f')
    made.holds(budget)
    made.pass(5)
    expect(made.open()).toMatchObject([{ outageId: '01900000-0000-7000-8000-00000000000f' }])
    expect(made.notices).toEqual([])
    made.holds(fan)
    made.walk(west)
    const [row] = made.open().filter(({ type }) => type === 'olt-fan-fault')
    await made.act('alarms.shelve', {
      which: { ids: [row!.id] },
      reason: 'spare ordered',
      until: made.clock.now() + 3_600_000,
    })
    made.pass(5)
    expect(made.notices).toEqual([])
    expect(made.ask('alarms.load', {}).lastTenMinutes).toBe(1)
  })

  it('of a burst is one, of the worst, and tells how many more', () => {
    const { made, west } = bench()
    for (let slot = 1; slot <= 12; slot++) {
      made.holds({
        type: 'olt-fan-fault',
        resource: boardResource(west, slot),
        ...(slot === 7 ? { severity: 'critical' as const } : {}),
      })
    }
    made.walk(west)
    made.pass(5)
    expect(made.notices).toMatchObject([
      { why: 'raised', severity: 'critical', more: 11, resource: { slot: 7 }, oltName: 'West' },
    ])
    const load = made.ask('alarms.load', {})
    expect(load).toMatchObject({ lastTenMinutes: 12, flood: true })
    expect(load.told.at(-1)! + load.told.at(-2)!).toBe(12)
  })

  it('follows when nobody comes, step by step, and ends with a word', async () => {
    const { made, west, fan } = bench()
    made.holds(fan)
    made.walk(west)
    made.pass(9 * minute)
    expect(made.notices).toHaveLength(1)
    made.pass(2 * minute)
    expect(made.notices.map(({ why }) => why)).toEqual(['raised', 'escalated'])
    made.pass(10 * minute)
    const [row] = made.open()
    expect(row).toMatchObject({ escalation: 2 })
    await made.act('alarms.acknowledge', { which: { ids: [row!.id] } })
    made.pass(hour)
    expect(made.open()).toMatchObject([{ escalation: 2 }])
    expect(made.ask('alarms.alarm', { id: row!.id }).timeline.map(({ kind }) => kind)).toEqual([
      'acknowledged',
      'escalated',
      'escalated',
      'raised',
    ])
  })

  it('of a severity below what is escalated follows never', () => {
    const { made, budget } = bench()
    made.holds(budget)
    made.pass(2 * hour)
    expect(made.notices).toHaveLength(1)
  })
})
