import fc from 'fast-check'
import { expect, test } from 'vitest'
import { marks } from '../../src-main/history/metrics.ts'
import { seededRandom } from '../support/seeded-random.ts'
import {
  days,
  hours,
  minutes,
  monday,
  onuCycle,
  onuRef,
  openTestHistory,
  type TestHistory,
} from '../support/history-folder.ts'

const allMetrics = ['state', 'onuRxDbm', 'upBytes'] as const

/** Cycles of 130 ONUs with noise, gaps, an outage, resets: the same from the same seed. */
const fill = (test: TestHistory, from: number, cycles: number, seed: number): void => {
  const random = seededRandom(seed)
  const onus = 130
  const bytes = Float64Array.from({ length: onus }, () => Math.floor(random() * 1e10))
  for (let cycle = 0; cycle < cycles; cycle++) {
    const at = from + cycle * 5 * minutes
    test.clock.now = at
    // An hour without a cycle.
    if (cycle >= 40 && cycle < 52) continue
    for (let index = 0; index < onus; index++) {
      bytes[index]! += Math.floor(random() * 1e9)
      if (random() < 0.01) bytes[index] = Math.floor(random() * 1e6)
    }
    const sparse = (value: number) => (random() < 0.05 ? Number.NaN : value)
    test.history.append(
      onuCycle(at, {
        state: Uint8Array.from({ length: onus }, () => (random() < 0.02 ? 2 : 1)),
        onuRxDbm: Float64Array.from({ length: onus }, () =>
          sparse(Math.round(-2000 + random() * 40) / 100),
        ),
        upBytes: bytes.map(sparse),
      }),
    )
  }
}

const readAll = ({ history }: TestHistory, from: number, to: number) =>
  [0, 63, 64, 129].map((index) => ({
    samples: history.readSamples({ series: onuRef(index), metrics: allMetrics, from, to }),
    series: history.readSeries({
      series: onuRef(index),
      metrics: allMetrics,
      from,
      to,
      maxPoints: 4000,
    }),
    states: history.readStates({ series: onuRef(index), from, to }),
  }))

test('frames, blocks and sealed files give the same readings, to the last bit', () => {
  const one = openTestHistory()
  fill(one, monday, 250, 1)
  const ranges = [
    [monday, monday + days],
    [monday + 3 * hours, monday + 9 * hours + 1],
  ] as const
  const asFrames = ranges.map(([from, to]) => readAll(one, from, to))
  expect(asFrames[0]![0]!.samples[1]!.at).toHaveLength(238)
  one.history.settle()
  expect(ranges.map(([from, to]) => readAll(one, from, to))).toEqual(asFrames)
  one.history.settle(true)
  expect(one.history.stats().files.map(({ sealed }) => sealed)).toContain(true)
  expect(ranges.map(([from, to]) => readAll(one, from, to))).toEqual(asFrames)
  const again = one.reopen()
  expect(ranges.map(([from, to]) => readAll(again, from, to))).toEqual(asFrames)
})

test('hours are the same from frames, blocks and the file of the quarter, and after it is alone', () => {
  const one = openTestHistory()
  fill(one, monday, 600, 2)
  const range = { from: monday - 10 * days, to: monday + 10 * days, maxPoints: 4000 }
  const read = () =>
    [0, 129].map((index) =>
      one.history.readSeries({ series: onuRef(index), metrics: allMetrics, ...range }),
    )
  const expectClose = (found: ReturnType<typeof read>, wanted: ReturnType<typeof read>): void => {
    found.forEach((series, place) =>
      series.forEach((metric, index) => {
        const other = wanted[place]![index]!
        expect(metric.resolution).toBe('hours')
        expect(metric.at).toEqual(other.at)
        for (const column of ['min', 'avg', 'max'] as const) {
          metric[column].forEach((value, at) => {
            const exact = other[column][at]!
            // Roll-ups keep hundredths of a dB, thousandths of a share, 0.2 % of a rate; twice over.
            const slack = metric.metric === 'upBytes' ? Math.abs(exact) * 0.01 + 0.2 : 0.012
            if (Number.isNaN(exact)) expect(value).toBeNaN()
            else expect(Math.abs(value - exact)).toBeLessThanOrEqual(slack)
          })
        }
      }),
    )
  }
  const asFrames = read()
  expect(asFrames[0]![1]!.at.length).toBeGreaterThan(45)
  one.history.settle()
  expectClose(read(), asFrames)
  one.history.settle(true)
  const sealed = read()
  expectClose(sealed, asFrames)
  expect(one.history.drop({ readings: monday + 7 * days })).toEqual(['metrics-2026w47.db'])
  expect(read()).toEqual(sealed)
  // A short range that has lost its readings shows the hours in their place.
  const short = one.history.readSeries({
    series: onuRef(0),
    metrics: ['onuRxDbm'],
    from: monday,
    to: monday + 6 * hours - 1,
    maxPoints: 500,
  })[0]!
  expect(short.avg.filter((value) => !Number.isNaN(value))).toHaveLength(6)
})

