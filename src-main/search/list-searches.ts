import type { Input, Output } from '../../src-shared/contract/index.ts'
import { alarmsQueries } from '../../src-shared/contract/alarms.ts'
import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import { outagesQueries, type OutageRow } from '../../src-shared/contract/outages.ts'
import { fieldworkQueries } from '../../src-shared/contract/fieldwork.ts'
import type { WorkOrderRow } from '../../src-shared/contract/fieldwork-model.ts'
import { ticketsQueries } from '../../src-shared/contract/tickets.ts'
import type { TicketRow } from '../../src-shared/contract/tickets-model.ts'
import type { CallContext, QueryHandlers } from '../engine/handlers.ts'
import type { ListSearch } from './list-sources.ts'

type ListQuery = 'alarms.list' | 'outages.list' | 'tickets.list' | 'fieldwork.orders'
type Ask<Name extends ListQuery> = (
  input: Input<Name>,
  context: CallContext,
) => Output<Name> | Promise<Output<Name>>

/** The list of open alarms as a search; the worst ones first where they fit equally well. */
const searchAlarms =
  (ask: Ask<'alarms.list'>): ListSearch<AlarmRow> =>
  async (text, limit, context) => {
    const input = alarmsQueries['alarms.list'].input.parse({ filter: { search: text }, limit })
    const { alarms, total } = await ask(input, context)
    return { rows: alarms, total }
  }

/** Outages that are open, and those that were; the open ones first. */
const searchOutages =
  (ask: Ask<'outages.list'>): ListSearch<OutageRow> =>
  async (search, limit, context) => {
    const { input } = outagesQueries['outages.list']
    const open = await ask(input.parse({ state: 'open', search, limit }), context)
    if (open.total >= limit) return { rows: open.outages, total: open.total }
    const ended = await ask(
      input.parse({ state: 'ended', search, limit: limit - open.total, sort: 'beganAt' }),
      context,
    )
    return { rows: [...open.outages, ...ended.outages], total: open.total + ended.total }
  }

/** Tickets in all states, what moved last first; those within the caller's reach alone. */
export const searchTickets =
  (ask: Ask<'tickets.list'>): ListSearch<TicketRow> =>
  async (text, limit, context) => {
    const input = ticketsQueries['tickets.list'].input.parse({ filter: { search: text }, limit })
    const { tickets, total } = await ask(input, context)
    return { rows: tickets, total }
  }

/** Work orders in all states, what moved last first; those within the caller's reach alone. */
const searchWorkOrders =
  (ask: Ask<'fieldwork.orders'>): ListSearch<WorkOrderRow> =>
  async (text, limit, context) => {
    const { input } = fieldworkQueries['fieldwork.orders']
    const { orders, total } = await ask(input.parse({ filter: { search: text }, limit }), context)
    return { rows: orders, total }
  }

/** Lists that are searched by their own queries; asked late, so that wiring may come in any order. */
export const listSearches = (handlers: () => QueryHandlers<ListQuery>) => ({
  alarms: searchAlarms((...call) => handlers()['alarms.list'](...call)),
  outages: searchOutages((...call) => handlers()['outages.list'](...call)),
  tickets: searchTickets((...call) => handlers()['tickets.list'](...call)),
  workOrders: searchWorkOrders((...call) => handlers()['fieldwork.orders'](...call)),
})
