import { z } from 'zod'
import type { Named } from '../domain/scope.ts'
import { done, instant, line, uuid } from './common.ts'
import { command } from './define.ts'
import { ofIdInPart } from './scope-rules.ts'
import {
  calendarFields,
  settingsFields,
  slaFields,
  ticketBody,
  ticketChannel,
  ticketPriority,
  ticketsAccess,
  ticketState,
  ticketTag,
  ticketView,
} from './tickets-model.ts'

const { manage, read, work } = ticketsAccess

const ofOpened = ({
  subscriberId,
  source,
  parentId,
}: {
  readonly subscriberId: string | null
  readonly source: { readonly kind: 'person' } | { readonly kind: 'alarm' | 'outage'; id: string }
  readonly parentId: string | null
}): readonly Named[] => [
  ...(subscriberId === null
    ? []
    : [{ kind: 'subscriber', id: subscriberId, inPart: true } as const]),
  ...(source.kind === 'person'
    ? []
    : [{ kind: source.kind, id: source.id, inPart: true } as const]),
  ...(parentId === null ? [] : [{ kind: 'ticket', id: parentId, inPart: true } as const]),
]

const ofTwo =
  (other: 'otherId' | 'intoId') =>
  (input: { readonly id: string; readonly otherId?: string; readonly intoId?: string }) =>
    [input.id, input[other] ?? ''].map((id) => ({ kind: 'ticket', id, inPart: true }) as const)

const ticket = { access: work, scope: ofIdInPart('ticket') } as const
const at = { id: uuid, baseVersion: z.int() } as const
/** `id` null and `baseVersion` 0: a new one. */
const saved = { id: uuid.nullable(), baseVersion: z.int() } as const
const savedAs = z.object({ id: uuid, version: z.int() })
const moved = z.object({ version: z.int() })

const sourceOf = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person') }),
  z.strictObject({ kind: z.literal('alarm'), id: uuid }),
  z.strictObject({ kind: z.literal('outage'), id: uuid }),
])

