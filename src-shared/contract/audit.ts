import { z } from 'zod'
import { auditBreaks, auditCategories, auditOutcomes, auditSeverities } from '../domain/audit.ts'
import { errorCodes } from '../errors.ts'
import { instant, nothing, taskId } from './common.ts'
import { command, query } from './define.ts'

/** The audit trail: search, one row with its detail, the proof that nobody altered it, export. */

const read = 'audit.trail.read'
const verify = 'audit.trail.verify'
const exportTrail = 'audit.trail.export'

/** A hash or signature in hex. */
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`, 'u'))

export const auditRow = z.object({
  seq: z.int(),
  at: z.number(),
  /** The command's name in the contract, or the console's own word. */
  command: z.string(),
  commandId: z.string(),
  /** Null: the console itself, or nobody had signed in. */
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  sessionId: z.string().nullable(),
  clientKind: z.string(),
  device: z.string().nullable(),
  outcome: z.enum(auditOutcomes),
  code: z.enum(errorCodes).nullable(),
  reason: z.string().nullable(),
  category: z.enum(auditCategories),
  severity: z.enum(auditSeverities),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  /** As it is called now; null: it has no name, or it is gone. */
  objectName: z.string().nullable(),
  subjectId: z.string().nullable(),
  subjectName: z.string().nullable(),
})

export type AuditTrailRow = z.output<typeof auditRow>

const id = z.string().min(1).max(100)

export const auditFilter = z.strictObject({
  /** Who did it, or about whom it is. */
  personId: id.nullable().default(null),
  objectKind: z.string().min(1).max(60).nullable().default(null),
  objectId: id.nullable().default(null),
  /** Empty: any. */
  categories: z.array(z.enum(auditCategories)).max(20).default([]),
  severities: z.array(z.enum(auditSeverities)).max(10).default([]),
  outcomes: z.array(z.enum(auditOutcomes)).max(10).default([]),
  command: z.string().min(1).max(80).nullable().default(null),
  /** Wall ms, the first included and the last not. */
  from: instant.default(null),
  to: instant.default(null),
  /** Without what the console did by itself. */
  people: z.boolean().default(false),
})

export type AuditFilter = z.output<typeof auditFilter>

const page = {
  /** Older than this row. */
  before: z.int().nullable().default(null),
  limit: z.int().min(1).max(200).default(100),
}

const rows = z.object({
  rows: z.array(auditRow),
  /** Ask on with `before` from here; null: that was all. */
  next: z.int().nullable(),
})

export const auditCheckpoint = z.strictObject({
  seq: z.int().min(1),
  day: z.string().max(20),
  at: z.number(),
  hash: hex(32),
  fingerprint: hex(32),
  signature: hex(64),
})

export const auditQueries = {
  /** Proves the whole trail, in slices; progress by `taskId`. */
  'audit.verify': query({
    access: verify,
    input: z.strictObject({
      taskId: taskId.optional(),
      /** From outside the workspace, beside those that lie in its folder. */
      checkpoints: z.array(auditCheckpoint).max(20_000).default([]),
    }),
    output: z.object({
      ok: z.boolean(),
      rows: z.int(),
      /** The first row that does not follow. */
      brokenAt: z.int().nullable(),
      reason: z.enum(auditBreaks).nullable(),
      /** Signed marks that it was held against. */
      checkpoints: z.int(),
      /** Of the key that signs them; null: nothing has been signed. */
      fingerprint: z.string().nullable(),
    }),
  }),
  'audit.overview': query({
    access: read,
    input: nothing,
    output: z.object({
      rows: z.int(),
      firstAt: instant,
      fingerprint: z.string().nullable(),
      lastCheckpoint: z.object({ seq: z.int(), at: z.number() }).nullable(),
      /** The signed marks outside the database: keep a copy elsewhere. */
      checkpointFile: z.string(),
      /** Every name that a row may have. */
      commands: z.array(z.string()),
      objectKinds: z.array(z.string()),
      people: z.array(z.object({ id: z.string(), name: z.string() })),
    }),
  }),
  /** The newest first. */
  'audit.search': query({
    access: read,
    input: auditFilter.extend(page),
    output: rows,
  }),
  /** What happened to one record, also by acts that changed several; the newest first. */
  'audit.timeline': query({
    access: read,
    input: z.strictObject({ objectKind: z.string().min(1).max(60), objectId: id, ...page }),
    output: rows,
  }),
  /** One row with what was kept in detail. That it was read is in the trail too. */
  'audit.row': query({
    access: read,
    input: z.strictObject({ seq: z.int().min(1) }),
    output: z.object({
      row: auditRow,
      /** erased: with the person it was about; lost: altered or gone, and nothing explains it. */
      detailState: z.enum(['kept', 'none', 'erased', 'lost']),
      /** JSON text; null: there is none any more. */
      detail: z.string().nullable(),
      hash: z.string(),
      previousHash: z.string(),
      changes: z.array(
        z.object({
          objectKind: z.string(),
          objectId: z.string(),
          kind: z.enum(['created', 'updated', 'deleted']),
          version: z.int(),
        }),
      ),
    }),
  }),
  /** What people (and the console itself) did, the latest first; `before`: older than this row. */
  'audit.activity': query({
    access: 'audit.activity.read',
    input: z.strictObject({
      limit: z.int().min(1).max(200).default(30),
      before: z.int().nullable().default(null),
      /** Of people alone. */
      people: z.boolean().default(true),
    }),
    output: z.object({
      acts: z.array(
        z.object({
          row: z.int(),
          at: z.number(),
          /** Null: the console itself. */
          by: z.string().nullable(),
          command: z.string(),
          /** What it was done to, as it is called now; null: nothing that has a name. */
          subject: z.string().nullable(),
          outcome: z.enum(['done', 'refused', 'failed']),
        }),
      ),
    }),
  }),
}

export const auditCommands = {
  /**
   * Writes the rows of the filter, with their details, into the workspace's `exports` folder (mode
   * 0600). `signed`: lines of JSON, signed, that `npm run cli -- verify-audit FILE` proves; `csv`: for a
   * spreadsheet. Progress by `taskId`. Errors: `cancelled`, `disk-full`, `permission-denied`.
   */
  'audit.export': command({
    access: exportTrail,
    stepUp: true,
    input: z.strictObject({ format: z.enum(['signed', 'csv']), filter: auditFilter, taskId }),
    output: z.object({
      folder: z.string(),
      fileName: z.string(),
      rows: z.int(),
      fingerprint: z.string().nullable(),
    }),
  }),
}
