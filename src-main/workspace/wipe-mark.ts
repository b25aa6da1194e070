import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/**
 * Lies in the folder of a workspace whose wiping has begun, until nothing else is in it: whichever
 * start finds it brings the wiping to its end.
 */
export const wipeMarkName = 'wiping.json'

const wipeMark = z.strictObject({
  format: z.literal(1),
  /** Of the entry in the list. */
  id: z.uuid(),
  workspaceId: z.uuid().nullable(),
  name: z.string(),
  at: z.number(),
  by: z.string(),
  backupsFolder: z.string().nullable(),
})

export type WipeMark = z.output<typeof wipeMark>

/** Null: it is not being wiped. */
export const readWipeMark = (dir: string): WipeMark | null => {
  try {
    const parsed = wipeMark.safeParse(JSON.parse(readFileSync(join(dir, wipeMarkName), 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
