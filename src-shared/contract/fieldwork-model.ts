import { z } from 'zod'
import { workOrderKinds, workOrderStates } from '../domain/work-order.ts'
import { instant, line, uuid } from './common.ts'
import { ticketState } from './tickets-model.ts'

/** Shapes of work orders that several procedures share (docs/fieldwork.md). */

export const fieldworkAccess = {
  read: 'fieldwork.order.read',
  /** Opens orders, and does those that are one's own. */
  work: 'fieldwork.order.work',
  /** Hands them out, and says something in the assignee's place. */
  plan: 'fieldwork.order.plan',
  manage: 'fieldwork.settings.manage',
} as const

export const workOrderState = z.enum(workOrderStates)
export const workOrderKind = z.enum(workOrderKinds)

const bothLanguages = z.strictObject({ en: line(120), id: line(120) })

const mark = z.string().regex(/^[a-z0-9-]{1,40}$/)

const unlike = (list: readonly { readonly id: string }[]): boolean =>
  new Set(list.map(({ id }) => id)).size === list.length

export const orderPaper = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id: mark,
        label: bothLanguages,
        kind: z.enum(['tick', 'text', 'number']),
        unit: z.string().trim().max(20).default(''),
        required: z.boolean(),
      }),
    )
    .max(60)
    .refine(unlike, 'two items of one name'),
  photos: z
    .array(z.strictObject({ id: mark, label: bothLanguages, required: z.boolean() }))
    .max(30)
    .refine(unlike, 'two photos of one name'),
  light: z.enum(['none', 'after', 'both']),
  needsMaterial: z.boolean(),
})

export const typeFields = {
  kind: workOrderKind,
  name: bothLanguages,
  minutes: z.int().min(5).max(1440),
  paper: orderPaper,
  active: z.boolean(),
}

export const workOrderType = z.object({ ...typeFields, id: uuid, version: z.int() })

/** WGS 84, degrees; null: not known. */
export const spot = z
  .strictObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  })
  .nullable()

const span = z.tuple([z.int().min(0).max(1439), z.int().min(1).max(1440)])

export const technicianFields = {
  accountId: uuid,
  /** [from, to) in minutes of the day, Monday first, in the zone of this machine. */
  week: z.array(z.array(span).max(4)).length(7),
  /** Where his day begins; null: where everybody's does. */
  home: spot,
  active: z.boolean(),
}

export const technician = z.object({ ...technicianFields, name: z.string(), version: z.int() })

export const fieldworkSettings = {
  prefix: z.string().trim().min(1).max(12),
  travelKmh: z.int().min(1).max(200),
  depot: spot,
}

const named = z.object({ id: uuid, name: z.string() })

export const workOrderRow = z.object({
  id: uuid,
  version: z.int(),
  number: z.string(),
  kind: workOrderKind,
  type: z.object({ en: z.string(), id: z.string() }),
  subject: z.string(),
  state: workOrderState,
  stateSince: z.number(),
  assignee: named.nullable(),
  windowFrom: instant,
  windowTo: instant,
  minutes: z.int(),
  subscriber: named.extend({ code: z.string() }).nullable(),
  place: z.string(),
  spot,
  ticket: z.object({ id: uuid, number: z.string() }).nullable(),
  doneAt: instant,
  signedAt: instant,
  /** Events that were kept and do not count. */
  clashes: z.int(),
  createdAt: z.number(),
  updatedAt: z.number(),
})

export type WorkOrderRow = z.output<typeof workOrderRow>

export const workOrderSorts = ['number', 'state', 'window', 'createdAt', 'updatedAt'] as const

export const workOrderFilter = z.strictObject({
  states: z.array(workOrderState).max(12).default([]),
  kinds: z.array(workOrderKind).max(5).default([]),
  assignee: z
    .union([z.literal('me'), z.literal('none'), uuid])
    .nullable()
    .default(null),
  subscriberId: uuid.nullable().default(null),
  ticketId: uuid.nullable().default(null),
  /** Its window touches [from, to). */
  from: instant.default(null),
  to: instant.default(null),
  onlyClashes: z.boolean().default(false),
  search: z.string().max(200).default(''),
})

export type WorkOrderFilter = z.output<typeof workOrderFilter>

const reason = z.string().trim().min(1).max(1000)
const text = z.string().trim().min(1).max(4000)
const degreesE7 = z.int().min(-1_800_000_000).max(1_800_000_000).nullable()

const stroke = z.strictObject({ points: z.array(z.int().min(0).max(1000)).min(2).max(4000) })

/** A drawn name: some lines, and more than a dot. */
const strokes = z
  .array(stroke)
  .min(1)
  .max(200)
  .refine((list) => list.reduce((sum, { points }) => sum + points.length, 0) >= 12, 'too short')
  .refine((list) => list.reduce((sum, { points }) => sum + points.length, 0) <= 20_000, 'too long')

