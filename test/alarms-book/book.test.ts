import { describe, expect, it } from 'vitest'
import {
  boardResource,
  createAlarmBench,
  oltResource,
  otherPerson,
} from '../support/alarm-bench.ts'
import { auditTrail } from '../support/audit-trail.ts'

const cpu = (oltId: string) => ({ type: 'olt-cpu-high', resource: boardResource(oltId) }) as const
const restarted = (oltId: string) =>
  ({ type: 'poll-budget-exceeded', resource: oltResource(oltId) }) as const

const bench = () => {
  const made = createAlarmBench()
  const west = made.network.idOf('West')
  made.rules.set('poll-budget-exceeded', { raiseAfterS: 0, clearAfterS: 0 })
  made.rules.set('olt-cpu-high', { raiseAfterS: 60, clearAfterS: 120 })
  return { ...made, made, west, alarm: restarted(west) }
}

describe('an alarm', () => {
  it('is not raised by a condition that is over before its hold time', () => {
    const { made, west } = bench()
    made.holds(cpu(west))
    made.walk(west)
    made.pass(50)
    made.over(cpu(west))
    made.pass(600)
    expect(made.open()).toEqual([])
    expect(made.writes).toEqual([])
  })

  it('is not cleared by a condition that is back before its clear time', () => {
    const { made, west } = bench()
    made.holds(cpu(west))
    made.walk(west)
    made.pass(120)
    made.over(cpu(west))
    made.pass(100)
    made.holds(cpu(west))
    made.pass(600)
    expect(made.open()).toMatchObject([{ clearedAt: null, count: 1 }])
    made.over(cpu(west))
    made.pass(130)
    expect(made.open()).toMatchObject([{ clearedAt: expect.any(Number), count: 1 }])
  })

  it('is not raised while its rule is off, and goes when it is turned off', () => {
    const { made, alarm } = bench()
    made.holds(alarm)
    made.pass(2)
    expect(made.open()).toHaveLength(1)
    made.rules.set('poll-budget-exceeded', { enabled: false, raiseAfterS: 0 })
    made.rulesChanged()
    made.pass(2)
    expect(made.open()).toMatchObject([{ clearedAt: expect.any(Number) }])
  })

  it('begins when its condition began, and tells what was measured', () => {
    const { made, west } = bench()
    const began = made.clock.now()
    made.holds({ ...cpu(west), params: { cpuPercent: 91 }, affectedOnus: 12 })
    made.walk(west)
    made.pass(61)
    expect(made.open()).toMatchObject([
      {
        raisedAt: began,
        severity: 'minor',
        params: { cpuPercent: 91 },
        affectedOnus: 12,
        oltName: 'West',
        affectedSubscribers: null,
        trend: 'same',
      },
    ])
  })

  it('is one row for one resource, type and qualifier, and another for another', () => {
    const { made, alarm } = bench()
    made.holds(alarm)
    made.holds({ ...alarm, params: { seconds: 5 } })
    made.holds({ ...alarm, qualifier: 'optics' })
    made.pass(2)
    expect(made.open().map(({ qualifier, params }) => [qualifier, params])).toEqual(
      expect.arrayContaining([
        ['', { seconds: 5 }],
        ['optics', {}],
      ]),
    )
    expect(made.open()).toHaveLength(2)
  })

  it('that comes back before anybody acknowledged it raises a count, not a row', () => {
    const { made, alarm } = bench()
    made.holds(alarm)
    made.over(alarm)
    const [first] = made.open()
    expect(first).toMatchObject({ clearedAt: expect.any(Number), count: 1 })
    made.holds(alarm)
    expect(made.open()).toMatchObject([{ id: first!.id, clearedAt: null, count: 2 }])
  })

  it('stays after it has cleared until somebody has acknowledged it, then goes to the history', async () => {
    const { made, alarm } = bench()
    made.holds(alarm)
    made.over(alarm)
    made.pass(2)
    const { id } = made.open()[0]!
    await made.act('alarms.acknowledge', { which: { ids: [id] } })
    expect(made.open()).toEqual([])
    expect(made.list('history')).toMatchObject([{ id }])
    made.holds(alarm)
    made.pass(2)
    expect(made.open()).toHaveLength(1)
    expect(made.open()[0]!.id).not.toBe(id)
  })

  it('that was acknowledged goes to the history as it clears', async () => {
    const { made, alarm } = bench()
    made.holds(alarm)
    const { id } = made.open()[0]!
    await made.act('alarms.acknowledge', { which: { ids: [id] }, note: 'Budi goes there' })
    expect(made.open()).toMatchObject([
      { acknowledged: { by: { name: 'Sari Wijaya' }, until: null }, notes: 1 },
    ])
    made.over(alarm)
    made.pass(2)
    expect(made.list('history')).toMatchObject([
      { id, acknowledged: { by: { name: 'Sari Wijaya' } } },
    ])
    expect(made.ask('alarms.alarm', { id }).timeline.map(({ kind, by }) => [kind, by])).toEqual([
      ['closed', null],
      ['cleared', null],
      ['acknowledged', 'Sari Wijaya'],
      ['raised', null],
    ])
  })

  it('that gets worse says so, and the word that was said of it is gone; one that gets better keeps it', async () => {
    const { made, alarm } = bench()
    made.holds(alarm)
    const { id } = made.open()[0]!
    await made.act('alarms.acknowledge', { which: { ids: [id] } })
    made.holds({ ...alarm, severity: 'critical' })
    expect(made.open()).toMatchObject([{ severity: 'critical', trend: 'more', acknowledged: null }])
    await made.act('alarms.acknowledge', { which: { ids: [id] } })
    made.holds({ ...alarm, severity: 'minor' })
    expect(made.open()).toMatchObject([
      { severity: 'minor', trend: 'less', acknowledged: { by: { name: 'Sari Wijaya' } } },
    ])
    made.pass(3)
    expect(made.notices.map(({ why, severity }) => [why, severity])).toEqual([['raised', 'minor']])
  })

  it('takes the severity of its rule when the owner changes it', () => {
    const { made, alarm } = bench()
    made.holds(alarm)
    made.pass(3)
    made.rules.set('poll-budget-exceeded', { severity: 'major', raiseAfterS: 0, clearAfterS: 0 })
    made.rulesChanged()
    made.pass(3)
    expect(made.open()).toMatchObject([{ severity: 'major', trend: 'more' }])
    expect(made.notices.map(({ why }) => why)).toEqual(['raised', 'worse'])
  })

  it('of an OLT that was removed is over', () => {
    const { made, alarm, west } = bench()
    made.holds(alarm)
    made.network.removeOlt(west)
    expect(made.open()).toMatchObject([{ clearedAt: expect.any(Number), oltName: 'West' }])
  })

  it('is over when it is not among all that hold', () => {
    const { made, alarm, west } = bench()
    made.holds(alarm)
    made.holds({ ...alarm, qualifier: 'optics' })
    made.book.sink.holdsAll(
      'poll-budget-exceeded',
      west,
      [{ ...alarm, qualifier: 'optics', params: {}, affectedOnus: 0, important: false }],
      made.clock.now(),
    )
    expect(made.open().map(({ qualifier, clearedAt }) => [qualifier, clearedAt !== null])).toEqual(
      expect.arrayContaining([
        ['', true],
        ['optics', false],
      ]),
    )
  })
})

