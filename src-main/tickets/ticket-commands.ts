import { createHash } from 'node:crypto'
import { isShut, isWaiting } from '../../src-shared/domain/ticket-state.ts'
import { ticketsAccess } from '../../src-shared/contract/tickets-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { mediaTypeOf } from '../engine/file-types.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import { reaches, type Belongs } from '../engine/reach.ts'
import type { Transaction } from '../store/write-path.ts'
import { refuseContact, type TicketDesk } from './desk.ts'
import { noteTicket } from './history.ts'
import { childrenOf, linkTickets, rehang, unlinkTickets } from './links.ts'
import type { TicketsDependencies } from './ports.ts'
import { moveTicket } from './state-moves.ts'
import { rootOf, ticketAt, ticketIn, updateTicket, type Reads, type TicketData } from './tables.ts'
import { putWords } from './words.ts'

export type TicketCommand =
  | 'tickets.open'
  | 'tickets.change'
  | 'tickets.say'
  | 'tickets.move'
  | 'tickets.merge'
  | 'tickets.link'
  | 'tickets.unlink'
  | 'tickets.watch'
  | 'tickets.addFile'
  | 'tickets.askSatisfaction'
  | 'tickets.answerSatisfaction'

/** A ticket is no place to keep other things. */
const mostFiles = 50

