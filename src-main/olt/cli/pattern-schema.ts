import { z } from 'zod'
import { whyUnsafe } from '../family/pattern-cost.ts'

/**
 * A regular expression of a profile.
 * SECURITY: one that could stand still on what a device says is refused before it is ever run.
 */
export const pattern = z
  .string()
  .min(1)
  .transform((source, context) => {
    try {
      const compiled = new RegExp(source, 'u')
      const reason = whyUnsafe(source)
      if (reason === null) return compiled
      context.addIssue({ code: 'custom', message: reason })
    } catch {
      context.addIssue({ code: 'custom', message: 'is no regular expression' })
    }
    return z.NEVER
  })

export const patterns = z.array(pattern).max(80)

/** Patterns that are looked for all along a line, with the places of their groups (along-line.ts). */
export const searchPatterns = patterns.transform((all) =>
  all.map(({ source }) => new RegExp(source, 'dgu')),
)

/**
 * SECURITY: as long a text as a pattern of a profile is ever tried on: what its cost was worked out
 * for (pattern-cost.ts).
 */
export const longestMatched = 255
