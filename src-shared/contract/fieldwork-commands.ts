import { z } from 'zod'
import type { Named } from '../domain/scope.ts'
import { done, line, uuid } from './common.ts'
import { command } from './define.ts'
import {
  fieldworkAccess,
  fieldworkSettings,
  lightReading,
  orderMove,
  orderNote,
  signedFields,
  spot,
  technicianFields,
  typeFields,
} from './fieldwork-model.ts'
import { ofIdInPart } from './scope-rules.ts'

const { manage, plan, work } = fieldworkAccess

const order = { access: work, scope: ofIdInPart('work-order') } as const

const ofOpened = ({
  subscriberId,
  ticketId,
  followsId,
}: {
  readonly subscriberId: string | null
  readonly ticketId: string | null
  readonly followsId: string | null
}): readonly Named[] => [
  ...(subscriberId === null
    ? []
    : [{ kind: 'subscriber', id: subscriberId, inPart: true } as const]),
  ...(ticketId === null ? [] : [{ kind: 'ticket', id: ticketId, inPart: true } as const]),
  ...(followsId === null ? [] : [{ kind: 'work-order', id: followsId, inPart: true } as const]),
]

const saved = z.object({ version: z.int() })

export const fieldworkCommands = {
  /**
   * From a ticket it takes over whose and where. Errors: `not-found`; `order-there` (the ticket has one
   * that is not over).
   */
  'fieldwork.open': command({
    access: work,
    scope: ofOpened,
    input: z.strictObject({
      typeId: uuid,
      subject: line(200),
      details: z.string().trim().max(8000).default(''),
      subscriberId: uuid.nullable().default(null),
      serviceId: uuid.nullable().default(null),
      ticketId: uuid.nullable().default(null),
      followsId: uuid.nullable().default(null),
      /** Null: the subscriber's. */
      place: z.string().trim().max(400).nullable().default(null),
      spot: spot.default(null),
      /** Null: the type's. */
      minutes: z.int().min(5).max(1440).nullable().default(null),
    }),
    output: z.object({ id: uuid, number: z.string() }),
  }),
  /** Gives it to somebody for a time, also anew. Errors: `not-found`, `order-state`, `invalid-input`. */
  'fieldwork.schedule': command({
    access: plan,
    scope: ofIdInPart('work-order'),
    input: z.strictObject({
      id: uuid,
      baseVersion: z.int(),
      assigneeId: uuid,
      from: z.number(),
      to: z.number(),
    }),
    output: saved,
  }),
  /**
   * The next step of its life: by who is to do it, or in his place by who may plan. Errors: `order-state`,
   * `order-not-yours`, `order-incomplete`, `conflict`.
   */
  'fieldwork.move': command({
    ...order,
    input: z.strictObject({ id: uuid, baseVersion: z.int(), move: orderMove }),
    output: z.object({
      version: z.int(),
      /** The order that goes on with what could not be completed. */
      next: z.object({ id: uuid, number: z.string() }).nullable(),
    }),
  }),
  /** By the customer, when it is done. The drawing stands in no trail. Errors: `order-state`, `order-not-yours`. */
  'fieldwork.sign': command({
    ...order,
    secrets: ['strokes'],
    input: z.strictObject({ id: uuid, baseVersion: z.int(), ...signedFields }),
    output: saved,
  }),
  /** Errors: `order-signed` (only an amendment is taken), `order-state`, `not-found`. */
  'fieldwork.note': command({
    ...order,
    input: z.strictObject({ id: uuid, note: orderNote }),
    output: saved,
  }),
  /** `rxDbm` null: what the network reads now. Errors: `order-signed`, `order-no-light`. */
  'fieldwork.measure': command({
    ...order,
    input: z.strictObject({
      id: uuid,
      when: z.enum(['before', 'after']),
      rxDbm: lightReading.nullable(),
    }),
    output: saved,
  }),
  /** JPEG or PNG; what it is, its content says. Errors: `file-too-big`, `file-not-accepted`, `order-signed`. */
  'fieldwork.addPhoto': command({
    ...order,
    secrets: ['bytes'],
    input: z.strictObject({
      id: uuid,
      slotId: z.string().max(40).nullable(),
      name: line(200),
      bytes: z.instanceof(Uint8Array),
    }),
    output: z.object({ photoId: uuid }),
  }),
  /**
   * The acceptance certificate of an order that was signed off, written as PDF into the exports' folder.
   * Same order, same bytes. Errors: `order-state`, `disk-full`, `permission-denied`.
   */
  'fieldwork.certificate': command({
    access: work,
    scope: ofIdInPart('work-order'),
    input: z.strictObject({ id: uuid, language: z.enum(['en', 'id']) }),
    output: z.object({ folder: z.string(), fileName: z.string(), sha256: z.string() }),
  }),
  'fieldwork.saveType': command({
    access: manage,
    input: z.strictObject({ id: uuid.nullable(), baseVersion: z.int(), ...typeFields }),
    output: z.object({ id: uuid, version: z.int() }),
  }),
  'fieldwork.saveTechnician': command({
    access: manage,
    input: z.strictObject({ baseVersion: z.int(), ...technicianFields }),
    output: saved,
  }),
  'fieldwork.configure': command({
    access: manage,
    input: z.strictObject({ baseVersion: z.int(), ...fieldworkSettings }),
    output: done,
  }),
}
