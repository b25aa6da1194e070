import type { Catalogue, Lane } from './catalogue.ts'
import type { FileSet } from './file-set.ts'
import { decodeFrame } from './frame-codec.ts'
import { openGridFrom } from './grid-codec.ts'
import { withHistoryErrors } from './history-errors.ts'
import { metrics, type MetricName, type SeriesKind } from './metrics.ts'
import { groupSize } from './readings-file.ts'
import type { SlotRange } from './medians.ts'

/** Readings and events of many series of an OLT at once, for what looks back over all of them. */
export interface LaneReads {
  /** Gauges only; counters are read series by series. Throws 'store-damaged'. */
  readonly readLane: (request: LaneRequest) => LanePart
  readonly laneEvents: (request: LaneEventsRequest) => LaneEvents
}

interface LaneRange {
  readonly oltId: string
  readonly kind: SeriesKind
  /** Wall ms, both inclusive. */
  readonly from: number
  readonly to: number
}

export interface LaneRequest extends LaneRange {
  readonly metric: MetricName
  /** Where to begin: 0, then `next` of the answer before. */
  readonly first: number
}

export interface LanePart {
  /** Of the series that are there now, packed; in the order of the values. */
  readonly addresses: Int32Array
  /** Wall ms of each cycle, ascending. */
  readonly at: Float64Array
  /** A row per series, a column per cycle; NaN: no value. */
  readonly values: Float64Array
  /** Null: that was the last part. */
  readonly next: number | null
}

export type LaneEventsRequest = LaneRange

/** In order of time, of the series that are there now. */
export interface LaneEvents {
  readonly at: Float64Array
  readonly addresses: Int32Array
  readonly kinds: Uint8Array
  readonly codes: Uint8Array
  readonly details: Uint8Array
}

export const createLaneReads = ({
  catalogue,
  files,
}: {
  readonly catalogue: Catalogue
  readonly files: FileSet
}): LaneReads => ({
  readLane: ({ oltId, kind, metric, from, to, first }) =>
    withHistoryErrors(() => {
      const lane = catalogue.knownLane(oltId, kind)
      if (lane === undefined) return noPart
      const last = Math.min(lane.slotCount, first + groupSize)
      const { id, scale } = metrics[metric]
      const range = { lane: lane.id, metric: id, first, last, from, to }
      const columns = columnsOf(files, range)
      const at = Float64Array.from(columns, (column) => column.at)
      const present = currentSlots(lane, first, last)
      const values = new Float64Array(present.length * at.length)
      present.forEach(({ slot }, row) => {
        columns.forEach((column, index) => {
          values[row * at.length + index] = column.values[slot - first]! / scale
        })
      })
      return {
        addresses: Int32Array.from(present, ({ address }) => address),
        at,
        values,
        next: last < lane.slotCount ? last : null,
      }
    }),
  laneEvents: ({ oltId, kind, from, to }) =>
    withHistoryErrors(() => {
      const lane = catalogue.knownLane(oltId, kind)
      const found: Found[] = []
      if (lane === undefined) return columnsOfEvents(found)
      const sources = [...files.hoursOverlapping(from, to), ...files.unsealedOverlapping(from, to)]
      for (const source of sources) {
        source.atOnce(() => {
          for (const [address, slot] of lane.current) {
            for (const { at, kind, code, detail } of source.events(lane.id, slot, from, to)) {
              found.push({ at, address, kind, code, detail })
            }
          }
        })
      }
      found.sort((one, other) => one.at - other.at)
      return columnsOfEvents(found)
    }),
})

interface Found {
  readonly at: number
  readonly address: number
  readonly kind: number
  readonly code: number
  readonly detail: number
}

const columnsOfEvents = (found: readonly Found[]): LaneEvents => ({
  at: Float64Array.from(found, ({ at }) => at),
  addresses: Int32Array.from(found, ({ address }) => address),
  kinds: Uint8Array.from(found, ({ kind }) => kind),
  codes: Uint8Array.from(found, ({ code }) => code),
  details: Uint8Array.from(found, ({ detail }) => detail),
})

const noPart: LanePart = {
  addresses: new Int32Array(0),
  at: new Float64Array(0),
  values: new Float64Array(0),
  next: null,
}

const currentSlots = (lane: Lane, first: number, last: number) => {
  const found: { readonly address: number; readonly slot: number }[] = []
  for (const [address, slot] of lane.current) {
    if (slot >= first && slot < last) found.push({ address, slot })
  }
  return found.sort((one, other) => one.address - other.address)
}

interface Column {
  readonly cycle: number
  readonly at: number
  /** By slot from the first one on; whole numbers (metrics.ts). */
  readonly values: Float64Array
}

/** One column per cycle within the range; what a partial cycle did not ask for is NaN. */
const columnsOf = (files: FileSet, range: SlotRange): Column[] => {
  const { lane, metric, first, last, from, to } = range
  const byCycle = new Map<number, Column>()
  const put = (cycle: number, at: number): Column | null => {
    if (at < from || at > to || byCycle.has(cycle)) return null
    const column = { cycle, at, values: new Float64Array(last - first).fill(Number.NaN) }
    byCycle.set(cycle, column)
    return column
  }
  const group = Math.floor(first / groupSize)
  for (const file of files.overlapping(from, to)) {
    for (const span of file.spans(lane, metric, from, to)) {
      const columns = Array.from({ length: span.columns }, (_, index) =>
        put(span.cycles[index]!, span.at[index]!),
      )
      const bytes = file.block(span, group)
      if (bytes === undefined) continue
      const grid = openGridFrom(bytes)
      const row = new Float64Array(grid.columns)
      for (let slot = first; slot < last && slot % groupSize < grid.rows; slot++) {
        grid.readRow(slot % groupSize, row)
        for (let index = 0; index < row.length; index++) {
          const column = columns[index]
          if (column !== undefined && column !== null) column.values[slot - first] = row[index]!
        }
      }
    }
    if (file.hotCount(lane, metric) === 0) continue
    for (const { cycle, at, bytes } of file.hotFrames(lane, metric, from, to)) {
      const column = put(cycle, at)
      if (column === null) continue
      const { values } = decodeFrame(bytes)
      column.values.set(values.subarray(first, Math.min(last, values.length)))
    }
  }
  return [...byCycle.values()].toSorted((one, other) => one.cycle - other.cycle)
}
