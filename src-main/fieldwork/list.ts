import type { Input, Output } from '../../src-shared/contract/index.ts'
import type { WorkOrderFilter, WorkOrderRow } from '../../src-shared/contract/fieldwork-model.ts'
import { foldText } from '../../src-shared/domain/fold-text.ts'
import { isEverything, oltListOf, reaches, type Belongs, type Reach } from '../engine/reach.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import { readsOf } from '../store/reads.ts'
import { orderColumns, type OrderData } from './tables.ts'

/** The list of work orders: filtered, sorted, counted and paged by SQL; constant text alone. */

interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

/** Who asks, and how far he reaches. */
export interface Asker {
  readonly reach: Reach
  readonly accountId: string | null
}

const where = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`,
  values: conditions.flatMap(({ values }) => values),
})

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ')

/**
 * SECURITY: what is not reached is neither listed nor counted: whoever reaches a part sees his own
 * orders, those of his subscribers, and those that lie on his OLTs.
 */
const reachCondition = (reach: Reach): readonly Condition[] => {
  if (isEverything(reach)) return []
  const mine = reach.accountId ?? ''
  const own = `o.assignee_id = ? OR o.created_by = ?
    OR o.subscriber_id IN (SELECT id FROM subscriber WHERE agent_id = ?)`
  if (reach.kind === 'own') return [{ sql: `(${own})`, values: [mine, mine, mine] }]
  const olts = `(SELECT value FROM json_each(?))`
  return [
    {
      sql: `(${own} OR o.olt_id IN ${olts} OR o.subscriber_id IN (SELECT s.id FROM subscriber_olt x
        JOIN subscriber s ON s.number = x.number WHERE x.olt_id IN ${olts}))`,
      values: [mine, mine, mine, oltListOf(reach), oltListOf(reach)],
    },
  ]
}

/** SECURITY: a name that is not reached finds nothing (tickets/list.ts). */
const knownSubscriber = (reach: Reach): Condition => {
  if (isEverything(reach)) return { sql: '', values: [] }
  const mine = reach.accountId ?? ''
  if (reach.kind === 'own') return { sql: 'AND s.agent_id = ?', values: [mine] }
  return {
    sql: `AND (s.agent_id = ? OR s.number IN (SELECT number FROM subscriber_olt
      WHERE olt_id IN (SELECT value FROM json_each(?))))`,
    values: [mine, oltListOf(reach)],
  }
}

const filterConditions = (
  filter: WorkOrderFilter,
  { reach, accountId }: Asker,
): readonly Condition[] => {
  const list: Condition[] = []
  const add = (sql: string, ...values: SqlValue[]): void => void list.push({ sql, values })
  const known = knownSubscriber(reach)
  if (filter.kinds.length > 0) add(`o.kind IN (${marks(filter.kinds)})`, ...filter.kinds)
  if (filter.assignee === 'none') add('o.assignee_id IS NULL')
  else if (filter.assignee !== null) {
    add('o.assignee_id = ?', filter.assignee === 'me' ? accountId : filter.assignee)
  }
  if (filter.subscriberId !== null) {
    add(
      `o.subscriber_id IN (SELECT s.id FROM subscriber s WHERE s.id = ? ${known.sql})`,
      filter.subscriberId,
      ...known.values,
    )
  }
  if (filter.ticketId !== null) add('o.ticket_id = ?', filter.ticketId)
  if (filter.from !== null) add('o.window_to > ?', filter.from)
  if (filter.to !== null) add('o.window_from < ?', filter.to)
  if (filter.onlyClashes) add('o.clashes > 0')
  for (const word of foldText(filter.search).split(/\s+/u).filter(Boolean).slice(0, 8)) {
    add(
      `(instr(o.search_key, ?) > 0 OR o.subscriber_id IN (SELECT s.id FROM subscriber_word w
        JOIN subscriber s ON s.number = w.number ${known.sql} WHERE w.word >= ? AND w.word < ?))`,
      word,
      ...known.values,
      word,
      `${word}\u{10ffff}`,
    )
  }
  return list
}

const orders: Readonly<Record<Input<'fieldwork.orders'>['sort'], string>> = {
  number: 'o.seq',
  state: 'o.state',
  window: 'o.window_from',
  createdAt: 'o.created_at',
  updatedAt: 'o.updated_at',
}

const orderBy = (sort: keyof typeof orders, descending: boolean): string => {
  const way = descending ? 'DESC' : 'ASC'
  const last = sort === 'window' ? 'o.window_from IS NULL, ' : ''
  return `ORDER BY ${last}${orders[sort]} ${way}, o.seq ${way}`
}

export type ListRow = OrderData & {
  readonly subscriberName: string | null
  readonly subscriberCode: string | null
  readonly ticketNumber: string | null
}

const rows = `SELECT ${orderColumns}, s.name AS subscriberName, s.code AS subscriberCode,
  t.number AS ticketNumber FROM work_order o
  LEFT JOIN subscriber s ON s.id = o.subscriber_id LEFT JOIN ticket t ON t.id = o.ticket_id`

export interface OrderList {
  readonly list: (
    asked: Input<'fieldwork.orders'>,
    who: Asker,
  ) => Omit<Output<'fieldwork.orders'>, 'revision' | 'at'>
  /** Windows that touch [from, to), by when they begin. */
  readonly within: (from: number, to: number, who: Asker) => readonly WorkOrderRow[]
  readonly waiting: (who: Asker, most: number) => readonly WorkOrderRow[]
  readonly row: (id: string, reach: Reach) => WorkOrderRow | null
}

export const createOrderList = (deps: {
  readonly reader: StoreReader
  readonly nameOfAccount: (accountId: string) => string | null
  readonly belongsSubscriber: (subscriberId: string) => Belongs | null
  readonly belongsTicket: (ticketId: string) => Belongs | null
}): OrderList => {
  const { reader } = deps
  const reads = readsOf(reader)

  const isSeen = (reach: Reach, belongs: Belongs | null): boolean =>
    isEverything(reach) || (belongs !== null && reaches(reach, belongs, true))

  const shown =
    (reach: Reach) =>
    (row: ListRow): WorkOrderRow => {
      const { subscriberId, ticketId, assigneeId } = row
      return {
        ...row,
        type: { en: row.typeEn, id: row.typeIdText },
        assignee:
          assigneeId === null
            ? null
            : { id: assigneeId, name: deps.nameOfAccount(assigneeId) ?? '' },
        // SECURITY: an order may be reached by its OLT where its subscriber or ticket is not.
        subscriber:
          subscriberId === null || !isSeen(reach, deps.belongsSubscriber(subscriberId))
            ? null
            : { id: subscriberId, name: row.subscriberName ?? '', code: row.subscriberCode ?? '' },
        ticket:
          ticketId === null || !isSeen(reach, deps.belongsTicket(ticketId))
            ? null
            : { id: ticketId, number: row.ticketNumber ?? '' },
        spot:
          row.latE7 === null || row.lngE7 === null
            ? null
            : { latitude: row.latE7 / 1e7, longitude: row.lngE7 / 1e7 },
      }
    }

  return {
    list: ({ filter, sort, descending, offset, limit }, who) =>
      reader.snapshot(() => {
        const rest = [...reachCondition(who.reach), ...filterConditions(filter, who)]
        const counted = where(rest)
        const states = reads.all<{ state: WorkOrderRow['state']; count: number }>(
          `SELECT o.state AS state, count(*) AS count FROM work_order o ${counted.sql}
            GROUP BY o.state`,
          ...counted.values,
        )
        const chosen = new Set(filter.states)
        const asked = where([
          ...rest,
          ...(chosen.size === 0
            ? []
            : [{ sql: `o.state IN (${marks(filter.states)})`, values: filter.states }]),
        ])
        return {
          orders: reads
            .all<ListRow>(
              `${rows} ${asked.sql} ${orderBy(sort, descending)} LIMIT ? OFFSET ?`,
              ...asked.values,
              limit,
              offset,
            )
            .map(shown(who.reach)),
          total: states
            .filter(({ state }) => chosen.size === 0 || chosen.has(state))
            .reduce((sum, { count }) => sum + count, 0),
          states,
        }
      }),
    within: (from, to, who) => {
      const asked = where([
        ...reachCondition(who.reach),
        { sql: 'o.window_from < ? AND o.window_to > ?', values: [to, from] },
        { sql: `o.state NOT IN ('cancelled', 'not-completed')`, values: [] },
      ])
      return reads
        .all<ListRow>(
          `${rows} ${asked.sql} ORDER BY o.window_from, o.seq LIMIT 5000`,
          ...asked.values,
        )
        .map(shown(who.reach))
    },
    waiting: (who, most) => {
      const asked = where([...reachCondition(who.reach), { sql: `o.state = 'draft'`, values: [] }])
      return reads
        .all<ListRow>(`${rows} ${asked.sql} ORDER BY o.seq LIMIT ?`, ...asked.values, most)
        .map(shown(who.reach))
    },
    row: (id, reach) => {
      const found = reads.get<ListRow>(`${rows} WHERE o.id = ?`, id)
      return found === undefined ? null : shown(reach)(found)
    },
  }
}
