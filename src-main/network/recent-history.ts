import { packOnuAddress, type OnuAddress } from '../../src-shared/domain/onu-address.ts'
import { lowerBound, type LiveOlt, type LiveState } from './live-state.ts'
import { createMinuteCounts, type MinuteCounts } from './minute-counts.ts'
import { noValue } from './onu-table.ts'
import { decodeRate, encodeRate } from './rate-code.ts'

/**
 * What was read since the engine started, in memory only: frames of light and traffic per OLT,
 * the last state changes, and counts per minute. Issue by issue the real history takes over.
 */
export interface OnuHistory {
  readonly opticsAt: Float64Array<ArrayBuffer>
  readonly onuRxDbm: Float64Array<ArrayBuffer>
  readonly oltRxDbm: Float64Array<ArrayBuffer>
  readonly countersAt: Float64Array<ArrayBuffer>
  readonly upKbps: Float64Array<ArrayBuffer>
  readonly downKbps: Float64Array<ArrayBuffer>
  readonly changesAt: Float64Array<ArrayBuffer>
  readonly changeStates: Uint8Array<ArrayBuffer>
  readonly changeCauses: Uint8Array<ArrayBuffer>
}

export interface RecentHistory {
  readonly minutes: MinuteCounts
  readonly noteOptics: (olt: LiveOlt, at: number) => void
  readonly noteCounters: (olt: LiveOlt, at: number) => void
  readonly noteState: (olt: LiveOlt, row: number, at: number, state: number, cause: number) => void
  readonly of: (olt: LiveOlt, address: OnuAddress) => OnuHistory
}

interface Frame {
  readonly at: number
  readonly addresses: Int32Array
  /** Two values per address. */
  readonly values: Int16Array | Uint16Array
}

const opticsFrames = 48
const counterFrames = 72
/** A large network keeps fewer frames: each kind may take so much, but some are always kept. */
const framesBudgetBytes = 8_000_000
const fewestFrames = 12
const ringSize = 65_536

export const createRecentHistory = (live: LiveState): RecentHistory => {
  const { table } = live
  const optics = new Map<number, Frame[]>()
  const counters = new Map<number, Frame[]>()
  const ring = createChangeRing()

  /** Nothing has changed since it was seen first. */
  const firstSeen = (olt: LiveOlt, packed: number): Change[] => {
    const row = live.findRow(olt, packed)
    const at = row < 0 ? NaN : table.stateSince[row]!
    return Number.isNaN(at) ? [] : [{ at, state: table.state[row]!, cause: table.cause[row]! }]
  }

  const keep = (
    frames: Map<number, Frame[]>,
    olt: LiveOlt,
    most: number,
    at: number,
    values: Int16Array | Uint16Array,
  ): void => {
    const list = frames.get(olt.index) ?? []
    frames.set(olt.index, list)
    const last = list.at(-1)
    // Frames of the same ONUs share one list of addresses.
    const addresses =
      last !== undefined && sameNumbers(last.addresses, olt.addresses)
        ? last.addresses
        : olt.addresses
    list.push({ at, addresses, values })
    const affordable = Math.floor(framesBudgetBytes / (4 * Math.max(1, table.used)))
    const bound = Math.min(most, Math.max(fewestFrames, affordable))
    while (list.length > bound) list.shift()
  }

  return {
    minutes: createMinuteCounts(live),
    noteOptics: (olt, at) => {
      const { onuRx, oltRx, opticsAt } = table
      const values = new Int16Array(olt.rows.length * 2)
      for (let index = 0; index < olt.rows.length; index++) {
        const row = olt.rows[index]!
        const read = opticsAt[row] === at
        values[index * 2] = read ? onuRx[row]! : noValue
        values[index * 2 + 1] = read ? oltRx[row]! : noValue
      }
      keep(optics, olt, opticsFrames, at, values)
    },
    noteCounters: (olt, at) => {
      const { upKbps, downKbps, countersAt } = table
      const values = new Uint16Array(olt.rows.length * 2)
      for (let index = 0; index < olt.rows.length; index++) {
        const row = olt.rows[index]!
        if (countersAt[row] !== at) continue
        values[index * 2] = encodeRate(upKbps[row]!)
        values[index * 2 + 1] = encodeRate(downKbps[row]!)
      }
      keep(counters, olt, counterFrames, at, values)
    },
    noteState: (olt, row, at, state, cause) =>
      ring.note(olt.index, table.address[row]!, at, state, cause),
    of: (olt, address) => {
      const packed = packOnuAddress(address)
      const light = series(optics.get(olt.index) ?? [], packed, (value) =>
        value === noValue ? NaN : value / 100,
      )
      const traffic = series(counters.get(olt.index) ?? [], packed, decodeRate)
      const noted = ring.of(olt.index, packed)
      const changes = withOutages(noted.length > 0 ? noted : firstSeen(olt, packed), olt)
      return {
        opticsAt: light.at,
        onuRxDbm: light.first,
        oltRxDbm: light.second,
        countersAt: traffic.at,
        upKbps: traffic.first,
        downKbps: traffic.second,
        changesAt: Float64Array.from(changes, ({ at }) => at),
        changeStates: Uint8Array.from(changes, ({ state }) => state),
        changeCauses: Uint8Array.from(changes, ({ cause }) => cause),
      }
    },
  }
}

const sameNumbers = (a: Int32Array, b: Int32Array): boolean => {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}

const series = (frames: readonly Frame[], address: number, decode: (value: number) => number) => {
  const at: number[] = []
  const first: number[] = []
  const second: number[] = []
  for (const frame of frames) {
    const place = lowerBound(frame.addresses, address)
    if (frame.addresses[place] !== address) continue
    at.push(frame.at)
    first.push(decode(frame.values[place * 2]!))
    second.push(decode(frame.values[place * 2 + 1]!))
  }
  return {
    at: Float64Array.from(at),
    first: Float64Array.from(first),
    second: Float64Array.from(second),
  }
}

interface Change {
  readonly at: number
  readonly state: number
  readonly cause: number
}

/** The last changes of all ONUs; the oldest give way. */
const createChangeRing = () => {
  const at = new Float64Array(ringSize)
  const olt = new Uint16Array(ringSize)
  const address = new Int32Array(ringSize)
  const state = new Uint8Array(ringSize)
  const cause = new Uint8Array(ringSize)
  let noted = 0
  return {
    note: (oltIndex: number, packed: number, when: number, next: number, why: number): void => {
      const place = noted++ % ringSize
      at[place] = when
      olt[place] = oltIndex
      address[place] = packed
      state[place] = next
      cause[place] = why
    },
    of: (oltIndex: number, packed: number): Change[] => {
      const changes: Change[] = []
      for (let index = Math.max(0, noted - ringSize); index < noted; index++) {
        const place = index % ringSize
        if (address[place] !== packed || olt[place] !== oltIndex) continue
        changes.push({ at: at[place]!, state: state[place]!, cause: cause[place]! })
      }
      return changes
    },
  }
}

/** While the way to the OLT was lost nothing is known: each outage is a change to "unknown". */
const withOutages = (changes: readonly Change[], olt: LiveOlt): Change[] => {
  const all = [...changes]
  for (const { from, to } of olt.outages) {
    const before = changes.findLast(({ at }) => at <= from)
    if (before === undefined) continue
    all.push({ at: from, state: 0, cause: 1 })
    const read = changes.some(({ at }) => at >= to && at <= to + 600_000)
    if (!Number.isNaN(to) && !read) all.push({ ...before, at: to })
  }
  return all.toSorted((a, b) => a.at - b.at)
}
