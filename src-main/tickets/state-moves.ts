import {
  isOver,
  isWaiting,
  mayMoveTicket,
  type TicketState,
} from '../../src-shared/domain/ticket-state.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Transaction } from '../store/write-path.ts'
import { noteTicket } from './history.ts'
import { updateTicket, type TicketData } from './tables.ts'

export interface TicketMove {
  readonly to: TicketState
  /** Of waiting. */
  readonly until?: number | null
  readonly reason?: string
  /** Null: the console itself. */
  readonly accountId: string | null
  readonly now: number
  /** Of merging. */
  readonly into?: string
}

/** Errors: `ticket-state`. The clocks are counted by whoever ends the command. */
export const moveTicket = (tx: Transaction, ticket: TicketData, move: TicketMove): TicketData => {
  const { to, accountId, now, until = null, reason = '' } = move
  if (!mayMoveTicket(ticket.state, to)) {
    throw new NocturneError('ticket-state', { number: ticket.number, from: ticket.state, to })
  }
  const at = noteTicket(tx, ticket.id, now, {
    kind: 'state',
    accountId,
    data: { from: ticket.state, to, until, reason },
  })
  const isReopened = isOver(ticket.state) && !isOver(to)
  const pendingUntil = isWaiting(to) ? until : null
  const solvedAt = isReopened ? null : to === 'solved' ? at : ticket.solvedAt
  const reopened = ticket.reopened + (isReopened ? 1 : 0)
  updateTicket(tx, ticket, {
    state: to,
    state_since: at,
    pending_until: pendingUntil,
    solved_at: solvedAt,
    reopened,
    ...(to === 'closed' ? { closed_at: at } : {}),
    ...(move.into === undefined ? {} : { merged_into: move.into }),
  })
  return { ...ticket, state: to, stateSince: at, pendingUntil, solvedAt, reopened, lastEventAt: at }
}
