import type { OnuSortColumn } from '../../src-shared/contract/network-model.ts'
import { assertNever } from '../../src-shared/errors.ts'
import { fromCenti, type LiveState } from './live-state.ts'
import type { ListedOlt } from './row-filter.ts'
import { orderByNumber, type RadixOrder } from './radix-order.ts'
import { shownCause } from './onu-rows.ts'
import { causeClassCode, stateCode } from './rules.ts'
import type { TextOrders } from './text-orders.ts'

/**
 * All rows in ascending order of a column, kept until something moves that the column depends on.
 * Descending is the exact reverse; rows without a value come last either way.
 */
export interface RowOrders {
  readonly get: (column: OnuSortColumn, listed: readonly ListedOlt[]) => RadixOrder
  /** Changes when `get` would give another order. */
  readonly revision: (column: OnuSortColumn) => string
  /** What the order goes by; NaN or null: no value. */
  readonly keyOf: (column: OnuSortColumn) => (row: number) => number | string | null
}

export const createRowOrders = (
  live: LiveState,
  texts: TextOrders,
  /** Changes when OLTs are renamed. */
  namesRevision: () => number,
): RowOrders => {
  const { table, revisions } = live
  const cache = new Map<OnuSortColumn, { revision: string; order: RadixOrder }>()

  const numberOf = (column: OnuSortColumn): ((row: number) => number) | null => {
    switch (column) {
      case 'address':
      case 'olt':
      case 'serial':
      case 'name':
      case 'description':
      case 'model':
      case 'firmware':
        return null
      case 'state':
        return (row) => {
          const olt = live.olts[table.oltIndex[row]!]!
          const state = table.outage[row] === olt.outage ? table.state[row]! : stateCode.unknown
          return state * 16 + causeClassCode[shownCause(live, row)]!
        }
      case 'stateSince':
        return (row) => {
          const olt = live.olts[table.oltIndex[row]!]!
          return table.outage[row] === olt.outage ? table.stateSince[row]! : olt.unknownSince
        }
      case 'onuRxDbm':
        return (row) => fromCenti(table.onuRx[row]!)
      case 'oltRxDbm':
        return (row) => fromCenti(table.oltRx[row]!)
      case 'marginDb':
        return (row) => fromCenti(table.margin[row]!)
      case 'distanceM':
        return (row) => (table.distance[row]! < 0 ? NaN : table.distance[row]!)
      case 'temperatureC':
        return (row) => fromCenti(table.temperature[row]!)
      case 'upKbps':
        return (row) => table.upKbps[row]!
      case 'downKbps':
        return (row) => table.downKbps[row]!
      case 'lastDownAt':
        return (row) => table.lastDownAt[row]!
      default:
        return assertNever(column)
    }
  }

  const moved = (column: OnuSortColumn): number => {
    switch (column) {
      case 'address':
      case 'olt':
        return 0
      case 'serial':
      case 'name':
      case 'description':
      case 'model':
      case 'firmware':
        return revisions.texts
      case 'state':
      case 'stateSince':
        return revisions.state
      case 'distanceM':
      case 'lastDownAt':
        return revisions.status
      case 'onuRxDbm':
      case 'oltRxDbm':
      case 'marginDb':
      case 'temperatureC':
        return revisions.optics
      case 'upKbps':
      case 'downKbps':
        return revisions.counters
      default:
        return assertNever(column)
    }
  }

  const revision: RowOrders['revision'] = (column) =>
    `${revisions.structure} ${namesRevision()} ${moved(column)}`

  const build = (column: OnuSortColumn, listed: readonly ListedOlt[]): RadixOrder => {
    const rows = baseOrder(listed)
    const number = numberOf(column)
    if (number !== null) return orderByNumber(rows, number)
    if (column === 'address' || column === 'olt') return { rows, valued: rows.length }
    const sorted = texts.order(column as 'serial')
    const has = new Uint8Array(table.capacity)
    const all = new Int32Array(sorted.length + rows.length)
    let valued = 0
    for (const row of sorted) {
      if (live.olts[table.oltIndex[row]!]!.hidden) continue
      has[row] = 1
      all[valued++] = row
    }
    let place = valued
    for (const row of rows) if (has[row] === 0) all[place++] = row
    return { rows: all.slice(0, place), valued }
  }

  return {
    revision,
    get: (column, listed) => {
      const now = revision(column)
      const cached = cache.get(column)
      if (cached?.revision === now) return cached.order
      const order = build(column, listed)
      cache.set(column, { revision: now, order })
      return order
    },
    keyOf: (column) => {
      const number = numberOf(column)
      if (number !== null) return number
      if (column === 'address' || column === 'olt') return () => 0
      const column_ = table[column as 'serial']
      return (row) => column_[row] ?? null
    },
  }
}

/** OLT by OLT in the order of the list, by address. */
const baseOrder = (listed: readonly ListedOlt[]): Int32Array => {
  let count = 0
  for (const { olt } of listed) if (!olt.hidden) count += olt.rows.length
  const rows = new Int32Array(count)
  let place = 0
  for (const { olt } of listed) {
    if (olt.hidden) continue
    rows.set(olt.rows, place)
    place += olt.rows.length
  }
  return rows
}