test('what never was, is no point: an unknown ONU, a metric that was not read, another time', () => {
  const { history } = openTestHistory()
  history.append(onuCycle(monday, { state: Uint8Array.of(1) }))
  const range = { from: monday, to: monday + days, maxPoints: 100 }
  const read = (series: ReturnType<typeof onuRef>, metric: 'state' | 'onuRxDbm') =>
    history.readSeries({ series, metrics: [metric], ...range })[0]!.at.length
  expect(read(onuRef(5), 'state')).toBe(0)
  expect(read(onuRef(0), 'onuRxDbm')).toBe(0)
  expect(read(onuRef(0), 'state')).toBe(1)
  expect(read({ ...onuRef(0), oltId: 'olt-2' }, 'state')).toBe(0)
})

test('a missing hour and a missing value are gaps, each one NaN', () => {
  const { history } = openTestHistory()
  const values = [-20, -21, Number.NaN, Number.NaN, -22, -23]
  values.forEach((value, index) => {
    const at = monday + index * 5 * minutes + (index >= 5 ? hours : 0)
    history.append(onuCycle(at, { onuRxDbm: Float64Array.of(value) }))
  })
  const [light] = history.readSeries({
    series: onuRef(0),
    metrics: ['onuRxDbm'],
    from: monday,
    to: monday + days,
    maxPoints: 100,
  })
  expect([...light!.avg]).toEqual([-20, -21, Number.NaN, -22, Number.NaN, -23])
  expect(light!.at.every((at, index) => index === 0 || at > light!.at[index - 1]!)).toBe(true)
})

test('a counter is a rate; a reset is a gap with its time, a wrap of 32 bits is none', () => {
  const { history } = openTestHistory()
  const octets = [4e9, 4.2e9, 4.2e9 + 2e8 - 2 ** 32, 5e8, 1e3, 3.75e7 + 1e3]
  octets.forEach((value, index) =>
    history.append(
      onuCycle(
        monday + index * 5 * minutes,
        { downBytes: Float64Array.of(value) },
        { counterBits: 32 },
      ),
    ),
  )
  const range = { series: onuRef(0), from: monday, to: monday + days }
  const check = (): void => {
    const [traffic] = history.readSeries({ ...range, metrics: ['downBytes'], maxPoints: 100 })
    const rates = [...traffic!.avg].map((kbps) => Math.round(kbps))
    expect(rates).toEqual([
      5333,
      5333,
      Math.round(((5e8 - 105_032_704) * 8) / 3e5),
      Number.NaN,
      1000,
    ])
    expect([...traffic!.resets]).toEqual([monday + 20 * minutes])
    const [raw] = history.readSamples({ ...range, metrics: ['downBytes'] })
    expect([...raw!.values]).toEqual(octets)
    expect([...raw!.marks]).toEqual([0, 0, marks.wrap32, 0, marks.reset, 0])
  }
  check()
  history.settle(true)
  check()
})

test('a restart of the OLT marks counters as begun anew even where they are greater', () => {
  const { history } = openTestHistory()
  const at = (index: number) => monday + index * 5 * minutes
  history.append(onuCycle(at(0), { upBytes: Float64Array.of(10) }))
  history.append(onuCycle(at(1), { upBytes: Float64Array.of(5000) }, { restarted: true }))
  const [up] = history.readSamples({
    series: onuRef(0),
    metrics: ['upBytes'],
    from: monday,
    to: at(1),
  })
  expect([...up!.marks]).toEqual([marks.none, marks.reset])
})

test('a rate goes on over a new file, a restart of the history and a compaction', () => {
  const one = openTestHistory()
  const sunday = monday + 7 * days - 20 * minutes
  const step = (test: TestHistory, index: number): void => {
    test.clock.now = sunday + index * 5 * minutes
    test.history.append(onuCycle(test.clock.now, { upBytes: Float64Array.of(index * 37_500) }))
  }
  for (let index = 0; index < 3; index++) step(one, index)
  const two = one.reopen()
  for (let index = 3; index < 8; index++) step(two, index)
  two.clock.now += days
  two.history.settle()
  const [up] = two.history.readSeries({
    series: onuRef(0),
    metrics: ['upBytes'],
    from: sunday,
    to: sunday + days,
    maxPoints: 100,
  })
  expect(two.history.stats().files.map(({ file, sealed }) => [file, sealed])).toEqual([
    ['metrics-2026w47.db', true],
    ['metrics-2026w48.db', false],
    ['hourly-2026q4.db', false],
  ])
  expect([...up!.avg]).toEqual([1, 1, 1, 1, 1, 1, 1])
})

