import type { OnuFilter, OnuRow, OnuSort } from '../../src-shared/contract/network-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Emit } from '../engine/handlers.ts'
import type { LiveState } from './live-state.ts'
import { compareNatural } from './natural-order.ts'
import { filterRows, type ListedOlt } from './row-filter.ts'
import type { RowOrders } from './row-orders.ts'
import { searchWords } from './rules.ts'

/**
 * Open views on the ONU table: filter and search and sort make a list of row numbers, which keeps
 * still until the view is opened anew while the values in it move.
 */
export interface Views {
  readonly open: (clientId: number, request: OpenView) => ViewAnswer & { readonly ofTotal: number }
  /** Errors: `not-found` when the view is not open (any more). */
  readonly page: (clientId: number, viewId: string, offset: number, limit: number) => ViewAnswer
  readonly close: (clientId: number, viewId: string) => void
  readonly clientGone: (clientId: number) => void
  /** Announces what has changed on the visible pages. */
  readonly announce: (monotonic: number) => void
}

export interface OpenView {
  readonly viewId: string
  readonly filter: OnuFilter
  readonly sort: OnuSort
  readonly offset: number
  readonly limit: number
}

export interface ViewAnswer {
  readonly total: number
  readonly offset: number
  readonly onus: OnuRow[]
}

interface View {
  readonly id: string
  readonly clientId: number
  readonly filter: OnuFilter
  readonly sort: OnuSort
  /** Matching rows in base order; what a longer search text looks through. */
  readonly matched: Int32Array
  readonly narrowing: string
  order: Int32Array
  readonly openedVersion: number
  structure: number
  offset: number
  limit: number
  sentVersion: number
  outdated: boolean
  sentOutdated: boolean
  /** Of what membership and order depend on, when last compared. */
  compared: string
  comparedAt: number
}

/** Per client; a screen has one or two, a test perhaps more. The longest unused gives way. */
const maxViews = 12
/** How often it is worth comparing a whole view with what it would be now, ms. */
const compareEveryMs = 2_000

