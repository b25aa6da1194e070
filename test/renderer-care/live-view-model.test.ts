import { describe, expect, it } from 'vitest'
import {
  bestOf,
  isWatching,
  openedView,
  openingView,
  pausedView,
  refusedView,
  trendOf,
  withReading,
  type LiveReading,
  type LiveView,
} from '../../src-renderer/screens/network-onus/live-view-model.ts'
import { fakeOnuRow } from '../renderer-onus/fake-onu-row.ts'

const row = fakeOnuRow({ row: 7 })
const key = { oltId: row.oltId, address: row.address }
const start = 1_000_000

const reading = (at: number, change: Partial<LiveReading> = {}): LiveReading => ({
  ...key,
  at,
  onu: { ...row, opticsAt: at, countersAt: at },
  answerMs: 12,
  problem: null,
  ended: null,
  ...change,
})

const opened = (before: LiveView | null = null, now = start): LiveView =>
  openedView(openingView(before, key, now), { until: now + 60_000, everyMs: 2000 })

const lightAt = (values: readonly number[]) => values.map((value, at) => ({ at, value }))

describe('a reading', () => {
  it('of another ONU changes nothing', () => {
    const view = opened()
    const other = { ...row.address, onuId: row.address.onuId + 1 }
    expect(withReading(view, reading(start + 2000, { address: other }))).toBe(view)
    expect(withReading(view, reading(start + 2000, { oltId: 'another' }))).toBe(view)
  })

  it('that comes after a pause, an end or a refusal changes nothing', () => {
    const refusal = { code: 'live-view-taken', params: { name: 'Dewi' }, traceId: 't' } as const
    for (const view of [
      pausedView(opened()),
      withReading(opened(), reading(start + 60_000, { onu: null, ended: 'time' })),
      refusedView(opened(), refusal),
    ]) {
      expect(isWatching(view)).toBe(false)
      expect(withReading(view, reading(start + 62_000))).toBe(view)
    }
  })

  it('brings row, moment and a point of each value', () => {
    const view = withReading(opened(), reading(start + 2000))
    expect(view).toMatchObject({ readAt: start + 2000, answerMs: 12, readings: 1, missed: null })
    expect(view.points.onuRxDbm).toEqual([{ at: start + 2000, value: row.onuRxDbm }])
    expect(view.points.downKbps).toEqual([{ at: start + 2000, value: row.downKbps }])
  })

  it('draws no point for a value that was not read anew, or that is not there', () => {
    const first = withReading(opened(), reading(start + 2000))
    const same = withReading(first, {
      ...reading(start + 4000),
      onu: { ...row, opticsAt: start + 2000, countersAt: null },
    })
    expect(same.points).toEqual(first.points)
    const dark = withReading(first, {
      ...reading(start + 4000),
      onu: { ...row, opticsAt: start + 4000, onuRxDbm: null },
    })
    expect(dark.points.onuRxDbm).toHaveLength(1)
    expect(dark.points.oltRxDbm).toHaveLength(2)
  })

  it('keeps the last row when a question is missed, and says so', () => {
    const problem = { code: 'olt-no-answer', params: {} } as const
    const view = withReading(
      withReading(opened(), reading(start + 2000)),
      reading(start + 4000, { onu: null, problem }),
    )
    expect(view).toMatchObject({ phase: 'open', readAt: start + 2000, missed: problem })
    expect(withReading(view, reading(start + 6000)).missed).toBeNull()
  })

  it('lists a change of state or cause, the newest first, and nothing else', () => {
    const down = { state: 'offline', cause: 'losi', causeClass: 'optical' } as const
    let view = withReading(opened(), reading(start + 2000))
    view = withReading(view, reading(start + 4000))
    expect(view.changes).toEqual([])
    view = withReading(view, reading(start + 6000, { onu: { ...row, ...down } }))
    view = withReading(view, reading(start + 8000))
    expect(view.changes.map(({ at, state }) => [at, state])).toEqual([
      [start + 8000, 'online'],
      [start + 6000, 'offline'],
    ])
  })

  it('keeps a bounded number of points and changes', () => {
    let view = opened()
    for (let turn = 1; turn <= 400; turn += 1) {
      view = withReading(
        view,
        reading(start + turn * 2000, {
          onu: {
            ...row,
            opticsAt: start + turn * 2000,
            state: turn % 2 === 0 ? 'online' : 'offline',
          },
        }),
      )
    }
    expect(view.points.onuRxDbm).toHaveLength(300)
    expect(view.changes).toHaveLength(50)
    expect(view.points.onuRxDbm.at(-1)?.at).toBe(start + 800_000)
  })
})

describe('the end', () => {
  it('tells why, and keeps what was read', () => {
    const problem = { code: 'olt-no-answer', params: {} } as const
    const view = withReading(
      withReading(opened(), reading(start + 2000)),
      // The engine adds what it knows of the ONU: that is no reading.
      reading(start + 30_000, { problem, ended: 'problem' }),
    )
    expect(view).toMatchObject({ readings: 1, readAt: start + 2000, answerMs: 12 })
    expect(view).toMatchObject({ phase: 'ended', ended: 'problem', endProblem: problem })
    expect(view.onu?.serial).toBe(row.serial)
  })

  it('of the view before does not end the one that follows it', () => {
    const late = reading(start + 40_200, { onu: null, ended: 'closed' })
    const opening = openingView(opened(), key, start + 40_000)
    expect(withReading(opening, late).phase).toBe('opening')
    const again = opened(opened(), start + 40_000)
    expect(withReading(again, late).phase).toBe('open')
    expect(withReading(again, { ...late, at: start + 50_000 }).phase).toBe('ended')
  })

  it('that came before the answer to opening stays the end', () => {
    const view = withReading(
      openingView(null, key, start),
      reading(start, { onu: null, ended: 'olt-removed' }),
    )
    expect(openedView(view, { until: start + 60_000, everyMs: 2000 }).phase).toBe('ended')
  })
})

describe('opening again', () => {
  it('goes on with what was read of the same ONU, and forgets that of another', () => {
    const before = pausedView(withReading(opened(), reading(start + 2000)))
    expect(openingView(before, key, start + 90_000).readings).toBe(1)
    const other = { ...key, address: { ...key.address, port: 9 } }
    expect(openingView(before, other, start + 90_000)).toMatchObject({ readings: 0, onu: null })
  })
})

describe('the trend of the light', () => {
  it('is not known before four values', () => {
    expect(trendOf(lightAt([-20, -21, -22]))).toBe('unknown')
  })

  it('does not follow what a reading wavers by itself', () => {
    expect(trendOf(lightAt([-20, -20.1, -20.1, -19.9]))).toBe('steady')
  })

  it('follows the last values only', () => {
    expect(trendOf(lightAt([-10, -24, -24, -22, -21]))).toBe('stronger')
    expect(trendOf(lightAt([-30, -20, -20, -21, -22]))).toBe('weaker')
  })

  it('has a best only where something was read', () => {
    expect(bestOf([])).toBeNull()
    expect(bestOf(lightAt([-24, -19.5, -22]))).toBe(-19.5)
  })
})
