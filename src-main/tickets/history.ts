import type { TicketState } from '../../src-shared/domain/ticket-state.ts'
import type { Transaction } from '../store/write-path.ts'
import { slaClocks, type SlaClock, type SlaFact } from './sla-clock.ts'
import type { Reads } from '../store/reads.ts'
import { updateTicket, type TicketData } from './tables.ts'
import type { TermsBook } from './terms.ts'

/** The time line of a ticket, and the clocks that follow from it. */

export interface NewTicketEvent {
  readonly kind: string
  /** Null: the console itself. */
  readonly accountId: string | null
  readonly messageId?: string
  readonly data?: Readonly<Record<string, string | number | boolean | null>>
}

/** Returns when it stands: never before what stands there already, also where the clock was put back. */
export const noteTicket = (
  tx: Transaction,
  ticketId: string,
  now: number,
  event: NewTicketEvent,
): number => {
  const { at } = tx.get<{ at: number }>(
    `UPDATE ticket SET last_event_at = max(last_event_at, ?), updated_at = max(updated_at, ?)
      WHERE id = ? RETURNING last_event_at AS at`,
    now,
    now,
    ticketId,
  )!
  tx.run(
    `INSERT INTO ticket_event (ticket_id, at, kind, account_id, message_id, data)
      VALUES (?, ?, ?, ?, ?, ?)`,
    ticketId,
    at,
    event.kind,
    event.accountId,
    event.messageId ?? null,
    JSON.stringify(event.data ?? {}),
  )
  return at
}

interface FactRow {
  readonly at: number
  readonly kind: 'opened' | 'terms' | 'state' | 'message'
  readonly terms: number | null
  readonly to: TicketState | null
  readonly said: 'reply' | 'note' | 'customer' | null
}

/** What the clocks read: nothing else of the ticket. */
export const slaFacts = (reads: Reads, book: TermsBook, ticketId: string): readonly SlaFact[] =>
  reads
    .all<FactRow>(
      `SELECT e.at, e.kind, json_extract(e.data, '$.terms') AS terms,
        json_extract(e.data, '$.to') AS "to", m.kind AS said
        FROM ticket_event e LEFT JOIN ticket_message m ON m.id = e.message_id
        WHERE e.ticket_id = ? AND e.kind IN ('opened', 'terms', 'state', 'message')
        ORDER BY e.seq`,
      ticketId,
    )
    .map((row): SlaFact => {
      const { at } = row
      if (row.kind === 'state') return { kind: 'state', at, to: row.to! }
      if (row.kind === 'message') {
        return {
          kind: 'message',
          at,
          by: row.said === 'customer' ? 'customer' : 'staff',
          internal: row.said === 'note',
        }
      }
      return { kind: row.kind, at, terms: book(reads, row.terms) }
    })

const told = (reads: Reads, ticketId: string, { metric, round }: SlaClock): ReadonlySet<number> =>
  new Set(
    reads
      .all<{ level: number }>(
        `SELECT level FROM ticket_notice WHERE ticket_id = ? AND metric = ? AND round = ?`,
        ticketId,
        metric,
        round,
      )
      .map(({ level }) => level),
  )

/** The first level of a running clock that nobody was told of. */
export const nextLevel = (reads: Reads, ticketId: string, clock: SlaClock) => {
  if (clock.state !== 'running') return null
  const done = told(reads, ticketId, clock)
  return clock.levels.find(({ level }) => !done.has(level)) ?? null
}

/** Counts the clocks anew and keeps them. */
export const refreshClocks = (
  tx: Transaction,
  book: TermsBook,
  { id, seq }: Pick<TicketData, 'id' | 'seq'>,
): readonly SlaClock[] => {
  const clocks = slaClocks(slaFacts(tx, book, id))
  let dueAt: number | null = null
  let warnAt: number | null = null
  const earlier = (one: number | null, other: number | null | undefined): number | null =>
    one === null
      ? (other ?? null)
      : other === null || other === undefined
        ? one
        : Math.min(one, other)
  for (const clock of clocks) {
    tx.run(
      `INSERT OR REPLACE INTO ticket_clock (ticket_seq, metric, state, round, target_ms, used_ms,
        due_at, met_at, levels, next_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      clock.metric,
      clock.state,
      clock.round,
      clock.targetMs,
      clock.usedMs,
      clock.dueAt,
      clock.metAt,
      JSON.stringify(clock.levels),
      nextLevel(tx, id, clock)?.at ?? null,
    )
    if (clock.state !== 'running') continue
    dueAt = earlier(dueAt, clock.dueAt)
    warnAt = earlier(warnAt, clock.levels.find(({ level }) => level === 0)?.at)
  }
  updateTicket(tx, { id }, { due_at: dueAt, warn_at: warnAt })
  return clocks
}

/** As they were kept. */
export const clocksOf = (reads: Reads, seq: number): SlaClock[] =>
  reads
    .all<Omit<SlaClock, 'levels'> & { levels: string }>(
      `SELECT metric, state, round, target_ms AS targetMs, used_ms AS usedMs, due_at AS dueAt,
        met_at AS metAt, levels FROM ticket_clock WHERE ticket_seq = ?
        ORDER BY CASE metric WHEN 'first-response' THEN 0 WHEN 'update' THEN 1 ELSE 2 END`,
      seq,
    )
    .map((row) => ({ ...row, levels: JSON.parse(row.levels) as SlaClock['levels'] }))
