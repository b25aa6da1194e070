/** The life of a ticket. What is not in the table is refused. */
export const ticketStates = [
  'new',
  'open',
  'pending-customer',
  'pending-vendor',
  'pending-reminder',
  'solved',
  'closed',
  'merged',
] as const

export type TicketState = (typeof ticketStates)[number]

const waiting = ['pending-customer', 'pending-vendor', 'pending-reminder'] as const

/**
 * `merged` is final; a closed one is not opened again: what comes after it is a new ticket that is
 * linked with it.
 */
const next: Readonly<Record<TicketState, readonly TicketState[]>> = {
  new: ['open', ...waiting, 'solved', 'merged'],
  open: [...waiting, 'solved', 'merged'],
  'pending-customer': ['open', 'pending-vendor', 'pending-reminder', 'solved', 'merged'],
  'pending-vendor': ['open', 'pending-customer', 'pending-reminder', 'solved', 'merged'],
  'pending-reminder': ['open', 'pending-customer', 'pending-vendor', 'solved', 'merged'],
  solved: ['open', 'closed', 'merged'],
  closed: ['merged'],
  merged: [],
}

export const nextTicketStates = (state: TicketState): readonly TicketState[] => next[state]

export const mayMoveTicket = (from: TicketState, to: TicketState): boolean =>
  next[from].includes(to)

/** Somebody else has to do something: no clock runs. */
export const isWaiting = (state: TicketState): boolean =>
  state === 'pending-customer' || state === 'pending-vendor' || state === 'pending-reminder'

/** Nothing is left to do: no clock runs. */
export const isOver = (state: TicketState): boolean =>
  state === 'solved' || state === 'closed' || state === 'merged'

/** Nobody works on it any more and nothing is said in it. */
export const isShut = (state: TicketState): boolean => state === 'closed' || state === 'merged'

/** What a word of the customer makes of it; null: it is over for good, and a new one begins. */
export const afterCustomerWord = (state: TicketState): TicketState | null => {
  if (isShut(state)) return null
  return state === 'new' ? 'new' : 'open'
}

/** What an answer to the customer makes of it: somebody is on it. */
export const afterAnswer = (state: TicketState): TicketState => (state === 'new' ? 'open' : state)

export const ticketPriorities = ['P1', 'P2', 'P3', 'P4'] as const
export type TicketPriority = (typeof ticketPriorities)[number]

/** From how many subscribers on it is of that priority; P4 is what is left. */
export interface PriorityRule {
  readonly P1: number
  readonly P2: number
  readonly P3: number
}

/** Each higher one is for more subscribers than the one below it. */
export const isPriorityRule = ({ P1, P2, P3 }: PriorityRule): boolean =>
  P1 > P2 && P2 > P3 && P3 >= 1

export const priorityOf = (affected: number, rule: PriorityRule): TicketPriority => {
  if (affected >= rule.P1) return 'P1'
  if (affected >= rule.P2) return 'P2'
  return affected >= rule.P3 ? 'P3' : 'P4'
}
