import type { AlarmFilter, AlarmSort } from '../../src-shared/contract/alarms-model.ts'
import { severities } from '../../src-shared/domain/severity.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import type { Alarm } from './book/alarm.ts'
import { wordsOf } from './book/list.ts'
import { kindsBelow, oltIdOf, placesBelow } from './book/place.ts'
import { alarmColumns, alarmOf } from './tables.ts'

/** Pages of the closed alarms. Tens of thousands stay quick: what is counted and sorted is narrow. */
export interface HistoryList {
  readonly page: (
    filter: AlarmFilter,
    accountId: string | null,
    sort: AlarmSort,
    offset: number,
    limit: number,
  ) => { readonly alarms: Alarm[]; readonly total: number }
}

interface Where {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

const columns: Readonly<Record<AlarmSort['column'], string>> = {
  severity: 'severity',
  raisedAt: 'raised_at',
  changedAt: 'changed_at',
  clearedAt: 'cleared_at',
  type: 'type',
  resource: 'olt_name',
  count: 'count',
  affectedOnus: 'affected_onus',
  acknowledged: 'acknowledged_at',
  assignee: 'assignee_name',
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ')

/** A word as LIKE takes it, with its own wildcards as letters. */
const likeWord = (word: string): string => `%${word.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`

const wholeHistory = 'closed_at IS NOT NULL'

/** All that is filtered, sorted and counted stands in this index (migration 80). */
const narrow = 'alarm INDEXED BY alarm_closed'

/** The whole history in its usual orders lies in an index of its own, and its pages are its rows. */
const sourceOf = (where: Where, sort: AlarmSort): string => {
  if (where.values.length > 0 || where.sql !== wholeHistory) return narrow
  if (sort.column === 'raisedAt') return 'alarm INDEXED BY alarm_closed_raised'
  if (sort.column === 'severity' && !sort.descending)
    return 'alarm INDEXED BY alarm_closed_severity'
  return narrow
}

const whereOf = (filter: AlarmFilter, accountId: string | null): Where => {
  const parts = [wholeHistory]
  const values: SqlValue[] = []
  const and = (sql: string, ...more: readonly SqlValue[]): void => {
    parts.push(sql)
    values.push(...more)
  }
  if (filter.severities.length > 0) {
    and(
      `severity IN (${marks(filter.severities)})`,
      ...filter.severities.map((one) => severities.indexOf(one)),
    )
  }
  if (filter.types.length > 0) and(`type IN (${marks(filter.types)})`, ...filter.types)
  if (filter.oltIds.length > 0) and(`olt_id IN (${marks(filter.oltIds)})`, ...filter.oltIds)
  if (filter.acknowledged !== null) {
    and(`acknowledged_at IS ${filter.acknowledged ? 'NOT ' : ''}NULL`)
  }
  if (filter.assignedToMe) and('assignee_id = ?', accountId ?? '')
  if (filter.outageId !== null) and('outage_id = ?', filter.outageId)
  if (filter.resource !== null) {
    const { resource } = filter
    if (resource.kind === 'console') and(`kind = 'console'`)
    else {
      and('olt_id = ?', oltIdOf(resource))
      const places = placesBelow(resource)
      if (places !== null) {
        const kinds = kindsBelow(resource.kind)
        and(`kind IN (${marks(kinds)})`, ...kinds)
        and('place BETWEEN ? AND ?', places.from, places.to)
      }
    }
  }
  if (filter.from !== null) and('raised_at >= ?', filter.from)
  if (filter.to !== null) and('raised_at <= ?', filter.to)
  for (const word of wordsOf(filter.search)) {
    and(String.raw`search LIKE ? ESCAPE '\'`, likeWord(word))
  }
  return { sql: parts.join(' AND '), values }
}

/** Statements by their text: filters give few different ones. */
const mostStatements = 64

export const createHistoryList = (reader: StoreReader): HistoryList => {
  const prepared = new Map<string, ReturnType<typeof prepare>>()
  const prepare = (sql: string) => reader.prepare<SqlValue[], Record<string, SqlValue>>(sql)
  const statement = (sql: string) => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    if (prepared.size >= mostStatements) prepared.clear()
    const made = prepare(sql)
    prepared.set(sql, made)
    return made
  }

  return {
    page: (filter, accountId, sort, offset, limit) => {
      // All that is in the history was cleared.
      if (filter.cleared === false) return { alarms: [], total: 0 }
      const where = whereOf(filter, accountId)
      const { sql, values } = where
      const source = sourceOf(where, sort)
      const column = columns[sort.column]
      const way = sort.descending ? 'DESC' : 'ASC'
      const order =
        sort.column === 'resource'
          ? `olt_name ${way} NULLS LAST, place ${way}`
          : sort.column === 'raisedAt'
            ? `raised_at ${way}`
            : `${column} ${way} NULLS LAST`
      const last = sort.column === 'raisedAt' ? `id ${way}` : 'raised_at DESC, id'
      return reader.snapshot(() => {
        const total = statement(`SELECT count(*) AS total FROM ${source} WHERE ${sql}`).get(
          ...values,
        )
        // The page is found among narrow rows; only its own are read whole.
        const rows = statement(
          `WITH page AS MATERIALIZED (
             SELECT id AS page_id, row_number() OVER () AS position FROM (
               SELECT id FROM ${source} WHERE ${sql} ORDER BY ${order}, ${last} LIMIT ? OFFSET ?
             )
           )
           SELECT ${alarmColumns} FROM page JOIN alarm ON alarm.id = page_id ORDER BY position`,
        ).all(...values, limit, offset)
        return {
          alarms: rows.map((row) => alarmOf(row as unknown as Parameters<typeof alarmOf>[0])),
          total: Number(total?.['total'] ?? 0),
        }
      })
    },
  }
}