export const ticketsCommands = {
  /**
   * `priority` null: by how many subscribers are on it. From an alarm or outage it carries what the
   * network shows at that moment, and the alarm or outage its number. Errors: `ticket-there` (it has
   * one that is not over), `not-found`.
   */
  'tickets.open': command({
    access: work,
    scope: ofOpened,
    input: z.strictObject({
      subject: line(200),
      priority: ticketPriority.nullable().default(null),
      affected: z.int().min(0).max(10_000_000).nullable().default(null),
      queueId: uuid.nullable().default(null),
      subscriberId: uuid.nullable().default(null),
      serviceId: uuid.nullable().default(null),
      source: sourceOf.default({ kind: 'person' }),
      parentId: uuid.nullable().default(null),
      tags: z.array(ticketTag).max(20).default([]),
      /** What was said first: by the customer, to him, or a note for staff. */
      said: z
        .discriminatedUnion('kind', [
          z.strictObject({
            kind: z.enum(['customer', 'reply']),
            channel: ticketChannel,
            body: ticketBody,
          }),
          z.strictObject({ kind: z.literal('note'), body: ticketBody }),
        ])
        .nullable()
        .default(null),
    }),
    output: z.object({ id: uuid, number: z.string() }),
  }),
  /** What is left out stays. To give it to another than oneself takes `tickets.ticket.assign`. */
  'tickets.change': command({
    ...ticket,
    input: z.strictObject({
      ...at,
      subject: line(200).optional(),
      priority: ticketPriority.optional(),
      affected: z.int().min(0).max(10_000_000).nullable().optional(),
      queueId: uuid.nullable().optional(),
      ownerId: uuid.nullable().optional(),
      tags: z.array(ticketTag).max(20).optional(),
    }),
    output: moved,
  }),
  /**
   * A reply is what the customer was told; a word of his opens a solved ticket again, and where it is
   * closed a new one that is linked with it. Errors: `ticket-shut`, `ticket-no-contact`.
   */
  'tickets.say': command({
    ...ticket,
    input: z.strictObject({
      id: uuid,
      said: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.enum(['customer', 'reply']),
          channel: ticketChannel,
          body: ticketBody,
        }),
        z.strictObject({ kind: z.literal('note'), body: ticketBody }),
      ]),
    }),
    /** Of the ticket in which it stands now. */
    output: z.object({ id: uuid, number: z.string(), isNew: z.boolean() }),
  }),
  /** `until`: of waiting; a reminder needs one. Errors: `ticket-state`, `conflict`. */
  'tickets.move': command({
    ...ticket,
    input: z.strictObject({
      ...at,
      to: ticketState.exclude(['new', 'merged']),
      until: instant.default(null),
      reason: z.string().trim().max(500).default(''),
      /** Of a mass fault: what hangs below it goes with it where it may. */
      withChildren: z.boolean().default(false),
    }),
    output: z.object({ version: z.int(), children: z.int() }),
  }),
  /** Final. All that was said is shown once, in the other. Errors: `ticket-state`, `ticket-link`. */
  'tickets.merge': command({
    access: work,
    scope: ofTwo('intoId'),
    input: z.strictObject({ ...at, intoId: uuid }),
    output: moved,
  }),
  /** `child`: this one is a part of the other. Errors: `ticket-link`. */
  'tickets.link': command({
    access: work,
    scope: ofTwo('otherId'),
    input: z.strictObject({
      id: uuid,
      otherId: uuid,
      kind: z.enum(['child', 'related', 'duplicate']),
    }),
    output: done,
  }),
  'tickets.unlink': command({
    access: work,
    scope: ofTwo('otherId'),
    input: z.strictObject({ id: uuid, otherId: uuid }),
    output: done,
  }),
  /** Who watches it reaches it. Another than oneself: `tickets.ticket.assign`. */
  'tickets.watch': command({
    access: read,
    scope: ofIdInPart('ticket'),
    input: z.strictObject({ id: uuid, accountId: uuid, watching: z.boolean() }),
    output: done,
  }),
  /** What it is, its content says. Errors: `file-too-big`, `file-not-accepted`, `file-not-as-named`. */
  'tickets.addFile': command({
    ...ticket,
    secrets: ['bytes'],
    input: z.strictObject({ id: uuid, name: line(200), bytes: z.instanceof(Uint8Array) }),
    output: z.object({ fileId: uuid }),
  }),
  /** Once, when it is solved, of who may be asked. Errors: `ticket-asked`, `ticket-no-contact`. */
  'tickets.askSatisfaction': command({
    ...ticket,
    input: z.strictObject({ id: uuid, channel: ticketChannel }),
    output: done,
  }),
  /** Errors: `ticket-asked`. */
  'tickets.answerSatisfaction': command({
    ...ticket,
    input: z.strictObject({
      id: uuid,
      score: z.int().min(1).max(5),
      words: z.string().trim().max(2000).default(''),
    }),
    output: done,
  }),
  /** A view of the list; `shared`, for everybody, takes `tickets.settings.manage`. */
  'tickets.saveView': command({
    access: read,
    scope: 'nothing',
    input: z.strictObject({ ...saved, name: line(60), shared: z.boolean(), view: ticketView }),
    output: savedAs,
  }),
  'tickets.removeView': command({
    access: read,
    scope: 'nothing',
    input: z.strictObject({ id: uuid }),
    output: done,
  }),
  'tickets.configure': command({
    access: manage,
    input: z.strictObject({ baseVersion: z.int(), ...settingsFields }),
    output: moved,
  }),
  /** Errors: `ticket-name-taken`. */
  'tickets.saveQueue': command({
    access: manage,
    input: z.strictObject({
      ...saved,
      name: line(60),
      active: z.boolean(),
      position: z.int().min(0).max(1000),
    }),
    output: savedAs,
  }),
  /** Tickets that are open are counted by it from now on. Errors: `ticket-calendar`, `ticket-name-taken`. */
  'tickets.saveCalendar': command({
    access: manage,
    input: z.strictObject({ ...saved, ...calendarFields }),
    output: savedAs,
  }),
  /** Likewise. Errors: `ticket-name-taken`. */
  'tickets.saveSla': command({
    access: manage,
    input: z.strictObject({ ...saved, ...slaFields }),
    output: savedAs,
  }),
  /** Errors: `ticket-placeholder`, `ticket-name-taken`. */
  'tickets.saveTemplate': command({
    access: manage,
    input: z.strictObject({ ...saved, name: line(60), bodyEn: ticketBody, bodyId: ticketBody }),
    output: savedAs,
  }),
  'tickets.removeTemplate': command({
    access: manage,
    input: z.strictObject({ ...at }),
    output: done,
  }),
}

/** Asked in the handlers. */
export const ticketsExtraPermissions = [ticketsAccess.assign] as const
