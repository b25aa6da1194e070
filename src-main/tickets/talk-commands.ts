import { createHash } from 'node:crypto'
import { isShut } from '../../src-shared/domain/ticket-state.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { mediaTypeOf } from '../engine/file-types.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import {
  aboutTicket,
  actorOf,
  createTicketActs,
  refuseShut,
  type TicketCommandDependencies,
} from './acts.ts'
import { refuseContact } from './contact.ts'
import { rootOf, ticketIn } from './tables.ts'

export type TalkCommand =
  | 'tickets.say'
  | 'tickets.addFile'
  | 'tickets.askSatisfaction'
  | 'tickets.answerSatisfaction'

/** A ticket is no place to keep other things. */
const mostFiles = 50

/** What is said, and what is laid beside it. */
export const createTalkCommands = (
  deps: TicketCommandDependencies,
): CommandHandlers<TalkCommand> => {
  const { clock, desk, newId } = deps
  const { note, isReached } = createTicketActs(deps)

  return {
    'tickets.say': ({ id, said }, context) => ({
      apply: (tx) => {
        const named = ticketIn(tx, id)
        if (said.kind !== 'customer') refuseShut(tx, named)
        const ticket = rootOf(tx, named)
        // SECURITY: where it was merged to may lie beyond the reach of who writes.
        if (ticket.id !== id && !isReached(context, ticket.id)) {
          throw new NocturneError('beyond-scope')
        }
        aboutTicket(tx, ticket)
        if (isShut(ticket.state)) {
          const next = desk.followUp(tx, ticket, said, actorOf(context))
          desk.end(tx, ticket, ['linked'])
          return { id: next.id, number: next.number, isNew: true }
        }
        desk.end(tx, desk.say(tx, ticket, said, actorOf(context)), ['message'])
        return { id: ticket.id, number: ticket.number, isNew: false }
      },
      after: deps.changed,
    }),

    'tickets.addFile': ({ id, name, bytes }, context) => {
      const mediaType = mediaTypeOf(name, bytes)
      const fileId = newId()
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return {
        apply: (tx) => {
          const ticket = ticketIn(tx, id)
          refuseShut(tx, ticket)
          aboutTicket(tx, ticket)
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
            actorOf(context),
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
        aboutTicket(tx, ticket)
        const taken = tx.run(
          `INSERT INTO ticket_satisfaction (ticket_id, asked_at, asked_by, channel)
            VALUES (?, ?, ?, ?) ON CONFLICT (ticket_id) DO NOTHING`,
          id,
          clock.now(),
          actorOf(context),
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
        aboutTicket(tx, ticket)
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
