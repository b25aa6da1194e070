import type { Input } from '../../src-shared/contract/index.ts'
import {
  afterAnswer,
  afterCustomerWord,
  priorityOf,
  type PriorityRule,
  type TicketPriority,
} from '../../src-shared/domain/ticket-state.ts'
import type { TicketSnapshot } from '../../src-shared/contract/tickets-model.ts'
import type { Transaction } from '../store/write-path.ts'
import { refuseContact } from './contact.ts'
import { noteTicket, refreshClocks } from './history.ts'
import type { TicketsDependencies } from './ports.ts'
import { moveTicket } from './state-moves.ts'
import { changedTicket, ticketIn, updateTicket, type Reads, type TicketData } from './tables.ts'
import { termsNow, type TermsBook } from './terms.ts'
import { putWords } from './words.ts'

export type Said = NonNullable<Input<'tickets.open'>['said']>

export interface NewTicket {
  readonly subject: string
  /** Null: by how many are on it. */
  readonly priority: TicketPriority | null
  readonly affected: number | null
  readonly queueId: string | null
  readonly subscriberId: string | null
  readonly serviceId: string | null
  readonly source: 'person' | 'alarm' | 'outage' | 'follow-up'
  readonly sourceId: string | null
  readonly oltIds: readonly string[]
  readonly snapshot: TicketSnapshot | null
  readonly tags: readonly string[]
  readonly accountId: string | null
}

export interface TicketSettings extends PriorityRule {
  readonly version: number
  readonly prefix: string
  readonly closeAfterDays: number
}

export const ticketSettings = (reads: Reads): TicketSettings =>
  reads.get<TicketSettings>(
    `SELECT version, prefix, close_after_days AS closeAfterDays, p1_from AS P1, p2_from AS P2,
      p3_from AS P3 FROM ticket_settings WHERE id = 1`,
  )!

