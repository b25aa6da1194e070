import { isWaiting, mayMoveTicket } from '../../src-shared/domain/ticket-state.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { Transaction } from '../store/write-path.ts'
import {
  aboutTicket,
  actorOf,
  createTicketActs,
  refuseAssigning,
  refuseShut,
  type TicketCommandDependencies,
} from './acts.ts'
import { refuseErased } from './contact.ts'
import { childrenOf, linkTickets } from './links.ts'
import { ticketAt, ticketIn, updateTicket, type TicketData } from './tables.ts'
import { putWords } from './words.ts'

export type TicketCommand = 'tickets.open' | 'tickets.change' | 'tickets.move'

/** Opens a ticket, and says what it is and how it stands. */
export const createTicketCommands = (
  deps: TicketCommandDependencies,
): CommandHandlers<TicketCommand> => {
  const { clock, desk } = deps
  const { note, refuseStranger, refuseGone, isReached } = createTicketActs(deps)

  const queueIn = (tx: Transaction, queueId: string | null): void => {
    if (queueId === null) return
    const found = tx.get<{ active: 0 | 1 }>(`SELECT active FROM ticket_queue WHERE id = ?`, queueId)
    if (found?.active !== 1) throw new NocturneError('not-found', { what: 'ticket-queue' })
  }

  /** A line of the subscriber's own time line: of each that was solved, those below it too. */
  const tellSolved = (tx: Transaction, ticket: TicketData, context: CallContext): void => {
    if (ticket.state !== 'solved' || ticket.subscriberId === null) return
    deps.subscribers.note(tx, {
      subscriberId: ticket.subscriberId,
      kind: 'ticket-solved',
      objectKind: 'ticket',
      objectId: ticket.id,
      accountId: actorOf(context),
      data: { number: ticket.number },
    })
  }

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
          refuseErased(tx, subscriberId)
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
              accountId: actorOf(context),
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
          const ticket = desk.catchUp(tx, ticketAt(tx, id, baseVersion))
          refuseShut(tx, ticket)
          aboutTicket(tx, ticket)
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
            const isOwn = ticket.ownerId === null || ticket.ownerId === actorOf(context)
            refuseAssigning(context, isOwn && ownerId === null ? actorOf(context) : ownerId)
            if (!isOwn) refuseAssigning(context, ticket.ownerId)
            refuseGone(tx, ownerId)
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
          desk.giveTerms(tx, after, actorOf(context))
          putWords(tx, ticket.seq)
          return { version: desk.end(tx, after, what) }
        },
        after: deps.changed,
      }
    },

    'tickets.move': ({ id, baseVersion, to, until, reason, withChildren }, context) => {
      if (to === 'pending-reminder' && until === null) {
        throw new NocturneError('invalid-input', { field: 'until', rule: 'missing' })
      }
      if (until !== null && (!isWaiting(to) || until <= clock.now())) {
        throw new NocturneError('invalid-input', { field: 'until', rule: 'past' })
      }
      const move = { to, until, reason, accountId: actorOf(context), now: clock.now() }
      return {
        apply: (tx) => {
          const ticket = ticketAt(tx, id, baseVersion)
          aboutTicket(tx, ticket)
          const moved = desk.move(tx, ticket, move)
          tellSolved(tx, moved, context)
          let children = 0
          for (const childId of withChildren ? childrenOf(tx, id) : []) {
            const child = ticketIn(tx, childId)
            // SECURITY: with it goes what is reached, and nothing else.
            if (!isReached(context, childId)) continue
            // One that cannot go there stays where it is.
            if (!mayMoveTicket(child.state, to)) continue
            const after = desk.move(tx, child, move)
            tellSolved(tx, after, context)
            desk.end(tx, after, ['state'])
            children += 1
          }
          return { version: desk.end(tx, moved, ['state']), children }
        },
        after: deps.changed,
      }
    },
  }
}
