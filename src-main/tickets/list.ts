import type { Input, Output } from '../../src-shared/contract/index.ts'
import type { TicketFilter, TicketRow } from '../../src-shared/contract/tickets-model.ts'
import { ticketPriorities, ticketStates } from '../../src-shared/domain/ticket-state.ts'
import { isEverything, oltListOf, reaches, type Belongs, type Reach } from '../engine/reach.ts'
import type { SqlValue, StoreReader } from '../store/read-handle.ts'
import { readsOf } from '../store/reads.ts'
import { wordsIn } from './words.ts'

/** The list and the board: filtered, sorted, counted and paged by SQL; constant text alone. */

interface Condition {
  readonly sql: string
  readonly values: readonly SqlValue[]
}

const all = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(' AND '),
  values: conditions.flatMap(({ values }) => values),
})

const where = (conditions: readonly Condition[]): Condition => {
  const { sql, values } = all(conditions)
  return { sql: conditions.length === 0 ? '' : `WHERE ${sql}`, values }
}

/**
 * SECURITY: what is not reached is neither listed nor counted: whoever reaches a part sees his own
 * tickets, those he watches, those of his subscribers, and those that lie on his OLTs.
 */
const reachCondition = (reach: Reach): Condition | null => {
  if (isEverything(reach)) return null
  const mine = reach.accountId ?? ''
  const own = `t.owner_id = ? OR t.seq IN (SELECT ticket_seq FROM ticket_watcher WHERE account_id = ?)
    OR t.subscriber_id IN (SELECT id FROM subscriber WHERE agent_id = ?)`
  if (reach.kind === 'own') return { sql: `(${own})`, values: [mine, mine, mine] }
  const olts = `(SELECT value FROM json_each(?))`
  return {
    sql: `(${own} OR t.seq IN (SELECT ticket_seq FROM ticket_olt WHERE olt_id IN ${olts})
      OR t.subscriber_id IN (SELECT s.id FROM subscriber_olt o JOIN subscriber s
        ON s.number = o.number WHERE o.olt_id IN ${olts}))`,
    values: [mine, mine, mine, oltListOf(reach), oltListOf(reach)],
  }
}

/**
 * SECURITY: a ticket may be reached by its OLT where its subscriber is not. What he is called, and
 * that it is his, is no way to find it then.
 */
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

const wordCondition =
  (known: Condition) =>
  (word: string): Condition => {
    // A word of one letter is found by itself alone: as a beginning it would fit half of all.
    const to = word.length < 2 ? `${word}\0` : `${word}\u{10ffff}`
    return {
      sql: `t.seq IN (SELECT ticket_seq FROM ticket_word WHERE word >= ? AND word < ?
      UNION SELECT x.seq FROM subscriber_word w JOIN subscriber s ON s.number = w.number ${known.sql}
        JOIN ticket x ON x.subscriber_id = s.id WHERE w.word >= ? AND w.word < ?)`,
      values: [word, to, ...known.values, word, to],
    }
  }

/** Who asks, and how far he reaches. */
interface Asker {
  readonly reach: Reach
  readonly accountId: string | null
}

const marks = (list: readonly unknown[]): string => list.map(() => '?').join(', ')

const filterConditions = (
  filter: TicketFilter,
  { reach, accountId }: Asker,
  now: number,
): readonly Condition[] => {
  const known = knownSubscriber(reach)
  const list = wordsIn(filter.search).slice(0, 8).map(wordCondition(known))
  const add = (sql: string, ...values: SqlValue[]): void => void list.push({ sql, values })
  const { priorities } = filter
  if (priorities.length > 0) add(`+t.priority IN (${marks(priorities)})`, ...priorities)
  if (filter.queue === 'none') add('t.queue_id IS NULL')
  else if (filter.queue !== null) add('t.queue_id = ?', filter.queue)
  if (filter.owner === 'none') add('t.owner_id IS NULL')
  else if (filter.owner === 'me') add('t.owner_id = ?', accountId)
  else if (filter.owner !== null) add('t.owner_id = ?', filter.owner)
  if (filter.subscriberId !== null) {
    add(
      `t.subscriber_id IN (SELECT s.id FROM subscriber s WHERE s.id = ? ${known.sql})`,
      filter.subscriberId,
      ...known.values,
    )
  }
  if (filter.tag !== null) {
    add('t.seq IN (SELECT ticket_seq FROM ticket_tag WHERE tag = ?)', filter.tag)
  }
  if (filter.watching) {
    add('t.seq IN (SELECT ticket_seq FROM ticket_watcher WHERE account_id = ?)', accountId)
  }
  if (filter.sla === 'warned') add('(t.warn_at <= ? OR t.due_at <= ?)', now, now)
  if (filter.sla === 'breached') add('t.due_at <= ?', now)
  return list
}

