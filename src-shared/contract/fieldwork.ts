import { z } from 'zod'
import { nothing, uuid } from './common.ts'
import { event, query } from './define.ts'
import {
  fieldworkAccess,
  fieldworkSettings,
  technician,
  workOrderFilter,
  workOrderRecord,
  workOrderRow,
  workOrderSorts,
  workOrderState,
  workOrderType,
} from './fieldwork-model.ts'
import { ofIdInPart } from './scope-rules.ts'

/**
 * Work orders: what somebody does outside. One lies on the OLT of its ONU and on those of its
 * subscriber, and belongs to who is to do it, to who opened it and to the subscriber's agent.
 */

const { read } = fieldworkAccess

export const fieldworkQueries = {
  'fieldwork.orders': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      filter: workOrderFilter.prefault({}),
      sort: z.enum(workOrderSorts).default('updatedAt'),
      descending: z.boolean().default(true),
      offset: z.int().min(0).max(1_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      orders: z.array(workOrderRow),
      total: z.int(),
      /** Of the filter without its states; states without an order are left out. */
      states: z.array(z.object({ state: workOrderState, count: z.int() })),
      revision: z.int(),
      at: z.number(),
    }),
  }),
  /** Errors: `not-found`. */
  'fieldwork.order': query({
    access: read,
    scope: ofIdInPart('work-order'),
    input: z.strictObject({ id: uuid }),
    output: workOrderRecord,
  }),
  /** Errors: `not-found`. */
  'fieldwork.photo': query({
    access: read,
    scope: ofIdInPart('work-order'),
    input: z.strictObject({ id: uuid, photoId: uuid }),
    output: z.object({ mediaType: z.string(), content: z.instanceof(Uint8Array) }),
  }),
  /**
   * Who does what in [from, to), at most 35 days: each technician's orders by their windows, what does
   * not go together, and the shortest way found through each day; and what nobody has yet.
   */
  'fieldwork.plan': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({ from: z.number(), to: z.number() }),
    output: z.object({
      technicians: z.array(
        z.object({
          accountId: uuid,
          name: z.string(),
          /** When he works, in the span. */
          hours: z.array(z.object({ from: z.number(), to: z.number() })),
          orders: z.array(workOrderRow),
          conflicts: z.array(
            z.object({
              orderId: uuid,
              kind: z.enum(['overlap', 'outside-hours', 'too-far', 'too-short']),
              /** With which; null: with none. */
              otherId: uuid.nullable(),
              /** Minutes that are wanting. */
              minutes: z.int(),
            }),
          ),
          days: z.array(
            z.object({
              from: z.number(),
              /** As they are planned, and as the way would be shortest; those with a place alone. */
              plannedKm: z.number(),
              shortestKm: z.number(),
              shortest: z.array(uuid),
            }),
          ),
        }),
      ),
      /** Drafts, the oldest first; at most 200. */
      waiting: z.array(workOrderRow),
      travelKmh: z.int(),
      revision: z.int(),
      at: z.number(),
    }),
  }),
  /** What has a window in [from, to), as iCalendar (RFC 5545); null: of everybody. */
  'fieldwork.calendar': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      from: z.number(),
      to: z.number(),
      assigneeId: uuid.nullable(),
      /** One order alone. */
      orderId: uuid.nullable().default(null),
    }),
    output: z.object({ text: z.string(), events: z.int() }),
  }),
  'fieldwork.setup': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      types: z.array(workOrderType),
      technicians: z.array(technician),
      /** Accounts that may sign in and are no technicians yet. */
      others: z.array(z.object({ id: uuid, name: z.string() })),
      settings: z.object({ ...fieldworkSettings, version: z.int() }),
      zone: z.string(),
      revision: z.int(),
    }),
  }),
}

export const fieldworkEvents = {
  'fieldwork.changed': event({
    access: read,
    scope: 'nothing',
    delivery: 'latest',
    payload: z.object({ revision: z.int() }),
  }),
}
