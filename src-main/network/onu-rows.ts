import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import { unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { causeClassOf, downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import { signalClasses } from '../../src-shared/domain/optics.ts'
import { currentState, fromCenti, type LiveState } from './live-state.ts'
import { noValue } from './onu-table.ts'
import { stateCode } from './rules.ts'

const noCause = downCauses.indexOf('none')
const unknownCause = downCauses.indexOf('unknown')

/** Position in `downCauses` of the cause that is shown of a row, and by which its state is sorted. */
export const shownCause = (live: LiveState, row: number): number => {
  const { table } = live
  const olt = live.olts[table.oltIndex[row]!]!
  if (table.outage[row] !== olt.outage) return unknownCause
  const told = table.cause[row]!
  if (told !== unknownCause && told < downCauses.length) return told
  // An ONU that is up and was never seen down has no cause, rather than an unknown one.
  const neverDown = table.state[row] === stateCode.online && !(table.lastDownAt[row]! > 0)
  return neverDown ? noCause : unknownCause
}

/** A row as the screen gets it: the only place where a row becomes an object. */
export const onuRowOf = (
  live: LiveState,
  nameOf: (oltIndex: number) => string,
  row: number,
): OnuRow => {
  const { table } = live
  const olt = live.olts[table.oltIndex[row]!]!
  const known = table.outage[row] === olt.outage
  const cause = downCauses[shownCause(live, row)] ?? 'unknown'
  const voltage = table.voltage[row]!
  return {
    row,
    oltId: olt.id,
    oltName: nameOf(olt.index),
    address: unpackOnuAddress(table.address[row]!),
    serial: table.serial[row] ?? null,
    name: table.name[row] ?? null,
    description: table.description[row] ?? null,
    model: table.model[row] ?? null,
    firmware: table.firmware[row] ?? null,
    state: onuStates[currentState(table, olt, row)] ?? 'unknown',
    cause,
    causeClass: causeClassOf(cause),
    stateSince: orNull(known ? table.stateSince[row]! : olt.unknownSince),
    lastDownAt: orNull(table.lastDownAt[row]!),
    onuRxDbm: orNull(fromCenti(table.onuRx[row]!)),
    oltRxDbm: orNull(fromCenti(table.oltRx[row]!)),
    onuTxDbm: orNull(fromCenti(table.onuTx[row]!)),
    signal: signalClasses[table.signal[row]!] ?? 'none',
    marginDb: orNull(fromCenti(table.margin[row]!)),
    distanceM: table.distance[row]! < 0 ? null : table.distance[row]!,
    temperatureC: orNull(fromCenti(table.temperature[row]!)),
    voltageV: voltage === noValue ? null : voltage / 1000,
    biasMa: orNull(fromCenti(table.bias[row]!)),
    upKbps: rate(table.upKbps[row]!),
    downKbps: rate(table.downKbps[row]!),
    statusAt: orNull(table.statusAt[row]!),
    opticsAt: orNull(table.opticsAt[row]!),
    countersAt: orNull(table.countersAt[row]!),
    duplicateSerial: table.duplicate[row] === 1,
  }
}

export const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Single precision keeps seven digits; more would only look exact. */
const rate = (kbps: number): number | null =>
  Number.isNaN(kbps) ? null : Math.round(kbps * 10) / 10
