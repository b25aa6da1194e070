import { z } from 'zod'
import { done, instant, nothing } from './common.ts'
import { command, event, query } from './define.ts'

/** What the console knows of makes and models of OLTs, its own knowledge and the owner's. */

const readOlt = 'network.olt.read'
const manageFamily = 'network.family.manage'

const familyId = z.string().max(64)
const contentHash = z.string().regex(/^[0-9a-f]{64}$/)
const certainty = z.enum(['proven', 'unproven'])

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

/** What an OLT must say or have so that it is one of these; all that is not null or empty. */
export const recognitionRule = z.object({
  model: z.string(),
  certainty,
  /** Equals this or lies below it. */
  sysObjectId: z.string().nullable(),
  sysObjectIdTail: z.string().nullable(),
  except: z.array(z.string()),
  /** A regular expression. */
  sysDescr: z.string().nullable(),
  /** `text` null: something is below the OID. Else the object there says such a text. */
  probe: z.object({ oid: z.string(), text: z.string().nullable() }).nullable(),
  /** Nothing is below these. */
  absent: z.array(z.string()),
})

export const captureResult = z.object({
  capture: z.string(),
  result: z.enum(['passed', 'failed', 'skipped']),
  reason: z.string().nullable(),
  differences: z.array(z.string()),
  onus: z.int().nullable(),
})

export const familiesQueries = {
  'families.list': query({
    access: readOlt,
    scope: 'nothing',
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
    scope: 'nothing',
    input: z.strictObject({ id: familyId }),
    output: z.object({
      family: familySummary,
      /** Its folder; null: it came without one. */
      folder: z.string().nullable(),
      /** Markdown: what is known and how surely. Null: there is no README.md. */
      readme: z.string().nullable(),
      recognisedBy: z.array(recognitionRule),
      columns: z.array(
        z.object({
          table: z.enum(['boards', 'pon-ports', 'onus', 'unconfigured']),
          field: z.string(),
          oid: z.string(),
          certainty,
          /** What the profile's author remarks above the column. */
          note: z.string().nullable(),
        }),
      ),
    }),
  }),
  /** Runs a family against the recordings beside it; some seconds the first time. */
  'families.check': query({
    access: readOlt,
    scope: 'nothing',
    input: z.strictObject({ id: familyId }),
    output: z.object({
      captures: z.array(captureResult),
      /** A file of expectations that cannot be read, in words; else null. */
      problem: z.string().nullable(),
    }),
  }),
}

export const familiesCommands = {
  /** Reads the folder anew; OLTs are recognised anew where a family came, went or changed. */
  'families.reload': command({ access: manageFamily, input: nothing, output: done }),
  /**
   * Trust in a family of one's own, by name and content.
   * Errors: `conflict` where the typed name (what: `family-name`) or the content (what: `family`)
   * is another.
   */
  'families.trust': command({
    access: manageFamily,
    stepUp: true,
    input: z.strictObject({ id: familyId, contentHash, typedName: z.string().max(64) }),
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
    scope: 'nothing',
    delivery: 'latest',
    payload: z.object({ at: z.number() }),
  }),
}
