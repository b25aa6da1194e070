import { z } from 'zod'
import { nothing } from './common.ts'
import { command, query } from './define.ts'

/** Copies of the encrypted store, beside it in the workspace. */

const make = 'workspace.backup.make'

export const backupsQueries = {
  'workspace.backups': query({
    access: make,
    input: nothing,
    output: z.object({
      /** Where they lie: an absolute path of this machine. */
      folder: z.string(),
      /** When the last one was made, wall ms; null: never. Its file may be gone since. */
      lastAt: z.number().nullable(),
      /** The latest first. `at`: wall ms, of its name. */
      backups: z.array(z.object({ name: z.string(), at: z.number(), bytes: z.number() })),
    }),
  }),
}

export const backupsCommands = {
  /**
   * Writes a proved copy of the store and keeps the latest ten. 'conflict': one was made this very
   * second; 'disk-full', 'permission-denied', 'store-damaged': nothing is left behind.
   */
  'workspace.backUp': command({
    access: make,
    input: nothing,
    output: z.object({ name: z.string(), bytes: z.number() }),
  }),
}
