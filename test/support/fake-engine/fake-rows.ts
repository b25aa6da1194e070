import type { OnuCounts, OnuRow } from '../../../src-shared/contract/network-model.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { causeClassOf, downCauses, onuStates } from '../../../src-shared/domain/onu-state.ts'
import {
  classifySignal,
  marginDb,
  opticClasses,
  signalClasses,
  type SignalClass,
} from '../../../src-shared/domain/optics.ts'
import { stateAt, type FakePlant } from './fake-plant.ts'

const range = opticClasses['B+']
const order: readonly SignalClass[] = [
  'none',
  'good',
  'warning',
  'too-strong',
  'critical',
  'invalid',
]

const online = stateAt('online')

/** The worse of both directions; an ONU that is not online has no light to speak of. */
export const signalOf = (plant: FakePlant, row: number): SignalClass => {
  if (plant.state[row] !== online) return 'none'
  const one = classifySignal(plant.onuRx[row]!, range.onuRx)
  const other = classifySignal(plant.oltRx[row]!, range.oltRx)
  return order.indexOf(one) >= order.indexOf(other) ? one : other
}

export const marginOf = (plant: FakePlant, row: number): number =>
  plant.state[row] === online
    ? Math.min(marginDb(plant.onuRx[row]!, range.onuRx), marginDb(plant.oltRx[row]!, range.oltRx))
    : Number.NaN

const tenth = (value: number): number => Math.round(value * 10) / 10

export const rowOf = (plant: FakePlant, row: number, now: number): OnuRow => {
  const olt = plant.olts[plant.olt[row]!]!
  const state = onuStates[plant.state[row]!]!
  const cause = downCauses[plant.cause[row]!]!
  const lit = state === 'online'
  const statusAt = olt.reachable ? now - (now % 60_000) : now - 840_000
  return {
    row,
    oltId: olt.id,
    oltName: olt.name,
    address: unpackOnuAddress(plant.address[row]!),
    serial: plant.serial[row]!,
    name: plant.name[row]!,
    description: row % 7 === 0 ? 'VIP, call before work' : null,
    model: plant.model[row]!,
    firmware: olt.family === 'zte-c3xx' ? 'V9.0.10P5N4' : 'V5R020C00S115',
    state,
    cause,
    causeClass: causeClassOf(cause),
    stateSince: plant.since[row]!,
    lastDownAt: Number.isNaN(plant.lastDown[row]!) ? null : plant.lastDown[row]!,
    onuRxDbm: lit ? tenth(plant.onuRx[row]!) : null,
    oltRxDbm: lit ? tenth(plant.oltRx[row]!) : null,
    onuTxDbm: lit ? 2.2 : null,
    signal: signalOf(plant, row),
    marginDb: lit ? tenth(marginOf(plant, row)) : null,
    distanceM: lit ? plant.distance[row]! : null,
    temperatureC: lit ? 41 + (row % 17) : null,
    voltageV: lit ? 3.3 : null,
    biasMa: lit ? 11.5 : null,
    upKbps: lit ? plant.up[row]! : null,
    downKbps: lit ? plant.down[row]! : null,
    statusAt,
    opticsAt: lit ? now - (now % 3_600_000) : null,
    countersAt: lit ? now - (now % 300_000) : null,
    duplicateSerial: row === 5 || row === 6,
  }
}

/** Over the rows that `includes` lets through. */
export const countRows = (
  plant: FakePlant,
  includes: (row: number) => boolean,
  unconfigured: number,
): OnuCounts => {
  const byState = new Uint32Array(onuStates.length)
  const bySignal = new Uint32Array(signalClasses.length)
  let power = 0
  let optical = 0
  let total = 0
  for (let row = 0; row < plant.size; row += 1) {
    if (!includes(row)) continue
    total += 1
    byState[plant.state[row]!]! += 1
    if (onuStates[plant.state[row]!] === 'offline') {
      const kind = causeClassOf(downCauses[plant.cause[row]!]!)
      if (kind === 'power') power += 1
      else if (kind === 'optical') optical += 1
    }
    bySignal[signalClasses.indexOf(signalOf(plant, row))]! += 1
  }
  const of = (state: (typeof onuStates)[number]): number => byState[onuStates.indexOf(state)]!
  const signal = (kind: SignalClass): number => bySignal[signalClasses.indexOf(kind)]!
  return {
    total,
    online: of('online'),
    offlinePower: power,
    offlineOptical: optical,
    offlineOther: of('offline') - power - optical,
    disabled: of('disabled'),
    starting: of('starting'),
    authFailed: of('auth-failed'),
    unknown: of('unknown'),
    signalWarning: signal('warning'),
    signalCritical: signal('critical'),
    signalTooStrong: signal('too-strong'),
    unconfigured,
  }
}
