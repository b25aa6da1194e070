import type { Input, Output } from '../../src-shared/contract/index.ts'
import { alarmsQueries } from '../../src-shared/contract/alarms.ts'
import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import { outagesQueries, type OutageRow } from '../../src-shared/contract/outages.ts'
import { ticketsQueries } from '../../src-shared/contract/tickets.ts'
import type { TicketRow } from '../../src-shared/contract/tickets-model.ts'
import type { CallContext } from '../engine/handlers.ts'
import type { ListSearch } from './list-sources.ts'

type Ask<Name extends 'alarms.list' | 'outages.list' | 'tickets.list'> = (
  input: Input<Name>,
  context: CallContext,
) => Output<Name> | Promise<Output<Name>>

/** The list of open alarms as a search; the worst ones first where they fit equally well. */
export const searchAlarms =
  (ask: Ask<'alarms.list'>): ListSearch<AlarmRow> =>
  async (text, limit, context) => {
    const input = alarmsQueries['alarms.list'].input.parse({ filter: { search: text }, limit })
    const { alarms, total } = await ask(input, context)
    return { rows: alarms, total }
  }

/** Outages that are open, and those that were; the open ones first. */
export const searchOutages =
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
