import { unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import type { OnuColumns } from '../olt/poller/olt-port.ts'
import {
  alignRows,
  judgeRow,
  removeRows,
  searchTextOf,
  type LiveOlt,
  type LiveState,
} from './live-state.ts'
import { noValue, textColumns } from './onu-table.ts'
import { rowsOfPon } from './pon-ports.ts'
import { rateKbps, shortestSpanMs, stateCode, vanishNeedsProof } from './rules.ts'

/** How a walk's columns become live state: one loop per group, no object per row. */

export interface ReadTimes {
  /** Wall ms. */
  readonly at: number
  readonly monotonic: number
}

export type OnStateChange = (
  olt: LiveOlt,
  row: number,
  at: number,
  state: number,
  cause: number,
) => void

/** Before this a device's time is a clock that was never set. */
const earliestPlausible = Date.UTC(2005, 0, 1)
const dayMs = 86_400_000
const maxText = 255

/**
 * Of which ONUs a walk tells by lacking them: of all, of those on one PON port (packed address,
 * onuId 0), or of none, as when it ended early or asked for single ones.
 */
export type Covered = 'olt' | 'none' | { readonly pon: number }

/**
 * Rows that a walk covers and lacks count as gone from the OLT; a mass of them only when a second
 * such walk lacks them too.
 */
export const applyStatus = (
  live: LiveState,
  olt: LiveOlt,
  columns: OnuColumns,
  { at }: ReadTimes,
  covered: Covered,
  onStateChange: OnStateChange,
): void => {
  const version = ++live.version
  olt.version = version
  const rows = alignRows(live, olt, columns.address, true)
  const { table } = live
  const { state, cause, outage, stateSince, lastDownAt, statusAt, missing, distance } = table
  const states = columns.codes.state
  const causes = columns.codes.lastDownCause
  const downs = columns.numbers.lastDownAt
  const distances = columns.numbers.distanceM
  let changed = 0
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    table.version[row] = version
    missing[row] = 0
    let next = states === undefined ? state[row]! : states[index]!
    if (next >= onuStates.length) next = stateCode.unknown
    if (causes !== undefined) {
      const code = causes[index]!
      cause[row] = code < downCauses.length ? code : 1
    }
    const downBefore = lastDownAt[row]!
    if (downs !== undefined) {
      const down = downs[index]!
      if (down >= earliestPlausible && down <= at + dayMs) lastDownAt[row] = down
    }
    const before = state[row]!
    const wasKnown = outage[row] === olt.outage && !Number.isNaN(statusAt[row]!)
    // Seen before and after an outage of the way to it: it held through, unless it says otherwise.
    const held =
      !wasKnown &&
      next === before &&
      downs !== undefined &&
      sameInstant(lastDownAt[row]!, downBefore)
    // Down and up again between two readings: only the device's own record tells.
    const bounced =
      wasKnown &&
      next === stateCode.online &&
      downs !== undefined &&
      lastDownAt[row]! > stateSince[row]! &&
      !sameInstant(lastDownAt[row]!, downBefore)
    if (next !== before || (!wasKnown && !held) || bounced) {
      stateSince[row] = at
      if (next === stateCode.offline && before === stateCode.online && downs === undefined) {
        lastDownAt[row] = at
      }
      // The first reading of all is no change; `stateSince` tells of it.
      if (!Number.isNaN(statusAt[row]!)) onStateChange(olt, row, at, next, cause[row]!)
      changed++
    } else if (!wasKnown) {
      changed++
    }
    state[row] = next
    outage[row] = olt.outage
    statusAt[row] = at
    if (distances !== undefined) {
      const metres = distances[index]!
      distance[row] = metres >= 0 && metres <= 100_000 ? Math.round(metres) : -1
    }
  }
  if (changed > 0) live.revisions.state++
  live.revisions.status++
  if (covered !== 'none') removeVanished(live, olt, covered)
}

const sameInstant = (a: number, b: number): boolean =>
  // Devices give local clocks in seconds, some drift with each answer.
  Math.abs(a - b) < 5_000 || (Number.isNaN(a) && Number.isNaN(b))

const removeVanished = (live: LiveState, olt: LiveOlt, covered: Exclude<Covered, 'none'>): void => {
  const { missing, version } = live.table
  const rows = covered === 'olt' ? olt.rows : rowsOfPon(olt, unpackOnuAddress(covered.pon))
  const vanished: number[] = []
  // This walk has set the version of every row that it found.
  for (const row of rows) if (version[row] !== live.version) vanished.push(row)
  const needsProof = vanishNeedsProof(vanished.length, rows.length)
  const gone = new Set<number>()
  for (const row of vanished) {
    missing[row] = Math.min(255, missing[row]! + 1)
    if (!needsProof || missing[row]! >= 2) gone.add(row)
  }
  removeRows(live, olt, gone)
}

