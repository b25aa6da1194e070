import { z } from 'zod'
import { trapMeanings } from '../../../src-shared/contract/traps.ts'
import type { TrapRule } from '../traps/trap-rules.ts'
import { certainty, oid } from './column-schema.ts'
import { indexCodecNames } from './index-codecs.ts'
import { onuCodecs } from './onu-codecs.ts'

/** The `traps:` section of a profile: what each rule means stands in ../traps/trap-rules.ts. */

const numbering = z.enum([...indexCodecNames, ...Object.keys(onuCodecs)] as [string, ...string[]])

const place = z.discriminatedUnion('in', [
  z.strictObject({ in: z.enum(['name', 'value']), object: oid, index: numbering }),
  z.strictObject({ in: z.literal('text'), object: oid }),
])

const rule = z
  .strictObject({
    trap: oid,
    subtree: z.literal(true).optional(),
    meaning: z.enum(trapMeanings),
    look: z.enum(['olt', 'pon', 'onu', 'unconfigured']),
    at: z
      .union([place, z.array(place).min(1)])
      .transform((places) => (Array.isArray(places) ? places : [places]))
      .optional(),
    otherwise: z.enum(['olt', 'nothing']).optional(),
    certainty,
  })
  .superRefine((checked, context) => {
    const isPlace = checked.look === 'pon' || checked.look === 'onu'
    for (const key of ['at', 'otherwise'] as const) {
      if (isPlace || checked[key] === undefined) continue
      context.addIssue({
        code: 'custom',
        path: [key],
        message: `only a look at a pon or an onu has ${key}`,
      })
    }
    if (isPlace && checked.at === undefined) {
      context.addIssue({ code: 'custom', path: ['look'], message: 'a pon or an onu needs at' })
    }
  })

/** Refuses two rules for one trap: which of them would hold? */
export const trapRules = z.array(rule).superRefine((rules, context) => {
  const seen = new Set<string>()
  for (const [position, { trap, subtree }] of rules.entries()) {
    const key = `${trap}${subtree === true ? '.*' : ''}`
    if (seen.has(key)) {
      context.addIssue({
        code: 'custom',
        path: [position, 'trap'],
        message: 'another rule is for this trap',
      })
    }
    seen.add(key)
  }
}) satisfies z.ZodType<readonly TrapRule[]>
