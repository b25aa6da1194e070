import type { OltSnapshot } from '../../history/snapshot.ts'
import { alignRows, judgeRow, searchTextOf, type LiveOlt, type LiveState } from '../live-state.ts'
import { noValue, textColumns } from '../onu-table.ts'
import { rateKbps } from '../rules.ts'
import type { OltNow } from './olt-now.ts'

/** What a snapshot of the history says of an OLT's ONUs, as rows of a past state. */
export interface PastOlt {
  readonly live: LiveState
  readonly olt: LiveOlt
  readonly snapshot: OltSnapshot
  readonly now: OltNow
  /** A state that was read before this counts as unknown, wall ms. */
  readonly oldestState: number
}

/** So many rows at a time: some milliseconds. */
const rowsPerSlice = 2_048
const noCause = 255
/** Readings from before an outage count as unknown: rows carry the number of the outage. */
const knownOutage = 1

/** Yields between slices. Texts are those of now, where the same ONU stands there. */
export function* putPastOnus(past: PastOlt): Generator<undefined, number, undefined> {
  const { olt, snapshot } = past
  const { addresses } = snapshot.onus
  olt.outage = knownOutage
  let unknown = 0
  for (let from = 0; from < addresses.length; from += rowsPerSlice) {
    unknown += putSlice(past, from, Math.min(addresses.length, from + rowsPerSlice))
    yield
  }
  past.live.touch(olt)
  return unknown
}

const putSlice = ({ live, olt, snapshot, now, oldestState }: PastOlt, from: number, to: number) => {
  const { onus, lostAt } = snapshot
  const { table } = live
  const rows = alignRows(live, olt, onus.addresses.subarray(from, to), true)
  let unknown = 0
  for (let index = from; index < to; index++) {
    const row = rows[index - from]!
    const serial = onus.serials[index] ?? null
    const place = now.placeOf(onus.addresses[index]!, serial)
    const stateAt = onus.stateAt[index]!
    const state = onus.states[index]!
    const lost = state === 0 && stateAt === lostAt
    const readAt = onus.readAt[index]!
    const isKnown = !lost && stateAt >= oldestState
    if (!isKnown || state === 0) unknown++
    table.outage[row] = isKnown ? knownOutage : 0
    table.state[row] = isKnown ? state : 0
    table.statusAt[row] = readAt
    table.stateSince[row] = onus.since[index]!
    table.lastDownAt[row] = onus.downAt[index]!
    if (onus.causes[index] !== noCause) table.cause[row] = onus.causes[index]!
    if (place >= 0) now.copyUnchanged(place, table, row, { state, readAt })
    table.opticsAt[row] = onus.opticsAt[index]!
    table.onuRx[row] = scaled(onus.onuRxDbm[index]!, 100)
    table.oltRx[row] = scaled(onus.oltRxDbm[index]!, 100)
    table.onuTx[row] = scaled(onus.onuTxDbm[index]!, 100)
    table.temperature[row] = scaled(onus.temperatureC[index]!, 100)
    table.bias[row] = scaled(onus.biasMa[index]!, 100)
    table.voltage[row] = scaled(onus.voltageV[index]!, 1000)
    const spanMs = onus.spanMs[index]!
    table.countersAt[row] = onus.countersAt[index]!
    table.upBytes[row] = onus.upBytes[index]!
    table.downBytes[row] = onus.downBytes[index]!
    table.upKbps[row] = rateKbps(onus.upBefore[index]!, onus.upBytes[index]!, spanMs)
    table.downKbps[row] = rateKbps(onus.downBefore[index]!, onus.downBytes[index]!, spanMs)
    judgeRow(table, row, olt.optic)
    if (place >= 0) now.copyTexts(place, table, row)
    else putSerial(live, row, serial)
    live.serials.add(row)
  }
  return unknown
}

/** Another ONU stands there now, or none: its serial number is known, no other text is. */
const putSerial = (live: LiveState, row: number, serial: string | null): void => {
  const { table } = live
  for (const column of textColumns) table[column][row] = column === 'serial' ? serial : null
  table.search[row] = searchTextOf(table, row)
}

/** As apply-readings.ts keeps a reading. */
const scaled = (value: number, scale: number): number =>
  Number.isNaN(value) ? noValue : Math.max(-32_767, Math.min(32_767, Math.round(value * scale)))