describe('the book', () => {
  it('is the same after a restart: rows, words, shelves, time lines', async () => {
    const { made, alarm, west } = bench()
    made.holds(alarm)
    made.holds({ ...alarm, qualifier: 'optics' })
    made.pass(2)
    const [first, second] = made.open()
    await made.act('alarms.acknowledge', { which: { ids: [first!.id] }, untilWorse: true })
    await made.act('alarms.shelve', {
      which: { ids: [second!.id] },
      reason: 'known',
      until: made.clock.now() + 3_600_000,
    })
    await made.act('alarms.assign', {
      which: { ids: [first!.id] },
      accountId: otherPerson.accountId,
    })
    await made.act('alarms.setTicket', { which: { ids: [first!.id] }, ticket: 'NOC-7' })
    const before = made.ask('alarms.rows', { ids: [first!.id, second!.id] }).alarms
    const timeline = made.ask('alarms.alarm', { id: first!.id }).timeline
    made.restart()
    expect(made.ask('alarms.rows', { ids: [first!.id, second!.id] }).alarms).toEqual(before)
    expect(made.ask('alarms.alarm', { id: first!.id }).timeline).toEqual(timeline)
    made.book.sink.holdsAll('poll-budget-exceeded', west, [], made.clock.now())
    made.pass(2)
    expect(made.list('history')).toMatchObject([{ id: first!.id, ticket: 'NOC-7' }])
    expect(made.list('shelved')).toMatchObject([{ id: second!.id, clearedAt: expect.any(Number) }])
  })

  it('is written at most once a second, with figures alone in the audit trail', () => {
    const { made, alarm } = bench()
    for (let at = 0; at < 20; at++) {
      made.holds({ ...alarm, qualifier: `q${at}` })
      made.pass(0.2)
    }
    made.pass(3)
    expect(made.writes.length).toBeLessThanOrEqual(6)
    const rows = auditTrail(made.store, 'alarms.record')
    expect(rows[0]!.told).toEqual({ alarms: 5, closed: 0, entries: 5 })
  })

  it('writes what is only measured anew once a minute', () => {
    const { made, alarm } = bench()
    made.holds({ ...alarm, params: { seconds: 0 } })
    made.pass(2)
    const before = made.writes.length
    for (let at = 1; at < 60; at++) {
      made.holds({ ...alarm, params: { seconds: at } })
      made.pass(1)
    }
    expect(made.writes.length - before).toBeLessThanOrEqual(1)
    made.pass(60)
    made.restart()
    expect(made.open()).toMatchObject([{ params: { seconds: 59 } }])
  })

  it('goes on in memory when the disk is full, tells once, and loses nothing', () => {
    const { made, alarm } = bench()
    made.full = true
    made.holds(alarm)
    made.pass(30)
    made.holds({ ...alarm, qualifier: 'optics' })
    made.pass(30)
    expect(made.open()).toHaveLength(2)
    expect(made.notices.filter(({ type }) => type === 'history-not-kept')).toHaveLength(1)
    expect(made.ask('alarms.load', {}).lastTenMinutes).toBe(2)
    made.full = false
    made.pass(40)
    made.restart()
    expect(made.open()).toHaveLength(2)
    expect(made.ask('alarms.load', {}).lastTenMinutes).toBe(2)
  })

  it('keeps the closed for as long as it is told to, and the open for ever', async () => {
    const { made, alarm } = bench()
    made.settings = { ...made.settings, keepDays: 7 }
    made.holds(alarm)
    made.holds({ ...alarm, qualifier: 'stays' })
    made.over(alarm)
    made.pass(2)
    await made.act('alarms.acknowledge', {
      which: { filter: { cleared: true }, expected: 1 },
    })
    made.clock.jump(6 * 86_400_000)
    made.pass(3_700)
    expect(made.list('history')).toHaveLength(1)
    made.clock.jump(2 * 86_400_000)
    made.pass(3_700)
    expect(made.list('history')).toEqual([])
    expect(made.open()).toHaveLength(1)
    const left = made.store.reader
      .prepare<[], { n: number }>(`SELECT count(DISTINCT alarm_id) AS n FROM alarm_event`)
      .get()
    expect(left).toEqual({ n: 1 })
  })
})
