import type {
  AlarmFilter,
  AlarmResource,
  AlarmSort,
} from '../../../src-shared/contract/alarms-model.ts'
import { alarmTypes } from '../../../src-shared/domain/alarm-rules.ts'
import { formatPon } from '../../../src-shared/domain/onu-address.ts'
import { severities } from '../../../src-shared/domain/severity.ts'
import { paths, readAddress, readPon, writeAddress } from '../../app/paths.ts'

/**
 * The state of the alarm list as the query of its route:
 * `/alarms?list=open&severity=critical,major&type=rx-low&olt=<id>&ack=no&cleared=no&mine=1&q=budi&sort=-raisedAt`.
 * What is unknown or malformed is left out, never an error: a link from an older version still opens.
 */

export type AlarmListName = AlarmFilter['list']
export type AlarmSortColumn = AlarmSort['column']

/** Types only from the contract; the compiler checks that each name is there. */
const listFlags: Readonly<Record<AlarmListName, true>> = {
  open: true,
  shelved: true,
  suppressed: true,
  history: true,
}
export const alarmListNames = Object.keys(listFlags) as readonly AlarmListName[]

const sortColumns: Readonly<Record<AlarmSortColumn, true>> = {
  severity: true,
  raisedAt: true,
  changedAt: true,
  clearedAt: true,
  type: true,
  resource: true,
  count: true,
  affectedOnus: true,
  acknowledged: true,
  assignee: true,
}
export const isAlarmSortColumn = (text: string): text is AlarmSortColumn =>
  Object.hasOwn(sortColumns, text)

export interface AlarmQuery {
  readonly filter: AlarmFilter
  /** null: not said, so what the person used last. */
  readonly sort: AlarmSort | null
}

export const emptyAlarmFilter: AlarmFilter = {
  list: 'open',
  severities: [],
  types: [],
  oltIds: [],
  acknowledged: null,
  cleared: null,
  assignedToMe: false,
  outageId: null,
  resource: null,
  from: null,
  to: null,
  search: '',
}

/** The worst first; in the history the latest first. */
export const usualAlarmSort = (list: AlarmListName): AlarmSort =>
  list === 'history'
    ? { column: 'raisedAt', descending: true }
    : { column: 'severity', descending: false }

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const limits = { olts: 512, search: 200 } as const

const several = (params: URLSearchParams, key: string): string[] =>
  params.getAll(key).flatMap((value) => value.split(','))

const yesNo = (text: string | null): boolean | null =>
  text === 'yes' ? true : text === 'no' ? false : null

/** ISO time or ms since 1970; null: neither. */
const moment = (text: string | null): number | null => {
  if (text === null || text === '') return null
  const at = /^\d{9,14}$/.test(text) ? Number(text) : Date.parse(text)
  return Number.isFinite(at) ? at : null
}

/** `console`, `olt.<id>`, `board.<id>.<shelf>-<slot>`, `pon.<id>.0-1-3`, `onu.<id>.0-1-3-12`. */
export const writeAlarmResource = (resource: AlarmResource): string => {
  switch (resource.kind) {
    case 'console':
      return 'console'
    case 'olt':
      return `olt.${resource.oltId}`
    case 'board':
      return `board.${resource.oltId}.${resource.shelf}-${resource.slot}`
    case 'pon':
      return `pon.${resource.oltId}.${formatPon(resource.pon).replaceAll('/', '-')}`
    case 'onu':
      return `onu.${resource.oltId}.${writeAddress(resource.address)}`
  }
}

export const readAlarmResource = (text: string | null): AlarmResource | null => {
  if (text === 'console') return { kind: 'console' }
  const [kind, oltId = '', place = ''] = (text ?? '').split('.')
  if (!uuidShape.test(oltId)) return null
  if (kind === 'olt') return { kind, oltId }
  if (kind === 'board') {
    const match = /^(\d{1,2})-(\d{1,2})$/.exec(place)
    return match === null ? null : { kind, oltId, shelf: Number(match[1]), slot: Number(match[2]) }
  }
  if (kind === 'pon') {
    const pon = readPon(place)
    return pon === null ? null : { kind, oltId, pon }
  }
  if (kind !== 'onu') return null
  const address = readAddress(place)
  return address === null ? null : { kind, oltId, address }
}

export const parseAlarmQuery = (search: string): AlarmQuery => {
  const params = new URLSearchParams(search)
  const wanted = new Set(several(params, 'severity'))
  const types = new Set(several(params, 'type'))
  const outage = params.get('outage')
  const sort = params.get('sort')
  const column = sort?.replace(/^-/, '') ?? ''
  return {
    filter: {
      list: alarmListNames.find((name) => name === params.get('list')) ?? 'open',
      severities: severities.filter((severity) => wanted.has(severity)),
      types: alarmTypes.filter((type) => types.has(type)),
      oltIds: [...new Set(several(params, 'olt').map((id) => id.toLowerCase()))]
        .filter((id) => uuidShape.test(id))
        .slice(0, limits.olts),
      acknowledged: yesNo(params.get('ack')),
      cleared: yesNo(params.get('cleared')),
      assignedToMe: params.get('mine') === '1',
      outageId: outage !== null && uuidShape.test(outage) ? outage : null,
      resource: readAlarmResource(params.get('at')),
      from: moment(params.get('from')),
      to: moment(params.get('to')),
      search: (params.get('q') ?? '').slice(0, limits.search),
    },
    sort: isAlarmSortColumn(column) ? { column, descending: sort?.startsWith('-') === true } : null,
  }
}

/** Without the question mark; empty when it is the open list as it is. */
export const writeAlarmQuery = ({ filter, sort }: AlarmQuery): string => {
  const parts: string[] = []
  if (filter.list !== 'open') parts.push(`list=${filter.list}`)
  if (filter.severities.length > 0) parts.push(`severity=${filter.severities.join(',')}`)
  if (filter.types.length > 0) parts.push(`type=${filter.types.join(',')}`)
  if (filter.oltIds.length > 0) parts.push(`olt=${filter.oltIds.join(',')}`)
  if (filter.acknowledged !== null) parts.push(`ack=${filter.acknowledged ? 'yes' : 'no'}`)
  if (filter.cleared !== null) parts.push(`cleared=${filter.cleared ? 'yes' : 'no'}`)
  if (filter.assignedToMe) parts.push('mine=1')
  if (filter.outageId !== null) parts.push(`outage=${filter.outageId}`)
  if (filter.resource !== null) parts.push(`at=${writeAlarmResource(filter.resource)}`)
  if (filter.from !== null) parts.push(`from=${filter.from}`)
  if (filter.to !== null) parts.push(`to=${filter.to}`)
  // Through URLSearchParams: it also takes halves of surrogate pairs, which encodeURIComponent throws on.
  if (filter.search !== '') parts.push(new URLSearchParams({ q: filter.search }).toString())
  if (sort !== null) parts.push(`sort=${sort.descending ? '-' : ''}${sort.column}`)
  return parts.join('&')
}

/** Beyond the choice of the list itself. */
export const isAlarmFiltered = (filter: AlarmFilter): boolean =>
  writeAlarmQuery({ filter: { ...filter, list: 'open' }, sort: null }) !== ''

/** The list with what concerns this resource and what lies below it. */
export const alarmsOf = (resource: AlarmResource): string =>
  paths.alarms(writeAlarmQuery({ filter: { ...emptyAlarmFilter, resource }, sort: null }))
