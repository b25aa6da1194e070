import { z } from 'zod'
import { subscriberStatuses } from '../domain/subscriber-status.ts'
import { done, line, uuid } from './common.ts'
import { command } from './define.ts'
import { ofId, ofIdInPart, ofServiceOnu } from './scope-rules.ts'
import { chosenSubscribers, subscribersAccess } from './subscribers-access.ts'
import {
  addressFields,
  contactFields,
  countryCode,
  languageTag,
  subscriberFields,
} from './subscribers-model.ts'

const { manage } = subscribersAccess

const contact = z.strictObject({ ...contactFields, id: uuid.nullable().default(null) })
const address = z.strictObject({ ...addressFields, id: uuid.nullable().default(null) })

const onuOfService = z.strictObject({ oltId: uuid, serial: line(40) })

export const subscribersCommands = {
  /** `code` null: the next one of the pattern. Errors: `subscriber-code-taken`. */
  'subscribers.create': command({
    access: manage,
    scope: 'narrowed',
    input: z.strictObject({
      ...subscriberFields,
      code: line(40).nullable().default(null),
      status: z.enum(['lead', 'active']).default('lead'),
      agentId: uuid.nullable().default(null),
      contacts: z.array(contact).max(20).default([]),
      addresses: z.array(address).max(20).default([]),
    }),
    output: z.object({ id: uuid, code: z.string() }),
  }),
  'subscribers.change': command({
    access: manage,
    scope: ofId('subscriber'),
    input: z.strictObject({
      id: uuid,
      baseVersion: z.int(),
      ...subscriberFields,
      code: line(40),
    }),
    output: z.object({ version: z.int() }),
  }),
  /** Errors: `subscriber-status`, `subscriber-has-services`. */
  'subscribers.setStatus': command({
    access: manage,
    scope: ofId('subscriber'),
    input: z.strictObject({
      id: uuid,
      baseVersion: z.int(),
      status: z.enum(subscriberStatuses),
      reason: z.string().trim().max(300).default(''),
    }),
    output: z.object({ version: z.int() }),
  }),
  /** All of them, in order: one that is missing is removed. */
  'subscribers.setContacts': command({
    access: manage,
    scope: ofId('subscriber'),
    input: z.strictObject({ id: uuid, baseVersion: z.int(), contacts: z.array(contact).max(20) }),
    output: z.object({ version: z.int() }),
  }),
  'subscribers.setAddresses': command({
    access: manage,
    scope: ofId('subscriber'),
    input: z.strictObject({ id: uuid, baseVersion: z.int(), addresses: z.array(address).max(20) }),
    output: z.object({ version: z.int() }),
  }),
  /** Of one subscriber; of whoever reaches all. Null: nobody's. */
  'subscribers.setAgent': command({
    access: subscribersAccess.agent,
    input: z.strictObject({
      which: chosenSubscribers,
      agentId: uuid.nullable(),
      /** How many the preview told; another number now: `conflict`. */
      expected: z.int(),
    }),
    output: z.object({
      changed: z.int(),
      /** For the undo: whose they were. */
      before: z.array(z.object({ agentId: uuid.nullable(), ids: z.array(uuid) })),
    }),
  }),
  /**
   * `serviceId` null: a new one. `onu` null: it has none yet. Errors: `onu-has-service` (with code
   * and name of who has it), `not-found`.
   */
  'subscribers.saveService': command({
    access: manage,
    scope: ofServiceOnu,
    input: z.strictObject({
      id: uuid,
      serviceId: uuid.nullable(),
      /** Of the service; 0: a new one. */
      baseVersion: z.int(),
      name: line(80),
      addressId: uuid.nullable().default(null),
      note: z.string().trim().max(500).default(''),
      onu: onuOfService.nullable(),
    }),
    output: z.object({ serviceId: uuid, version: z.int() }),
  }),
  'subscribers.endService': command({
    access: manage,
    scope: ofId('subscriber'),
    input: z.strictObject({ id: uuid, serviceId: uuid, baseVersion: z.int() }),
    output: z.object({ version: z.int() }),
  }),
  /** Undo of `endService`. Errors: `onu-has-service`. */
  'subscribers.resumeService': command({
    access: manage,
    scope: ofId('subscriber'),
    input: z.strictObject({ id: uuid, serviceId: uuid, baseVersion: z.int() }),
    output: z.object({ version: z.int() }),
  }),
  'subscribers.saveNote': command({
    access: manage,
    scope: ofIdInPart('subscriber'),
    input: z.strictObject({
      id: uuid,
      noteId: uuid.nullable(),
      baseVersion: z.int(),
      text: z.string().trim().min(1).max(4000),
      pinned: z.boolean().default(false),
    }),
    output: z.object({ noteId: uuid, version: z.int() }),
  }),
  'subscribers.removeNote': command({
    access: manage,
    scope: ofIdInPart('subscriber'),
    input: z.strictObject({ id: uuid, noteId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /** What it is, its content says. Errors: `file-too-big`, `file-not-accepted`, `file-not-as-named`. */
  'subscribers.addFile': command({
    access: manage,
    scope: ofIdInPart('subscriber'),
    secrets: ['bytes'],
    input: z.strictObject({
      id: uuid,
      name: line(200),
      note: z.string().trim().max(200).default(''),
      bytes: z.instanceof(Uint8Array),
    }),
    output: z.object({ fileId: uuid }),
  }),
  'subscribers.removeFile': command({
    access: manage,
    scope: ofId('subscriber'),
    input: z.strictObject({ id: uuid, fileId: uuid }),
    output: done,
  }),
  'subscribers.configure': command({
    access: subscribersAccess.settings,
    input: z.strictObject({
      baseVersion: z.int(),
      /** With zeros in braces for the running number: `S-{000000}`. */
      codePattern: z
        .string()
        .trim()
        .max(30)
        .regex(/^[^{}\p{Cc}]*\{0{1,9}\}[^{}\p{Cc}]*$/u),
      nextNumber: z.int().min(1).max(999_999_999),
      country: countryCode,
      language: languageTag,
    }),
    output: z.object({ version: z.int() }),
  }),
  'subscribers.applyImport': command({
    access: subscribersAccess.import,
    input: z.strictObject({ importId: uuid }),
    output: z.object({ added: z.int() }),
  }),
  /** Takes all of it out again. Errors: `import-built-upon`. */
  'subscribers.undoImport': command({
    access: subscribersAccess.import,
    input: z.strictObject({ importId: uuid }),
    output: z.object({ removed: z.int() }),
  }),
}