const stateCondition = ({ states }: TicketFilter): readonly Condition[] =>
  // Not by its own index: the one by order has it, and no row is read.
  states.length === 0 ? [] : [{ sql: `+t.state IN (${marks(states)})`, values: states }]

type Sort = Input<'tickets.list'>['sort']

const orders: Readonly<Record<Sort, readonly string[]>> = {
  number: ['t.seq'],
  priority: ['t.priority', 't.seq'],
  state: ['t.state', 't.seq'],
  createdAt: ['t.created_at', 't.seq'],
  updatedAt: ['t.updated_at', 't.seq'],
  dueAt: ['t.due_at', 't.seq'],
}

const orderBy = (sort: Sort, descending: boolean): string => {
  const columns = orders[sort].map((column) => (descending ? `${column} DESC` : column))
  // What is not due stands at the end, whichever way.
  return `ORDER BY ${sort === 'dueAt' ? 't.due_at IS NULL, ' : ''}${columns.join(', ')}`
}

const columns = `t.seq, t.id, t.version, t.number, t.subject, t.state, t.state_since AS stateSince,
  t.pending_until AS pendingUntil, t.priority, t.affected, t.queue_id AS queueId,
  q.name AS queueName, t.owner_id AS ownerId, t.subscriber_id AS subscriberId,
  s.name AS subscriberName, s.code AS subscriberCode, t.source, t.created_at AS createdAt,
  t.updated_at AS updatedAt, t.answered_at AS answeredAt, t.solved_at AS solvedAt, t.reopened,
  t.due_at AS dueAt, t.warn_at AS warnAt, (SELECT c.metric FROM ticket_clock c
    WHERE c.ticket_seq = t.seq AND c.state = 'running' AND c.due_at = t.due_at
    ORDER BY c.metric LIMIT 1) AS dueMetric`
const joins = `LEFT JOIN ticket_queue q ON q.id = t.queue_id
  LEFT JOIN subscriber s ON s.id = t.subscriber_id`

type Row = Omit<TicketRow, 'queue' | 'owner' | 'subscriber'> & {
  readonly seq: number
  readonly queueId: string | null
  readonly queueName: string | null
  readonly ownerId: string | null
  readonly subscriberId: string | null
  readonly subscriberName: string | null
  readonly subscriberCode: string | null
}

export interface TicketList {
  readonly list: (
    asked: Input<'tickets.list'>,
    who: Asker,
  ) => Omit<Output<'tickets.list'>, 'revision'>
  readonly board: (
    asked: Input<'tickets.board'>,
    who: Asker,
  ) => Omit<Output<'tickets.board'>, 'revision'>
  readonly due: (asked: Input<'tickets.due'>, reach: Reach) => Output<'tickets.due'>
  /** In the order they were named; those that are not there are left out. */
  readonly rows: (ids: readonly string[], reach: Reach) => TicketRow[]
}

const mostDue = 1000

