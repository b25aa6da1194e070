import { decodeFrame, type Frame } from './frame-codec.ts'
import { encodeGrid } from './grid-codec.ts'
import { encodeHours, hoursTouched, rollUp, type Hours } from './hours-codec.ts'
import { metricById } from './metrics.ts'
import { groupSize, type FrameHead, type ReadingsFile } from './readings-file.ts'
import { readingsOf } from './readings.ts'
import { cutIntoStrips, encodeDirectory } from './strips.ts'
import { encodeTimes } from './times-codec.ts'

/** Cycles per block. */
export const cyclesPerBlock = 96

/** Some milliseconds of encryption. */
const stripsPerStep = 96

/** Work in small steps: each `next()` is some milliseconds. */
export type Work = Generator<undefined, void, undefined>

/**
 * Frames of a metric of a lane become blocks of 64 series, with their hourly roll-ups. The oldest
 * 96 cycles, or all that are left (`rest`). Nothing counts before the last step, which is one
 * transaction.
 */
export function* compact(file: ReadingsFile, lane: number, metricId: number, rest: boolean): Work {
  const metric = metricById(metricId)
  const heads = file.frames(lane, metricId)
  const carried = heads.filter((head) => head.carry).length
  const taken = heads.slice(0, carried + cyclesPerBlock)
  if (taken.length === carried) return
  const frames: Frame[] = []
  for (const { id } of taken) {
    frames.push(decodeFrame(file.frameBytes(id)))
    yield
  }
  const times = timesOf(taken)
  const wall = times.at.subarray(carried)
  const touched = hoursTouched(wall)
  const slots = frames.reduce((most, { values }) => Math.max(most, values.length), 0)
  const blocks: Uint8Array[] = []
  const groups: number[] = []
  const hours: { group: number; bytes: Uint8Array }[] = []
  for (let group = 0; group * groupSize < slots; group++) {
    const grid = gather(frames, group * groupSize, Math.min(groupSize, slots - group * groupSize))
    if (grid === null) continue
    blocks.push(encodeGrid(grid))
    groups.push(group)
    // A metric of a newer build has no roll-up here; its readings are kept all the same.
    if (metric !== undefined) {
      const series = rollUps(metricId, grid, times, carried, touched)
      hours.push({ group, bytes: encodeHours(metricId, series) })
    }
    yield
  }
  const { strips, ends } = cutIntoStrips(blocks)
  const id = file.beginSpan()
  for (let first = 0; first < strips.length; first += stripsPerStep) {
    file.addStrips(id, first, strips.slice(first, first + stripsPerStep))
    yield
  }
  file.commitSpan({
    id,
    lane,
    metric: metricId,
    from: wall.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY),
    to: wall.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY),
    cycles: taken.length,
    carry: carried > 0,
    times: encodeTimes(times),
    directory: encodeDirectory(groups, ends),
    hours,
    frames: taken.map(({ id }) => id),
    keepLast: metric?.form === 'counter',
  })
  yield
  if (rest) yield* compact(file, lane, metricId, rest)
}

const timesOf = (heads: readonly FrameHead[]) => ({
  cycles: Float64Array.from(heads, ({ cycle }) => cycle),
  at: Float64Array.from(heads, ({ at }) => at),
  ticks: Float64Array.from(heads, ({ tick }) => tick),
  partial: heads.some(({ partial }) => partial)
    ? Uint8Array.from(heads, ({ partial }) => (partial ? 1 : 0))
    : null,
})

interface FullGrid {
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
  readonly marks: Uint8Array | null
}

/** null: none of these series has a value. */
const gather = (frames: readonly Frame[], from: number, rows: number): FullGrid | null => {
  const columns = frames.length
  const values = new Float64Array(rows * columns).fill(Number.NaN)
  let marks: Uint8Array | null = null
  let some = false
  for (let column = 0; column < columns; column++) {
    const frame = frames[column]!
    const end = Math.min(from + rows, frame.values.length)
    for (let slot = from, at = column; slot < end; slot++, at += columns) {
      const value = frame.values[slot]!
      if (Number.isNaN(value)) continue
      some = true
      values[at] = value
      const mark = frame.marks?.[slot] ?? 0
      if (mark === 0) continue
      marks ??= new Uint8Array(rows * columns)
      marks[at] = mark
    }
  }
  return some ? { rows, columns, values, marks } : null
}

const rollUps = (
  metricId: number,
  { rows, columns, values, marks }: FullGrid,
  { cycles, at, ticks }: ReturnType<typeof timesOf>,
  carried: number,
  touched: Float64Array,
): Hours[] => {
  const noMarks = new Uint8Array(columns)
  const wall = at.subarray(carried)
  return Array.from({ length: rows }, (_, row) => {
    const readings = readingsOf(metricId, {
      cycles,
      at,
      ticks,
      values: values.subarray(row * columns, (row + 1) * columns),
      marks: marks === null ? noMarks : marks.subarray(row * columns, (row + 1) * columns),
    })
    return rollUp(touched, wall, readings.values.subarray(carried))
  })
}
