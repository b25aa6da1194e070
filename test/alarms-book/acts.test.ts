import { describe, expect, it } from 'vitest'
import { rejectionOf } from '../support/error-code.ts'
import { createAlarmBench, me, oltResource, otherPerson } from '../support/alarm-bench.ts'
import { idOf } from '../support/store-workspace.ts'

const bench = () => {
  const made = createAlarmBench()
  const west = made.network.idOf('West')
  made.rules.set('poll-budget-exceeded', { raiseAfterS: 0, clearAfterS: 0 })
  const alarm = (qualifier: string) =>
    ({ type: 'poll-budget-exceeded', resource: oltResource(west), qualifier }) as const
  made.holds(alarm('status'))
  made.holds(alarm('optics'))
  made.pass(2)
  const ids = made.open().map(({ id }) => id)
  return { made, alarm, ids, soon: made.clock.now() + 600_000 }
}

describe('an act is refused', () => {
  it('of an alarm that never was, and then touches none', async () => {
    const { made, ids } = bench()
    const error = await rejectionOf(
      made.act('alarms.acknowledge', { which: { ids: [ids[0]!, idOf(77)] } }),
    )
    expect(error).toMatchObject({ code: 'not-found', params: { what: 'alarm' } })
    expect(made.open()).toMatchObject([{ acknowledged: null }, { acknowledged: null }])
    expect(() => made.ask('alarms.alarm', { id: idOf(77) })).toThrow('not-found')
  })

  it('by a filter that finds another number than was shown', async () => {
    const { made } = bench()
    for (const expected of [1, 3]) {
      const error = await rejectionOf(
        made.act('alarms.acknowledge', { which: { filter: {}, expected } }),
      )
      expect(error).toMatchObject({ code: 'conflict', params: { what: 'alarms', count: 2 } })
    }
    expect(await made.act('alarms.acknowledge', { which: { filter: {}, expected: 2 } })).toEqual({
      acted: 2,
    })
  })

  it('when its time is past, or a shelf would last for ever', async () => {
    const { made, ids } = bench()
    const which = { ids }
    for (const until of [made.clock.now(), made.clock.now() - 1]) {
      const errors = [
        await rejectionOf(made.act('alarms.shelve', { which, reason: 'r', until })),
        await rejectionOf(made.act('alarms.acknowledge', { which, until })),
      ]
      for (const error of errors) {
        expect(error).toMatchObject({ code: 'invalid-input', params: { field: 'until' } })
      }
    }
    const error = await rejectionOf(
      made.act('alarms.shelve', { which, reason: 'r', until: made.clock.now() + 400 * 86_400_000 }),
    )
    expect(error).toMatchObject({ code: 'invalid-input', params: { rule: 'too-far' } })
  })

  it('without a reason, or to a person who is not here', async () => {
    const { made, ids, soon } = bench()
    await expect(
      made.act('alarms.shelve', { which: { ids }, reason: ' ', until: soon }),
    ).rejects.toThrow()
    const error = await rejectionOf(
      made.act('alarms.assign', { which: { ids }, accountId: idOf(78) }),
    )
    expect(error).toMatchObject({ code: 'not-found', params: { what: 'account' } })
  })
})

