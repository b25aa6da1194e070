import { NocturneError } from '../../src-shared/errors.ts'
import type { Catalogue, Lane } from './catalogue.ts'
import { earliest, latest } from './file-names.ts'
import type { FileSet } from './file-set.ts'
import { withHistoryErrors } from './history-errors.ts'
import { metrics } from './metrics.ts'
import type { ReadingsFile } from './readings-file.ts'
import {
  readCounters,
  readLatest,
  readStates,
  type Counters,
  type Latest,
} from './snapshot-columns.ts'
import { snapshotEvents, type OnuEvents } from './snapshot-events.ts'
import { cycleTimes } from './walk-back.ts'

/** What was known of an OLT at a moment: the last values of all its series, as columns. */
export interface OltSnapshot {
  /** When its first series came, wall ms; null: the history does not know it. */
  readonly firstAt: number | null
  /** The last whole cycle of its ONUs' states, wall ms; null: none for a long time before. */
  readonly statesAt: number | null
  /** The middle one of the last intervals between those, ms; 0: not known. */
  readonly usualMs: number
  /** The last cycle of any of its ONUs' metrics but one that says that the way to it is lost. */
  readonly answeredAt: number | null
  /** The last complete cycle per group, wall ms. */
  readonly opticsAt: number | null
  readonly countersAt: number | null
  /** The way to it was lost (and found again) last, wall ms. */
  readonly lostAt: number | null
  readonly foundAt: number | null
  readonly onus: OnuSnapshot
  readonly pons: { readonly addresses: Int32Array; readonly txDbm: Float64Array }
  readonly olt: { readonly answerMs: number; readonly uptimeS: number }
}

/** By address, ascending. NaN: no value. */
export interface OnuSnapshot extends Counters, OnuEvents {
  readonly addresses: Int32Array
  /** Null: not known. */
  readonly serials: readonly (string | null)[]
  /** Positions in `onuStates`; 0 also where it was not known. */
  readonly states: Uint8Array
  /** When the state was read so, wall ms. */
  readonly stateAt: Float64Array
  /** When a state was read last, wall ms. */
  readonly readAt: Float64Array
  readonly opticsAt: Float64Array
  readonly onuRxDbm: Float64Array
  readonly oltRxDbm: Float64Array
  readonly onuTxDbm: Float64Array
  readonly temperatureC: Float64Array
  readonly voltageV: Float64Array
  readonly biasMa: Float64Array
}

export interface SnapshotRequest {
  readonly oltId: string
  /** Wall ms. */
  readonly at: number
  /** Ascending. No event is looked for of these: the caller knows since when they are as they are. */
  readonly settled: Int32Array
}

export interface Snapshots {
  /** Throws 'invalid-input' and 'store-damaged'. */
  readonly snapshot: (request: SnapshotRequest) => OltSnapshot
  /** Since when there are readings, wall ms; null: there are none. */
  readonly readingsFrom: () => number | null
}

