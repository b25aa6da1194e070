import { type AlarmFilter, type AlarmSort } from '../../../src-shared/contract/alarms-model.ts'
import { alarmTypes } from '../../../src-shared/domain/alarm-rules.ts'
import { compareSeverity } from '../../../src-shared/domain/severity.ts'
import { assertNever } from '../../../src-shared/errors.ts'
import { searchTextOf } from '../tables.ts'
import type { Alarm } from './alarm.ts'
import { liesWithin, oltIdOf, placeOf } from './place.ts'

/** Filters and orders of the rows that stand in the book; those of the history are SQL. */

export const listOf = (alarm: Alarm): 'open' | 'shelved' | 'suppressed' | 'history' => {
  if (alarm.closedAt !== null) return 'history'
  if (alarm.shelved !== null) return 'shelved'
  return alarm.suppressed === null ? 'open' : 'suppressed'
}

/** Words of a search, lower-cased; all must occur. */
export const wordsOf = (search: string): readonly string[] =>
  search.toLowerCase().split(/\s+/u).filter(Boolean)

/** `accountId`: who asks, for what is assigned to them. */
export const matcherOf = (
  filter: AlarmFilter,
  accountId: string | null,
): ((alarm: Alarm) => boolean) => {
  const severities = new Set(filter.severities)
  const types = new Set(filter.types)
  const oltIds = new Set(filter.oltIds)
  const words = wordsOf(filter.search)
  return (alarm) => {
    if (listOf(alarm) !== filter.list) return false
    if (severities.size > 0 && !severities.has(alarm.severity)) return false
    if (types.size > 0 && !types.has(alarm.type)) return false
    if (oltIds.size > 0 && !oltIds.has(oltIdOf(alarm.resource) ?? '')) return false
    if (filter.acknowledged !== null && (alarm.acknowledged !== null) !== filter.acknowledged) {
      return false
    }
    if (filter.cleared !== null && (alarm.clearedAt !== null) !== filter.cleared) return false
    if (filter.assignedToMe && (accountId === null || alarm.assignee?.accountId !== accountId)) {
      return false
    }
    if (filter.outageId !== null && alarm.outageId !== filter.outageId) return false
    if (filter.resource !== null && !liesWithin(alarm.resource, filter.resource)) return false
    if (filter.from !== null && alarm.raisedAt < filter.from) return false
    if (filter.to !== null && alarm.raisedAt > filter.to) return false
    if (words.length === 0) return true
    const text = searchTextOf(alarm)
    return words.every((word) => text.includes(word))
  }
}

const byText = new Intl.Collator('en', { numeric: true }).compare

/** Nothing is last, whichever way. */
const compareNullable = <Value>(
  one: Value | null,
  other: Value | null,
  compare: (one: Value, other: Value) => number,
): number | null => {
  if (one === null || other === null) return one === other ? 0 : null
  return compare(one, other)
}

const numbers = (one: number, other: number): number => one - other

const compareBy = (column: AlarmSort['column'], one: Alarm, other: Alarm): number | null => {
  switch (column) {
    case 'severity':
      return compareSeverity(one.severity, other.severity)
    case 'raisedAt':
    case 'changedAt':
    case 'count':
    case 'affectedOnus':
      return one[column] - other[column]
    case 'clearedAt':
      return compareNullable(one.clearedAt, other.clearedAt, numbers)
    case 'type':
      return alarmTypes.indexOf(one.type) - alarmTypes.indexOf(other.type)
    case 'resource':
      return (
        byText(one.oltName ?? '', other.oltName ?? '') ||
        placeOf(one.resource) - placeOf(other.resource)
      )
    case 'acknowledged':
      return compareNullable(one.acknowledged?.at ?? null, other.acknowledged?.at ?? null, numbers)
    case 'assignee':
      return compareNullable(one.assignee?.name ?? null, other.assignee?.name ?? null, byText)
    default:
      return assertNever(column)
  }
}

const isNothing = (column: AlarmSort['column'], alarm: Alarm): boolean =>
  (column === 'clearedAt' && alarm.clearedAt === null) ||
  (column === 'acknowledged' && alarm.acknowledged === null) ||
  (column === 'assignee' && alarm.assignee === null)

/** Of equal rows the later raised comes first; the id makes the order whole. */
export const orderOf =
  ({ column, descending }: AlarmSort) =>
  (one: Alarm, other: Alarm): number => {
    const order = compareBy(column, one, other)
    const first = order === null ? (isNothing(column, one) ? 1 : -1) : descending ? -order : order
    return (
      first || other.raisedAt - one.raisedAt || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
    )
  }