export const applyOptics = (
  live: LiveState,
  olt: LiveOlt,
  columns: OnuColumns,
  { at }: ReadTimes,
): void => {
  const version = ++live.version
  olt.version = version
  const rows = alignRows(live, olt, columns.address, false)
  const { table } = live
  const { numbers } = columns
  setScaled(table.onuRx, rows, numbers.onuRxDbm, 100)
  setScaled(table.oltRx, rows, numbers.oltRxDbm, 100)
  setScaled(table.onuTx, rows, numbers.onuTxDbm, 100)
  setScaled(table.temperature, rows, numbers.temperatureC, 100)
  setScaled(table.bias, rows, numbers.biasMa, 100)
  setScaled(table.voltage, rows, numbers.voltageV, 1000)
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    if (row < 0) continue
    judgeRow(table, row, olt.optic)
    table.opticsAt[row] = at
    table.version[row] = version
  }
  live.revisions.optics++
}

/** Out of a column's span: kept at its end, so that it stays visibly impossible. */
const setScaled = (
  target: Int16Array,
  rows: Int32Array,
  source: Float64Array | undefined,
  scale: number,
): void => {
  if (source === undefined) return
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    if (row < 0) continue
    const value = source[index]! * scale
    target[row] = Number.isNaN(value)
      ? noValue
      : Math.max(-32_767, Math.min(32_767, Math.round(value)))
  }
}

export const applyCounters = (
  live: LiveState,
  olt: LiveOlt,
  columns: OnuColumns,
  { at, monotonic }: ReadTimes,
): void => {
  const version = ++live.version
  olt.version = version
  const rows = alignRows(live, olt, columns.address, false)
  const { table } = live
  const { upBytes, downBytes, upKbps, downKbps, countersAt, countersMonotonic } = table
  const ups = columns.numbers.upBytes
  const downs = columns.numbers.downBytes
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    if (row < 0) continue
    const spanMs = monotonic - countersMonotonic[row]!
    countersAt[row] = at
    table.version[row] = version
    // A live view has read it just now: its rate stands, and the next reading counts from there.
    if (spanMs < shortestSpanMs) continue
    if (ups !== undefined) {
      const octets = plausibleOctets(ups[index]!)
      upKbps[row] = rateKbps(upBytes[row]!, octets, spanMs)
      upBytes[row] = octets
    }
    if (downs !== undefined) {
      const octets = plausibleOctets(downs[index]!)
      downKbps[row] = rateKbps(downBytes[row]!, octets, spanMs)
      downBytes[row] = octets
    }
    countersMonotonic[row] = monotonic
  }
  live.revisions.counters++
}

const plausibleOctets = (value: number): number => (value >= 0 && value <= 2 ** 64 ? value : NaN)

/** Models and firmwares are few: each text is kept once. Bounded, as texts come from devices. */
const createInterner = (): ((text: string) => string) => {
  const known = new Map<string, string>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= 10_000) known.clear()
    known.set(text, text)
    return text
  }
}
const intern = createInterner()

export const applyIdentity = (
  live: LiveState,
  olt: LiveOlt,
  columns: OnuColumns,
  onTextChange: (olt: LiveOlt) => void,
): void => {
  const version = ++live.version
  olt.version = version
  const rows = alignRows(live, olt, columns.address, true)
  const { table } = live
  let changed = 0
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!
    let rowChanged = false
    for (const column of textColumns) {
      const texts = columns.texts[column]
      if (texts === undefined) continue
      const read = texts[index] ?? null
      const text =
        read === null
          ? null
          : column === 'model' || column === 'firmware'
            ? intern(read.slice(0, maxText))
            : read.length > maxText
              ? read.slice(0, maxText)
              : read
      if (text === table[column][row]) continue
      rowChanged = true
      if (column === 'serial') live.serials.remove(row)
      table[column][row] = text
      if (column === 'serial' && !olt.hidden) live.serials.add(row)
    }
    if (!rowChanged) continue
    changed++
    table.search[row] = searchTextOf(table, row)
    table.version[row] = version
  }
  if (changed > 0) {
    live.revisions.texts++
    onTextChange(olt)
  }
}
