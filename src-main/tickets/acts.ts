import { ticketsAccess } from '../../src-shared/contract/tickets-model.ts'
import { isShut } from '../../src-shared/domain/ticket-state.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext } from '../engine/handlers.ts'
import { reaches, type Belongs } from '../engine/reach.ts'
import type { Transaction } from '../store/write-path.ts'
import type { TicketDesk } from './desk.ts'
import { noteTicket } from './history.ts'
import type { TicketsDependencies } from './ports.ts'
import type { Reads } from '../store/reads.ts'
import { isActiveAccount, rootOf, type TicketData } from './tables.ts'

/** What the commands of tickets need. */
export interface TicketCommandDependencies extends Pick<
  TicketsDependencies,
  'clock' | 'newId' | 'network' | 'subscribers' | 'nameOfAccount'
> {
  readonly desk: TicketDesk
  readonly belongs: (id: string) => Belongs | null
  readonly changed: () => void
}

export const actorOf = ({ session }: CallContext): string | null => session?.accountId ?? null

/** The trail tells about whom it was. */
export const aboutTicket = (tx: Transaction, ticket: TicketData): void => {
  if (ticket.subscriberId !== null) tx.about({ subjectId: ticket.subscriberId })
}

/** SECURITY: to hand out work, or a look at it, to others is a right of its own. */
export const refuseAssigning = (context: CallContext, accountId: string | null): void => {
  if (accountId === actorOf(context)) return
  if (context.session?.permissions.has(ticketsAccess.assign) !== true) {
    throw new NocturneError('permission-denied')
  }
}

/** Errors: `ticket-shut`. */
export const refuseShut = (reads: Reads, ticket: TicketData): void => {
  if (!isShut(ticket.state)) return
  const { number } = rootOf(reads, ticket)
  throw new NocturneError('ticket-shut', { number, state: ticket.state })
}

/** What several commands do alike. */
export const createTicketActs = (
  deps: Pick<TicketCommandDependencies, 'clock' | 'nameOfAccount' | 'belongs'>,
) => ({
  refuseStranger: (accountId: string | null): void => {
    if (accountId !== null && deps.nameOfAccount(accountId) === null) {
      throw new NocturneError('not-found', { what: 'account' })
    }
  },
  /** Who may not sign in any more looks after nothing. Errors: `not-found`. */
  refuseGone: (tx: Transaction, accountId: string | null): void => {
    if (accountId !== null && !isActiveAccount(tx, accountId)) {
      throw new NocturneError('not-found', { what: 'account' })
    }
  },
  note: (
    tx: Transaction,
    ticket: TicketData,
    context: CallContext,
    kind: string,
    data: Readonly<Record<string, string | number | boolean | null>>,
  ): number =>
    noteTicket(tx, ticket.id, deps.clock.now(), { kind, accountId: actorOf(context), data }),
  isReached: (context: CallContext, ticketId: string): boolean => {
    const belongs = deps.belongs(ticketId)
    return belongs !== null && reaches(context.reach, belongs, true)
  },
})
