import type { FileSet } from './file-set.ts'
import { readFrameSlot } from './frame-codec.ts'
import { openGridFrom } from './grid-codec.ts'
import { hourMs, hoursTouched, openHours, rollUp, type Hours } from './hours-codec.ts'
import type { HoursFile } from './hours-file.ts'
import { groupSize, type ReadingsFile } from './readings-file.ts'
import { pickDoubles } from './pick.ts'
import { readingsOf, type Samples } from './readings.ts'

/** One metric of one series. */
export interface SeriesKey {
  readonly lane: number
  readonly slot: number
  readonly metric: number
}

/** The samples of a series that fall into the range, and the one before it where it is known. */
export const samplesBetween = (
  files: Iterable<ReadingsFile>,
  key: SeriesKey,
  from: number,
  to: number,
): Samples => {
  const parts: Samples[] = []
  for (const file of files) parts.push(...partsOf(file, key, from, to))
  return joined(parts)
}

const partsOf = (file: ReadingsFile, key: SeriesKey, from: number, to: number): Samples[] => {
  const { lane, metric, slot } = key
  const parts: Samples[] = []
  const group = Math.floor(slot / groupSize)
  for (const span of file.spans(lane, metric, from, to)) {
    const { cycles, at, ticks, partial, columns } = span
    const values = new Float64Array(columns).fill(Number.NaN)
    const marks = new Uint8Array(columns)
    const bytes = file.block(span, group)
    if (bytes !== undefined) {
      const grid = openGridFrom(bytes)
      if (slot % groupSize < grid.rows) grid.readRow(slot % groupSize, values, marks)
    }
    parts.push(asked({ cycles, at, ticks, values, marks }, partial))
  }
  const hot = hotSamples(file, key, from, to)
  if (hot !== null) parts.push(hot)
  return parts
}

const hotSamples = (
  file: ReadingsFile,
  { lane, metric, slot }: SeriesKey,
  from: number,
  to: number,
): Samples | null => {
  if (file.hotCount(lane, metric) === 0) return null
  const frames = file.hotFrames(lane, metric, from, to)
  if (frames.length === 0) return null
  const read = frames.map(({ bytes }) => readFrameSlot(bytes, slot))
  const samples = {
    cycles: Float64Array.from(frames, ({ cycle }) => cycle),
    at: Float64Array.from(frames, ({ at }) => at),
    ticks: Float64Array.from(frames, ({ tick }) => tick),
    values: Float64Array.from(read, ({ value }) => value),
    marks: Uint8Array.from(read, ({ mark }) => mark),
  }
  const partial = frames.some((frame) => frame.partial)
    ? Uint8Array.from(frames, (frame) => (frame.partial ? 1 : 0))
    : null
  return asked(samples, partial)
}

/** A cycle that asked for others is none of this series. */
const asked = (samples: Samples, partial: Uint8Array | null): Samples => {
  if (partial === null) return samples
  const { values } = samples
  const kept = Int32Array.from(values.keys()).filter(
    (index) => partial[index] === 0 || !Number.isNaN(values[index]!),
  )
  return kept.length === values.length ? samples : picked(samples, kept)
}

const picked = (samples: Samples, places: Int32Array): Samples => ({
  cycles: pickDoubles(samples.cycles, places),
  at: pickDoubles(samples.at, places),
  ticks: pickDoubles(samples.ticks, places),
  values: pickDoubles(samples.values, places),
  marks: Uint8Array.from(places, (index) => samples.marks[index]!),
})

/** In order of cycle, each once: the last of a part is carried into the next. */
const joined = (parts: readonly Samples[]): Samples => {
  const all = concatenated(parts)
  const { cycles } = all
  let ascending = true
  for (let index = 1; index < cycles.length && ascending; index++) {
    ascending = cycles[index - 1]! < cycles[index]!
  }
  if (ascending) return all
  // A carried sample is here twice; a clock that was set back makes files overlap.
  const order = Int32Array.from(cycles.keys())
  order.sort((a, b) => cycles[a]! - cycles[b]! || a - b)
  const kept = order.filter(
    (index, place) => place === 0 || cycles[order[place - 1]!]! !== cycles[index]!,
  )
  return picked(all, kept)
}

const concatenated = (parts: readonly Samples[]): Samples => {
  const only = parts.length === 1 ? parts[0] : undefined
  if (only !== undefined) return only
  const total = parts.reduce((sum, { cycles }) => sum + cycles.length, 0)
  const all = {
    cycles: new Float64Array(total),
    at: new Float64Array(total),
    ticks: new Float64Array(total),
    values: new Float64Array(total),
    marks: new Uint8Array(total),
  }
  let used = 0
  for (const part of parts) {
    // The usual case of a carried sample, so that nothing has to be sorted for it.
    const twice = used > 0 && all.cycles[used - 1] === part.cycles[0]
    const from = twice ? 1 : 0
    all.cycles.set(part.cycles.subarray(from), used)
    all.at.set(part.at.subarray(from), used)
    all.ticks.set(part.ticks.subarray(from), used)
    all.values.set(part.values.subarray(from), used)
    all.marks.set(part.marks.subarray(from), used)
    used += part.cycles.length - from
  }
  return {
    cycles: all.cycles.subarray(0, used),
    at: all.at.subarray(0, used),
    ticks: all.ticks.subarray(0, used),
    values: all.values.subarray(0, used),
    marks: all.marks.subarray(0, used),
  }
}

/** Roll-ups that a file of readings still holds itself, and those of its hot frames. */
export const hoursOfReadings = (
  file: ReadingsFile,
  key: SeriesKey,
  from: number,
  to: number,
): Hours[] => {
  const { lane, metric, slot } = key
  const group = Math.floor(slot / groupSize)
  const parts: Hours[] = []
  for (const span of file.spans(lane, metric, from, to)) {
    const bytes = file.hoursBlock(span.id, group)
    if (bytes !== undefined) parts.push(openHours(metric, bytes).read(slot % groupSize))
  }
  const hot = hotSamples(file, key, from, to)
  if (hot !== null) {
    const { at, values } = readingsOf(metric, hot)
    // A carried counter has no rate of its own here, so it is not counted twice.
    parts.push(rollUp(hoursTouched(at), at, values))
  }
  return parts
}

/** Roll-ups of sealed files; `except` says which are not wanted. */
export const hoursOfQuarters = (
  quarters: readonly HoursFile[],
  { lane, metric, slot }: SeriesKey,
  from: number,
  to: number,
  except: (readingsFile: string) => boolean,
): Hours[] =>
  quarters.flatMap((quarter) =>
    quarter.sources().flatMap((source) => {
      if (source.from > to || source.to <= from || except(source.name)) return []
      const chunk = quarter.chunkOf(source, lane, metric, slot)
      return chunk === null ? [] : [openHours(metric, chunk.bytes).read(chunk.row)]
    }),
  )

/** Roll-ups over the range, wherever they lie. */
export const hoursBetween = (
  files: FileSet,
  key: SeriesKey,
  from: number,
  to: number,
): readonly Hours[] => {
  const least = Math.floor(from / hourMs) * hourMs
  return [
    ...hoursOfQuarters(files.hoursOverlapping(least, to), key, least, to, () => false),
    ...files
      .unsealedOverlapping(least, to)
      .flatMap((file) => hoursOfReadings(file, key, least, to)),
  ]
}
