import { z } from 'zod'
import { done, nothing } from './common.ts'
import { command, event, query } from './define.ts'

/** What a person sets for himself: theme, language, density, how his tables look. */

export const preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['en', 'id']).default('en'),
  density: z.enum(['compact', 'comfortable']).default('compact'),
  /** Minutes without input until the screen locks; 0: never by itself. */
  lockAfterMinutes: z.int().min(0).max(480).default(5),
  /** Which columns a table shows, in order, with widths in px; by the table's name. */
  tables: z
    .record(
      z.string().max(64),
      z.object({
        columns: z.array(z.string().max(64)).max(64),
        widths: z.record(z.string().max(64), z.number().min(24).max(1200)).default({}),
        sort: z
          .object({ column: z.string().max(64), descending: z.boolean() })
          .nullable()
          .default(null),
      }),
    )
    .default({}),
  railCollapsed: z.boolean().default(false),
})

export type Preferences = z.output<typeof preferences>

export const preferencesQueries = {
  'preferences.get': query({ access: 'session', input: nothing, output: preferences }),
}

export const preferencesCommands = {
  /** Replaces what is named, keeps the rest. */
  'preferences.set': command({
    access: 'session',
    input: z.strictObject({
      theme: preferences.shape.theme.unwrap().optional(),
      language: preferences.shape.language.unwrap().optional(),
      density: preferences.shape.density.unwrap().optional(),
      lockAfterMinutes: preferences.shape.lockAfterMinutes.unwrap().optional(),
      tables: preferences.shape.tables.unwrap().optional(),
      railCollapsed: z.boolean().optional(),
    }),
    output: done,
  }),
}

export const preferencesEvents = {
  'preferences.changed': event({ access: 'session', delivery: 'latest', payload: preferences }),
}
