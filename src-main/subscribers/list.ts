import type { Input, Output } from '../../src-shared/contract/index.ts'
import type { SubscriberFilter } from '../../src-shared/contract/subscribers-access.ts'
import type { SubscriberRow } from '../../src-shared/contract/subscribers-model.ts'
import { isEverything, oltListOf, type Reach } from '../engine/reach.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import { termsOf, type SearchTerm, type WordRange } from './words.ts'

/** The list of all subscribers: filtered, sorted and paged by SQL; no object per subscriber. */

type Sort = Input<'subscribers.list'>['sort']

/** Constant text: nothing a caller sends becomes SQL. The number keeps equal ones in one order. */
const orders: Readonly<Record<Sort, readonly string[]>> = {
  name: ['s.name_key', 's.number'],
  code: ['s.code_key'],
  status: ['s.status', 's.name_key', 's.number'],
  agent: ['s.agent_id', 's.name_key', 's.number'],
  services: ['s.live_services', 's.name_key', 's.number'],
  createdAt: ['s.created_at', 's.number'],
  updatedAt: ['s.updated_at', 's.number'],
}

export const orderBy = (sort: Sort, descending: boolean): string =>
  `ORDER BY ${orders[sort].map((column) => (descending ? `${column} DESC` : column)).join(', ')}`

interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

const range = ({ from, to }: WordRange): Condition => ({
  sql: 'SELECT number FROM subscriber_word WHERE word >= ? AND word < ?',
  values: [from, to],
})

const all = (conditions: readonly Condition[], joint: string): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(joint),
  values: conditions.flatMap(({ values }) => values),
})

const termCondition = (term: SearchTerm): Condition => {
  const ways = term.map((ranges) => all(ranges.map(range), ' INTERSECT '))
  // INTERSECT and UNION bind alike in SQLite: each way is a subquery of its own.
  const either = all(
    ways.map(({ sql, values }) => ({ sql: `SELECT number FROM (${sql})`, values })),
    ' UNION ',
  )
  return { sql: `s.number IN (${either.sql})`, values: either.values }
}

/**
 * SECURITY: what is not reached is neither listed nor counted: whoever reaches a part sees those who
 * lie on his OLTs, and his own.
 */
export const reachCondition = (reach: Reach): Condition | null => {
  if (isEverything(reach)) return null
  const mine = reach.accountId ?? ''
  if (reach.kind === 'own') return { sql: 's.agent_id = ?', values: [mine] }
  return {
    sql: `(s.agent_id = ? OR s.number IN (SELECT number FROM subscriber_olt
      WHERE olt_id IN (SELECT value FROM json_each(?))))`,
    values: [mine, oltListOf(reach)],
  }
}

const filterConditions = (filter: SubscriberFilter, country: string): readonly Condition[] => {
  const list: Condition[] = termsOf(filter.search, country).map(termCondition)
  const add = (sql: string, ...values: SqlValue[]): void => void list.push({ sql, values })
  if (filter.statuses.length > 0) {
    // Not by its own index: the one by name has all that is filtered by, and no row is read.
    add(`+s.status IN (${filter.statuses.map(() => '?').join(', ')})`, ...filter.statuses)
  }
  if (filter.kind !== null) add('s.kind = ?', filter.kind)
  if (filter.agent === 'none') add('s.agent_id IS NULL')
  else if (filter.agent !== null) add('s.agent_id = ?', filter.agent)
  if (filter.oltId !== null) {
    add('s.number IN (SELECT number FROM subscriber_olt WHERE olt_id = ?)', filter.oltId)
  }
  if (filter.service === 'live') add('s.live_services > 0')
  if (filter.service === 'none') add('s.live_services = 0')
  if (filter.neverSuspend) add('s.never_suspend = 1')
  if (filter.restricted) add('s.restricted = 1')
  if (filter.importId !== null) add('s.import_id = ?', filter.importId)
  return list
}

export const whereOf = (filter: SubscriberFilter, reach: Reach, country: string): Condition => {
  const within = reachCondition(reach)
  const conditions = [...(within === null ? [] : [within]), ...filterConditions(filter, country)]
  const { sql, values } = all(conditions, ' AND ')
  return { sql: conditions.length === 0 ? '' : `WHERE ${sql}`, values }
}

