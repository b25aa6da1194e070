import { z } from 'zod'
import { workOrderRow } from './fieldwork-model.ts'
import { ticketRow } from './tickets-model.ts'
import { documentKinds } from './billing-documents-model.ts'
import { alarmRow } from './alarms-model.ts'
import { subscriberStatuses } from '../domain/subscriber-status.ts'
import { onuAddress, uuid } from './common.ts'
import { query } from './define.ts'
import { ponAddress } from './history.ts'
import { deviceText, onuRow } from './network-model.ts'
import { outageRow } from './outages.ts'
import { plantNodeKinds } from './plant.ts'

/** Finds records by a few typed characters: prefixes, parts of serials, a letter wrong. */

export type SearchScope = (typeof searchScopes)[number]

export const searchScopes = [
  'onus',
  'olts',
  'pons',
  'alarms',
  'outages',
  'nodes',
  'subscribers',
  'tickets',
  'work-orders',
  'documents',
  'receipts',
] as const

const span = z.object({ start: z.int(), end: z.int() })

/** Found by the beginning of its number. */
const numbered = {
  id: uuid,
  number: z.string(),
  subscriberId: uuid,
  subscriberName: z.string(),
  on: z.string(),
}

const common = {
  /** Which texts matched, the heavier first, and where in them (code units). */
  matches: z.array(z.object({ field: z.string(), spans: z.array(span) })),
  /** A letter is wrong, missing, too many or in the other's place. */
  typo: z.boolean(),
}

export const searchHit = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('onu'), onu: onuRow, streetAddress: z.string() }),
  z.object({ ...common, kind: z.literal('olt'), oltId: uuid, name: z.string(), host: z.string() }),
  z.object({
    ...common,
    kind: z.literal('pon'),
    oltId: uuid,
    oltName: z.string(),
    pon: ponAddress,
    name: deviceText,
  }),
  z.object({ ...common, kind: z.literal('alarm'), alarm: alarmRow }),
  z.object({ ...common, kind: z.literal('outage'), outage: outageRow }),
  z.object({
    ...common,
    kind: z.literal('node'),
    id: uuid,
    nodeKind: z.enum(plantNodeKinds),
    name: z.string(),
    path: z.string(),
    street: z.string(),
  }),
  z.object({
    ...common,
    kind: z.literal('subscriber'),
    id: uuid,
    code: z.string(),
    name: z.string(),
    status: z.enum(subscriberStatuses),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    serial: z.string().nullable(),
    /** Where the ONU of a live service of his is; null: he has none, or it is not seen. */
    onu: z.object({ oltId: uuid, address: onuAddress }).nullable(),
    /** His own page may be opened. */
    readable: z.boolean(),
  }),
  z.object({
    ...common,
    ...numbered,
    kind: z.literal('document'),
    documentKind: z.enum(documentKinds),
  }),
  z.object({ ...common, ...numbered, kind: z.literal('receipt') }),
  z.object({ ...common, kind: z.literal('ticket'), ticket: ticketRow }),
  z.object({ ...common, kind: z.literal('work-order'), order: workOrderRow }),
])

export type SearchHit = z.output<typeof searchHit>

export const searchQueries = {
  /**
   * Up to `limit` of each scope, side by side; the scope with the best one first, the best of each
   * first. What the caller may not read is left out. Several words must all be found, in any text.
   */
  'search.find': query({
    access: 'network.onu.read',
    scope: 'narrowed',
    input: z.strictObject({
      text: z.string().max(100),
      scopes: z.array(z.enum(searchScopes)).default([...searchScopes]),
      /** Of each scope. */
      limit: z.int().min(1).max(50).default(12),
      /** Only numbers that stand for one record: serials, tickets, documents. */
      onlyIds: z.boolean().default(false),
    }),
    output: z.object({
      hits: z.array(searchHit),
      /** What matches without typos, of which the best are above; a list's own count may be higher. */
      totals: z.record(z.enum(searchScopes), z.int()),
    }),
  }),
}
