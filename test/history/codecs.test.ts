import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BitReader, BitWriter } from '../../src-main/history/bit-stream.ts'
import { decodeFrame, encodeFrame, readFrameSlot } from '../../src-main/history/frame-codec.ts'
import { encodeGrid, openGrid } from '../../src-main/history/grid-codec.ts'
import { encodeHours, mergeHours, openHours } from '../../src-main/history/hours-codec.ts'
import { marks, metrics } from '../../src-main/history/metrics.ts'
import { decodeRate, encodeRate } from '../../src-main/history/rate-scale.ts'
import {
  cutIntoStrips,
  encodeDirectory,
  findInDirectory,
  readStrips,
} from '../../src-main/history/strips.ts'
import { decodeTimes, encodeTimes } from '../../src-main/history/times-codec.ts'
import { isNocturneError } from '../../src-shared/errors.ts'

const seed = 20_261_122

/** What readings look like, and everything else a double can be. */
const anyValue = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -4000, max: 4000 }) },
  { weight: 3, arbitrary: fc.constant(Number.NaN) },
  { weight: 2, arbitrary: fc.maxSafeNat() },
  { weight: 1, arbitrary: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 2 ** 49, 2 ** 49 + 1, -(2 ** 49), 2 ** 64, 255) },
)
const anyMark = fc.oneof(
  { weight: 20, arbitrary: fc.constant(marks.none) },
  { weight: 1, arbitrary: fc.constantFrom(marks.reset, marks.wrap32, marks.wrap64) },
)

const anyGrid = fc
  .record({ rows: fc.integer({ min: 0, max: 70 }), columns: fc.integer({ min: 0, max: 30 }) })
  .chain(({ rows, columns }) => {
    const size = { minLength: rows * columns, maxLength: rows * columns }
    return fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      values: fc.array(anyValue, size).map((values) => Float64Array.from(values)),
      marks: fc.option(fc.array(anyMark, size).map((values) => Uint8Array.from(values))),
    })
  })

const expectSame = (found: Float64Array, wanted: Float64Array): void => {
  // Bit by bit: -0 is not 0, and every NaN means the same.
  for (let index = 0; index < wanted.length; index++) {
    if (!Object.is(found[index], wanted[index])) {
      expect.fail(`place ${index}: ${found[index]} in place of ${wanted[index]}`)
    }
  }
  expect(found.length).toBe(wanted.length)
}

test('bits of any width come back', () => {
  const field = fc
    .integer({ min: 1, max: 53 })
    .chain((bits) => fc.record({ bits: fc.constant(bits), value: fc.maxSafeNat() }))
    .map(({ bits, value }) => ({ bits, value: value % 2 ** bits }))
  fc.assert(
    fc.property(fc.array(field, { maxLength: 60 }), fc.double(), (fields, double) => {
      const writer = new BitWriter(0)
      for (const { bits, value } of fields) writer.write(value, bits)
      writer.writeDouble(double)
      const reader = new BitReader(writer.finish())
      for (const { bits, value } of fields) expect(reader.read(bits)).toBe(value)
      expect(reader.readDouble()).toBe(double)
    }),
    { seed },
  )
})

test('a grid of any doubles, gaps and marks comes back bit by bit, row by row in any order', () => {
  fc.assert(
    fc.property(anyGrid, (grid) => {
      const { rows, columns, values } = grid
      const reader = openGrid(encodeGrid(grid))
      expect([reader.rows, reader.columns]).toEqual([rows, columns])
      for (let row = rows - 1; row >= 0; row--) {
        const found = new Float64Array(columns)
        const foundMarks = new Uint8Array(columns)
        reader.readRow(row, found, foundMarks)
        const wanted = values.subarray(row * columns, (row + 1) * columns)
        expectSame(found, wanted)
        // A mark says something of a value: where there is none, there is no mark.
        const wantedMarks = Uint8Array.from(wanted, (value, column) =>
          Number.isNaN(value) ? 0 : (grid.marks?.[row * columns + column] ?? 0),
        )
        expect(foundMarks).toEqual(wantedMarks)
      }
    }),
    { seed, numRuns: 300 },
  )
})

