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
}
