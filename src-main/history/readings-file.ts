import { join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import type { HistoryConnection } from './history-file.ts'
import { openHistoryFile, openHistoryFileToRead, sealHistoryFile } from './history-file.ts'
import type { NamedPeriod } from './file-names.ts'
import type { ByteSource } from './grid-codec.ts'
import { metricIdLimit } from './metrics.ts'
import { prepareReadings, type FrameRow } from './readings-statements.ts'
import { findInDirectory, readStrips, stripLimit } from './strips.ts'
import { decodeTimes, type CycleTimes } from './times-codec.ts'

/** One file of readings: hot frames, and what became blocks, roll-ups and events. */
export interface ReadingsFile {
  readonly period: NamedPeriod
  readonly path: string
  readonly writable: boolean
  /** Nothing is hot, and its roll-ups and events are in the file of the quarter. */
  readonly isSealed: () => boolean
  /** How often it was sealed, and 1. */
  readonly generation: () => number
  /** All of it or nothing; lasts through a killed process. */
  readonly append: (frames: readonly NewFrame[], events: readonly HistoryEvent[]) => void
  /** Frames that wait for compaction, the carried one left out. */
  readonly hotCount: (lane: number, metric: number) => number
  /** What has at least so many of them. */
  readonly hot: (least: number) => readonly LaneMetric[]
  /** In order of cycle; a carried one first. */
  readonly frames: (lane: number, metric: number) => readonly FrameHead[]
  readonly frameBytes: (id: number) => Buffer
  readonly hotFrames: (lane: number, metric: number, from: number, to: number) => StoredFrame[]
  readonly lastFrame: (lane: number, metric: number) => StoredFrame | undefined
  readonly spans: (lane: number, metric: number, from: number, to: number) => readonly SpanHead[]
  /** From the first to the last cycle of its spans, wall ms. */
  readonly reach: () => { readonly from: number; readonly to: number }
  readonly block: (span: SpanHead, group: number) => ByteSource | undefined
  readonly hoursBlock: (span: number, group: number) => Buffer | undefined
  /** The groups of a span that have roll-ups. */
  readonly hoursGroups: (span: number) => readonly number[]
  readonly laneMetrics: (of: 'frame' | 'span') => readonly LaneMetric[]
  /** Takes back what a span that was never committed left behind. Returns the id of the next one. */
  readonly beginSpan: () => number
  /** Strips of a span to come, in steps: they count once it is committed. */
  readonly addStrips: (span: number, first: number, strips: readonly Buffer[]) => void
  /**
   * The span and its roll-ups in, its frames out, in one transaction; the last frame may stay to
   * carry on.
   */
  readonly commitSpan: (span: NewSpan) => void
  readonly dropCarried: (lane: number, metric: number) => void
  readonly events: (lane: number, slot: number, from: number, to: number) => readonly HistoryEvent[]
  readonly lastEvents: LastEvents
  /** Many reads, one lock: without it each takes and gives back its own, which costs more than it. */
  readonly atOnce: (read: () => void) => void
  readonly allEvents: () => readonly HistoryEvent[]
  /** Roll-ups and events have moved. */
  readonly markSealed: () => void
  /** Gives up to so many free pages back; false: there are none. */
  readonly shrink: (pages: number) => boolean
  /** Ends the writing: one file without a log, to be copied as it is. */
  readonly finish: () => void
  readonly close: () => void
}

export interface LaneMetric {
  readonly lane: number
  readonly metric: number
}

export interface CycleStamp {
  readonly cycle: number
  /** Wall ms. */
  readonly at: number
  /** Monotonic ms. */
  readonly tick: number
}

export interface NewFrame extends CycleStamp, LaneMetric {
  readonly carry: boolean
  /** Series without a value in it were not asked for. */
  readonly partial: boolean
  readonly bytes: Buffer
}

export interface FrameHead extends CycleStamp {
  readonly id: number
  readonly carry: boolean
  readonly partial: boolean
}

export interface StoredFrame extends CycleStamp {
  readonly carry: boolean
  readonly partial: boolean
  readonly bytes: Buffer
}

/** Numbers that the history keeps and does not read. */
export interface HistoryEvent {
  readonly lane: number
  readonly slot: number
  readonly at: number
  readonly kind: number
  readonly code: number
  readonly detail: number
}

/** Some of a series and a kind, up to and with a time (wall ms), the newest first. */
export type LastEvents = (
  lane: number,
  slot: number,
  to: number,
  kind: number,
) => readonly HistoryEvent[]

export interface SpanHead extends CycleTimes {
  readonly id: number
  readonly from: number
  readonly to: number
  /** Columns of its blocks, the carried one in it. */
  readonly columns: number
  readonly carry: boolean
  /** Where the block of each group lies (strips.ts). */
  readonly directory: Buffer
}

export interface NewSpan extends LaneMetric {
  readonly id: number
  readonly from: number
  readonly to: number
  readonly cycles: number
  readonly carry: boolean
  readonly times: Uint8Array
  readonly directory: Uint8Array
  /** Roll-ups of the groups that have some. */
  readonly hours: readonly { readonly group: number; readonly bytes: Uint8Array }[]
  /** Ids of the frames that it takes the place of. */
  readonly frames: readonly number[]
  /** The last of them stays as the value before the next one. */
  readonly keepLast: boolean
}

/** Series per block. */
export const groupSize = 64
const groupsPerSpan = 4096

export interface OpenReadings {
  readonly folder: string
  readonly period: NamedPeriod
  readonly key: Buffer
  readonly cacheKib: number
  readonly writable: boolean
}

export const openReadingsFile = (options: OpenReadings): ReadingsFile => {
  const { folder, period, key, cacheKib, writable } = options
  const path = join(folder, period.file)
  const file = { path, kind: 'readings', key, cacheKib } as const
  const connection = writable ? openHistoryFile(file) : openHistoryFileToRead(file, true)
  try {
    return overConnection(connection, period, path, writable)
  } catch (error) {
    connection.close()
    throw error
  }
}

const overConnection = (
  connection: HistoryConnection,
  period: NamedPeriod,
  path: string,
  writable: boolean,
): ReadingsFile => {
  const statements = prepareReadings(connection)
  const status = statements.status.get()
  let sealed = status?.sealed === 1
  let generation = status?.generation ?? 1
  const hot = new Map<number, number>()
  for (const { lane, metric, count } of statements.hotCounts.all()) {
    hot.set(hotKey(lane, metric), count)
  }
  const storedFrame = ({ carry, ...row }: FrameRow): StoredFrame => ({
    ...row,
    ...kindOfFrame(carry),
  })

  /** Heads of spans, read again and again: one chart after the other of the same OLT. */
  const spanCache = new Map<number, readonly SpanHead[]>()
  const allSpans = (lane: number, metric: number): readonly SpanHead[] => {
    const key = hotKey(lane, metric)
    const known = spanCache.get(key)
    if (known !== undefined) return known
    const spans = statements.spans
      .all(lane, metric)
      .map(({ carry, times, ...row }) => ({ ...row, carry: carry === 1, ...decodeTimes(times) }))
    if (spanCache.size >= mostCachedSpans) spanCache.clear()
    spanCache.set(key, spans)
    return spans
  }

  const append = connection.transaction(
    (frames: readonly NewFrame[], events: readonly HistoryEvent[]): void => {
      if (sealed) statements.setStatus.run(0, generation)
      for (const { lane, metric, cycle, at, tick, carry, partial, bytes } of frames) {
        const kind = (carry ? carriedFrame : 0) + (partial ? partialFrame : 0)
        statements.addFrame.run(lane, metric, cycle, at, tick, kind, bytes)
      }
      for (const { lane, slot, at, kind, code, detail } of events) {
        statements.addEvent.run(lane, slot, at, kind, code, detail)
      }
    },
  )

  const addStrips = connection.transaction(
    (span: number, first: number, strips: readonly Buffer[]): void => {
      strips.forEach((bytes, index) => {
        statements.addStrip.run(span * stripLimit + first + index, bytes)
      })
    },
  )

  const commitSpan = connection.transaction((span: NewSpan): void => {
    const { lane, metric, from, to, cycles, carry, times, frames, keepLast } = span
    const { directory } = span
    statements.addSpan.run(span.id, lane, metric, from, to, cycles, carry ? 1 : 0, times, directory)
    for (const { group, bytes } of span.hours) {
      statements.addHours.run(span.id * groupsPerSpan + group, bytes)
    }
    frames.forEach((id, index) => {
      if (keepLast && index === frames.length - 1) statements.carryFrame.run(id)
      else statements.dropFrame.run(id)
    })
  })

  const markSealed = connection.transaction((): void => {
    connection.exec('DELETE FROM hours; DELETE FROM event')
    statements.setStatus.run(1, generation + 1)
  })

  return {
    period,
    path,
    writable,
    isSealed: () => sealed,
    generation: () => generation,
    append: (frames, events) => {
      append.immediate(frames, events)
      sealed = false
      for (const { lane, metric, carry } of frames) {
        const key = hotKey(lane, metric)
        if (!carry) hot.set(key, (hot.get(key) ?? 0) + 1)
      }
    },
    hotCount: (lane, metric) => hot.get(hotKey(lane, metric)) ?? 0,
    hot: (least) =>
      [...hot]
        .filter(([, count]) => count >= least)
        .map(([key]) => ({
          lane: Math.floor(key / metricIdLimit),
          metric: key % metricIdLimit,
        })),
    frames: (lane, metric) =>
      statements.frameHeads
        .all(lane, metric)
        .map(({ carry, ...row }) => ({ ...row, ...kindOfFrame(carry) })),
    frameBytes: (id) => {
      const row = statements.frameBytes.get(id)
      if (row === undefined) throw new RangeError('a frame that is gone')
      return row.bytes
    },
    hotFrames: (lane, metric, from, to) => {
      // The carried frame and the one before `from` tell the gain of the first.
      const rows = statements.hotFrames.all(lane, metric, to)
      const first = rows.findIndex(({ at }) => at >= from)
      return (first < 0 ? [] : rows.slice(Math.max(0, first - 1))).map(storedFrame)
    },
    lastFrame: (lane, metric) => {
      const row = statements.lastFrame.get(lane, metric)
      return row === undefined ? undefined : storedFrame(row)
    },
    spans: (lane, metric, from, to) =>
      allSpans(lane, metric).filter((span) => span.to >= from && span.from <= to),
    reach: () => {
      const { from, to } = statements.reach.get() ?? { from: null, to: null }
      return { from: from ?? 0, to: to ?? 0 }
    },
    block: (span, group) => {
      const place = findInDirectory(span.directory, group)
      if (place === null) return undefined
      const first = span.id * stripLimit
      const strip = (index: number) => statements.strip.get(first + index)?.bytes
      return {
        length: place.end - place.start,
        read: (from, to) => {
          const bytes = readStrips(place.start + from, place.start + to, strip)
          if (bytes === undefined) {
            throw new NocturneError('store-damaged', { what: 'history-block' })
          }
          return bytes
        },
      }
    },
    hoursBlock: (span, group) => statements.hoursBlock.get(span * groupsPerSpan + group)?.bytes,
    hoursGroups: (span) =>
      statements.hoursGroups
        .all(span * groupsPerSpan, (span + 1) * groupsPerSpan)
        .map(({ id }) => id - span * groupsPerSpan),
    laneMetrics: (of) => (of === 'frame' ? statements.framed.all() : statements.spanned.all()),
    beginSpan: () => {
      const id = (statements.lastSpan.get()?.id ?? 0) + 1
      statements.dropStrips.run(id * stripLimit)
      return id
    },
    addStrips: (span, first, strips) => addStrips.immediate(span, first, strips),
    commitSpan: (span) => {
      commitSpan.immediate(span)
      spanCache.delete(hotKey(span.lane, span.metric))
      const key = hotKey(span.lane, span.metric)
      hot.set(key, Math.max(0, (hot.get(key) ?? 0) - span.cycles + (span.carry ? 1 : 0)))
    },
    dropCarried: (lane, metric) => {
      statements.dropCarried.run(lane, metric)
    },
    events: (lane, slot, from, to) => statements.events.all(lane, slot, from, to),
    atOnce: (read) => {
      connection.transaction(read).deferred()
    },
    lastEvents: (...wanted) => statements.lastEvents.all(...wanted),
    allEvents: () => statements.allEvents.all(),
    markSealed: () => {
      markSealed.immediate()
      sealed = true
      generation++
    },
    shrink: (pages) => {
      const free = () => Number(connection.pragma('freelist_count', { simple: true }))
      const before = free()
      if (before > 0) connection.pragma(`incremental_vacuum(${pages})`)
      return free() < before
    },
    finish: () => {
      sealHistoryFile(connection)
      connection.close()
    },
    close: () => {
      connection.close()
    },
  }
}

/** OLTs by metrics; some 100 kB each at most. */
const mostCachedSpans = 48

/** What the column `carry` of a frame says. */
const carriedFrame = 1
const partialFrame = 2

const kindOfFrame = (bits: number): { readonly carry: boolean; readonly partial: boolean } => ({
  carry: (bits & carriedFrame) !== 0,
  partial: (bits & partialFrame) !== 0,
})

const hotKey = (lane: number, metric: number): number => lane * metricIdLimit + metric