test('a row of each shape comes back: constant, noise, rising, falling, steep, with resets', () => {
  const columns = 97
  const shapes: ((column: number) => number)[] = [
    () => 1,
    (column) => -2100 + ((column * 7919) % 31),
    (column) => 1e12 + column * 123_456_789,
    (column) => 5e9 - column * 1000,
    (column) => column ** 5,
    (column) => (column < 50 ? 4e9 + column * 1e6 : (column - 50) * 1e6),
    (column) => (column % 3 === 0 ? Number.NaN : column),
    (column) => (column % 2 === 0 ? -(2 ** 49) : 2 ** 49),
  ]
  const values = Float64Array.from({ length: columns * shapes.length }, (_, at) =>
    shapes[Math.floor(at / columns)]!(at % columns),
  )
  const marked = new Uint8Array(values.length)
  marked[5 * columns + 50] = marks.wrap32
  const reader = openGrid(encodeGrid({ rows: shapes.length, columns, values, marks: marked }))
  for (let row = 0; row < shapes.length; row++) {
    const found = new Float64Array(columns)
    reader.readRow(row, found)
    expectSame(found, values.subarray(row * columns, (row + 1) * columns))
  }
})

test('a frame of any doubles, gaps and marks comes back, whole and slot by slot', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(anyValue, anyMark), { maxLength: 300 }), (slots) => {
      const values = Float64Array.from(slots, ([value]) => value)
      const marked = Uint8Array.from(slots, ([value, mark]) => (Number.isNaN(value) ? 0 : mark))
      const bytes = encodeFrame({ values, marks: marked })
      const found = decodeFrame(bytes)
      expectSame(found.values, values)
      expect(found.marks ?? new Uint8Array(values.length)).toEqual(marked)
      for (let slot = 0; slot < values.length; slot++) {
        expect(readFrameSlot(bytes, slot)).toEqual({ value: values[slot], mark: marked[slot] })
      }
      expect(readFrameSlot(bytes, values.length)).toEqual({ value: Number.NaN, mark: 0 })
    }),
    { seed },
  )
})

test('frames take what their values need: a byte of a state, two of a power, six of a counter', () => {
  const sizeOf = (value: number) =>
    encodeFrame({ values: new Float64Array(800).fill(value), marks: null }).length - 12 - 100
  expect([sizeOf(1), sizeOf(-2824), sizeOf(5e12)].map((size) => size / 800)).toEqual([1, 2, 6])
})

test('cut or changed bytes are refused as damage, or read as something, and never crash', () => {
  const grid = encodeGrid({
    rows: 8,
    columns: 12,
    values: Float64Array.from({ length: 96 }, (_, at) => at * 1000),
    marks: null,
  })
  const frame = encodeFrame({
    values: Float64Array.from({ length: 96 }, (_, at) => at * 1000),
    marks: null,
  })
  const survive = (run: () => unknown): void => {
    try {
      run()
    } catch (error) {
      if (!isNocturneError(error) || error.code !== 'store-damaged') throw error
    }
  }
  const change = fc.record({ at: fc.nat(600), bits: fc.integer({ min: 1, max: 255 }) })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.nat(600), (changes, length) => {
      for (const original of [grid, frame]) {
        const bytes = Buffer.from(original.subarray(0, length))
        for (const { at, bits } of changes) if (at < bytes.length) bytes[at]! ^= bits
        survive(() => decodeFrame(bytes))
        survive(() => {
          const reader = openGrid(bytes)
          const row = new Float64Array(reader.columns)
          for (let index = 0; index < Math.min(20, reader.rows); index++) reader.readRow(index, row)
        })
      }
    }),
    { seed, numRuns: 2_000 },
  )
})