test('a clock that is set back and forward keeps every cycle, and no rate is invented', () => {
  const one = openTestHistory()
  const { history } = one
  // Wall minutes: on, an hour back over midnight of Sunday, and years ahead for one cycle.
  const walls = [0, 5, 10, -55, -50, -45, 2_000_000, -40, 15, 20]
  walls.forEach((wall, index) => {
    one.clock.now = monday + wall * minutes
    history.append(
      onuCycle(
        one.clock.now,
        { upBytes: Float64Array.of(index * 37_500), onuRxDbm: Float64Array.of(-index) },
        { monotonic: index * 5 * minutes },
      ),
    )
    history.settle()
  })
  one.clock.now = monday + 40 * minutes
  history.settle()
  const read = (test: TestHistory) =>
    test.history.readSamples({
      series: onuRef(0),
      metrics: ['onuRxDbm', 'upBytes'],
      from: monday - days,
      to: monday + 10_000 * days,
    })
  const [light] = read(one)
  // In the order of the cycles, each with the wall time that it had.
  expect([...light!.values]).toEqual(walls.map((_, index) => (index === 0 ? 0 : -index)))
  expect([...light!.at]).toEqual(walls.map((wall) => monday + wall * minutes))
  const [, up] = history.readSeries({
    series: onuRef(0),
    metrics: ['onuRxDbm', 'upBytes'],
    from: monday - hours,
    to: monday + hours,
    maxPoints: 100,
  })
  const rates = [...up!.avg].filter((rate) => !Number.isNaN(rate))
  for (const rate of rates) expect(rate).toBeLessThanOrEqual(1.0001)
  expect(up!.at.every((at, index) => index === 0 || at >= up!.at[index - 1]!)).toBe(true)
  history.settle(true)
  expect(read(one)).toEqual(read(one.reopen()))
})

test('an ONU that is exchanged is another series, and the one before it is still there', () => {
  const one = openTestHistory()
  const cycle = (index: number, serials: (string | null)[] | undefined, light: number): void => {
    one.history.append(
      onuCycle(
        monday + index * 5 * minutes,
        { onuRxDbm: Float64Array.of(light) },
        serials === undefined ? {} : { serials },
      ),
    )
  }
  cycle(0, undefined, -10)
  // Its serial number becomes known: the same ONU.
  cycle(1, ['HWTC00000001'], -11)
  cycle(2, [null], -12)
  cycle(3, ['HWTC00000002'], -20)
  cycle(4, undefined, -21)
  // The first one comes back.
  cycle(5, ['HWTC00000001'], -13)
  const read = (test: TestHistory, serial?: string) => [
    ...test.history.readSamples({
      series: onuRef(0, serial),
      metrics: ['onuRxDbm'],
      from: monday,
      to: monday + days,
    })[0]!.values,
  ]
  const present = (values: number[]) => values.filter((value) => !Number.isNaN(value))
  for (const open of [() => one, () => one.reopen()]) {
    const test = open()
    expect(present(read(test))).toEqual([-10, -11, -12, -13])
    expect(present(read(test, 'HWTC00000002'))).toEqual([-20, -21])
    expect(read(test, 'HWTC00000003')).toEqual([])
    const found = test.history.find({ serial: 'HWTC00000002' })
    expect(found).toMatchObject([
      { oltId: 'olt-1', kind: 'onu', current: false, address: onuRef(0).address },
    ])
    expect(test.history.find({ oltId: 'olt-1' })).toHaveLength(2)
  }
})

test('decimated, a series keeps its extremes and its range, whatever its width', () => {
  const { history } = openTestHistory()
  const random = seededRandom(9)
  const values = Array.from({ length: 400 }, () => Math.round(random() * -3000) / 100)
  values.forEach((value, index) =>
    history.append(onuCycle(monday + index * minutes, { onuRxDbm: Float64Array.of(value) })),
  )
  const to = monday + 400 * minutes
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 0, max: 300 }),
      (maxPoints, first) => {
        const from = monday + first * minutes
        const [light] = history.readSeries({
          series: onuRef(0),
          metrics: ['onuRxDbm'],
          from,
          to,
          maxPoints,
        })
        const wanted = values.slice(first)
        expect(light!.at.length).toBeLessThanOrEqual(maxPoints)
        expect(Math.min(...light!.min)).toBe(Math.min(...wanted))
        expect(Math.max(...light!.max)).toBe(Math.max(...wanted))
        light!.avg.forEach((avg, index) => {
          expect(avg).toBeGreaterThanOrEqual(light!.min[index]! - 1e-9)
          expect(avg).toBeLessThanOrEqual(light!.max[index]! + 1e-9)
        })
      },
    ),
    { seed: 3, numRuns: 60 },
  )
})