const hourMs = 3_600_000
/** An OLT that is asked every hour, and what was the day before of an ONU that is off. */
const usualReachMs = 26 * hourMs
/** Where the console was closed for some days, the ONUs that it knew. */
const longReachMs = 8 * 24 * hourMs
const intervalsWatched = 8
export const createSnapshots = ({
  catalogue,
  files,
}: {
  readonly catalogue: Catalogue
  readonly files: FileSet
}): Snapshots => {
  const opened = (from: number, to: number): ReadingsFile[] => [...files.overlapping(from, to)]

  /** The files that hold its last states, and when those were. */
  const lastStates = (lane: Lane, at: number) => {
    for (const reachMs of [usualReachMs, longReachMs]) {
      const range = { from: at - reachMs, to: at }
      const found = opened(range.from, range.to)
      const times = cycleTimes(found, lane.id, metrics.state.id, range, 'all')
      if (times.length > 0) return { found, range, times }
    }
    return null
  }

  const latestOf = (
    kind: 'pon' | 'olt',
    metric: 'ponTxDbm' | 'oltAnswerMs' | 'oltUptimeS',
    { oltId, at }: SnapshotRequest,
  ): { readonly lane: Lane; readonly latest: Latest } | null => {
    const lane = catalogue.knownLane(oltId, kind)
    if (lane === undefined) return null
    const from = at - usualReachMs
    const found = opened(from, at)
    return {
      lane,
      latest: readLatest(
        { files: found, lane: lane.id, slots: lane.slotCount, from, to: at },
        metric,
      ),
    }
  }

  const onusOf = (lane: Lane, request: SnapshotRequest) => {
    const { at } = request
    const read = lastStates(lane, at)
    if (read === null) return null
    const { times, range } = read
    const slots = lane.slotCount
    const states = readStates({ files: read.found, lane: lane.id, slots, ...range })
    // Light and octets of an OLT that was lost days ago are those from before.
    const from = Math.min(at, times.at(-1)!) - usualReachMs
    const found = from < range.from ? opened(from, at) : read.found
    const place = { files: found, lane: lane.id, slots, from, to: at }
    const light = {
      onuRxDbm: readLatest(place, 'onuRxDbm'),
      oltRxDbm: readLatest(place, 'oltRxDbm'),
      onuTxDbm: readLatest(place, 'onuTxDbm'),
      temperatureC: readLatest(place, 'temperatureC'),
      voltageV: readLatest(place, 'voltageV'),
      biasMa: readLatest(place, 'biasMa'),
    }
    const counters = readCounters(place)
    const lastOf = (
      metric: 'onuRxDbm' | 'oltRxDbm' | 'upBytes' | 'downBytes',
      which: 'all' | 'whole',
    ) => cycleTimes(found, lane.id, metrics[metric].id, { from, to: at }, which).at(-1) ?? null
    const newest = (...of: (number | null)[]) =>
      of.reduce((most, time) => (time === null ? most : Math.max(most ?? time, time)), null)
    return {
      times,
      wholeStates: cycleTimes(read.found, lane.id, metrics.state.id, range, 'whole'),
      states,
      light,
      counters,
      opticsAt: newest(lastOf('onuRxDbm', 'whole'), lastOf('oltRxDbm', 'whole')),
      countersAt: newest(lastOf('upBytes', 'whole'), lastOf('downBytes', 'whole')),
      anyAt: newest(lastOf('onuRxDbm', 'all'), lastOf('upBytes', 'all')),
    }
  }

  /** Slots that stood for an ONU then, in order of address; of two at one address the later read. */
  const placesOf = (
    lane: Lane,
    isThere: (slot: number) => boolean,
    readAt: (slot: number) => number,
  ) => {
    const byAddress = new Map<number, number>()
    const note = (address: number, slot: number): void => {
      const other = byAddress.get(address)
      if (other === undefined || readAt(slot) > readAt(other)) byAddress.set(address, slot)
    }
    let current = 0
    let there = 0
    for (let slot = 0; slot < lane.slotCount; slot++) if (isThere(slot)) there++
    for (const [address, slot] of lane.current) {
      if (!isThere(slot)) continue
      note(address, slot)
      current++
    }
    if (current < there) {
      // Others stood there then: their addresses are in the file alone.
      for (const { address, slot } of catalogue.find({ kind: 'onu', oltId: lane.oltId })) {
        if (isThere(slot)) note(address, slot)
      }
    }
    const addresses = Int32Array.from(byAddress.keys()).sort()
    return { addresses, slots: Int32Array.from(addresses, (address) => byAddress.get(address)!) }
  }

  /** Those that were known, where nothing was read for long: nothing else is. */
  const knownOnly = (lane: Lane, at: number) => {
    const known = new Set(
      catalogue
        .find({ kind: 'onu', oltId: lane.oltId })
        .filter(({ current, firstAt }) => current && firstAt <= at)
        .map(({ slot }) => slot),
    )
    return placesOf(
      lane,
      (slot) => known.has(slot),
      () => 0,
    )
  }

  const snapshot: Snapshots['snapshot'] = (request) => {
    const { oltId, at } = request
    if (!(at >= earliest && at < latest)) {
      throw new NocturneError('invalid-input', { what: 'history-time' })
    }
    const lane = catalogue.knownLane(oltId, 'onu')
    const oltLane = catalogue.knownLane(oltId, 'olt')
    const read = lane === undefined ? null : onusOf(lane, request)
    const places =
      lane === undefined
        ? { addresses: new Int32Array(0), slots: new Int32Array(0) }
        : read === null
          ? knownOnly(lane, at)
          : placesOf(
              lane,
              (slot) => read.states.isThere[slot] === 1,
              (slot) => read.states.stateAt[slot]!,
            )
    const { addresses, slots } = places
    const picked = (values: Float64Array | undefined): Float64Array =>
      Float64Array.from(slots, (slot) => values?.[slot] ?? Number.NaN)
    const states = Uint8Array.from(slots, (slot) => read?.states.states[slot] ?? 0)
    const times = read?.times ?? new Float64Array(0)
    const { settled } = request
    const events = snapshotEvents({ catalogue, files }, at)
    const { lostAt, foundAt } =
      oltLane === undefined ? { lostAt: null, foundAt: null } : events.ofOlt(oltLane)
    const readAt = picked(read?.states.readAt)
    const onus = { addresses, slots, states, readAt, settled, times }
    const told =
      lane === undefined
        ? { since: picked(undefined), downAt: picked(undefined), causes: new Uint8Array(0) }
        : events.ofOnus(lane, onus)
    const answered = times.findLast((time) => time !== lostAt) ?? null
    const opticsTimes = picked(read === null ? undefined : newestOf(read.light))
    const figure = (metric: 'oltAnswerMs' | 'oltUptimeS') =>
      latestOf('olt', metric, request)?.latest.values[0] ?? Number.NaN
    const tx = latestOf('pon', 'ponTxDbm', request)
    const ports = tx === null ? [] : [...tx.lane.current].toSorted(([a], [b]) => a - b)
    const lit = (name: keyof NonNullable<typeof read>['light']): Float64Array => {
      const column = read?.light[name]
      // The walk after it read this one without a value.
      return Float64Array.from(slots, (slot, index) =>
        column !== undefined && column.at[slot] === opticsTimes[index]
          ? column.values[slot]!
          : Number.NaN,
      )
    }
    const firsts = [lane, oltLane].flatMap((one) =>
      one === undefined ? [] : (catalogue.firstAt(one) ?? []),
    )
    return {
      firstAt: firsts.length === 0 ? null : Math.min(...firsts),
      statesAt: read?.wholeStates.findLast((time) => time !== lostAt) ?? null,
      usualMs: usualOf(read?.wholeStates ?? times),
      answeredAt:
        read === null || read.anyAt === null ? answered : Math.max(answered ?? 0, read.anyAt),
      opticsAt: read?.opticsAt ?? null,
      countersAt: read?.countersAt ?? null,
      lostAt,
      foundAt,
      onus: {
        addresses,
        serials: Array.from(slots, (slot) => lane?.serialOf[slot] ?? null),
        states,
        stateAt: picked(read?.states.stateAt),
        readAt,
        ...told,
        opticsAt: opticsTimes,
        onuRxDbm: lit('onuRxDbm'),
        oltRxDbm: lit('oltRxDbm'),
        onuTxDbm: lit('onuTxDbm'),
        temperatureC: lit('temperatureC'),
        voltageV: lit('voltageV'),
        biasMa: lit('biasMa'),
        countersAt: picked(read?.counters.countersAt),
        upBytes: picked(read?.counters.upBytes),
        downBytes: picked(read?.counters.downBytes),
        upBefore: picked(read?.counters.upBefore),
        downBefore: picked(read?.counters.downBefore),
        spanMs: picked(read?.counters.spanMs),
      },
      pons: {
        addresses: Int32Array.from(ports, ([address]) => address),
        txDbm: Float64Array.from(ports, ([, slot]) => tx?.latest.values[slot] ?? Number.NaN),
      },
      olt: { answerMs: figure('oltAnswerMs'), uptimeS: figure('oltUptimeS') },
    }
  }

  return {
    snapshot: (request) => withHistoryErrors(() => snapshot(request)),
    readingsFrom: () =>
      withHistoryErrors(() => {
        const first = catalogue.firstAt(null)
        const kept = files.readings()[0]?.period.from
        return first === null || kept === undefined ? null : Math.max(first, kept)
      }),
  }
}

/** Per slot the newest time of several columns. */
const newestOf = (columns: Readonly<Record<string, Latest>>): Float64Array => {
  const [first, ...rest] = Object.values(columns)
  const newest = first!.at.slice()
  for (const { at } of rest) {
    for (let slot = 0; slot < newest.length; slot++) {
      if (!(at[slot]! <= newest[slot]!))
        newest[slot] = Number.isNaN(at[slot]!) ? newest[slot]! : at[slot]!
    }
  }
  return newest
}

const usualOf = (times: Float64Array): number => {
  const last = times.subarray(Math.max(0, times.length - intervalsWatched - 1))
  const steps = last.subarray(1).map((time, index) => time - last[index]!)
  return steps.length === 0 ? 0 : steps.sort()[steps.length >> 1]!
}
