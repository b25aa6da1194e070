import { describe, expect, it } from 'vitest'
import type { CallInput, Output } from '../../src-shared/contract/index.ts'
import { emptyAlarmFilter } from '../../src-renderer/screens/alarms/alarm-query.ts'
import {
  addAlarms,
  noAlarms,
  targetOf,
  toggleAlarm,
} from '../../src-renderer/screens/alarms/alarm-selection.ts'
import {
  groupedBy,
  mostIds,
  sizeOf,
  whichOf,
} from '../../src-renderer/screens/alarms/alarm-target.ts'
import { fetchAllAlarms } from '../../src-renderer/screens/alarms/alarm-export.ts'
import { alarmId, sampleAlarm } from './sample-alarm.ts'

const book = (count: number) => {
  const rows = Array.from({ length: count }, (_, index) => sampleAlarm(index + 1))
  return async ({
    offset = 0,
    limit = 200,
  }: CallInput<'alarms.list'>): Promise<Output<'alarms.list'>> => ({
    alarms: rows.slice(offset, offset + limit),
    total: rows.length,
    revision: 1,
    at: 0,
  })
}

const filter = emptyAlarmFilter

describe('what an act is for', () => {
  it('is nothing where nothing is chosen and no row is under the cursor', () => {
    expect(targetOf(noAlarms, { filter, total: 0 }, undefined)).toBeNull()
  })

  it('is what is chosen before what is under the cursor', () => {
    const chosen = addAlarms(noAlarms, [sampleAlarm(1), sampleAlarm(2)])
    const target = targetOf(chosen, { filter, total: 9 }, sampleAlarm(3))
    expect(target).toMatchObject({ kind: 'rows' })
    expect(sizeOf(target!)).toBe(2)
    const one = targetOf(noAlarms, { filter, total: 9 }, sampleAlarm(3))
    expect(one).toEqual({ kind: 'rows', rows: [sampleAlarm(3)] })
    const all = targetOf({ rows: new Map(), all: true }, { filter, total: 9 }, sampleAlarm(3))
    expect(sizeOf(all!)).toBe(9)
  })

  it('loses a row that is chosen a second time, and "all" with the first single choice', () => {
    const twice = toggleAlarm(toggleAlarm(noAlarms, sampleAlarm(1)), sampleAlarm(1))
    expect(twice.rows.size).toBe(0)
    expect(toggleAlarm({ rows: new Map(), all: true }, sampleAlarm(1)).all).toBe(false)
  })

  it('names every alarm of a filter, so that the act can be taken back', async () => {
    const { which, rows } = await whichOf({ kind: 'matching', filter, total: 1200 }, book(1200))
    expect(rows.length).toBe(1200)
    expect(which).toMatchObject({ ids: expect.arrayContaining([alarmId(1), alarmId(1200)]) })
  })

  it('holds the engine to the count that was shown where there are too many to name', async () => {
    const total = mostIds + 1
    const { which, rows } = await whichOf({ kind: 'matching', filter, total }, book(total))
    expect(which).toEqual({ filter, expected: total })
    expect(rows).toEqual([])
  })

  it('does not act on a filter that finds nothing any more as if it were on nothing', async () => {
    const { which } = await whichOf({ kind: 'matching', filter, total: 3 }, book(0))
    expect(which).toEqual({ filter, expected: 3 })
  })

  it('is put back to what each alarm had before', () => {
    const rows = [sampleAlarm(1, { ticket: 'A' }), sampleAlarm(2), sampleAlarm(3, { ticket: 'A' })]
    expect([...groupedBy(rows, (row) => row.ticket)]).toEqual([
      ['A', [alarmId(1), alarmId(3)]],
      [null, [alarmId(2)]],
    ])
  })
})

describe('the export', () => {
  it('ends when it is cancelled and gives nothing', async () => {
    const stop = new AbortController()
    const got = await fetchAllAlarms(
      filter,
      { column: 'raisedAt', descending: true },
      {
        list: book(1200),
        onProgress: () => stop.abort(),
        signal: stop.signal,
      },
    )
    expect(got).toBeNull()
  })

  it('brings every page, each alarm once, and says how far it is', async () => {
    const progress: number[] = []
    const got = await fetchAllAlarms(
      filter,
      { column: 'raisedAt', descending: true },
      {
        list: book(1200),
        onProgress: (done) => progress.push(done),
        signal: new AbortController().signal,
      },
    )
    expect(got?.length).toBe(1200)
    expect(progress).toEqual([500, 1000, 1200])
  })
})