/** What commands and the worker do to a ticket, each within a transaction of theirs. */
export const createTicketDesk = (
  deps: Pick<TicketsDependencies, 'clock' | 'newId' | 'subscribers'> & { readonly book: TermsBook },
) => {
  const { clock, newId, book } = deps

  const takeNumber = (tx: Transaction, prefix: string): { no: number; number: string } => {
    tx.run(
      `INSERT INTO ticket_series (prefix, next_no) VALUES (?, 1) ON CONFLICT (prefix) DO NOTHING`,
      prefix,
    )
    // In the transaction that opens it: what is rolled back took no number.
    const { no } = tx.get<{ no: number }>(
      `UPDATE ticket_series SET next_no = next_no + 1 WHERE prefix = ? RETURNING next_no - 1 AS no`,
      prefix,
    )!
    return { no, number: `${prefix}${String(no).padStart(6, '0')}` }
  }

  const say = (
    tx: Transaction,
    ticket: TicketData,
    said: Said,
    accountId: string | null,
  ): TicketData => {
    if (said.kind === 'reply') refuseContact(tx, ticket.subscriberId, said.channel, false)
    const messageId = newId()
    const now = Math.max(clock.now(), ticket.lastEventAt)
    tx.run(
      `INSERT INTO ticket_message (id, ticket_id, kind, channel, body, at, account_id)
        VALUES (?, ?, ?, ?, ?, ?, ?)`,
      messageId,
      ticket.id,
      said.kind,
      said.kind === 'note' ? null : said.channel,
      said.body,
      now,
      accountId,
    )
    const at = noteTicket(tx, ticket.id, now, { kind: 'message', accountId, messageId })
    const here = { ...ticket, lastEventAt: at }
    if (said.kind === 'note') return here
    if (said.kind === 'reply' && ticket.answeredAt === null) {
      updateTicket(tx, ticket, { answered_at: at })
    }
    const to = said.kind === 'reply' ? afterAnswer(ticket.state) : afterCustomerWord(ticket.state)
    if (to === null || to === ticket.state) return here
    return moveTicket(tx, here, { to, accountId, now })
  }

  /** Holds it against what is promised for such a ticket now. */
  const giveTerms = (tx: Transaction, ticket: TicketData, accountId: string | null): boolean => {
    const terms = termsNow(tx, ticket)
    if (terms === ticket.termsId) return false
    noteTicket(tx, ticket.id, clock.now(), { kind: 'terms', accountId, data: { terms } })
    updateTicket(tx, ticket, { terms_id: terms })
    return true
  }

  const open = (tx: Transaction, wanted: NewTicket, said: Said | null): TicketData => {
    const id = newId()
    const now = clock.now()
    const settings = ticketSettings(tx)
    const { no, number } = takeNumber(tx, settings.prefix)
    const priority = wanted.priority ?? priorityOf(wanted.affected ?? 0, settings)
    const terms = termsNow(tx, { priority, queueId: wanted.queueId })
    const { seq } = tx.get<{ seq: number }>(
      `INSERT INTO ticket (id, version, prefix, no, number, subject, state, state_since, priority,
        affected, queue_id, subscriber_id, service_id, source, source_id, created_at, created_by,
        updated_at, last_event_at, terms_id)
        VALUES (?, 1, ?, ?, ?, ?, 'new', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
      id,
      settings.prefix,
      no,
      number,
      wanted.subject,
      now,
      priority,
      wanted.affected,
      wanted.queueId,
      wanted.subscriberId,
      wanted.serviceId,
      wanted.source,
      wanted.sourceId,
      now,
      wanted.accountId,
      now,
      now,
      terms,
    )!
    for (const oltId of new Set(wanted.oltIds)) {
      tx.run(`INSERT INTO ticket_olt (olt_id, ticket_seq) VALUES (?, ?)`, oltId, seq)
    }
    for (const tag of new Set(wanted.tags)) {
      tx.run(`INSERT INTO ticket_tag (tag, ticket_seq) VALUES (?, ?)`, tag, seq)
    }
    if (wanted.accountId !== null) {
      tx.run(
        `INSERT INTO ticket_watcher (account_id, ticket_seq) VALUES (?, ?)`,
        wanted.accountId,
        seq,
      )
    }
    if (wanted.snapshot !== null) {
      tx.run(
        `INSERT INTO ticket_snapshot (ticket_id, at, facts) VALUES (?, ?, ?)`,
        id,
        now,
        JSON.stringify(wanted.snapshot),
      )
    }
    noteTicket(tx, id, now, {
      kind: 'opened',
      accountId: wanted.accountId,
      data: { terms, priority, source: wanted.source },
    })
    const opened = ticketIn(tx, id)
    if (said !== null) say(tx, opened, said, wanted.accountId)
    putWords(tx, seq)
    refreshClocks(tx, book, opened)
    tx.change({ entity: 'ticket', entityId: id, kind: 'created', version: 1, data: { number } })
    if (wanted.subscriberId !== null) {
      tx.about({ subjectId: wanted.subscriberId })
      deps.subscribers.note(tx, {
        subscriberId: wanted.subscriberId,
        kind: 'ticket-opened',
        objectKind: 'ticket',
        objectId: id,
        accountId: wanted.accountId,
        data: { number },
      })
    }
    return ticketIn(tx, id)
  }

  return {
    open,
    say,
    giveTerms,
    /** The end of what was done to one: its clocks, its version. */
    end: (tx: Transaction, ticket: TicketData, what: readonly string[]): number => {
      refreshClocks(tx, book, ticket)
      return changedTicket(tx, ticket, what)
    },
    /** What comes after one that is closed. */
    followUp: (
      tx: Transaction,
      before: TicketData,
      said: Said,
      accountId: string | null,
    ): TicketData => {
      const { subject, queueId, subscriberId, serviceId, id, seq } = before
      const olts = tx.all<{ oltId: string }>(
        `SELECT olt_id AS oltId FROM ticket_olt WHERE ticket_seq = ?`,
        seq,
      )
      const next = open(
        tx,
        {
          subject,
          priority: before.priority,
          affected: before.affected,
          queueId,
          subscriberId,
          serviceId,
          source: 'follow-up',
          sourceId: id,
          oltIds: olts.map(({ oltId }) => oltId),
          snapshot: null,
          tags: [],
          accountId,
        },
        said,
      )
      tx.run(
        `INSERT INTO ticket_link (from_id, to_id, kind) VALUES (?, ?, 'follow-up')`,
        next.id,
        id,
      )
      const now = clock.now()
      for (const [one, other] of [
        [next, before],
        [before, next],
      ] as const) {
        noteTicket(tx, one.id, now, {
          kind: 'linked',
          accountId,
          data: { number: other.number, link: 'follow-up' },
        })
      }
      return next
    },
  }
}

export type TicketDesk = ReturnType<typeof createTicketDesk>
