import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { foldText } from '../../../src-shared/domain/fold-text.ts'
import { ticketPriorities } from '../../../src-shared/domain/ticket-state.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

/** Some weeks of a desk, the same each time; nothing where there is no ticket at all. */
export const fakeTicketReport = (
  { from, to, queueId }: Pick<Input<'tickets.report'>, 'from' | 'to' | 'queueId'>,
  tickets: readonly TicketRow[],
  setup: Pick<Output<'tickets.setup'>, 'queues'>,
): Output<'tickets.report'> => {
  const share = queueId === null ? 1 : 1 / Math.max(1, setup.queues.length)
  const first = Math.max(from, Math.min(...tickets.map(({ createdAt }) => createdAt)) - 60 * dayMs)
  const days: Output<'tickets.report'>['days'] = []
  for (let at = first + dayMs / 2; at < to && tickets.length > 0; at += dayMs) {
    const place = Math.floor(at / dayMs)
    const opened = Math.round((9 + ((place * 5) % 7) + (place % 11 === 4 ? 14 : 0)) * share)
    const solved = at > to - 3 * dayMs ? Math.round(opened / 3) : opened - (place % 3)
    days.push({ on: new Date(at).toISOString().slice(0, 10), opened, solved: Math.max(0, solved) })
  }
  const opened = days.reduce((sum, day) => sum + day.opened, 0)
  const solved = days.reduce((sum, day) => sum + day.solved, 0)
  const part = (of: number): number => Math.round(opened * of)
  const promise = (
    metric: Output<'tickets.report'>['promises'][number]['metric'],
    missed: number,
    hours: number,
  ) => ({
    metric,
    promised: opened,
    met: solved,
    missed: part(missed),
    medianMs: hours * hourMs,
    p90Ms: hours * 3.4 * hourMs,
  })
  const rest = opened - part(0.04) - part(0.11) - part(0.55)
  return {
    opened,
    solved,
    merged: part(0.02),
    reopened: part(0.05),
    open: opened - solved,
    days,
    priorities: ticketPriorities.map((key, at) => ({
      key,
      count: [part(0.04), part(0.11), part(0.55), rest][at] ?? 0,
    })),
    sources: [
      { key: 'person', count: opened - part(0.3) - part(0.04) },
      { key: 'alarm', count: part(0.22) },
      { key: 'outage', count: part(0.08) },
      { key: 'follow-up', count: part(0.04) },
    ],
    tags: ['light', 'wifi', 'router', 'speed', 'invoice', 'move'].map((key, at) => ({
      key,
      count: part(0.4 / (at + 1.4)),
    })),
    queues: setup.queues
      .filter(({ id }) => queueId === null || id === queueId)
      .map(({ id, name }, at) => ({
        id,
        name,
        count: queueId === null ? part(at === 0 ? 0.7 : 0.3) : opened,
      })),
    promises: [
      promise('first-response', 0.06, 0.6),
      promise('update', 0.1, 3.5),
      promise('solution', 0.04, 9),
    ],
    satisfaction: { asked: part(0.5), answered: part(0.21), average: opened === 0 ? null : 4.3 },
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
