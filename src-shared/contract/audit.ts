import { z } from 'zod'
import { nothing } from './common.ts'
import { query } from './define.ts'

/** The audit trail, so far: the proof that nobody altered it. */
export const auditQueries = {
  'audit.verify': query({
    access: 'audit.trail.verify',
    input: nothing,
    output: z.object({
      ok: z.boolean(),
      rows: z.int(),
      /** The first row whose hash does not follow from the row before it. */
      brokenAt: z.int().nullable(),
      reason: z.string().nullable(),
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
