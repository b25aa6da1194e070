import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { isValidOnuAddress } from '../domain/onu-address.ts'

/** Schemas that several capabilities share. */

export const nothing = z.strictObject({})
export const done = z.object({})

export const uuid = z.uuid()

/** Milliseconds since 1970-01-01T00:00Z; null: never. */
export const instant = z.number().nullable()

export const errorParams = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null()]),
)

/** An expected failure as data: the text is made in the renderer's language. */
export const problem = z.object({ code: z.enum(errorCodes), params: errorParams })

export type Problem = z.output<typeof problem>

export const onuAddress = z
  .strictObject({ shelf: z.int(), slot: z.int(), port: z.int(), onuId: z.int() })
  .refine(isValidOnuAddress, 'address out of range')

/** One line of text a person typed: trimmed, no control characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, 'control characters')

export const password = z.string().min(1).max(1024)

/** The caller's name for a long call, with which it can be cancelled and its progress followed. */
export const taskId = uuid
