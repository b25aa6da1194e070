import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { foldText } from '../../../src-shared/domain/fold-text.ts'
import { ticketPriorities, type TicketState } from '../../../src-shared/domain/ticket-state.ts'

export const fakeTicketReport = (
  { from, to }: Pick<Input<'tickets.report'>, 'from' | 'to'>,
  tickets: readonly TicketRow[],
  setup: Pick<Output<'tickets.setup'>, 'queues'>,
): Output<'tickets.report'> => {
  const all = tickets.filter(({ createdAt }) => createdAt >= from && createdAt < to)
  const inStates = (...states: readonly TicketState[]): number =>
    all.filter(({ state }) => states.includes(state)).length
  const over = inStates('solved', 'closed')
  return {
    opened: all.length,
    solved: over,
    merged: inStates('merged'),
    reopened: all.filter(({ reopened }) => reopened > 0).length,
    open: all.length - over,
    days: [],
    priorities: ticketPriorities.map((key) => ({
      key,
      count: all.filter(({ priority }) => priority === key).length,
    })),
    sources: [{ key: 'person', count: all.length }],
    tags: [],
    queues: setup.queues.map(({ id, name }) => ({
      id,
      name,
      count: all.filter(({ queue }) => queue?.id === id).length,
    })),
    promises: [],
    satisfaction: { asked: 0, answered: 0, average: null },
  }
}

/** All that is said must hold. */
export const fitsFakeTicket = (
  { ticket, tags, watchers }: Output<'tickets.ticket'>,
  filter: Input<'tickets.list'>['filter'],
  me: string,
  now: number,
): boolean => {
  const words = foldText(filter.search).split(/\s+/u).filter(Boolean)
  const text = foldText(`${ticket.number} ${ticket.subject} ${ticket.subscriber?.name ?? ''}`)
  const owner = filter.owner === 'me' ? me : filter.owner
  return (
    words.every((word) => text.includes(word)) &&
    (filter.priorities.length === 0 || filter.priorities.includes(ticket.priority)) &&
    (filter.queue === null || filter.queue === (ticket.queue?.id ?? 'none')) &&
    (owner === null || owner === (ticket.owner?.id ?? 'none')) &&
    (filter.subscriberId === null || filter.subscriberId === ticket.subscriber?.id) &&
    (filter.tag === null || tags.includes(filter.tag)) &&
    (!filter.watching || watchers.some(({ id }) => id === me)) &&
    (filter.sla === null || (ticket.dueAt !== null && ticket.dueAt <= now))
  )
}
