import type { TicketRow } from '../../src-shared/contract/tickets-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { SqlValue } from '../store/read-handle.ts'
import type { Reads } from '../store/reads.ts'
import type { Transaction } from '../store/write-path.ts'

export interface TicketData extends Omit<
  TicketRow,
  'queue' | 'owner' | 'subscriber' | 'warnAt' | 'dueMetric'
> {
  readonly seq: number
  readonly queueId: string | null
  readonly ownerId: string | null
  readonly subscriberId: string | null
  readonly serviceId: string | null
  readonly mergedInto: string | null
  readonly lastEventAt: number
  readonly termsId: number | null
  /** Up to which round of promises it was held (rounds.ts). */
  readonly termsRound: number
}

const columns = `seq, id, version, number, subject, state, state_since AS stateSince,
  pending_until AS pendingUntil, priority, affected, queue_id AS queueId, owner_id AS ownerId,
  subscriber_id AS subscriberId, service_id AS serviceId, merged_into AS mergedInto, source,
  created_at AS createdAt, updated_at AS updatedAt, answered_at AS answeredAt,
  solved_at AS solvedAt, reopened, last_event_at AS lastEventAt, due_at AS dueAt,
  terms_id AS termsId, terms_round AS termsRound`

/** Errors: `not-found`. */
export const ticketIn = (reads: Reads, id: string): TicketData => {
  const found = reads.get<TicketData>(`SELECT ${columns} FROM ticket WHERE id = ?`, id)
  if (found === undefined) throw new NocturneError('not-found', { what: 'ticket' })
  return found
}

/** Errors: `not-found`; `conflict` when somebody else changed it since. */
export const ticketAt = (reads: Reads, id: string, baseVersion: number): TicketData => {
  const found = ticketIn(reads, id)
  if (found.version !== baseVersion) {
    throw new NocturneError('conflict', { what: 'ticket', version: found.version })
  }
  return found
}

/** What it was merged into, at the end of the chain; itself where it was not. */
export const rootOf = (reads: Reads, ticket: TicketData): TicketData => {
  let root = ticket
  // It ends: what was merged is final, and never takes one in.
  while (root.mergedInto !== null) root = ticketIn(reads, root.mergedInto)
  return root
}

/** Itself and all that came into it, by merging of merged ones too. */
export const mergedTree = (reads: Reads, id: string): readonly { id: string; number: string }[] =>
  reads.all(
    `WITH RECURSIVE tree (id, number) AS (
      SELECT id, number FROM ticket WHERE id = ?
      UNION SELECT t.id, t.number FROM ticket t JOIN tree ON t.merged_into = tree.id)
      SELECT id, number FROM tree`,
    id,
  )

/** Columns that a change sets; the version goes up. */
export const updateTicket = (
  tx: Transaction,
  ticket: Pick<TicketData, 'id'>,
  set: Readonly<Record<string, SqlValue>>,
): void => {
  tx.run(
    `UPDATE ticket SET ${Object.keys(set)
      .map((name) => `${name} = ?`)
      .join(', ')} WHERE id = ?`,
    ...Object.values(set),
    ticket.id,
  )
}

/** The end of a command that changed it: one version more, told to the change feed. */
export const changedTicket = (
  tx: Transaction,
  ticket: Pick<TicketData, 'id'>,
  what: readonly string[],
): number => {
  const { version } = tx.get<{ version: number }>(
    `UPDATE ticket SET version = version + 1 WHERE id = ? RETURNING version`,
    ticket.id,
  )!
  tx.change({ entity: 'ticket', entityId: ticket.id, kind: 'updated', version, data: { what } })
  return version
}

/** Whoever may still sign in. Of null: no. */
export const isActiveAccount = (reads: Reads, accountId: string | null): boolean =>
  accountId !== null &&
  reads.get(`SELECT 1 FROM account WHERE id = ? AND disabled_at IS NULL`, accountId) !== undefined
