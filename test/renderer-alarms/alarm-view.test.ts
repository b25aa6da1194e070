import { describe, expect, it } from 'vitest'
import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import type { CallInput, Output } from '../../src-shared/contract/index.ts'
import { createAlarmView } from '../../src-renderer/screens/alarms/alarm-view.ts'
import { emptyAlarmFilter, usualAlarmSort } from '../../src-renderer/screens/alarms/alarm-query.ts'
import { settle } from '../support/settle.ts'
import { alarmId, sampleAlarm } from './sample-alarm.ts'

const sort = usualAlarmSort('open')

/** An engine with a book that the test turns. */
const setUp = (first: readonly AlarmRow[]) => {
  let book: readonly AlarmRow[] = first
  let others: readonly AlarmRow[] = []
  let refused = false
  const asked: { lists: CallInput<'alarms.list'>[]; ids: string[][] } = { lists: [], ids: [] }
  const view = createAlarmView({
    list: async (input): Promise<Output<'alarms.list'>> => {
      asked.lists.push(input)
      if (refused) throw new Error('refused')
      const { offset = 0, limit = 200 } = input
      return {
        alarms: book.slice(offset, offset + limit),
        total: book.length,
        revision: 1,
        at: 0,
      }
    },
    rows: async (ids) => {
      asked.ids.push(ids)
      return {
        alarms: [...book, ...others].filter((row) => ids.includes(row.id)),
        revision: 1,
      }
    },
    failureOf: () => ({ code: 'timeout', params: {}, traceId: 't' }),
  })
  const shown = (): (string | undefined)[] =>
    Array.from({ length: view.snapshot().total }, (_, index) => view.row(index)?.id)
  return {
    view,
    asked,
    shown,
    turn: (next: readonly AlarmRow[], gone: readonly AlarmRow[] = []) => {
      book = next
      others = gone
    },
    refuse: (yes: boolean) => {
      refused = yes
    },
  }
}

const three = [1, 2, 3].map((index) => sampleAlarm(index))

describe('the alarm list', () => {
  it('says why it cannot be shown, and keeps older rows when a later answer fails', async () => {
    const { view, refuse, shown } = setUp(three)
    refuse(true)
    view.open(emptyAlarmFilter, sort)
    await settle()
    expect(view.snapshot()).toMatchObject({ order: 0, failure: { code: 'timeout' } })
    refuse(false)
    view.renew()
    await settle()
    refuse(true)
    view.follow()
    await settle()
    expect(view.snapshot()).toMatchObject({ failure: { code: 'timeout' }, total: 3 })
    expect(shown()).toEqual([1, 2, 3].map(alarmId))
  })

  it('does not move a row when new ones come: they are counted and wait', async () => {
    const { view, turn, shown } = setUp(three)
    view.open(emptyAlarmFilter, sort)
    await settle()
    turn([sampleAlarm(8), sampleAlarm(9), ...three])
    view.follow()
    await settle()
    expect(view.snapshot()).toMatchObject({ news: 2, order: 1, total: 3 })
    expect(shown()).toEqual([1, 2, 3].map(alarmId))
    view.renew()
    await settle()
    expect(view.snapshot()).toMatchObject({ news: 0, order: 2, total: 5, top: 1 })
    expect(shown()).toEqual([8, 9, 1, 2, 3].map(alarmId))
  })

  it('changes a row in its place, and tells nobody when nothing has changed', async () => {
    const { view, turn } = setUp(three)
    view.open(emptyAlarmFilter, sort)
    await settle()
    let told = 0
    view.subscribe(() => (told += 1))
    view.follow()
    await settle()
    expect(told).toBe(0)
    const kept = view.row(0)
    turn([sampleAlarm(1), sampleAlarm(3, { severity: 'critical', count: 4 }), sampleAlarm(2)])
    view.follow()
    await settle()
    expect(told).toBe(1)
    expect(view.row(2)).toMatchObject({ id: alarmId(3), severity: 'critical', count: 4 })
    expect(view.row(0)).toBe(kept)
  })

  it('leaves a row that fits no more where it is, and marks it', async () => {
    const { view, turn, shown, asked } = setUp(three)
    view.open(emptyAlarmFilter, sort)
    await settle()
    const shelved = sampleAlarm(2, {
      shelved: { by: { accountId: null, name: 'Dewi' }, at: 1, until: 2, reason: 'known' },
    })
    turn([sampleAlarm(1), sampleAlarm(3)], [shelved])
    view.follow()
    await settle()
    expect(shown()).toEqual([1, 2, 3].map(alarmId))
    expect(view.isGone(alarmId(2))).toBe(true)
    expect(view.row(1)?.shelved?.reason).toBe('known')
    expect(asked.ids).toEqual([[alarmId(2)]])
    turn(three)
    view.follow()
    await settle()
    expect(view.isGone(alarmId(2))).toBe(false)
  })

  it('drops the answer to a question that has been overtaken', async () => {
    const { view, shown, turn } = setUp(three)
    view.open(emptyAlarmFilter, sort)
    turn([sampleAlarm(7)])
    view.open({ ...emptyAlarmFilter, search: 'x' }, sort)
    await settle()
    expect(view.snapshot().order).toBe(1)
    expect(shown()).toEqual([alarmId(7)])
  })

  it('fetches a long list as far as it is looked at, each alarm once', async () => {
    const long = Array.from({ length: 1234 }, (_, index) => sampleAlarm(index + 1))
    const { view, asked, turn } = setUp(long)
    view.open(emptyAlarmFilter, sort)
    await settle()
    view.show(0, 40)
    await settle()
    expect(asked.lists.length).toBe(1)
    // One has come in above meanwhile: the next page begins with a row that is known.
    turn([sampleAlarm(5000), ...long])
    view.show(480, 520)
    await settle()
    expect(asked.lists.map((input) => input.offset)).toEqual([0, 500])
    view.show(1200, 1234)
    await settle()
    const ids = Array.from({ length: 1234 }, (_, index) => view.row(index)?.id)
    expect(new Set(ids).size).toBe(1234)
    expect(ids.at(-1)).toBe(alarmId(1234))
  })

  it('counts what is new in a list longer than a page by how much it has grown', async () => {
    const long = Array.from({ length: 700 }, (_, index) => sampleAlarm(index + 1))
    const { view, turn } = setUp(long)
    view.open(emptyAlarmFilter, sort)
    await settle()
    turn([...long, ...[8001, 8002, 8003].map((index) => sampleAlarm(index))])
    view.follow()
    await settle()
    expect(view.snapshot().news).toBe(3)
  })

  it('asks nothing after it was closed', async () => {
    const { view, asked } = setUp(three)
    view.open(emptyAlarmFilter, sort)
    await settle()
    view.close()
    view.follow()
    view.show(0, 10)
    view.renew()
    await settle()
    expect(asked.lists.length).toBe(1)
  })
})
