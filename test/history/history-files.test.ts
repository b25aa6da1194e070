import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  addressesOf,
  days,
  hours,
  minutes,
  monday,
  onuCycle,
  onuRef,
  openTestHistory,
} from '../support/history-folder.ts'

test('PON ports and the OLT have series of their own', () => {
  const { history } = openTestHistory()
  const base = { oltId: 'olt-1', at: monday, monotonic: 0 }
  const pons = Int32Array.of(1024, 2048)
  history.append({
    ...base,
    kind: 'pon',
    addresses: pons,
    columns: { ponOnlineOnus: Uint8Array.of(60, 3), ponAverageRxDbm: Float64Array.of(-21.5, NaN) },
  })
  history.append({
    ...base,
    kind: 'olt',
    addresses: Int32Array.of(0),
    columns: { oltAnswerMs: Float64Array.of(12.34), oltUptimeS: Float64Array.of(1e8) },
  })
  const range = { from: monday, to: monday, maxPoints: 10 }
  const [online, light] = history.readSeries({
    series: { kind: 'pon', oltId: 'olt-1', address: 1024 },
    metrics: ['ponOnlineOnus', 'ponAverageRxDbm'],
    ...range,
  })
  expect([online!.avg[0], light!.avg[0]]).toEqual([60, -21.5])
  const [answer, uptime] = history.readSeries({
    series: { kind: 'olt', oltId: 'olt-1', address: 0 },
    metrics: ['oltAnswerMs', 'oltUptimeS'],
    ...range,
  })
  expect([answer!.avg[0], uptime!.avg[0]]).toEqual([12.3, 1e8])
})

test('states are runs, and events come back from the hot file and from the quarter', () => {
  const one = openTestHistory()
  const states = [1, 1, 2, 2, 1]
  states.forEach((state, index) => {
    const at = monday + index * minutes
    one.history.append(
      onuCycle(
        at,
        { state: Uint8Array.of(state) },
        index !== 2
          ? {}
          : {
              events: {
                at: Float64Array.of(at - 1000),
                addresses: addressesOf(1),
                kinds: Uint8Array.of(1),
                codes: Uint8Array.of(2),
                details: Uint8Array.of(3),
              },
            },
      ),
    )
  })
  const range = { series: onuRef(0), from: monday, to: monday + days }
  const check = (): void => {
    expect(one.history.events(range)).toEqual({
      at: Float64Array.of(monday + 2 * minutes - 1000),
      kinds: Uint8Array.of(1),
      codes: Uint8Array.of(2),
      details: Uint8Array.of(3),
    })
    expect(one.history.readStates(range)).toEqual({
      at: Float64Array.of(monday, monday + 2 * minutes, monday + 4 * minutes, monday + 5 * minutes),
      states: Uint8Array.of(1, 2, 1, 0),
    })
  }
  check()
  one.history.settle(true)
  check()
})

test('from ten thousand ONUs on a day is a file', () => {
  const one = openTestHistory()
  one.history.append(onuCycle(monday + hours, { state: new Uint8Array(9_999).fill(1) }))
  one.clock.now = monday + 8 * days
  one.history.append(onuCycle(one.clock.now, { state: new Uint8Array(10_000).fill(1) }))
  expect(one.history.stats().files.map(({ file }) => file)).toEqual([
    'metrics-2026w47.db',
    'metrics-20261124.db',
    'hourly-2026q4.db',
  ])
})

test('what is outlived and superseded is unlinked; a clock years ahead drops nothing', () => {
  const one = openTestHistory({ retention: { readingsDays: 30, hoursDays: 200 } })
  const week = (index: number): void => {
    one.clock.now = monday + index * 7 * days
    one.history.append(onuCycle(one.clock.now, { state: Uint8Array.of(1) }))
    one.history.settle()
  }
  week(0)
  week(1)
  one.clock.now = monday + 4000 * days
  one.history.settle()
  one.clock.now = monday + 8 * days
  expect(readdirSync(one.folder)).toContain('metrics-2026w47.db')
  for (let index = 2; index < 60; index++) week(index)
  const names = one.history.stats().files.map(({ file }) => file)
  expect(names.filter((name) => name.startsWith('metrics-'))).toHaveLength(6)
  expect(names.filter((name) => name.startsWith('hourly-'))).toEqual([
    'hourly-2027q2.db',
    'hourly-2027q3.db',
    'hourly-2027q4.db',
    'hourly-2028q1.db',
  ])
  expect(existsSync(join(one.folder, 'metrics-2026w47.db'))).toBe(false)
  expect(one.history.drop({ hours: Date.UTC(2027, 9, 1) })).toEqual([
    'hourly-2027q2.db',
    'hourly-2027q3.db',
  ])
})

test('a cycle that comes late into a sealed file is kept, and its roll-ups join the others', () => {
  const one = openTestHistory()
  const light = (at: number, dbm: number) =>
    one.history.append(onuCycle(at, { onuRxDbm: Float64Array.of(dbm) }))
  light(monday, -10)
  one.history.settle(true)
  light(monday + 5 * minutes, -20)
  one.history.settle(true)
  for (const open of [() => one, () => one.reopen()]) {
    const test = open()
    const read = (to: number) =>
      test.history.readSeries({
        series: onuRef(0),
        metrics: ['onuRxDbm'],
        from: monday,
        to,
        maxPoints: 50,
      })[0]!
    expect([...read(monday + days).avg]).toEqual([-10, -20])
    const year = read(monday + 300 * days)
    expect([year.min[0], year.avg[0], year.max[0]]).toEqual([-20, -15, -10])
  }
})
