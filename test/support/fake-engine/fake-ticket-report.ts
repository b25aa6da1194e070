import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
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