/** What is done to one ticket. */
export const createTicketCommands = (
  deps: Pick<
    TicketsDependencies,
    'clock' | 'newId' | 'network' | 'subscribers' | 'nameOfAccount'
  > & {
    readonly desk: TicketDesk
    readonly reads: Reads
    readonly belongs: (id: string) => Belongs | null
    readonly changed: () => void
  },
): CommandHandlers<TicketCommand> => {
  const { clock, desk, newId } = deps
  const by = ({ session }: CallContext): string | null => session?.accountId ?? null

  /** SECURITY: to hand out work, or a look at it, to others is a right of its own. */
  const refuseAssigning = (context: CallContext, accountId: string | null): void => {
    if (accountId === by(context)) return
    if (context.session?.permissions.has(ticketsAccess.assign) !== true) {
      throw new NocturneError('permission-denied')
    }
  }
  const refuseStranger = (accountId: string | null): void => {
    if (accountId !== null && deps.nameOfAccount(accountId) === null) {
      throw new NocturneError('not-found', { what: 'account' })
    }
  }
  const about = (tx: Transaction, ticket: TicketData): void => {
    if (ticket.subscriberId !== null) tx.about({ subjectId: ticket.subscriberId })
  }
  /** Errors: `ticket-shut`. */
  const refuseShut = (reads: Reads, ticket: TicketData): void => {
    if (!isShut(ticket.state)) return
    const { number } = rootOf(reads, ticket)
    throw new NocturneError('ticket-shut', { number, state: ticket.state })
  }
  const queueIn = (tx: Transaction, queueId: string | null): void => {
    if (queueId === null) return
    const found = tx.get<{ active: 0 | 1 }>(`SELECT active FROM ticket_queue WHERE id = ?`, queueId)
    if (found?.active !== 1) throw new NocturneError('not-found', { what: 'ticket-queue' })
  }
  const note = (
    tx: Transaction,
    ticket: TicketData,
    context: CallContext,
    kind: string,
    data: Readonly<Record<string, string | number | boolean | null>>,
  ): number => noteTicket(tx, ticket.id, clock.now(), { kind, accountId: by(context), data })

  return {
    'tickets.open': async (input, context) => {
      const { source } = input
      const seen =
        source.kind === 'person' ? null : await deps.network.look(source.kind, source.id, context)
      if (source.kind !== 'person' && seen === null) {
        throw new NocturneError('not-found', { what: source.kind })
      }
      const subscriberId = input.subscriberId ?? seen?.service?.subscriberId ?? null
      const serviceId =
        input.serviceId ?? (input.subscriberId === null ? (seen?.service?.serviceId ?? null) : null)
      if (subscriberId !== null && deps.subscribers.party(subscriberId) === null) {
        throw new NocturneError('not-found', { what: 'subscriber' })
      }
      const services = subscriberId === null ? [] : deps.subscribers.services(subscriberId)
      if (serviceId !== null && !services.some(({ id }) => id === serviceId)) {
        throw new NocturneError('not-found', { what: 'subscriber-service' })
      }
      let after = (): void => undefined
      return {
        apply: (tx) => {
          queueIn(tx, input.queueId)
          const sourceId = source.kind === 'person' ? null : source.id
          const there = tx.get<{ number: string }>(
            `SELECT number FROM ticket WHERE source = ? AND source_id = ?
              AND state NOT IN ('solved', 'closed', 'merged')`,
            source.kind,
            sourceId,
          )
          if (there !== undefined) throw new NocturneError('ticket-there', { number: there.number })
          const opened = desk.open(
            tx,
            {
              subject: input.subject,
              priority: input.priority,
              affected: input.affected ?? seen?.affected ?? (subscriberId === null ? null : 1),
              queueId: input.queueId,
              subscriberId,
              serviceId,
              source: source.kind,
              sourceId,
              oltIds: seen?.oltIds ?? [],
              snapshot: seen?.snapshot ?? null,
              tags: input.tags,
              accountId: by(context),
            },
            input.said,
          )
          if (input.parentId !== null) {
            const parent = ticketIn(tx, input.parentId)
            refuseShut(tx, parent)
            linkTickets(tx, opened, parent, 'child')
            note(tx, opened, context, 'linked', { number: parent.number, link: 'child' })
            note(tx, parent, context, 'linked', { number: opened.number, link: 'parent' })
          }
          const { id, number } = opened
          if (source.kind !== 'person') {
            after = deps.network.number(tx, { kind: source.kind, id: source.id, number }, context)
          }
          return { id, number }
        },
        after: () => {
          after()
          deps.changed()
        },
      }
    },

    'tickets.change': (input, context) => {
      const { id, baseVersion, subject, priority, affected, queueId, ownerId, tags } = input
      if (ownerId !== undefined) refuseStranger(ownerId)
      return {
        apply: (tx) => {
          const ticket = ticketAt(tx, id, baseVersion)
          refuseShut(tx, ticket)
          about(tx, ticket)
          const what: string[] = []
          if (subject !== undefined && subject !== ticket.subject) {
            what.push('subject')
            updateTicket(tx, ticket, { subject })
            note(tx, ticket, context, 'subject', { from: ticket.subject, to: subject })
          }
          const isRanked = priority !== undefined && priority !== ticket.priority
          const isCounted = affected !== undefined && affected !== ticket.affected
          if (isRanked || isCounted) {
            what.push('priority')
            updateTicket(tx, ticket, {
              priority: priority ?? ticket.priority,
              affected: affected === undefined ? ticket.affected : affected,
            })
            note(tx, ticket, context, 'priority', {
              from: ticket.priority,
              to: priority ?? ticket.priority,
              affected: affected === undefined ? ticket.affected : affected,
            })
          }
          if (queueId !== undefined && queueId !== ticket.queueId) {
            queueIn(tx, queueId)
            what.push('queue')
            updateTicket(tx, ticket, { queue_id: queueId })
            note(tx, ticket, context, 'queue', { from: ticket.queueId, to: queueId })
          }
          if (ownerId !== undefined && ownerId !== ticket.ownerId) {
            // To take what is nobody's, and to give back one's own, is everybody's.
            const isOwn = ticket.ownerId === null || ticket.ownerId === by(context)
            refuseAssigning(context, isOwn && ownerId === null ? by(context) : ownerId)
            if (!isOwn) refuseAssigning(context, ticket.ownerId)
            what.push('owner')
            updateTicket(tx, ticket, { owner_id: ownerId })
            note(tx, ticket, context, 'owner', { from: ticket.ownerId, to: ownerId })
          }
          if (tags !== undefined) {
            what.push('tags')
            tx.run(`DELETE FROM ticket_tag WHERE ticket_seq = ?`, ticket.seq)
            for (const tag of new Set(tags)) {
              tx.run(`INSERT INTO ticket_tag (tag, ticket_seq) VALUES (?, ?)`, tag, ticket.seq)
            }
            note(tx, ticket, context, 'tags', { tags: [...new Set(tags)].join(', ') })
          }
          const after = ticketIn(tx, id)
          desk.giveTerms(tx, after, by(context))
          putWords(tx, ticket.seq)
          return { version: desk.end(tx, after, what) }
        },
        after: deps.changed,
      }
    },

    'tickets.say': ({ id, said }, context) => ({
      apply: (tx) => {
        const named = ticketIn(tx, id)
        if (said.kind !== 'customer') refuseShut(tx, named)
        const ticket = rootOf(tx, named)
        if (ticket.id !== id) {
          // SECURITY: where it was merged to may lie beyond the reach of who writes.
          const belongs = deps.belongs(ticket.id)
          if (belongs === null || !reaches(context.reach, belongs, true)) {
            throw new NocturneError('beyond-scope')
          }
        }
        about(tx, ticket)
        if (isShut(ticket.state)) {
          const next = desk.followUp(tx, ticket, said, by(context))
          desk.end(tx, ticket, ['linked'])
          return { id: next.id, number: next.number, isNew: true }
        }
        desk.end(tx, desk.say(tx, ticket, said, by(context)), ['message'])
        return { id: ticket.id, number: ticket.number, isNew: false }
      },
      after: deps.changed,
    }),

    'tickets.move': ({ id, baseVersion, to, until, reason, withChildren }, context) => {
      if (to === 'pending-reminder' && until === null) {
        throw new NocturneError('invalid-input', { field: 'until', rule: 'missing' })
      }
      if (until !== null && (!isWaiting(to) || until <= clock.now())) {
        throw new NocturneError('invalid-input', { field: 'until', rule: 'past' })
      }
      const move = { to, until, reason, accountId: by(context), now: clock.now() }
      return {
        apply: (tx) => {
          const ticket = ticketAt(tx, id, baseVersion)
          about(tx, ticket)
          const moved = moveTicket(tx, ticket, move)
          let children = 0
          for (const childId of withChildren ? childrenOf(tx, id) : []) {
            const child = ticketIn(tx, childId)
            const belongs = deps.belongs(childId)
            // SECURITY: with it goes what is reached, and nothing else.
            if (belongs === null || !reaches(context.reach, belongs, true)) continue
            try {
              desk.end(tx, moveTicket(tx, child, move), ['state'])
            } catch (error) {
              // One that cannot go there stays where it is: nothing of it was written.
              if (error instanceof NocturneError && error.code === 'ticket-state') continue
              throw error
            }
            children += 1
          }
          if (to === 'solved' && ticket.subscriberId !== null) {
            deps.subscribers.note(tx, {
              subscriberId: ticket.subscriberId,
              kind: 'ticket-solved',
              objectKind: 'ticket',
              objectId: id,
              accountId: by(context),
              data: { number: ticket.number },
            })
          }
          return { version: desk.end(tx, moved, ['state']), children }
        },
        after: deps.changed,
      }
    },

    'tickets.merge': ({ id, baseVersion, intoId }, context) => ({
      apply: (tx) => {
        const source = ticketAt(tx, id, baseVersion)
        const into = ticketIn(tx, intoId)
        if (source.id === into.id) throw new NocturneError('ticket-link', { rule: 'itself' })
        refuseShut(tx, into)
        about(tx, source)
        const { number } = source
        note(tx, source, context, 'merged-into', { number: into.number })
        const merged = moveTicket(tx, ticketIn(tx, id), {
          to: 'merged',
          accountId: by(context),
          now: clock.now(),
          into: intoId,
        })
        note(tx, into, context, 'merged-from', { number })
        for (const [table, column] of [
          ['ticket_watcher', 'account_id'],
          ['ticket_tag', 'tag'],
          ['ticket_olt', 'olt_id'],
        ] as const) {
          tx.run(
            `INSERT OR IGNORE INTO ${table} (${column}, ticket_seq)
              SELECT ${column}, ? FROM ${table} WHERE ticket_seq = ?`,
            into.seq,
            source.seq,
          )
        }
        rehang(tx, id, intoId)
        putWords(tx, into.seq)
        desk.end(tx, into, ['merged'])
        return { version: desk.end(tx, merged, ['state', 'merged']) }
      },
      after: deps.changed,
    }),

    'tickets.link': ({ id, otherId, kind }, context) => ({
      apply: (tx) => {
        const [one, other] = [ticketIn(tx, id), ticketIn(tx, otherId)]
        linkTickets(tx, one, other, kind)
        note(tx, one, context, 'linked', { number: other.number, link: kind })
        const back = kind === 'child' ? 'parent' : kind
        note(tx, other, context, 'linked', { number: one.number, link: back })
        for (const ticket of [one, other]) desk.end(tx, ticket, ['links'])
        return {}
      },
      after: deps.changed,
    }),

    'tickets.unlink': ({ id, otherId }, context) => ({
      apply: (tx) => {
        const [one, other] = [ticketIn(tx, id), ticketIn(tx, otherId)]
        if (!unlinkTickets(tx, id, otherId)) {
          throw new NocturneError('not-found', { what: 'ticket-link' })
        }
        note(tx, one, context, 'unlinked', { number: other.number })
        note(tx, other, context, 'unlinked', { number: one.number })
        for (const ticket of [one, other]) desk.end(tx, ticket, ['links'])
        return {}
      },
      after: deps.changed,
    }),

    'tickets.watch': ({ id, accountId, watching }, context) => {
      refuseAssigning(context, accountId)
      refuseStranger(accountId)
      return {
        apply: (tx) => {
          const ticket = ticketIn(tx, id)
          const touched = watching
            ? tx.run(
                `INSERT OR IGNORE INTO ticket_watcher (account_id, ticket_seq) VALUES (?, ?)`,
                accountId,
                ticket.seq,
              )
            : tx.run(
                `DELETE FROM ticket_watcher WHERE account_id = ? AND ticket_seq = ?`,
                accountId,
                ticket.seq,
              )
          if (touched > 0) {
            note(tx, ticket, context, 'watchers', { accountId, watching })
            desk.end(tx, ticket, ['watchers'])
          }
          return {}
        },
        after: deps.changed,
      }
    },

    'tickets.addFile': ({ id, name, bytes }, context) => {
      const mediaType = mediaTypeOf(name, bytes)
      const fileId = newId()
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return {
        apply: (tx) => {
          const ticket = ticketIn(tx, id)
          refuseShut(tx, ticket)
          about(tx, ticket)
          const there = tx.all<{ sha256: string }>(
            `SELECT sha256 FROM ticket_file WHERE ticket_id = ?`,
            id,
          )
          if (there.length >= mostFiles) {
            throw new NocturneError('invalid-input', { field: 'file', rule: 'too_many' })
          }
          // The same file twice is one.
          if (there.some((file) => file.sha256 === sha256)) {
            throw new NocturneError('conflict', { what: 'ticket-file' })
          }
          tx.run(
            `INSERT INTO ticket_file (id, ticket_id, name, media_type, bytes, sha256, account_id,
              added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
            fileId,
            id,
            name,
            mediaType,
            bytes.length,
            sha256,
            by(context),
            clock.now(),
          )
          tx.run(`INSERT INTO ticket_file_content (file_id, content) VALUES (?, ?)`, fileId, bytes)
          note(tx, ticket, context, 'file', { name, fileId, bytes: bytes.length })
          desk.end(tx, ticket, ['file'])
          return { fileId }
        },
        after: deps.changed,
      }
    },

    'tickets.askSatisfaction': ({ id, channel }, context) => ({
      apply: (tx) => {
        const ticket = ticketIn(tx, id)
        if (ticket.state !== 'solved' && ticket.state !== 'closed') {
          throw new NocturneError('ticket-asked', { number: ticket.number, why: 'not-solved' })
        }
        if (ticket.subscriberId === null) {
          throw new NocturneError('ticket-no-contact', { why: 'nobody' })
        }
        refuseContact(tx, ticket.subscriberId, channel, true)
        about(tx, ticket)
        const taken = tx.run(
          `INSERT INTO ticket_satisfaction (ticket_id, asked_at, asked_by, channel)
            VALUES (?, ?, ?, ?) ON CONFLICT (ticket_id) DO NOTHING`,
          id,
          clock.now(),
          by(context),
          channel,
        )
        if (taken === 0) {
          throw new NocturneError('ticket-asked', { number: ticket.number, why: 'asked' })
        }
        note(tx, ticket, context, 'satisfaction-asked', { channel })
        desk.end(tx, ticket, ['satisfaction'])
        return {}
      },
      after: deps.changed,
    }),

    'tickets.answerSatisfaction': ({ id, score, words }, context) => ({
      apply: (tx) => {
        const ticket = ticketIn(tx, id)
        about(tx, ticket)
        const answered = tx.run(
          `UPDATE ticket_satisfaction SET score = ?, words = ?, answered_at = ?
            WHERE ticket_id = ? AND score IS NULL`,
          score,
          words,
          clock.now(),
          id,
        )
        if (answered === 0) {
          const asked = tx.get(`SELECT 1 FROM ticket_satisfaction WHERE ticket_id = ?`, id)
          const why = asked === undefined ? 'not-asked' : 'answered'
          throw new NocturneError('ticket-asked', { number: ticket.number, why })
        }
        note(tx, ticket, context, 'satisfaction', { score })
        desk.end(tx, ticket, ['satisfaction'])
        return {}
      },
      after: deps.changed,
    }),
  }
}
