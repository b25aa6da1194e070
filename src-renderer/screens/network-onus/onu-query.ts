import type {
  OnuFilter,
  OnuSort,
  OnuSortColumn,
  onuStateFilters,
} from '../../../src-shared/contract/network-model.ts'
import { formatPon, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { signalClasses, type SignalClass } from '../../../src-shared/domain/optics.ts'
import { paths } from '../../app/paths.ts'

/**
 * The state of the ONU table as the query of its route:
 * `/onus?state=offline-power,unknown&signal=critical&olt=<id>&pon=0/1/3&dup=1&q=budi&sort=-marginDb`.
 * Lists may also come as repeated keys and under `states`, `signals`, `olts`. What is unknown or malformed is left out, never an error:
 * a link from an older version still opens.
 */

export type OnuStateFilter = (typeof onuStateFilters)[number]

// Types only from the contract, so that no schema code comes into the renderer; the compiler checks
// that each name is there.
const stateFilters: Readonly<Record<OnuStateFilter, true>> = {
  online: true,
  'offline-power': true,
  'offline-optical': true,
  'offline-other': true,
  disabled: true,
  starting: true,
  'auth-failed': true,
  unknown: true,
}

const sortColumns: Readonly<Record<OnuSortColumn, true>> = {
  address: true,
  olt: true,
  serial: true,
  name: true,
  description: true,
  model: true,
  firmware: true,
  state: true,
  stateSince: true,
  onuRxDbm: true,
  oltRxDbm: true,
  marginDb: true,
  distanceM: true,
  temperatureC: true,
  upKbps: true,
  downKbps: true,
  lastDownAt: true,
}

export const stateFilterNames = Object.keys(stateFilters) as readonly OnuStateFilter[]

export const isSortColumn = (id: string): id is OnuSortColumn => Object.hasOwn(sortColumns, id)

export interface OnuQuery {
  readonly filter: OnuFilter
  /** null: not said, so what the person used last. */
  readonly sort: OnuSort | null
}

export const emptyFilter: OnuFilter = {
  oltIds: [],
  pon: null,
  states: [],
  signals: [],
  duplicateSerial: false,
  search: '',
}

const limits = { olts: 512, search: 200 } as const

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const ponShape = /^(\d{1,2})\/(\d{1,2})\/(\d{1,3})$/

/** One key, or its long form: `state=` and `states=` mean the same. */
const lists = (params: URLSearchParams, key: string): string[] =>
  [...params.getAll(key), ...params.getAll(`${key}s`)].flatMap((value) => value.split(','))

const parsePon = (text: string | null): PonAddress | null => {
  const match = ponShape.exec(text ?? '')
  if (match === null) return null
  const [shelf, slot, port] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (shelf > 31 || slot > 63 || port > 255) return null
  return { shelf, slot, port }
}

export const parseSort = (text: string | null): OnuSort | null => {
  if (text === null) return null
  const descending = text.startsWith('-')
  const column = descending ? text.slice(1) : text
  return isSortColumn(column) ? { column, descending } : null
}

export const parseOnuQuery = (search: string): OnuQuery => {
  const params = new URLSearchParams(search)
  const states = new Set(lists(params, 'state'))
  const signals = new Set(lists(params, 'signal'))
  const oltIds = [...new Set(lists(params, 'olt').map((id) => id.toLowerCase()))]
    .filter((id) => uuidShape.test(id))
    .slice(0, limits.olts)
  return {
    filter: {
      oltIds,
      pon: oltIds.length === 1 ? parsePon(params.get('pon')) : null,
      states: stateFilterNames.filter((name) => states.has(name)),
      signals: signalClasses.filter((name: SignalClass) => signals.has(name)),
      duplicateSerial: params.get('dup') === '1',
      search: (params.get('q') ?? params.get('search') ?? '').slice(0, limits.search),
    },
    sort: parseSort(params.get('sort')),
  }
}

/** Without the question mark; empty when nothing is filtered and no sort is said. */
export const serialiseOnuQuery = (query: OnuQuery): string => {
  const { filter, sort } = query
  const parts: string[] = []
  if (filter.states.length > 0) parts.push(`state=${filter.states.join(',')}`)
  if (filter.signals.length > 0) parts.push(`signal=${filter.signals.join(',')}`)
  if (filter.oltIds.length > 0) parts.push(`olt=${filter.oltIds.join(',')}`)
  if (filter.oltIds.length === 1 && filter.pon !== null) parts.push(`pon=${formatPon(filter.pon)}`)
  if (filter.duplicateSerial) parts.push('dup=1')
  // Through URLSearchParams: it also takes halves of surrogate pairs, which encodeURIComponent throws on.
  if (filter.search !== '') parts.push(new URLSearchParams({ q: filter.search }).toString())
  if (sort !== null) parts.push(`sort=${sort.descending ? '-' : ''}${sort.column}`)
  return parts.join('&')
}

export const isFiltered = (filter: OnuFilter): boolean =>
  filter.search.trim() !== '' ||
  filter.states.length > 0 ||
  filter.signals.length > 0 ||
  filter.oltIds.length > 0 ||
  filter.duplicateSerial

export const onusRoute = (query: OnuQuery): string => paths.onus(serialiseOnuQuery(query))