describe('a word of a person', () => {
  it('never changes what the network says', async () => {
    const { made, ids, soon } = bench()
    const before = made.ask('alarms.rows', { ids }).alarms
    const which = { ids }
    await made.act('alarms.acknowledge', { which })
    await made.act('alarms.note', { which, note: 'seen' })
    await made.act('alarms.assign', { which, accountId: otherPerson.accountId })
    await made.act('alarms.setTicket', { which, ticket: 'T-1' })
    await made.act('alarms.shelve', { which, reason: 'r', until: soon })
    made.ask('alarms.rows', { ids }).alarms.forEach((after, at) => {
      const { severity, raisedAt, changedAt, clearedAt, count, params, trend } = before[at]!
      expect(after).toMatchObject({
        severity,
        raisedAt,
        changedAt,
        clearedAt,
        count,
        params,
        trend,
      })
      expect(after).toMatchObject({
        acknowledged: { by: me },
        assignee: otherPerson,
        ticket: 'T-1',
        notes: 1,
        shelved: { by: me, reason: 'r', until: soon },
      })
    })
  })

  it('is not taken back by the network: a shelf stays over clearing and returning, and is counted', async () => {
    const { made, alarm, ids, soon } = bench()
    await made.act('alarms.acknowledge', { which: { ids } })
    await made.act('alarms.shelve', { which: { ids }, reason: 'r', until: soon })
    made.over(alarm('status'))
    made.pass(5)
    expect(made.list('shelved')).toHaveLength(2)
    made.holds(alarm('status'))
    made.pass(5)
    expect(made.list('shelved')).toHaveLength(2)
    expect(made.ask('alarms.summary', {})).toMatchObject({
      shelved: 2,
      cleared: 0,
      active: { warning: 0 },
    })
    expect(made.notices.filter(({ why }) => why !== 'raised')).toEqual([])
  })

  it('on a shelf ends by itself, and then it is told again', async () => {
    const { made, ids, soon } = bench()
    await made.act('alarms.shelve', { which: { ids: [ids[0]!] }, reason: 'r', until: soon })
    made.pass(590)
    expect(made.open()).toHaveLength(1)
    made.pass(20)
    expect(made.open()).toHaveLength(2)
    expect(made.notices.at(-1)).toMatchObject({ why: 'returned', alarmId: ids[0] })
    expect(made.ask('alarms.alarm', { id: ids[0]! }).timeline[0]).toMatchObject({
      kind: 'unshelved',
      by: null,
    })
  })

  it('that was said until a time is gone then, and it is told again', async () => {
    const { made, ids, soon } = bench()
    await made.act('alarms.acknowledge', { which: { ids: [ids[0]!] }, until: soon })
    made.pass(610)
    expect(made.ask('alarms.rows', { ids: [ids[0]!] }).alarms).toMatchObject([
      { acknowledged: null },
    ])
    expect(made.notices.at(-1)).toMatchObject({ why: 'returned', alarmId: ids[0] })
  })

  it('that was said until it gets worse is gone when more ONUs are affected', async () => {
    const { made, alarm, ids } = bench()
    await made.act('alarms.acknowledge', { which: { ids }, untilWorse: true })
    made.holds({ ...alarm('status'), affectedOnus: 9 })
    made.pass(5)
    expect(made.open().filter(({ acknowledged }) => acknowledged === null)).toMatchObject([
      { qualifier: 'status' },
    ])
    expect(made.notices.at(-1)).toMatchObject({ why: 'worse', affectedOnus: 9 })
  })

  it('may be taken back by a person, each with their name in the time line', async () => {
    const { made, ids, soon } = bench()
    const which = { ids: [ids[0]!] }
    await made.act('alarms.acknowledge', { which, note: 'on my way' })
    await made.act('alarms.unacknowledge', { which })
    await made.act('alarms.shelve', { which, reason: 'known', until: soon })
    await made.act('alarms.unshelve', { which })
    await made.act('alarms.assign', { which, accountId: me.accountId })
    await made.act('alarms.assign', { which, accountId: null })
    await made.act('alarms.setTicket', { which, ticket: 'T-2' })
    await made.act('alarms.setTicket', { which, ticket: null })
    const { timeline, alarm } = made.ask('alarms.alarm', { id: ids[0]! })
    expect(timeline.map(({ kind, by, text }) => [kind, by, text])).toEqual([
      ['ticket', me.name, null],
      ['ticket', me.name, 'T-2'],
      ['assigned', me.name, null],
      ['assigned', me.name, me.name],
      ['unshelved', me.name, null],
      ['shelved', me.name, 'known'],
      ['unacknowledged', me.name, null],
      ['acknowledged', me.name, 'on my way'],
      ['raised', null, null],
    ])
    expect(alarm).toMatchObject({ acknowledged: null, shelved: null, assignee: null, ticket: null })
  })

  it('twice is said once, and of a closed one only a note and a ticket are taken', async () => {
    const { made, alarm, ids, soon } = bench()
    expect(await made.act('alarms.unshelve', { which: { ids } })).toEqual({ acted: 0 })
    expect(await made.act('alarms.unacknowledge', { which: { ids } })).toEqual({ acted: 0 })
    await made.act('alarms.acknowledge', { which: { ids } })
    made.over(alarm('status'))
    made.pass(2)
    const { id } = made.list('history')[0]!
    const which = { ids: [id] }
    made.holds(alarm('status'))
    made.pass(2)
    const again = { acted: 0 }
    expect(await made.act('alarms.acknowledge', { which })).toEqual(again)
    expect(await made.act('alarms.shelve', { which, reason: 'r', until: soon })).toEqual(again)
    expect(await made.act('alarms.note', { which, note: 'it was the PSU' })).toEqual({ acted: 1 })
    expect(await made.act('alarms.setTicket', { which, ticket: 'T-3' })).toEqual({ acted: 1 })
    expect(made.list('history')).toMatchObject([{ id, ticket: 'T-3', notes: 1 }])
    expect(made.ask('alarms.list', { filter: { list: 'history', search: 'psu' } }).total).toBe(1)
    // The row that stands for it now is the one that goes on.
    made.over(alarm('status'))
    made.pass(2)
    expect(made.open().filter(({ clearedAt }) => clearedAt !== null)).toHaveLength(1)
  })

  it('is kept whole where the console had not written the row yet', async () => {
    const { made, alarm } = bench()
    made.holds(alarm('new'))
    const [row] = made.open().filter(({ qualifier }) => qualifier === 'new')
    await made.act('alarms.note', { which: { ids: [row!.id] }, note: 'fresh' })
    made.pass(3)
    made.restart()
    expect(made.ask('alarms.alarm', { id: row!.id })).toMatchObject({
      alarm: { notes: 1, clearedAt: null },
      timeline: [{ kind: 'noted' }, { kind: 'raised' }],
    })
  })

  it('is one change in the feed for each alarm', async () => {
    const { made, ids } = bench()
    await made.act('alarms.acknowledge', { which: { filter: {}, expected: 2 } })
    const feed = made.store.reader
      .prepare<[], { entity_id: string; command_name: string }>(
        `SELECT entity_id, command_name FROM change_feed ORDER BY entity_id`,
      )
      .all()
    expect(feed).toEqual(
      ids.toSorted().map((id) => ({ entity_id: id, command_name: 'alarms.acknowledge' })),
    )
  })
})