test('times of cycles come back, also those of a clock that jumps', () => {
  const time = fc.record({
    cycle: fc.integer({ min: 1, max: 1_000_000 }).map((run) => run * 2 ** 32),
    at: fc.integer({ min: 0, max: Date.UTC(9000, 0, 1) }),
    tick: fc.double({ min: 0, max: 1e12, noNaN: true }),
    partial: fc.integer({ min: 0, max: 1 }),
  })
  fc.assert(
    fc.property(fc.array(time, { maxLength: 97 }), (times) => {
      const wanted = {
        cycles: Float64Array.from(times, ({ cycle }) => cycle),
        at: Float64Array.from(times, ({ at }) => at),
        ticks: Float64Array.from(times, ({ tick }) => tick),
        partial: times.some(({ partial }) => partial === 1)
          ? Uint8Array.from(times, ({ partial }) => partial)
          : null,
      }
      const found = decodeTimes(encodeTimes(wanted))
      expectSame(found.cycles, wanted.cycles)
      expectSame(found.at, wanted.at)
      expectSame(found.ticks, wanted.ticks)
      expect(found.partial).toEqual(wanted.partial)
    }),
    { seed },
  )
})

test('rates of roll-ups are within a fifth of a percent, and keep their order', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      fc.double({ min: 0, max: 1e9, noNaN: true }),
      (one, other) => {
        expect(Math.abs(decodeRate(encodeRate(one)) - one)).toBeLessThanOrEqual(
          Math.max(0.05, one * 0.002),
        )
        if (one <= other) expect(encodeRate(one)).toBeLessThanOrEqual(encodeRate(other))
      },
    ),
    { seed },
  )
})

test('roll-ups come back within their scale, and none stays none', () => {
  const reading = fc.option(fc.integer({ min: -4000, max: 800 }))
  fc.assert(
    fc.property(
      fc.array(fc.array(reading, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 9 }),
      (rows) => {
        const series = rows.map((row) => ({
          hours: Float64Array.of(494_000, 494_001, 494_003, 494_010, 494_167),
          min: Float64Array.from(row, (value) => (value ?? Number.NaN) / 100 - 1),
          avg: Float64Array.from(row, (value) => (value ?? Number.NaN) / 100),
          max: Float64Array.from(row, (value) => (value ?? Number.NaN) / 100 + 0.5),
          count: Float64Array.from(row, (value) => (value === null ? 0 : 12)),
        }))
        const reader = openHours(metrics.onuRxDbm.id, encodeHours(metrics.onuRxDbm.id, series))
        series.forEach((wanted, row) => {
          const found = reader.read(row)
          expect(found.hours).toEqual(wanted.hours)
          expect(found.count).toEqual(wanted.count)
          for (const column of ['min', 'avg', 'max'] as const) {
            found[column].forEach((value, index) => {
              if (wanted.count[index] === 0) expect(value).toBeNaN()
              else expect(value).toBeCloseTo(wanted[column][index]!, 6)
            })
          }
        })
      },
    ),
    { seed },
  )
})

test('parts of an hour that fell into two blocks are one hour again', () => {
  const part = (hour: number, min: number, avg: number, max: number, count: number) => ({
    hours: Float64Array.of(hour),
    min: Float64Array.of(min),
    avg: Float64Array.of(avg),
    max: Float64Array.of(max),
    count: Float64Array.of(count),
  })
  expect(mergeHours([part(9, -3, 1, 4, 2), part(8, 0, 0, 0, 1), part(9, -9, 4, 5, 4)])).toEqual({
    hours: Float64Array.of(8, 9),
    min: Float64Array.of(0, -9),
    avg: Float64Array.of(0, 3),
    max: Float64Array.of(0, 5),
    count: Float64Array.of(1, 6),
  })
})

test('every part of a stream of strips is found again, and any slice of it', () => {
  const part = fc
    .tuple(fc.nat(20_000), fc.integer({ min: 0, max: 255 }))
    .map(([length, fill]) => Buffer.alloc(length, fill))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.double({ min: 0, max: 1 }), (parts, share) => {
      const { strips, ends } = cutIntoStrips(parts)
      const numbers = parts.map((_, index) => index * 3 + 1)
      const directory = encodeDirectory(numbers, ends)
      parts.forEach((wanted, index) => {
        const place = findInDirectory(directory, index * 3 + 1)!
        const from = place.start + Math.floor(share * wanted.length)
        const found = readStrips(from, place.end, (strip) => strips[strip]) ?? Buffer.alloc(0)
        const slice = wanted.subarray(from - place.start)
        expect(slice.length === 0 || found.equals(slice)).toBe(true)
        expect(findInDirectory(directory, index * 3 + 2)).toBeNull()
      })
    }),
    { seed, numRuns: 50 },
  )
})
