import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { downCauses, onuStates } from '../../../src-shared/domain/onu-state.ts'
import { isEntangled } from './load-families.ts'
import { onuNumberFields, onuTextFields } from './onu-fields.ts'
import { readInside } from './read-inside.ts'

/**
 * What a family must read from a recording: `expected/<name>.yaml` in its folder. Figures only; the
 * recording itself stands in the family's `captures/` or in a folder of recordings that the caller
 * knows.
 */
const counts = z.record(z.string(), z.number().int())
const range = z.strictObject({ min: z.number(), max: z.number(), count: z.number().int() })

const onu = z.strictObject({
  at: z.string().regex(/^\d+\/\d+\/\d+:\d+$/u),
  state: z.enum(onuStates).optional(),
  lastDownCause: z.enum(downCauses).optional(),
  ...Object.fromEntries(onuTextFields.map((field) => [field, z.string().optional()])),
  ...Object.fromEntries(onuNumberFields.map((field) => [field, z.number().optional()])),
})

const expectation = z.strictObject({
  /** File name of the recording. */
  capture: z.string().regex(/^[\w-][\w.-]*$/u),
  /** Minutes east of UTC of the recorded device's clock. */
  utcOffsetMinutes: z.number().int().optional(),
  /** Left out for a recording that does not hold the system group: the family is then taken as given. */
  recognised: z.strictObject({ model: z.string(), reason: z.string().optional() }).optional(),
  boards: z.array(z.string()).optional(),
  /** How many PON ports. */
  ponPorts: z.number().int().optional(),
  /** ONUs that the OLT counts on a PON: all, active, inactive; PON ports that are 0 are left out. */
  onuCount: counts.optional(),
  onuActive: counts.optional(),
  onuInactive: counts.optional(),
  onus: z.number().int().optional(),
  /** ONU rows per PON port. */
  onusByPon: counts.optional(),
  states: counts.optional(),
  /** Least and greatest of a field, and how many ONUs have it. */
  ranges: z.partialRecord(z.enum(onuNumberFields), range).optional(),
  /** Fields with a value, and of how many ONUs. */
  texts: z.partialRecord(z.enum(onuTextFields), z.number().int()).optional(),
  some: z.array(onu).optional(),
  unconfigured: z.array(z.strictObject({ pon: z.string(), serial: z.string() })).optional(),
  notOffered: z.array(z.string()).optional(),
  /** Left out: there must be none. */
  problems: z.array(z.string()).optional(),
})

export type FamilyExpectation = z.infer<typeof expectation>

export interface ExpectationFile {
  readonly file: string
  readonly expected: FamilyExpectation
}

const maxBytes = 1_000_000

/** Errors: those of YAML and of the schema, with the file's name in front. */
export const readExpectations = (familyFolder: string): readonly ExpectationFile[] => {
  const folder = join(familyFolder, 'expected')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => {
      const file = join(folder, name)
      const read = readInside(familyFolder, join('expected', name), maxBytes)
      if (read.kind !== 'read') {
        throw new TypeError(`${file}: ${read.kind === 'missing' ? 'is not there' : read.reason}`)
      }
      const yaml = read.octets.toString('utf8')
      if (isEntangled(yaml)) throw new TypeError(`${file}: is nested too deeply`)
      const result = expectation.safeParse(parse(yaml))
      if (!result.success) throw new TypeError(`${file}: ${z.prettifyError(result.error)}`)
      return { file, expected: result.data }
    })
}
