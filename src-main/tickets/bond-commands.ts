import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import {
  aboutTicket,
  actorOf,
  createTicketActs,
  refuseAssigning,
  refuseShut,
  type TicketCommandDependencies,
} from './acts.ts'
import { linkTickets, rehang, unlinkTickets } from './links.ts'
import { ticketAt, ticketIn } from './tables.ts'
import { putWords } from './words.ts'

export type BondCommand = 'tickets.merge' | 'tickets.link' | 'tickets.unlink' | 'tickets.watch'

/** What ties tickets to one another, and people to them. */
export const createBondCommands = (
  deps: TicketCommandDependencies,
): CommandHandlers<BondCommand> => {
  const { clock, desk } = deps
  const { note, refuseStranger, refuseGone } = createTicketActs(deps)

  return {
    'tickets.merge': ({ id, baseVersion, intoId }, context) => ({
      apply: (tx) => {
        const source = ticketAt(tx, id, baseVersion)
        const into = ticketIn(tx, intoId)
        if (source.id === into.id) throw new NocturneError('ticket-link', { rule: 'itself' })
        refuseShut(tx, into)
        aboutTicket(tx, source)
        const { number } = source
        note(tx, source, context, 'merged-into', { number: into.number })
        const merged = desk.move(tx, ticketIn(tx, id), {
          to: 'merged',
          accountId: actorOf(context),
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
          if (watching) refuseGone(tx, accountId)
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
  }
}
