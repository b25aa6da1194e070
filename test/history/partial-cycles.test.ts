import { expect, test } from 'vitest'
import {
  addressesOf,
  hours,
  minutes,
  monday,
  onuCycle,
  onuRef,
  openTestHistory,
  type TestHistory,
} from '../support/history-folder.ts'

/** A cycle that asked for the second ONU alone, as a look at one PON port does. */
const look = (test: TestHistory, at: number, state: number): void =>
  test.history.append({
    ...onuCycle(at, { state: Uint8Array.of(state) }),
    addresses: addressesOf(2).subarray(1),
    partial: true,
  })

const samplesOf = (test: TestHistory, index: number) => {
  const [states] = test.history.readSamples({
    series: onuRef(index),
    metrics: ['state'],
    from: monday,
    to: monday + hours,
  })
  return [...states!.at].map((at, place) => [(at - monday) / minutes, states!.values[place]])
}

test('a cycle that asked for others is no gap of a series, hot or in a block', () => {
  const one = openTestHistory()
  const round = (minute: number) =>
    one.history.append(onuCycle(monday + minute * minutes, { state: Uint8Array.of(1, 1) }))
  round(0)
  look(one, monday + 0.5 * minutes, 2)
  round(1)
  // A round that asked for all and lacks one is a gap of that one.
  one.history.append({
    ...onuCycle(monday + 2 * minutes, { state: Uint8Array.of(1) }),
    addresses: addressesOf(1),
  })
  look(one, monday + 2.5 * minutes, 1)
  const check = (test: TestHistory): void => {
    expect(samplesOf(test, 0)).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
    ])
    expect(samplesOf(test, 1)).toEqual([
      [0, 1],
      [0.5, 2],
      [1, 1],
      [2, Number.NaN],
      [2.5, 1],
    ])
  }
  check(one)
  const again = one.reopen()
  check(again)
  again.history.settle(true)
  check(again)
  check(again.reopen())
})

test('where nothing was read for a while the state is unknown, not the last one', () => {
  const { history } = openTestHistory()
  for (const minute of [0, 1, 2, 60, 61]) {
    history.append(onuCycle(monday + minute * minutes, { state: Uint8Array.of(1) }))
  }
  const states = history.readStates({ series: onuRef(0), from: monday, to: monday + 2 * hours })
  expect([...states.at].map((at) => (at - monday) / minutes)).toEqual([0, 3, 60, 62])
  expect([...states.states]).toEqual([1, 0, 1, 0])
  // Up to the last reading there is nothing to be in doubt about.
  const recent = history.readStates({ series: onuRef(0), from: monday, to: monday + 62 * minutes })
  expect([...recent.states]).toEqual([1, 0, 1])
})

test('an OLT that is asked less often for a while has no gaps for that', () => {
  const { history } = openTestHistory()
  const at = [...Array(60).keys()]
  for (let minute = 65; minute <= 120; minute += 5) at.push(minute)
  // Asleep for half an hour, and once more: these are gaps.
  at.push(150, 151, 152, 153, 183, 184, 185)
  at.forEach((minute, index) =>
    history.append(
      onuCycle(monday + minute * minutes, {
        state: Uint8Array.of(1),
        upBytes: Float64Array.of(minute * 7_500 + (index === 0 ? 0 : 1)),
      }),
    ),
  )
  const range = { series: onuRef(0), from: monday, to: monday + 185 * minutes }
  const check = (maxPoints: number): void => {
    for (const series of history.readSeries({
      ...range,
      metrics: ['state', 'upBytes'],
      maxPoints,
    })) {
      const gaps = [...series.at].filter((_, index) => Number.isNaN(series.avg[index]!))
      const from = gaps.map((time) => (time - monday) / minutes)
      expect(from).toHaveLength(2)
      expect(from[0]).toBeGreaterThan(120)
      expect(from[1]).toBeGreaterThan(153)
    }
  }
  check(1_000)
  const states = history.readStates(range)
  expect([...states.at].map((time) => (time - monday) / minutes)).toEqual([0, 121, 150, 154, 183])
  history.settle(true)
  check(1_000)
})

test('a counter above 2^53 octets is kept to a few octets, and its rates are right', () => {
  const { history } = openTestHistory()
  const from = 2 ** 60
  for (let index = 0; index < 4; index++) {
    history.append(
      onuCycle(monday + index * 5 * minutes, {
        upBytes: Float64Array.of(from + index * 37_500_000),
      }),
    )
  }
  const check = (): void => {
    const range = { series: onuRef(0), from: monday, to: monday + hours }
    const [up] = history.readSeries({ ...range, metrics: ['upBytes'], maxPoints: 100 })
    for (const kbps of [...up!.avg].filter((one) => !Number.isNaN(one))) {
      expect(Math.abs(kbps - 1000)).toBeLessThan(0.02)
    }
    const [raw] = history.readSamples({ ...range, metrics: ['upBytes'] })
    expect(Math.abs(raw!.values.at(-1)! - (from + 112_500_000))).toBeLessThanOrEqual(256)
  }
  check()
  history.settle(true)
  check()
})
