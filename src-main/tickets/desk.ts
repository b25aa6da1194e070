import type { Input } from '../../src-shared/contract/index.ts'
import {
  afterAnswer,
  afterCustomerWord,
  isShut,
  priorityOf,
  type PriorityRule,
  type TicketPriority,
} from '../../src-shared/domain/ticket-state.ts'
import type { TicketSnapshot } from '../../src-shared/contract/tickets-model.ts'
import type { Transaction } from '../store/write-path.ts'
import { refuseContact } from './contact.ts'
import { noteTicket, refreshClocks } from './history.ts'
import type { TicketsDependencies } from './ports.ts'
import { lastRound } from './rounds.ts'
import { moveTicket, type TicketMove } from './state-moves.ts'
import type { Reads } from '../store/reads.ts'
import { changedTicket, ticketIn, updateTicket, type TicketData } from './tables.ts'
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

  /**
   * What was promised anew since it was looked at last, from that moment on. Before anything else that
   * clocks count: a ticket that is touched between two slices is as right as one that was not.
   */
  const catchUp = (
    tx: Transaction,
    ticket: TicketData,
    termsOf: (of: TicketData) => number | null = (of) => termsNow(tx, of),
  ): TicketData => {
    const round = lastRound(tx)
    if (round === null || ticket.termsRound >= round.round || isShut(ticket.state)) return ticket
    const terms = termsOf(ticket)
    if (terms !== ticket.termsId) {
      const { accountId, at } = round
      noteTicket(tx, ticket.id, at, { kind: 'terms', accountId, data: { terms } })
    }
    updateTicket(tx, ticket, { terms_id: terms, terms_round: round.round })
    return ticketIn(tx, ticket.id)
  }

  const say = (
    tx: Transaction,
    before: TicketData,
    said: Said,
    accountId: string | null,
  ): TicketData => {
    const ticket = catchUp(tx, before)
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
        updated_at, last_event_at, terms_id, terms_round)
        VALUES (?, 1, ?, ?, ?, ?, 'new', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
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
      lastRound(tx)?.round ?? 0,
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
    catchUp,
    /** Errors: `ticket-state`. */
    move: (tx: Transaction, ticket: TicketData, move: TicketMove): TicketData =>
      moveTicket(tx, catchUp(tx, ticket), move),
    /** What a save of promises left behind, some at a time; each is done once. */
    catchUpSome: (tx: Transaction, ids: readonly string[]): void => {
      const known = new Map<string, number | null>()
      const termsOf = (of: TicketData): number | null => {
        const key = `${of.priority} ${of.queueId ?? ''}`
        if (!known.has(key)) known.set(key, termsNow(tx, of))
        return known.get(key) ?? null
      }
      for (const id of ids) {
        const ticket = ticketIn(tx, id)
        const after = catchUp(tx, ticket, termsOf)
        if (after.termsId === ticket.termsId) continue
        refreshClocks(tx, book, after)
        // Nobody touched it: whoever is at it just now goes on at the same version.
        const { version } = after
        const data = { what: ['terms'] }
        tx.change({ entity: 'ticket', entityId: id, kind: 'updated', version, data })
      }
    },
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
      const { subject, subscriberId, serviceId, id, seq } = before
      // One that is off takes in no more.
      const queue = tx.get<{ id: string }>(
        `SELECT id FROM ticket_queue WHERE id = ? AND active = 1`,
        before.queueId,
      )
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
          queueId: queue?.id ?? null,
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
