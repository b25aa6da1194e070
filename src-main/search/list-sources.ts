import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'
import type { SearchHit } from '../../src-shared/contract/search.ts'
import type { WorkOrderRow } from '../../src-shared/contract/fieldwork-model.ts'
import type { TicketRow } from '../../src-shared/contract/tickets-model.ts'
import type { OutageRow } from '../../src-shared/contract/outages.ts'
import type { CallContext } from '../engine/handlers.ts'
import { highlight, type ShownText } from './highlight.ts'
import type { SearchQuery } from './query-terms.ts'
import type { Asked, SearchSource, SourceFound } from './search-source.ts'
import { createTextIndex, noAddress } from './text-index.ts'

/**
 * Alarms and outages keep their own lists, with a search of their own: those are asked, and what
 * comes is ordered as everything else is.
 */
export type ListSearch<Row> = (
  text: string,
  limit: number,
  context: CallContext,
) => ListFound<Row> | Promise<ListFound<Row>>

export interface ListFound<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

export const createAlarmSource = (list: ListSearch<AlarmRow>): SearchSource => ({
  scope: 'alarms',
  permission: 'alarms.alarm.read',
  ids: true,
  find: async (asked) =>
    ordered(await list(asked.text, asked.limit, asked.context), asked, (alarm) => ({
      texts: [
        { field: 'serial', text: alarm.serial, serial: true },
        { field: 'name', text: alarm.name },
        { field: 'oltName', text: alarm.oltName },
        { field: 'ticket', text: alarm.ticket },
        { field: 'type', text: alarm.type },
      ],
      hit: (matches) => ({ kind: 'alarm', alarm, matches, typo: false }),
    })),
})

export const createOutageSource = (list: ListSearch<OutageRow>): SearchSource => ({
  scope: 'outages',
  permission: 'alarms.alarm.read',
  ids: true,
  find: async (asked) =>
    ordered(await list(asked.text, asked.limit, asked.context), asked, (outage) => ({
      texts: [
        { field: 'oltName', text: outage.olts.map(({ name }) => name).join(', ') },
        { field: 'node', text: outage.node?.name ?? null },
        { field: 'areas', text: outage.areas.join(', ') },
        { field: 'ticket', text: outage.ticket },
      ],
      hit: (matches) => ({ kind: 'outage', outage, matches, typo: false }),
    })),
})

export const createTicketSource = (list: ListSearch<TicketRow>): SearchSource => ({
  scope: 'tickets',
  permission: 'tickets.ticket.read',
  ids: true,
  find: async (asked) =>
    ordered(await list(asked.text, asked.limit, asked.context), asked, (ticket) => ({
      texts: [
        { field: 'number', text: ticket.number },
        { field: 'subject', text: ticket.subject },
        { field: 'subscriber', text: ticket.subscriber?.name ?? null },
      ],
      hit: (matches) => ({ kind: 'ticket', ticket, matches, typo: false }),
    })),
})

export const createWorkOrderSource = (list: ListSearch<WorkOrderRow>): SearchSource => ({
  scope: 'work-orders',
  permission: 'fieldwork.order.read',
  ids: true,
  find: async (asked) =>
    ordered(await list(asked.text, asked.limit, asked.context), asked, (order) => ({
      texts: [
        { field: 'number', text: order.number },
        { field: 'subject', text: order.subject },
        { field: 'place', text: order.place },
        { field: 'subscriber', text: order.subscriber?.name ?? null },
      ],
      hit: (matches) => ({ kind: 'work-order', order, matches, typo: false }),
    })),
})

type SubscriberHit = Extract<SearchHit, { kind: 'subscriber' }>
export type FoundSubscriber = Omit<SubscriberHit, 'kind' | 'matches' | 'typo'>

/** Found by who may know who is behind an ONU; a telephone number is found however typed. */
export const createSubscriberSource = (list: ListSearch<FoundSubscriber>): SearchSource => ({
  scope: 'subscribers',
  permission: 'subscribers.onu.read',
  ids: false,
  find: async (asked) =>
    ordered(await list(asked.text, asked.limit, asked.context), asked, (found) => ({
      texts: [
        { field: 'serial', text: found.serial, serial: true },
        { field: 'name', text: found.name },
        { field: 'code', text: found.code },
        { field: 'phone', text: found.phone },
        { field: 'address', text: found.address },
      ],
      hit: (matches) => ({ ...found, kind: 'subscriber', matches, typo: false }),
    })),
})

type HitOf<Kind extends SearchHit['kind']> = Extract<SearchHit, { kind: Kind }>
export type FoundDocument = Omit<HitOf<'document'>, 'kind' | 'matches' | 'typo'>
export type FoundReceipt = Omit<HitOf<'receipt'>, 'kind' | 'matches' | 'typo'>

export const createDocumentSource = (list: ListSearch<FoundDocument>): SearchSource => ({
  scope: 'documents',
  permission: 'billing.document.read',
  ids: true,
  find: async (asked) =>
    ordered(await list(asked.text, asked.limit, asked.context), asked, (found) => ({
      texts: [{ field: 'number', text: found.number }],
      hit: (matches) => ({ ...found, kind: 'document', matches, typo: false }),
    })),
})

export const createReceiptSource = (list: ListSearch<FoundReceipt>): SearchSource => ({
  scope: 'receipts',
  permission: 'billing.payment.read',
  ids: true,
  find: async (asked) =>
    ordered(await list(asked.text, asked.limit, asked.context), asked, (found) => ({
      texts: [{ field: 'number', text: found.number }],
      hit: (matches) => ({ ...found, kind: 'receipt', matches, typo: false }),
    })),
})

interface Shown {
  readonly texts: readonly ShownText[]
  readonly hit: (matches: SearchHit['matches']) => SearchHit
}

/** What the list found by a text that is not shown comes last. */
const ordered = <Row>(
  { rows, total }: ListFound<Row>,
  { query, limit }: Asked,
  show: (row: Row) => Shown,
): SourceFound => {
  const shown = rows.map(show)
  const costs = costsOf(query, shown, limit)
  return {
    total,
    hits: shown
      .map(({ texts, hit }, at) => ({
        cost: costs.get(at) ?? unseenCost * query.terms.length,
        hit: hit(highlight(query, texts)),
      }))
      .toSorted((one, other) => one.cost - other.cost),
  }
}

/** As much as a part inside a word, and then some. */
const unseenCost = 4_000

const costsOf = (
  query: SearchQuery,
  shown: readonly Shown[],
  limit: number,
): ReadonlyMap<number, number> => {
  const index = createTextIndex({ serialField: 0 })
  for (const [at, { texts }] of shown.entries()) {
    const own = texts.map(({ text }) => text)
    // The first text is weighed as a serial number, which an outage has none of.
    index.put(at, 0, noAddress, texts[0]?.serial === true ? own : [null, ...own])
  }
  return new Map(index.find(query, { limit }).hits.map(({ record, cost }) => [record, cost]))
}
