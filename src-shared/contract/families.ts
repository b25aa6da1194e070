import { z } from 'zod'
import { done, instant, line, nothing } from './common.ts'
import { command, event, query } from './define.ts'

/** What the console knows of makes and models of OLTs, its own knowledge and the owner's. */

const readOlt = 'network.olt.read'
const manageFamily = 'network.family.manage'

const familyId = z.string().max(64)
const contentHash = z.string().regex(/^[0-9a-f]{64}$/)

export const familySummary = z.object({
  id: familyId,
  title: z.string(),
  vendor: z.string(),
  technology: z.enum(['gpon', 'epon', 'any']),
  models: z.array(z.string()),
  source: z.enum(['built-in', 'own']),
  /**
   * Of one's own: `untrusted` is used for reading only; `changed`: was trusted, and its profile is
   * another one since.
   */
  trust: z.enum(['built-in', 'trusted', 'untrusted', 'changed']),
  contentHash: contentHash.nullable(),
  trustedAt: instant,
  trustedBy: z.string().nullable(),
  /** Columns by how surely they are known. */
  columns: z.object({ proven: z.int(), unproven: z.int() }),
  /** OLTs that are read by it now. */
  olts: z.int(),
  /** Why OLTs of it are treated with care. */
  pollingReason: z.string().nullable(),
})

export const refusedFamily = z.object({
  name: z.string(),
  file: z.string(),
  issues: z.array(
    z.object({ line: z.int(), column: z.int(), path: z.string(), message: z.string() }),
  ),
})

export const familiesQueries = {
  'families.list': query({
    access: readOlt,
    input: nothing,
    output: z.object({
      /** Where own families lie, each in a folder of its name. */
      folder: z.string(),
      families: z.array(familySummary),
      refused: z.array(refusedFamily),
      readAt: z.number(),
    }),
  }),
  'families.family': query({
    access: readOlt,
    input: z.strictObject({ id: familyId }),
    output: z.object({
      family: familySummary,
      /** Markdown: what is known and how surely. Null: there is no README.md. */
      readme: z.string().nullable(),
      recognisedBy: z.array(
        z.object({ text: z.string(), certainty: z.enum(['proven', 'unproven']) }),
      ),
      columns: z.array(
        z.object({
          table: z.enum(['boards', 'pon-ports', 'onus', 'unconfigured']),
          field: z.string(),
          oid: z.string(),
          certainty: z.enum(['proven', 'unproven']),
          note: z.string().nullable(),
        }),
      ),
      /** Result of running it against its recordings; null: none lie beside it. */
      captures: z
        .array(
          z.object({
            capture: z.string(),
            result: z.enum(['passed', 'failed', 'skipped']),
            reason: z.string().nullable(),
            differences: z.array(z.string()),
            onus: z.int().nullable(),
          }),
        )
        .nullable(),
    }),
  }),
}

export const familiesCommands = {
  /** Reads the folder anew; OLTs are recognised anew where a family came, went or changed. */
  'families.reload': command({ access: manageFamily, input: nothing, output: done }),
  /**
   * Trust in a family of one's own, by name and content.
   * Errors: `conflict` where the typed name or the content is another.
   */
  'families.trust': command({
    access: manageFamily,
    input: z.strictObject({ id: familyId, contentHash, typedName: line(64) }),
    output: done,
  }),
  'families.withdrawTrust': command({
    access: manageFamily,
    input: z.strictObject({ id: familyId }),
    output: done,
  }),
}

export const familiesEvents = {
  'families.changed': event({
    access: readOlt,
    delivery: 'latest',
    payload: z.object({ at: z.number() }),
  }),
}
