import type { Catalogue, Lane } from './catalogue.ts'
import type { FileSet } from './file-set.ts'
import { decodeFrame } from './frame-codec.ts'
import { withHistoryErrors } from './history-errors.ts'
import { hourMs, openHours, type Hours, type HoursReader } from './hours-codec.ts'
import { metrics } from './metrics.ts'
import { groupSize } from './readings-file.ts'

/**
 * The usual light of the ONUs of an OLT: the median over a range of the mean of each hour (of the
 * last hours each reading). Read by block for many ONUs at once, a part of the OLT per request, so
 * that nobody waits long behind it.
 */
export interface MediansRequest {
  readonly oltId: string
  /** Wall ms, both inclusive. */
  readonly from: number
  readonly to: number
  /** Where to begin: 0, then `next` of the answer before. */
  readonly first: number
}

export interface MediansPart {
  /** Of the ONUs that are there now, packed, ascending. */
  readonly addresses: Int32Array
  /** dBm; NaN: its readings span less than three days. */
  readonly onuRxDbm: Float64Array
  readonly oltRxDbm: Float64Array
  /** Values that the median is of, of the direction with more. */
  readonly samples: Int32Array
  /** Null: that was the last part. */
  readonly next: number | null
}

export interface Medians {
  /** An OLT that is not known has none. Throws 'store-damaged'. */
  readonly readMedians: (request: MediansRequest) => MediansPart
}

/** Series per request: some ten milliseconds. */
const perPart = 4 * groupSize
/** A younger history tells nothing of what is usual, ms. */
const leastSpanMs = 72 * hourMs

export const createMedians = ({
  catalogue,
  files,
}: {
  readonly catalogue: Catalogue
  readonly files: FileSet
}): Medians => ({
  readMedians: ({ oltId, from, to, first }) =>
    withHistoryErrors(() => {
      const lane = catalogue.knownLane(oltId, 'onu')
      if (lane === undefined) return noMedians
      const last = Math.min(lane.slotCount, first + perPart)
      const places = placesOf(lane, first, last)
      const read = (metric: 'onuRxDbm' | 'oltRxDbm') =>
        mediansOf(
          files,
          { lane: lane.id, metric: metrics[metric].id, first, last, from, to },
          places.slots,
        )
      const onu = read('onuRxDbm')
      const olt = read('oltRxDbm')
      return {
        addresses: places.addresses,
        onuRxDbm: onu.medians,
        oltRxDbm: olt.medians,
        samples: onu.samples.map((count, place) => Math.max(count, olt.samples[place]!)),
        next: last < lane.slotCount ? last : null,
      }
    }),
})

const noMedians: MediansPart = {
  addresses: new Int32Array(0),
  onuRxDbm: new Float64Array(0),
  oltRxDbm: new Float64Array(0),
  samples: new Int32Array(0),
  next: null,
}

/** Those of the slots whose ONU is there now, by address. */
const placesOf = (lane: Lane, first: number, last: number) => {
  const found: { readonly address: number; readonly slot: number }[] = []
  for (const [address, slot] of lane.current) {
    if (slot >= first && slot < last) found.push({ address, slot })
  }
  found.sort((one, other) => one.address - other.address)
  return {
    addresses: Int32Array.from(found, ({ address }) => address),
    slots: Int32Array.from(found, ({ slot }) => slot),
  }
}

export interface SlotRange {
  readonly lane: number
  readonly metric: number
  /** Slots, the last one exclusive. */
  readonly first: number
  readonly last: number
  readonly from: number
  readonly to: number
}

const mediansOf = (files: FileSet, range: SlotRange, slots: Int32Array) => {
  const values = Array.from({ length: range.last - range.first }, (): number[] => [])
  const earliest = new Float64Array(values.length).fill(Number.POSITIVE_INFINITY)
  const latest = new Float64Array(values.length).fill(Number.NEGATIVE_INFINITY)
  const take = (slot: number, at: number, value: number): void => {
    const index = slot - range.first
    values[index]!.push(value)
    if (at < earliest[index]!) earliest[index] = at
    if (at > latest[index]!) latest[index] = at
  }
  eachHour(files, range, take)
  eachHotReading(files, range, take)
  const medians = new Float64Array(slots.length)
  const samples = new Int32Array(slots.length)
  for (let place = 0; place < slots.length; place++) {
    const index = slots[place]! - range.first
    const some = Float64Array.from(values[index]!).sort()
    const young = !(latest[index]! - earliest[index]! >= leastSpanMs)
    samples[place] = some.length
    medians[place] = young ? Number.NaN : middleOf(some)
  }
  return { medians, samples }
}

const middleOf = (sorted: Float64Array): number => {
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

type Take = (slot: number, at: number, value: number) => void

/** The mean of each hour, from the quarters and from what is not sealed yet. */
const eachHour = (files: FileSet, range: SlotRange, take: Take): void => {
  const { lane, metric, first, last, from, to } = range
  const least = Math.floor(from / hourMs) * hourMs
  const tell = (slot: number, { hours, avg, count }: Hours): void => {
    for (let index = 0; index < hours.length; index++) {
      const at = hours[index]! * hourMs
      if (count[index]! > 0 && at >= least && at <= to) take(slot, at, avg[index]!)
    }
  }
  for (const quarter of files.hoursOverlapping(least, to)) {
    for (const source of quarter.sources()) {
      if (source.from > to || source.to <= least) continue
      let chunk = -1
      let reader: HoursReader | null = null
      for (let slot = first; slot < last; slot++) {
        const wanted = Math.floor(slot / source.perChunk)
        if (wanted !== chunk) {
          chunk = wanted
          const found = quarter.chunkOf(source, lane, metric, slot)
          reader = found === null ? null : openHours(metric, found.bytes)
        }
        if (reader !== null) tell(slot, reader.read(slot - wanted * source.perChunk))
      }
    }
  }
  for (const file of files.unsealedOverlapping(least, to)) {
    for (const span of file.spans(lane, metric, least, to)) {
      for (let group = Math.floor(first / groupSize); group * groupSize < last; group++) {
        const bytes = file.hoursBlock(span.id, group)
        if (bytes === undefined) continue
        const reader = openHours(metric, bytes)
        const end = Math.min(last, (group + 1) * groupSize)
        for (let slot = Math.max(first, group * groupSize); slot < end; slot++) {
          tell(slot, reader.read(slot % groupSize))
        }
      }
    }
  }
}

const eachHotReading = (files: FileSet, range: SlotRange, take: Take): void => {
  const { lane, metric, first, last, from, to } = range
  // Light is kept in hundredths of a dBm (metrics.ts).
  const { scale } = metrics.onuRxDbm
  for (const file of files.unsealedOverlapping(from, to)) {
    if (file.hotCount(lane, metric) === 0) continue
    for (const { at, bytes } of file.hotFrames(lane, metric, from, to)) {
      if (at < from) continue
      const { values } = decodeFrame(bytes)
      for (let slot = first; slot < Math.min(last, values.length); slot++) {
        const value = values[slot]!
        if (!Number.isNaN(value)) take(slot, at, value / scale)
      }
    }
  }
}
