import type { Catalogue, Lane } from './catalogue.ts'
import { checkCycle, type Cycle } from './cycle.ts'
import type { FileSet } from './file-set.ts'
import { decodeFrame, encodeFrame } from './frame-codec.ts'
import { withHistoryErrors } from './history-errors.ts'
import { markOf, metricIdLimit, metrics, type MetricName } from './metrics.ts'
import { cyclesPerRun } from './readings.ts'
import type { CycleStamp, HistoryEvent, NewFrame, ReadingsFile } from './readings-file.ts'

/** Cycles in: one transaction each, all of it or nothing. */
export interface CycleWriter {
  /** Returns how many samples it had. Throws as History.append does. */
  readonly append: (cycle: Cycle) => number
  /** The file that the last cycle went to. */
  readonly writing: () => ReadingsFile | null
  /** It is sealed: nothing goes to it as a matter of course. */
  readonly forget: (file: ReadingsFile) => void
}

interface LastCounter {
  /** The last known of each slot. */
  readonly values: Float64Array
  readonly stamp: CycleStamp
  readonly bytes: Buffer
}

export const createCycleWriter = ({
  catalogue,
  files,
}: {
  readonly catalogue: Catalogue
  readonly files: FileSet
}): CycleWriter => {
  const lastCounters = new Map<number, LastCounter>()
  let nextCycle = catalogue.run * cyclesPerRun
  let writing: ReadingsFile | null = null

  const lastOf = (file: ReadingsFile, lane: number, metric: number): LastCounter | undefined => {
    const known = lastCounters.get(lane * metricIdLimit + metric)
    if (known !== undefined) return known
    // After a start: what was appended last, wherever the clock stood.
    const stored = [file, ...files.unsealed()]
      .flatMap((one) => one.lastFrame(lane, metric) ?? [])
      .toSorted((a, b) => b.cycle - a.cycle)[0]
    if (stored === undefined) return undefined
    const { cycle, at, tick, bytes } = stored
    return { values: decodeFrame(bytes).values, stamp: { cycle, at, tick }, bytes }
  }

  const append = (cycle: Cycle): number => {
    checkCycle(cycle)
    const at = Math.round(cycle.at)
    const lane = catalogue.lane(cycle.oltId, cycle.kind)
    const slots = catalogue.slots(lane, cycle.addresses, cycle.serials ?? null, at)
    const stamp: CycleStamp = { cycle: nextCycle, at, tick: cycle.monotonic }
    const file = withHistoryErrors(() => files.forWriting(at))
    const { partial = false } = cycle
    const frames: NewFrame[] = []
    const fresh = new Map<number, LastCounter>()
    for (const name of Object.keys(cycle.columns) as MetricName[]) {
      const { id: metric, form } = metrics[name]
      const key = { lane: lane.id, metric }
      const values = bySlot(cycle, name, slots, lane.slotCount)
      if (form !== 'counter') {
        const bytes = encodeFrame({ values, marks: null })
        frames.push({ ...key, ...stamp, carry: false, partial, bytes })
        continue
      }
      const before = lastOf(file, lane.id, metric)
      const bytes = encodeFrame({ values, marks: marksOf(cycle, values, before) })
      if (before !== undefined && file.lastFrame(lane.id, metric) === undefined) {
        // The file begins with where the counters stood, so that its first rates are known.
        frames.push({ ...key, ...before.stamp, carry: true, partial: false, bytes: before.bytes })
      }
      frames.push({ ...key, ...stamp, carry: false, partial, bytes })
      fresh.set(metric, { values: patched(before?.values, values), stamp, bytes })
    }
    withHistoryErrors(() => file.append(frames, eventsOf(cycle, lane)))
    nextCycle++
    for (const [metric, last] of fresh) lastCounters.set(lane.id * metricIdLimit + metric, last)
    writing = file
    return slots.length * Object.keys(cycle.columns).length
  }

  return {
    append,
    writing: () => writing,
    forget: (file) => {
      if (writing === file) writing = null
    },
  }
}

/** A column in whole numbers (counters as they are), by slot. */
const bySlot = (
  { columns }: Cycle,
  name: MetricName,
  slots: Int32Array,
  slotCount: number,
): Float64Array => {
  const column = columns[name]!
  const { scale, form } = metrics[name]
  const values = new Float64Array(slotCount).fill(Number.NaN)
  for (let index = 0; index < slots.length; index++) {
    const value = column[index]!
    if (Number.isNaN(value)) continue
    // + 0: no negative zero, which is no whole number of anything.
    values[slots[index]!] = form === 'counter' ? value : Math.round(value * scale) + 0
  }
  return values
}

const marksOf = (
  { counterBits: bits = 64, restarted = false }: Cycle,
  values: Float64Array,
  before: LastCounter | undefined,
): Uint8Array | null => {
  if (before === undefined) return null
  let marks: Uint8Array | null = null
  const known = Math.min(values.length, before.values.length)
  for (let slot = 0; slot < known; slot++) {
    const mark = markOf(before.values[slot]!, values[slot]!, { bits, restarted })
    if (mark === 0) continue
    marks ??= new Uint8Array(values.length)
    marks[slot] = mark
  }
  return marks
}

/** What is known of each slot, the newer first. */
const patched = (before: Float64Array | undefined, now: Float64Array): Float64Array => {
  const values = now.slice()
  if (before === undefined) return values
  for (let slot = 0; slot < Math.min(before.length, values.length); slot++) {
    if (Number.isNaN(values[slot]!)) values[slot] = before[slot]!
  }
  return values
}

const eventsOf = ({ events }: Cycle, lane: Lane): HistoryEvent[] => {
  if (events === undefined) return []
  return Array.from(events.at, (at, index) => ({
    lane: lane.id,
    slot: lane.current.get(events.addresses[index]!) ?? -1,
    at: Math.round(at),
    kind: events.kinds[index]!,
    code: events.codes[index]!,
    detail: events.details[index]!,
  })).filter(({ slot }) => slot >= 0)
}