export const createViews = (deps: {
  readonly live: LiveState
  readonly orders: RowOrders
  readonly listed: () => readonly ListedOlt[]
  readonly namesRevision: () => number
  readonly rowOf: (row: number) => OnuRow
  readonly emit: Emit
}): Views => {
  const { live, orders, listed, rowOf, emit } = deps
  const { table, revisions } = live
  const clients = new Map<number, Map<string, View>>()
  let marks = new Uint8Array(0)

  const membership = ({ filter }: Pick<View, 'filter'>): string => {
    const parts = [revisions.structure, deps.namesRevision()]
    if (filter.states.length > 0 || filter.signals.length > 0) parts.push(revisions.state)
    if (filter.signals.length > 0) parts.push(revisions.optics)
    if (filter.duplicateSerial) parts.push(revisions.duplicates)
    if (filter.search !== '') parts.push(revisions.texts)
    return parts.join(' ')
  }
  /** Equal strings: the same rows match, but for the search. */
  const narrowingOf = (filter: OnuFilter): string =>
    `${JSON.stringify({ ...filter, search: '' })} ${membership({ filter: { ...filter, search: 'x' } })}`

  const sorted = (matched: Int32Array, sort: OnuSort): Int32Array => {
    const { rows, valued } = orders.get(sort.column, listed())
    if (!sort.descending && matched.length === rows.length) return rows.slice()
    if (marks.length < table.capacity) marks = new Uint8Array(table.capacity)
    for (const row of matched) marks[row] = 1
    const order = new Int32Array(matched.length)
    let place = 0
    const take = (row: number): void => {
      if (marks[row] === 1) order[place++] = row
    }
    if (sort.descending) {
      for (let index = valued - 1; index >= 0; index--) take(rows[index]!)
    } else {
      for (let index = 0; index < valued; index++) take(rows[index]!)
    }
    for (let index = valued; index < rows.length; index++) take(rows[index]!)
    for (const row of matched) marks[row] = 0
    return order
  }

  /** A longer search finds its matches among those of the shorter one. */
  const narrowed = (before: View | undefined, filter: OnuFilter, narrowing: string) => {
    if (before === undefined || before.narrowing !== narrowing) return null
    const words = searchWords(filter.search)
    const all = searchWords(before.filter.search).every((old) =>
      words.some((word) => word.includes(old)),
    )
    return all ? before.matched : null
  }

  const open: Views['open'] = (clientId, { viewId, filter, sort, offset, limit }) => {
    const views = clients.get(clientId) ?? new Map<string, View>()
    clients.set(clientId, views)
    const before = views.get(viewId)
    const narrowing = narrowingOf(filter)
    const matched = filterRows(live, listed(), filter, narrowed(before, filter, narrowing))
    const view: View = {
      id: viewId,
      clientId,
      filter,
      sort,
      matched,
      narrowing,
      order: sorted(matched, sort),
      openedVersion: live.version,
      structure: revisions.structure,
      offset,
      limit,
      sentVersion: live.version,
      outdated: false,
      sentOutdated: false,
      compared: `${membership({ filter })} ${orders.revision(sort.column)}`,
      comparedAt: -Infinity,
    }
    views.delete(viewId)
    views.set(viewId, view)
    const oldest = views.keys().next().value
    if (views.size > maxViews && oldest !== undefined) views.delete(oldest)
    let ofTotal = 0
    for (const { olt } of listed()) if (!olt.hidden) ofTotal += olt.rows.length
    return { ...answer(view, offset, limit), ofTotal }
  }

  /** ONUs that have gone from their OLT leave the list; it says that it is outdated. */
  const dropGone = (view: View): void => {
    if (view.structure === revisions.structure) return
    view.structure = revisions.structure
    const rows = view.order.filter(
      (row) =>
        table.live[row] === 1 &&
        table.born[row]! <= view.openedVersion &&
        !live.olts[table.oltIndex[row]!]!.hidden,
    )
    if (rows.length === view.order.length) return
    view.order = rows
    view.outdated = true
  }

  const answer = (view: View, offset: number, limit: number): ViewAnswer => ({
    total: view.order.length,
    offset,
    onus: Array.from(view.order.subarray(offset, offset + limit), rowOf),
  })

  const page: Views['page'] = (clientId, viewId, offset, limit) => {
    const view = clients.get(clientId)?.get(viewId)
    if (view === undefined) throw new NocturneError('not-found', { what: 'view' })
    dropGone(view)
    view.offset = offset
    view.limit = limit
    view.sentVersion = live.version
    return answer(view, offset, limit)
  }

  /** Whether opening the view now would give other rows or another order. */
  const wouldDiffer = (view: View): boolean => {
    const matched = filterRows(live, listed(), view.filter, null)
    if (matched.length !== view.order.length) return true
    if (marks.length < table.capacity) marks = new Uint8Array(table.capacity)
    for (const row of view.order) marks[row] = 1
    const same = matched.every((row) => marks[row] === 1)
    for (const row of view.order) marks[row] = 0
    return !same || !isOrdered(view)
  }

  /** Equal values may stand in any order: that is no difference worth an offer to refresh. */
  const isOrdered = ({ order, sort }: View): boolean => {
    const keyOf = orders.keyOf(sort.column)
    const sign = sort.descending ? -1 : 1
    let before: number | string | null = null
    let ended = false
    for (let index = 0; index < order.length; index++) {
      const read = keyOf(order[index]!)
      const key = read === '' || (typeof read === 'number' && Number.isNaN(read)) ? null : read
      if (key === null) {
        ended = true
        continue
      }
      if (ended) return false
      if (before !== null) {
        const difference =
          typeof key === 'string' ? compareNatural(before as string, key) : (before as number) - key
        if (difference * sign > 0) return false
      }
      before = key
    }
    return true
  }

  const changedRows = (view: View): OnuRow[] => {
    const rows: OnuRow[] = []
    const end = Math.min(view.order.length, view.offset + view.limit)
    for (let index = view.offset; index < end; index++) {
      const row = view.order[index]!
      if (table.version[row]! > view.sentVersion) rows.push(rowOf(row))
    }
    return rows
  }

  const hasChange = (view: View): boolean => {
    if (view.outdated !== view.sentOutdated) return true
    const end = Math.min(view.order.length, view.offset + view.limit)
    for (let index = view.offset; index < end; index++) {
      if (table.version[view.order[index]!]! > view.sentVersion) return true
    }
    return false
  }

  const announceView = (view: View, monotonic: number): void => {
    dropGone(view)
    const now = `${membership(view)} ${orders.revision(view.sort.column)}`
    if (!view.outdated && now !== view.compared && monotonic - view.comparedAt >= compareEveryMs) {
      view.compared = now
      view.comparedAt = monotonic
      view.outdated = wouldDiffer(view)
    }
    if (!hasChange(view)) return
    emit(
      'network.viewChanged',
      () => {
        // Made when it is sent: a client that lags gets one page of now, not a queue of pasts.
        if (clients.get(view.clientId)?.get(view.id) !== view) return null
        dropGone(view)
        const onus = changedRows(view)
        if (onus.length === 0 && view.outdated === view.sentOutdated) return null
        view.sentVersion = live.version
        view.sentOutdated = view.outdated
        return { viewId: view.id, onus, outdated: view.outdated }
      },
      { to: view.clientId, key: view.id },
    )
  }

  return {
    open,
    page,
    close: (clientId, viewId) => {
      clients.get(clientId)?.delete(viewId)
    },
    clientGone: (clientId) => {
      clients.delete(clientId)
    },
    announce: (monotonic) => {
      for (const views of clients.values()) {
        for (const view of views.values()) announceView(view, monotonic)
      }
    },
  }
}
