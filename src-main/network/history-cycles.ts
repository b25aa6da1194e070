import { onuStates } from '../../src-shared/domain/onu-state.ts'
import { packOnuAddress, ponOf } from '../../src-shared/domain/onu-address.ts'
import { possibleDbm } from '../../src-shared/domain/optics.ts'
import type { Cycle } from '../history/cycle.ts'
import type { OltBoard, OltPonPort, OnuColumns } from '../olt/poller/olt-port.ts'
import { currentState, fromCenti, type LiveOlt, type LiveState } from './live-state.ts'
import { stateCode } from './rules.ts'

/** What a walk read, as the history keeps it: columns by series, no object per ONU. */
export interface HistoryPart {
  readonly addresses: Int32Array
  readonly columns: Cycle['columns']
}

const opticColumns = [
  'onuRxDbm',
  'oltRxDbm',
  'onuTxDbm',
  'temperatureC',
  'voltageV',
  'biasMa',
] as const
const counterColumns = ['upBytes', 'downBytes'] as const
const mostOctets = 2 ** 64

/** The samples of its ONUs; null: nothing that the history keeps was read. */
export const onuPartOf = ({ group, address, codes, numbers }: OnuColumns): HistoryPart | null => {
  switch (group) {
    case 'identity':
      return null
    case 'status': {
      const states = codes.state
      if (states === undefined) return null
      const known = states.map((state) => (state < onuStates.length ? state : stateCode.unknown))
      return { addresses: address, columns: { state: known } }
    }
    case 'optics':
      return partOf(address, numbers, opticColumns, Number.isFinite)
    case 'counters':
      return partOf(
        address,
        numbers,
        counterColumns,
        (octets) => octets >= 0 && octets <= mostOctets,
      )
  }
}

const partOf = <Name extends (typeof opticColumns)[number] | (typeof counterColumns)[number]>(
  addresses: Int32Array,
  numbers: OnuColumns['numbers'],
  names: readonly Name[],
  plausible: (value: number) => boolean,
): HistoryPart | null => {
  const columns: { [Column in Name]?: Float64Array } = {}
  for (const name of names) {
    const read = numbers[name]
    if (read !== undefined) columns[name] = read.map((value) => (plausible(value) ? value : NaN))
  }
  return Object.keys(columns).length === 0 ? null : { addresses, columns }
}

/** PON ports, ascending, with a figure each. */
export interface PonFigures {
  readonly addresses: Int32Array
  readonly values: Float64Array
}

/** ONUs that are online per PON port: of those where ONUs stand and of those that the OLT named. */
export const onlinePerPon = (
  { table }: LiveState,
  olt: LiveOlt,
  named: readonly OltPonPort[],
): PonFigures => {
  const online = new Map<number, number>()
  for (const port of named) online.set(packOnuAddress({ ...port, onuId: 0 }), 0)
  for (let index = 0; index < olt.rows.length; index++) {
    const pon = ponOf(olt.addresses[index]!)
    const isOnline = currentState(table, olt, olt.rows[index]!) === stateCode.online
    online.set(pon, (online.get(pon) ?? 0) + (isOnline ? 1 : 0))
  }
  return figuresOf(online)
}

/** Mean light at the ONUs per PON port, dBm, as the page of the port has it. */
export const averageRxPerPon = (
  { table }: LiveState,
  olt: LiveOlt,
  /** Wall ms: older readings do not count. */
  at: number,
): PonFigures => {
  const sums = new Map<number, { sum: number; count: number }>()
  for (let index = 0; index < olt.rows.length; index++) {
    const row = olt.rows[index]!
    const dbm = fromCenti(table.onuRx[row]!)
    if (table.opticsAt[row] !== at || !(dbm >= possibleDbm.min && dbm <= possibleDbm.max)) continue
    if (currentState(table, olt, row) !== stateCode.online) continue
    const pon = ponOf(olt.addresses[index]!)
    const entry = sums.get(pon) ?? { sum: 0, count: 0 }
    entry.sum += dbm
    entry.count++
    sums.set(pon, entry)
  }
  return figuresOf(new Map([...sums].map(([pon, { sum, count }]) => [pon, sum / count])))
}

export const txPerPon = (ports: readonly OltPonPort[]): PonFigures =>
  figuresOf(
    new Map(
      ports.flatMap(({ txDbm, ...port }) =>
        txDbm === null ? [] : [[packOnuAddress({ ...port, onuId: 0 }), txDbm] as const],
      ),
    ),
  )

const figuresOf = (byPon: ReadonlyMap<number, number>): PonFigures => {
  const addresses = Int32Array.from(byPon.keys()).sort()
  return {
    addresses,
    values: Float64Array.from(addresses, (address) => byPon.get(address) ?? Number.NaN),
  }
}

/** The figure of one port alone. */
export const onlyPon = ({ addresses, values }: PonFigures, pon: number): PonFigures => {
  const place = addresses.indexOf(pon)
  return place < 0
    ? { addresses: new Int32Array(0), values: new Float64Array(0) }
    : {
        addresses: addresses.slice(place, place + 1),
        values: values.slice(place, place + 1),
      }
}

/** Of all boards the highest: the one that is in trouble first. NaN: none says. */
export const highestOf = (
  boards: readonly OltBoard[],
  figure: 'cpuPercent' | 'temperatureC',
): number =>
  boards.reduce((most, board) => {
    const value = board[figure] ?? Number.NaN
    return Number.isNaN(most) || value > most ? value : most
  }, Number.NaN)
