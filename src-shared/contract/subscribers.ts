import { z } from 'zod'
import { nothing, onuAddress, taskId, uuid } from './common.ts'
import { event, query } from './define.ts'
import { ofIdInPart, ofOnu } from './scope-rules.ts'
import { chosenSubscribers, subscriberFilter, subscribersAccess } from './subscribers-access.ts'
import {
  behindOnu,
  subscriberEvent,
  subscriberFile,
  subscriberRecord,
  subscriberRow,
} from './subscribers-model.ts'

/**
 * Subscribers: who they are, what they are served by and what happened to them, without money
 * (billing). Every subscriber lies on the OLTs of his services and belongs to his agent.
 */

const { read } = subscribersAccess

export const subscriberSorts = [
  'name',
  'code',
  'status',
  'agent',
  'services',
  'createdAt',
  'updatedAt',
] as const

export const subscriberImportFields = [
  'code',
  'kind',
  'name',
  'status',
  'language',
  'phone',
  'email',
  'street',
  'city',
  'region',
  'postcode',
  'country',
  'latitude',
  'longitude',
  'taxId',
  'agent',
  'olt',
  'serial',
  'service',
  'note',
] as const

export type SubscriberImportField = (typeof subscriberImportFields)[number]

export const subscribersQueries = {
  'subscribers.list': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      filter: subscriberFilter.prefault({}),
      sort: z.enum(subscriberSorts).default('name'),
      descending: z.boolean().default(false),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      subscribers: z.array(subscriberRow),
      total: z.int(),
      /** Reached at all. */
      all: z.int(),
      revision: z.int(),
    }),
  }),
  'subscribers.record': query({
    access: read,
    scope: ofIdInPart('subscriber'),
    input: z.strictObject({ id: uuid }),
    output: subscriberRecord,
  }),
  /** The newest first. */
  'subscribers.timeline': query({
    access: read,
    scope: ofIdInPart('subscriber'),
    input: z.strictObject({
      id: uuid,
      /** Before this event; null: from the newest. */
      before: z.int().nullable().default(null),
      limit: z.int().min(1).max(2000).default(50),
    }),
    output: z.object({ events: z.array(subscriberEvent), more: z.boolean() }),
  }),
  /** Live services first. Empty: nobody is known behind it. */
  'subscribers.behindOnu': query({
    access: subscribersAccess.onu,
    scope: ofOnu,
    input: z.strictObject({ oltId: uuid, address: onuAddress }),
    output: z.object({
      /** Of the ONU that is there now; null: not known. */
      serial: z.string().nullable(),
      behind: z.array(behindOnu),
      /** Whether the caller may open the subscriber's own page. */
      readable: z.boolean(),
    }),
  }),
  /** A file's bytes. Errors: `not-found`. */
  'subscribers.file': query({
    access: subscribersAccess.file,
    scope: ofIdInPart('subscriber'),
    input: z.strictObject({ id: uuid, fileId: uuid }),
    output: z.object({ file: subscriberFile, content: z.instanceof(Uint8Array) }),
  }),
  /** All that the filter takes, as a table. Told in the audit trail. */
  'subscribers.export': query({
    access: subscribersAccess.export,
    scope: 'narrowed',
    input: z.strictObject({
      filter: subscriberFilter.prefault({}),
      sort: z.enum(subscriberSorts).default('name'),
      descending: z.boolean().default(false),
    }),
    output: z.object({ csv: z.string(), rows: z.int() }),
  }),
  /** Who else has this name, number or address of mail: before somebody is entered twice. */
  'subscribers.alike': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      name: z.string().max(160).default(''),
      phone: z.string().max(40).default(''),
      email: z.string().max(254).default(''),
      exceptId: uuid.nullable().default(null),
    }),
    output: z.object({
      alike: z
        .array(
          z.object({
            subscriber: subscriberRow,
            by: z.array(z.enum(['name', 'phone', 'email'])),
          }),
        )
        .max(10),
    }),
  }),
  /** Accounts that a subscriber may belong to. */
  'subscribers.agents': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({ agents: z.array(z.object({ id: uuid, name: z.string() })) }),
  }),
  'subscribers.settings': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      version: z.int(),
      codePattern: z.string(),
      nextNumber: z.int(),
      /** What the next one will be called. */
      nextCode: z.string(),
      country: z.string(),
      language: z.string(),
    }),
  }),
  /** What a bulk change would do. */
  'subscribers.previewAgent': query({
    access: subscribersAccess.agent,
    input: z.strictObject({ which: chosenSubscribers, agentId: uuid.nullable() }),
    output: z.object({
      chosen: z.int(),
      changing: z.int(),
      /** By the agent they have now. */
      from: z.array(z.object({ agentName: z.string().nullable(), count: z.int() })),
      sample: z.array(z.object({ code: z.string(), name: z.string() })).max(10),
    }),
  }),
  /**
   * What a file would add. Bytes as they are on the disk: UTF-8, UTF-16 and Windows-1252 are told
   * apart, separators , ; and tab. Nothing is changed; `applyImport` names the import. `mapping`: the
   * field of each column, in order, `phone`, `email` and `note` as often as one likes; null: by the
   * headers.
   */
  'subscribers.previewImport': query({
    access: subscribersAccess.import,
    input: z.strictObject({
      taskId,
      fileName: z.string().max(255),
      bytes: z.instanceof(Uint8Array),
      mapping: z.array(z.enum(subscriberImportFields).nullable()).max(200).nullable().default(null),
      /** Columns without a field become a note of the subscriber: nothing of the file is lost. */
      keepRest: z.boolean().default(true),
    }),
    output: z.object({
      importId: uuid,
      encoding: z.string(),
      separator: z.string(),
      columns: z.array(
        z.object({
          header: z.string(),
          field: z.enum(subscriberImportFields).nullable(),
          /** The first values in it. */
          sample: z.array(z.string()),
        }),
      ),
      rows: z.int(),
      adds: z.int(),
      /** Left out, each with its line and why. */
      problems: z
        .array(
          z.object({
            line: z.int(),
            field: z.enum(subscriberImportFields).nullable(),
            code: z.string(),
            text: z.string(),
          }),
        )
        .max(200),
      problemsTotal: z.int(),
      /** Added, though somebody looks the same. */
      warnings: z.array(z.object({ line: z.int(), code: z.string(), text: z.string() })).max(200),
      warningsTotal: z.int(),
      sample: z
        .array(
          z.object({
            line: z.int(),
            code: z.string(),
            name: z.string(),
            phone: z.string(),
            email: z.string(),
            address: z.string(),
            serial: z.string(),
          }),
        )
        .max(20),
    }),
  }),
  /** Imports, the newest first. */
  'subscribers.imports': query({
    access: subscribersAccess.import,
    input: nothing,
    output: z.object({
      imports: z.array(
        z.object({
          id: uuid,
          at: z.number(),
          by: z.string().nullable(),
          fileName: z.string(),
          added: z.int(),
          undoneAt: z.number().nullable(),
          /** Subscribers of it upon whom something was built since: it can't be undone then. */
          builtUpon: z.int(),
        }),
      ),
    }),
  }),
}

export const subscribersEvents = {
  'subscribers.changed': event({
    access: subscribersAccess.onu,
    scope: 'nothing',
    delivery: 'latest',
    payload: z.object({ revision: z.int() }),
  }),
}
