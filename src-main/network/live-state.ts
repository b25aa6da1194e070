import { opticClasses, signalClasses, type OpticClass } from '../../src-shared/domain/optics.ts'
import { formatOnu, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { countOnus, emptyCounts, type Counts } from './onu-counts.ts'
import {
  createOnuTable,
  freeRow,
  noValue,
  reserveRows,
  takeRow,
  textColumns,
  type OnuTable,
} from './onu-table.ts'
import { judgeSignal } from './rules.ts'
import { createSerialIndex, type SerialIndex } from './serial-index.ts'

/** The ONUs of one OLT: its rows in order of address. */
export interface LiveOlt {
  readonly index: number
  readonly id: string
  optic: OpticClass
  /** Removed by a person, may be restored: in no list, no count and no search. */
  hidden: boolean
  addresses: Int32Array
  rows: Int32Array
  /**
   * Goes up when the way to the OLT is lost: states read before are unknown until read again
   * (facts/noc.md E2), without touching thousands of rows.
   */
  outage: number
  reachable: boolean
  unknownSince: number
  unconfigured: number
  /** Version of the last change of anything of this OLT. */
  version: number
  counts: Counts
  countedAt: number
}

/** What has moved since when: caches compare these numbers. */
export interface Revisions {
  /** ONUs or OLTs came or went. */
  structure: number
  /** A state, or since when it is so. */
  state: number
  /** Anything of a status walk: distance, last down. */
  status: number
  optics: number
  counters: number
  texts: number
  duplicates: number
}

export interface LiveState {
  readonly table: OnuTable
  readonly olts: LiveOlt[]
  readonly revisions: Revisions
  readonly serials: SerialIndex
  /** Goes up with every application; rows and OLTs carry the one that touched them last. */
  version: number
  readonly addOlt: (id: string, optic: OpticClass['name']) => LiveOlt
  readonly olt: (id: string) => LiveOlt | undefined
  readonly hide: (olt: LiveOlt, hidden: boolean) => void
  readonly setOptic: (olt: LiveOlt, optic: OpticClass['name']) => void
  readonly setReachable: (olt: LiveOlt, reachable: boolean, at: number) => void
  /** Something of the OLT that no row shows has moved. */
  readonly touch: (olt: LiveOlt) => void
  readonly countsOf: (olt: LiveOlt) => Counts
  readonly findRow: (olt: LiveOlt, address: number) => number
}

export const createLiveState = (): LiveState => {
  const table = createOnuTable()
  const olts: LiveOlt[] = []
  const byId = new Map<string, LiveOlt>()
  const revisions: Revisions = {
    structure: 0,
    state: 0,
    status: 0,
    optics: 0,
    counters: 0,
    texts: 0,
    duplicates: 0,
  }
  const serials = createSerialIndex(table, (row) => {
    table.version[row] = state.version
    const olt = olts[table.oltIndex[row]!]
    if (olt !== undefined) olt.version = state.version
    revisions.duplicates++
  })

  const touch: LiveState['touch'] = (olt) => {
    olt.version = ++state.version
  }

  const touchRows = (olt: LiveOlt): void => {
    touch(olt)
    for (const row of olt.rows) table.version[row] = state.version
  }

  const state: LiveState = {
    table,
    olts,
    revisions,
    serials,
    version: 1,
    touch,
    addOlt: (id, optic) => {
      const olt: LiveOlt = {
        index: olts.length,
        id,
        optic: opticClasses[optic],
        hidden: false,
        addresses: new Int32Array(0),
        rows: new Int32Array(0),
        outage: 0,
        reachable: true,
        unknownSince: NaN,
        unconfigured: 0,
        version: ++state.version,
        counts: emptyCounts(),
        countedAt: -1,
      }
      olts.push(olt)
      byId.set(id, olt)
      revisions.structure++
      return olt
    },
    olt: (id) => byId.get(id),
    hide: (olt, hidden) => {
      if (olt.hidden === hidden) return
      olt.hidden = hidden
      touchRows(olt)
      for (const row of olt.rows) {
        if (hidden) serials.remove(row)
        else serials.add(row)
      }
      revisions.structure++
    },
    setOptic: (olt, optic) => {
      if (olt.optic.name === optic) return
      olt.optic = opticClasses[optic]
      for (const row of olt.rows) judgeRow(table, row, olt.optic)
      touchRows(olt)
      revisions.optics++
    },
    setReachable: (olt, reachable, at) => {
      if (olt.reachable === reachable) return
      olt.reachable = reachable
      if (!reachable) {
        olt.outage = (olt.outage + 1) & 0xffff
        olt.unknownSince = at
      }
      touchRows(olt)
      revisions.state++
      revisions.status++
    },
    countsOf: (olt) => {
      if (olt.countedAt !== olt.version) {
        olt.counts = countOnus(table, olt, olt.rows)
        olt.counts.unconfigured = olt.unconfigured
        olt.countedAt = olt.version
      }
      return olt.counts
    },
    findRow: (olt, address) => {
      const place = lowerBound(olt.addresses, address)
      return olt.addresses[place] === address ? olt.rows[place]! : -1
    },
  }
  return state
}

/** The state's position in `onuStates` that counts: unknown while, and since, the OLT is lost. */
export const currentState = (table: OnuTable, olt: LiveOlt, row: number): number =>
  table.outage[row] === olt.outage ? table.state[row]! : 0

export const lowerBound = (sorted: Int32Array, value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

export const fromCenti = (value: number): number => (value === noValue ? NaN : value / 100)

export const judgeRow = (table: OnuTable, row: number, optic: OpticClass): void => {
  const { signal, marginDb } = judgeSignal(
    fromCenti(table.onuRx[row]!),
    fromCenti(table.oltRx[row]!),
    optic,
  )
  table.signal[row] = signalClasses.indexOf(signal)
  table.margin[row] = Number.isNaN(marginDb) ? noValue : Math.round(marginDb * 100)
}

/**
 * The rows of ascending `addresses` of an OLT, -1 for one that is not known. With `create`, those
 * get a row each. One merge over both ascending lists.
 */
export const alignRows = (
  state: LiveState,
  olt: LiveOlt,
  addresses: Int32Array,
  create: boolean,
): Int32Array => {
  const { table } = state
  const count = addresses.length
  const rows = new Int32Array(count)
  let fresh = 0
  for (let index = 0, known = 0; index < count; index++) {
    const address = addresses[index]!
    while (known < olt.addresses.length && olt.addresses[known]! < address) known++
    if (olt.addresses[known] === address) {
      rows[index] = olt.rows[known]!
    } else {
      rows[index] = -1
      fresh++
    }
  }
  if (!create || fresh === 0) return rows
  reserveRows(table, fresh)
  const merged = new Int32Array(olt.rows.length + fresh)
  const mergedAddresses = new Int32Array(merged.length)
  let place = 0
  let known = 0
  const keepUntil = (limit: number): void => {
    while (known < olt.addresses.length && olt.addresses[known]! < limit) {
      merged[place] = olt.rows[known]!
      mergedAddresses[place++] = olt.addresses[known++]!
    }
  }
  for (let index = 0; index < count; index++) {
    if (rows[index] !== -1) continue
    const address = addresses[index]!
    keepUntil(address)
    const row = takeRow(table, olt.index, address, state.version)
    table.outage[row] = olt.outage
    table.search[row] = searchTextOf(table, row)
    rows[index] = row
    merged[place] = row
    mergedAddresses[place++] = address
  }
  keepUntil(Infinity)
  olt.rows = merged
  olt.addresses = mergedAddresses
  state.revisions.structure++
  return rows
}

export const removeRows = (state: LiveState, olt: LiveOlt, gone: ReadonlySet<number>): void => {
  if (gone.size === 0) return
  for (const row of gone) {
    state.serials.remove(row)
    state.table.version[row] = state.version
    freeRow(state.table, row)
  }
  const keep = olt.rows.map((row) => (gone.has(row) ? 0 : 1))
  olt.addresses = olt.addresses.filter((_, place) => keep[place] === 1)
  olt.rows = olt.rows.filter((_, place) => keep[place] === 1)
  state.revisions.structure++
}

export const searchTextOf = (table: OnuTable, row: number): string => {
  let text = formatOnu(unpackOnuAddress(table.address[row]!))
  for (const column of textColumns) {
    const value = table[column][row]
    if (typeof value === 'string' && value !== '') text += `\n${value}`
  }
  return text.toLowerCase()
}
