import { compact, type Work } from './compact.ts'
import { encodeHours, hourMs, mergeHours, openHours, type Hours } from './hours-codec.ts'
import type { HoursFile } from './hours-file.ts'
import { metricById } from './metrics.ts'
import { groupSize, type HistoryEvent, type ReadingsFile } from './readings-file.ts'

/**
 * The end of a file of readings: what is hot becomes blocks, its roll-ups and events move to the
 * file of the quarter, and the room they took is given back. Killed in between it starts over:
 * what was moved counts from `done` on, and only then goes from the file.
 */
export function* seal(file: ReadingsFile, hoursFile: HoursFile): Work {
  const { name, generation } = { name: file.period.file, generation: file.generation() }
  for (const { lane, metric } of file.laneMetrics('frame')) {
    yield* compact(file, lane, metric, true)
    file.dropCarried(lane, metric)
    yield
  }
  // Also takes back what a killed compaction left.
  file.beginSpan()
  if (!hoursFile.isDone(name, generation)) {
    const { from, to } = file.period
    const perChunk = seriesPerChunk(file)
    const source = hoursFile.begin({ name, generation, from, to, perChunk })
    for (const { lane, metric } of file.laneMetrics('span')) {
      if (metricById(metric) === undefined) continue
      yield* moveHours(file, hoursFile, source, lane, metric, perChunk)
    }
    yield* moveEvents(file, hoursFile, source)
    // A cycle came meanwhile (a clock that was set back): not done, it begins anew some day.
    if (file.laneMetrics('frame').length > 0) return
    hoursFile.done(source)
  }
  file.markSealed()
  yield
  while (file.shrink(64)) yield
}

/** A chunk is read for one series: about as many hours in it, however long the file was written. */
const seriesPerChunk = (file: ReadingsFile): number => {
  const { from, to } = file.reach()
  const hours = Math.max(1, (to - from) / hourMs)
  const wanted = hoursPerChunk / hours
  return Math.min(groupSize, Math.max(1, 2 ** Math.round(Math.log2(wanted))))
}

const hoursPerChunk = 1_400

function* moveHours(
  file: ReadingsFile,
  hoursFile: HoursFile,
  source: number,
  lane: number,
  metric: number,
  perChunk: number,
): Work {
  const spans = file.spans(lane, metric, 0, Number.MAX_SAFE_INTEGER)
  const chunks: { index: number; bytes: Buffer }[] = []
  const groups = new Set(spans.flatMap(({ id }) => file.hoursGroups(id)))
  for (const group of [...groups].toSorted((a, b) => a - b)) {
    const parts: Hours[][] = Array.from({ length: groupSize }, () => [])
    const all: Float64Array[] = []
    for (const { id } of spans) {
      const bytes = file.hoursBlock(id, group)
      if (bytes === undefined) continue
      const reader = openHours(metric, bytes)
      all.push(reader.hours)
      for (let row = 0; row < reader.rows; row++) parts[row]!.push(reader.read(row))
      yield
    }
    const hours = Float64Array.from(new Set(all.flatMap((part) => [...part]))).toSorted()
    const series = parts.map((part) => mergeHours(part, hours))
    for (let first = 0; first < groupSize; first += perChunk) {
      const some = series.slice(first, first + perChunk)
      if (some.every(({ count }) => count.every((one) => one === 0))) continue
      const index = (group * groupSize + first) / perChunk
      chunks.push({ index, bytes: encodeHours(metric, some) })
      yield
    }
  }
  hoursFile.addPart({ source, lane, metric, chunks })
  yield
}

const eventsPerStep = 2_000

function* moveEvents(file: ReadingsFile, hoursFile: HoursFile, source: number): Work {
  let batch: HistoryEvent[] = []
  for (const event of file.allEvents()) {
    batch.push(event)
    if (batch.length < eventsPerStep) continue
    hoursFile.addEvents(source, batch)
    batch = []
    yield
  }
  if (batch.length > 0) hoursFile.addEvents(source, batch)
  yield
}