/** What moves an order. */
export const orderMove = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['dispatched', 'accepted', 'departed', 'resumed', 'done', 'closed']),
  }),
  z.strictObject({ kind: z.literal('arrived'), latE7: degreesE7, lngE7: degreesE7 }),
  z.strictObject({
    kind: z.enum(['paused', 'reopened', 'unsigned', 'cancelled', 'not-completed']),
    reason,
  }),
])

/** A name and how it was drawn. */
export const signedFields = { name: line(120), strokes }

const used = z.strictObject({
  kind: z.literal('used'),
  lineId: uuid,
  name: line(120),
  sku: z.string().trim().max(60),
  quantityMilli: z.int().min(1).max(1_000_000_000),
  unit: z.string().trim().max(20),
  serial: line(80).nullable(),
})

/** What is laid beside it and moves nothing. */
export const orderNote = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answered'),
    itemId: mark,
    value: z.union([z.boolean(), z.number(), z.string().trim().max(2000)]).nullable(),
  }),
  used,
  z.strictObject({ kind: z.literal('unused'), lineId: uuid }),
  z.strictObject({ kind: z.literal('photo-dropped'), photoId: uuid }),
  z.strictObject({ kind: z.literal('noted'), text }),
  z.strictObject({
    kind: z.literal('timed'),
    what: z.enum(['travel', 'work']),
    minutes: z.int().min(-1440).max(1440),
    reason,
  }),
  z.strictObject({ kind: z.literal('amended'), text }),
])

/** dBm of a power meter or an ONU. */
export const lightReading = z.number().min(-45).max(10)

const measured = z.strictObject({
  kind: z.literal('measured'),
  when: z.enum(['before', 'after']),
  rxDbm: lightReading,
  by: z.enum(['meter', 'network']),
  targetDbm: z.number().nullable(),
})

/** Every fact that an event may hold, as it comes out of the store or of a file. */
export const orderFact = z.union([
  orderMove,
  z.strictObject({ kind: z.literal('signed'), ...signedFields }),
  orderNote,
  measured,
  z.strictObject({
    kind: z.literal('scheduled'),
    assigneeId: uuid,
    from: z.number(),
    to: z.number(),
  }),
  z.strictObject({
    kind: z.literal('photographed'),
    photoId: uuid,
    slotId: mark.nullable(),
    sha256: z.string().length(64),
  }),
])

export const orderEvent = z.object({
  id: uuid,
  at: z.number(),
  receivedAt: z.number(),
  by: z.string().nullable(),
  deviceId: z.string(),
  fact: orderFact,
  clash: z.enum(['state', 'reassigned', 'signed', 'incomplete']).nullable(),
})

export const lightTarget = z.object({
  expectedDbm: z.number(),
  targetDbm: z.number(),
  parts: z.array(
    z.object({
      part: z.enum(['launch', 'fibre', 'splitter', 'connectors']),
      db: z.number(),
      of: z.number(),
    }),
  ),
  assumed: z.array(z.enum(['launch', 'fibre', 'splitter'])),
})

const reading = z
  .object({
    at: z.number(),
    by: z.enum(['meter', 'network']),
    rxDbm: z.number(),
    targetDbm: z.number().nullable(),
    verdict: z.enum(['good', 'weak', 'bad']),
  })
  .nullable()

export const workOrderRecord = z.object({
  order: workOrderRow,
  details: z.string(),
  phone: z.string(),
  serviceId: uuid.nullable(),
  onu: z.object({ oltId: uuid, oltName: z.string(), serial: z.string() }).nullable(),
  paper: orderPaper,
  answers: z.array(
    z.object({
      itemId: z.string(),
      value: z.union([z.boolean(), z.number(), z.string()]),
      at: z.number(),
      by: z.string().nullable(),
    }),
  ),
  light: z.object({
    before: reading,
    after: reading,
    /** What should arrive; null: the order has no ONU. */
    target: lightTarget.nullable(),
    /** What the network reads now; null: it does not. */
    now: z.object({ rxDbm: z.number(), at: z.number() }).nullable(),
  }),
  photos: z.array(
    z.object({
      id: uuid,
      slotId: z.string().nullable(),
      mediaType: z.string(),
      bytes: z.int(),
      at: z.number(),
    }),
  ),
  materials: z.array(used.omit({ kind: true }).extend({ at: z.number() })),
  signature: z.object({ name: z.string(), at: z.number(), strokes: z.array(stroke) }).nullable(),
  reason: z.string().nullable(),
  amendments: z.array(z.object({ at: z.number(), by: z.string().nullable(), text: z.string() })),
  missing: z.array(
    z.object({ kind: z.enum(['item', 'photo', 'light', 'material']), id: z.string() }),
  ),
  /** Minutes. */
  spent: z.object({ travel: z.number(), work: z.number(), paused: z.number() }),
  events: z.array(orderEvent),
  ticketState: ticketState.nullable(),
  follows: z.object({ id: uuid, number: z.string() }).nullable(),
  followedBy: z.array(z.object({ id: uuid, number: z.string(), state: workOrderState })),
  /** What who asks may do with it now. */
  may: z.object({ work: z.boolean(), plan: z.boolean() }),
})

export type WorkOrderRecord = z.output<typeof workOrderRecord>