type Row = Omit<SubscriberRow, 'agentName' | 'neverSuspend' | 'restricted'> & {
  readonly number: number
  readonly neverSuspend: 0 | 1
  readonly restricted: 0 | 1
}

const columns = `s.number, s.id, s.version, s.code, s.kind, s.name, s.status,
  s.status_since AS statusSince, s.agent_id AS agentId, s.never_suspend AS neverSuspend,
  s.restricted, s.shown_phone AS phone, s.shown_email AS email, s.shown_address AS address,
  s.shown_serial AS serial, s.live_services AS liveServices, s.created_at AS createdAt,
  s.updated_at AS updatedAt`

export interface SubscriberList {
  readonly list: (
    asked: Pick<Input<'subscribers.list'>, 'filter' | 'sort' | 'descending' | 'offset' | 'limit'>,
    reach: Reach,
  ) => Omit<Output<'subscribers.list'>, 'revision'>
  readonly ids: (filter: SubscriberFilter) => readonly string[]
  readonly rowsOf: (ids: readonly string[], reach: Reach) => readonly SubscriberRow[]
}

export const createSubscriberList = (deps: {
  readonly reader: StoreReader
  readonly country: () => string
  readonly nameOfAccount: (accountId: string) => string | null
}): SubscriberList => {
  const { reader } = deps
  // Few shapes of the question, each prepared once; the text is made of constants alone.
  const prepared = new Map<string, ReturnType<typeof reader.prepare>>()
  const ask = <Found>(sql: string, values: readonly SqlValue[]): Found[] => {
    let statement = prepared.get(sql)
    if (statement === undefined) {
      if (prepared.size > 200) prepared.clear()
      statement = reader.prepare<never, never>(sql) as never
      prepared.set(sql, statement)
    }
    return statement.all(...(values as [])) as Found[]
  }

  const liveWithin = (row: Row, reach: Reach): Pick<SubscriberRow, 'serial' | 'liveServices'> => {
    const { serial, liveServices } = row
    if (isEverything(reach) || row.agentId === reach.accountId) return { serial, liveServices }
    const within = ask<{ serial: string }>(
      `SELECT serial FROM subscriber_service WHERE subscriber_id = ? AND state = 'live'
        AND olt_id IN (SELECT value FROM json_each(?))`,
      [row.id, oltListOf(reach)],
    )
    return { serial: within[0]?.serial ?? null, liveServices: within.length }
  }

  const shown =
    (reach: Reach) =>
    (row: Row): SubscriberRow => ({
      ...row,
      ...liveWithin(row, reach),
      agentName: row.agentId === null ? null : deps.nameOfAccount(row.agentId),
      neverSuspend: row.neverSuspend === 1,
      restricted: row.restricted === 1,
    })

  const count = ({ sql, values }: Condition): number =>
    ask<{ count: number }>(`SELECT count(*) AS count FROM subscriber s ${sql}`, values)[0]?.count ??
    0

  return {
    list: ({ filter, sort, descending, offset, limit }, reach) =>
      reader.snapshot(() => {
        const where = whereOf(filter, reach, deps.country())
        const within = reachCondition(reach)
        const rows = ask<Row>(
          `SELECT ${columns} FROM subscriber s ${where.sql} ${orderBy(sort, descending)}
            LIMIT ? OFFSET ?`,
          [...where.values, limit, offset],
        )
        return {
          subscribers: rows.map(shown(reach)),
          total: count(where),
          all: count(
            within === null ? { sql: '', values: [] } : { ...within, sql: `WHERE ${within.sql}` },
          ),
        }
      }),
    ids: (filter) => {
      const where = whereOf(filter, { kind: 'all', accountId: null, olts: null }, deps.country())
      return ask<{ id: string }>(
        `SELECT s.id FROM subscriber s ${where.sql} ORDER BY s.number`,
        where.values,
      ).map(({ id }) => id)
    },
    rowsOf: (ids, reach) =>
      ask<Row>(
        `SELECT ${columns} FROM subscriber s WHERE s.id IN (SELECT value FROM json_each(?))
          ORDER BY s.name_key, s.number`,
        [JSON.stringify(ids)],
      ).map(shown(reach)),
  }
}