export const createTicketList = (deps: {
  readonly reader: StoreReader
  readonly now: () => number
  readonly nameOfAccount: (accountId: string) => string | null
  readonly belongsSubscriber: (subscriberId: string) => Belongs | null
}): TicketList => {
  const { reader, now } = deps
  const reads = readsOf(reader)

  const shown =
    (reach: Reach) =>
    (row: Row): TicketRow => {
      const { queueId, queueName, ownerId, subscriberId, subscriberName, subscriberCode } = row
      const belongs =
        subscriberId === null || isEverything(reach) ? null : deps.belongsSubscriber(subscriberId)
      // SECURITY: a ticket may be reached by its OLT where its subscriber is not: he has no name then.
      const isSeen = isEverything(reach) || (belongs !== null && reaches(reach, belongs, true))
      return {
        ...row,
        queue: queueId === null ? null : { id: queueId, name: queueName ?? '' },
        owner: ownerId === null ? null : { id: ownerId, name: deps.nameOfAccount(ownerId) ?? '' },
        subscriber:
          subscriberId === null || !isSeen
            ? null
            : { id: subscriberId, name: subscriberName ?? '', code: subscriberCode ?? '' },
      }
    }

  /** Found by the index first; only those that are shown are read whole. */
  const page = (condition: Condition, order: string, limit: number, offset: number): Row[] =>
    reads.all<Row>(
      `SELECT ${columns} FROM (SELECT t.seq FROM ticket t ${condition.sql} ${order}
        LIMIT ? OFFSET ?) found JOIN ticket t ON t.seq = found.seq ${joins} ${order}`,
      ...condition.values,
      limit,
      offset,
    )

  const within = (reach: Reach): readonly Condition[] => {
    const condition = reachCondition(reach)
    return condition === null ? [] : [condition]
  }

  const columnOf = { state: 'state', priority: 'priority', owner: 'owner_id', queue: 'queue_id' }

  return {
    list: ({ filter, sort, descending, offset, limit }, who) =>
      reader.snapshot(() => {
        const at = now()
        const rest = [...within(who.reach), ...filterConditions(filter, who, at)]
        const asked = where([...rest, ...stateCondition(filter)])
        const counted = where(rest)
        const states = reads.all<{ state: TicketRow['state']; count: number }>(
          `SELECT t.state AS state, count(*) AS count FROM ticket t ${counted.sql} GROUP BY t.state`,
          ...counted.values,
        )
        const chosen = new Set(filter.states)
        return {
          tickets: page(asked, orderBy(sort, descending), limit, offset).map(shown(who.reach)),
          total: states
            .filter(({ state }) => chosen.size === 0 || chosen.has(state))
            .reduce((sum, { count }) => sum + count, 0),
          states,
          at,
        }
      }),

    board: ({ filter, by, perColumn }, who) =>
      reader.snapshot(() => {
        const at = now()
        // As the partial index says it.
        const live: Condition = { sql: `t.state NOT IN ('closed', 'merged')`, values: [] }
        const rest = [
          ...within(who.reach),
          ...filterConditions(filter, who, at),
          ...stateCondition(filter),
          live,
        ]
        const column = columnOf[by]
        const counted = where(rest)
        const counts = new Map(
          reads
            .all<{ key: string | null; count: number }>(
              `SELECT t.${column} AS key, count(*) AS count FROM ticket t ${counted.sql}
                GROUP BY t.${column}`,
              ...counted.values,
            )
            .map(({ key, count }) => [key, count]),
        )
        const rows = reads.all<Row & { readonly key: string | null }>(
          `SELECT ${columns}, t.${column} AS key FROM (
            SELECT t.seq, row_number() OVER (PARTITION BY t.${column}
              ORDER BY t.due_at IS NULL, t.due_at, t.priority, t.seq) AS place
            FROM ticket t ${counted.sql}) found
            JOIN ticket t ON t.seq = found.seq ${joins}
            WHERE found.place <= ? ORDER BY found.place`,
          ...counted.values,
          perColumn,
        )
        const keys: readonly (string | null)[] =
          by === 'state'
            ? ticketStates.filter((state) => state !== 'closed' && state !== 'merged')
            : by === 'priority'
              ? ticketPriorities
              : [...counts.keys()]
        const tickets = Map.groupBy(rows, ({ key }) => key)
        const queues = new Map(
          by === 'queue'
            ? reads
                .all<{ id: string; name: string }>(`SELECT id, name FROM ticket_queue`)
                .map(({ id, name }) => [id, name])
            : [],
        )
        const nameOf = (key: string | null): string | null => {
          if (key === null || by === 'state' || by === 'priority') return null
          return (by === 'owner' ? deps.nameOfAccount(key) : queues.get(key)) ?? null
        }
        return {
          columns: keys.map((key) => ({
            key,
            name: nameOf(key),
            total: counts.get(key) ?? 0,
            tickets: (tickets.get(key) ?? []).map(shown(who.reach)),
          })),
          at,
        }
      }),

    due: ({ from, to }, reach) =>
      reader.snapshot(() => {
        const reached = within(reach)
        const also = reached.length === 0 ? '' : `AND ${all(reached).sql}`
        const { values } = all(reached)
        const rows = reads.all<
          Row & { readonly at: number; readonly what: Output<'tickets.due'>['due'][number]['what'] }
        >(
          `SELECT ${columns}, d.at, d.what FROM (
            SELECT c.ticket_seq AS seq, c.due_at AS at, c.metric AS what FROM ticket_clock c
              WHERE c.state = 'running' AND c.due_at >= ? AND c.due_at < ?
            UNION ALL SELECT seq, pending_until, 'reminder' FROM ticket
              WHERE pending_until >= ? AND pending_until < ?) d
            JOIN ticket t ON t.seq = d.seq ${joins} WHERE 1 ${also}
            ORDER BY d.at, t.seq, d.what LIMIT ?`,
          from,
          to,
          from,
          to,
          ...values,
          mostDue + 1,
        )
        const make = shown(reach)
        return {
          due: rows
            .slice(0, mostDue)
            .map((row) => ({ at: row.at, what: row.what, ticket: make(row) })),
          more: rows.length > mostDue,
        }
      }),

    rows: (ids, reach) => {
      const found = new Map(
        reads
          .all<Row>(
            `SELECT ${columns} FROM ticket t ${joins} WHERE t.id IN (SELECT value FROM json_each(?))`,
            JSON.stringify(ids),
          )
          .map((row) => [row.id, shown(reach)(row)]),
      )
      return ids.flatMap((id) => found.get(id) ?? [])
    },
  }
}
