import { NocturneError } from '../../src-shared/errors.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Reads } from '../store/reads.ts'
import type { TicketData } from './tables.ts'

/** Links between tickets, and what becomes of them when one is merged into another. */

export type LinkKind = 'child' | 'related' | 'duplicate'

/** Whether `id` is above `below`, or it itself. */
const isAbove = (reads: Reads, id: string, below: string): boolean =>
  reads.get(
    `WITH RECURSIVE up (id) AS (SELECT ? UNION
      SELECT l.to_id FROM ticket_link l JOIN up ON l.from_id = up.id AND l.kind = 'child')
      SELECT 1 FROM up WHERE id = ?`,
    below,
    id,
  ) !== undefined

const refuse = (rule: string): never => {
  throw new NocturneError('ticket-link', { rule })
}

/** Errors: `ticket-link`: itself, twice, a second parent, a circle. */
export const linkTickets = (
  tx: Transaction,
  from: TicketData,
  to: TicketData,
  kind: LinkKind,
): void => {
  if (from.id === to.id) refuse('itself')
  const there = tx.get(
    `SELECT 1 FROM ticket_link WHERE (from_id = ? AND to_id = ?) OR (from_id = ? AND to_id = ?)`,
    from.id,
    to.id,
    to.id,
    from.id,
  )
  if (there !== undefined) refuse('twice')
  if (kind === 'child') {
    const parent = tx.get(`SELECT 1 FROM ticket_link WHERE from_id = ? AND kind = 'child'`, from.id)
    if (parent !== undefined) refuse('parent')
    if (isAbove(tx, from.id, to.id)) refuse('circle')
  }
  tx.run(`INSERT INTO ticket_link (from_id, to_id, kind) VALUES (?, ?, ?)`, from.id, to.id, kind)
}

/** False: there was none. */
export const unlinkTickets = (tx: Transaction, one: string, other: string): boolean =>
  tx.run(
    `DELETE FROM ticket_link WHERE (from_id = ? AND to_id = ?) OR (from_id = ? AND to_id = ?)`,
    one,
    other,
    other,
    one,
  ) > 0

interface LinkRow {
  readonly fromId: string
  readonly toId: string
  readonly kind: string
}

/**
 * What hung on the one hangs on the other, where that makes no circle, no second parent and nothing
 * twice; the others said the same already.
 */
export const rehang = (tx: Transaction, source: string, into: string): void => {
  const links = tx.all<LinkRow>(
    `SELECT from_id AS fromId, to_id AS toId, kind FROM ticket_link WHERE from_id = ? OR to_id = ?`,
    source,
    source,
  )
  tx.run(`DELETE FROM ticket_link WHERE from_id = ? OR to_id = ?`, source, source)
  for (const { fromId, toId, kind } of links) {
    const [from, to] = [fromId === source ? into : fromId, toId === source ? into : toId]
    if (from === to || (kind === 'child' && isAbove(tx, from, to))) continue
    tx.run(
      `INSERT OR IGNORE INTO ticket_link (from_id, to_id, kind)
        SELECT ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM ticket_link WHERE from_id = ? AND to_id = ?)`,
      from,
      to,
      kind,
      to,
      from,
    )
  }
}

/** Everything below it, each once. */
export const childrenOf = (reads: Reads, id: string): readonly string[] =>
  reads
    .all<{ id: string }>(
      `WITH RECURSIVE down (id) AS (SELECT ? UNION
        SELECT l.from_id FROM ticket_link l JOIN down ON l.to_id = down.id AND l.kind = 'child')
        SELECT id FROM down WHERE id <> ?`,
      id,
      id,
    )
    .map((row) => row.id)
