import type { OnuFilter, OnuRow, OnuSort } from '../../../src-shared/contract/network-model.ts'
import { formatOnu, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import { causeClassAt, type FakePlant } from './fake-plant.ts'
import { marginOf, rowOf, signalOf } from './fake-rows.ts'

/** Views on the ONU table: filter, fixed order, pages. */
export interface FakeView {
  rows: Int32Array
  filter: OnuFilter
  offset: number
  limit: number
}

const texts = new WeakMap<FakePlant, string[]>()

/** What a search looks at, one lower-case text per row, made at the first search. */
const searchTexts = (plant: FakePlant): string[] => {
  const known = texts.get(plant)
  if (known !== undefined) return known
  const made = plant.serial.map((serial, row) =>
    `${serial} ${plant.name[row]} ${plant.model[row]} ${formatOnu(unpackOnuAddress(plant.address[row]!))}`.toLowerCase(),
  )
  texts.set(plant, made)
  return made
}

export const stateFilterOf = (plant: FakePlant, row: number): OnuFilter['states'][number] => {
  const state = onuStates[plant.state[row]!]!
  if (state !== 'offline') return state
  const kind = causeClassAt(plant, row)
  if (kind === 'power') return 'offline-power'
  return kind === 'optical' ? 'offline-optical' : 'offline-other'
}

export const filterRows = (plant: FakePlant, filter: OnuFilter): Int32Array => {
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const text = words.length > 0 ? searchTexts(plant) : []
  const olts = new Set(filter.oltIds)
  const found = new Int32Array(plant.size)
  let count = 0
  for (let row = 0; row < plant.size; row += 1) {
    const olt = plant.olts[plant.olt[row]!]!
    if (olt.removed) continue
    if (olts.size > 0 && !olts.has(olt.id)) continue
    if (filter.states.length > 0 && !filter.states.includes(stateFilterOf(plant, row))) continue
    if (filter.signals.length > 0 && !filter.signals.includes(signalOf(plant, row))) continue
    if (filter.duplicateSerial && row !== 5 && row !== 6) continue
    if (filter.pon !== null) {
      const { shelf, slot, port } = unpackOnuAddress(plant.address[row]!)
      if (shelf !== filter.pon.shelf || slot !== filter.pon.slot || port !== filter.pon.port)
        continue
    }
    if (!words.every((word) => text[row]!.includes(word))) continue
    found[count++] = row
  }
  return found.slice(0, count)
}

type Key = (row: number) => number | string

const keyOf = (plant: FakePlant, column: OnuSort['column'], now: number): Key => {
  switch (column) {
    case 'address':
      return (row) => plant.olt[row]! * 2 ** 31 + plant.address[row]!
    case 'olt':
      return (row) => plant.olts[plant.olt[row]!]!.name
    case 'serial':
      return (row) => plant.serial[row]!
    case 'name':
      return (row) => plant.name[row]!
    case 'model':
      return (row) => plant.model[row]!
    case 'state':
      return (row) => plant.state[row]!
    case 'stateSince':
      return (row) => plant.since[row]!
    case 'marginDb':
      return (row) => marginOf(plant, row)
    default:
      return (row) => rowOf(plant, row, now)[column] ?? Number.NaN
  }
}

/** No value always comes last, whichever way the column is sorted. */
export const sortRows = (plant: FakePlant, rows: Int32Array, sort: OnuSort, now: number): void => {
  const key = keyOf(plant, sort.column, now)
  const keys = new Map<number, number | string>()
  for (const row of rows) keys.set(row, key(row))
  const way = sort.descending ? -1 : 1
  rows.sort((one, other) => {
    const a = keys.get(one)!
    const b = keys.get(other)!
    const aMissing = typeof a === 'number' && Number.isNaN(a)
    const bMissing = typeof b === 'number' && Number.isNaN(b)
    if (aMissing || bMissing) return aMissing === bMissing ? one - other : aMissing ? 1 : -1
    return a < b ? -way : a > b ? way : one - other
  })
}

export const pageOf = (
  plant: FakePlant,
  rows: Int32Array,
  offset: number,
  limit: number,
  now: number,
): OnuRow[] => Array.from(rows.subarray(offset, offset + limit), (row) => rowOf(plant, row, now))
