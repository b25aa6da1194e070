import { z } from 'zod'
import { severities } from '../domain/severity.ts'
import { done, nothing } from './common.ts'
import { command, event, query } from './define.ts'

/** What a person sets for himself: theme, language, density, how his tables look. */

export const preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['en', 'id']).default('en'),
  density: z.enum(['compact', 'comfortable']).default('compact'),
  /** Minutes without input until the screen locks, where the role asks for no fewer; 0: the role's. */
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
  /** Keys that were changed: shortcut's name to its chords ("g a"); empty text: no key. */
  keys: z.record(z.string().max(40), z.string().max(40)).default({}),
  /** Saved views of lists: the list's name to views, each with the address query that shows it. */
  views: z
    .record(
      z.string().max(64),
      z
        .array(
          z.object({
            id: z.string().max(40),
            name: z.string().trim().min(1).max(60),
            query: z.string().max(4000),
          }),
        )
        .max(50),
    )
    .default({}),
  notifications: z
    .object({
      /** Desktop notifications from this severity on; null: none. */
      from: z.enum(severities).nullable().default('major'),
      /** Local time of day, minutes after midnight; null: no quiet hours. Critical ones come anyway. */
      quietHours: z
        .object({
          fromMinute: z.int().min(0).max(1439),
          toMinute: z.int().min(0).max(1439),
          criticalToo: z.boolean().default(false),
        })
        .nullable()
        .default(null),
      sound: z.boolean().default(true),
      mutedUntil: z.number().nullable().default(null),
    })
    .prefault({}),
  wallboard: z
    .object({
      pages: z
        .array(z.enum(['outages', 'counters', 'olts', 'light', 'alarms', 'map']))
        .max(6)
        .default(['outages', 'counters', 'olts', 'light']),
      everyS: z.int().min(5).max(600).default(20),
    })
    .prefault({}),
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
      keys: preferences.shape.keys.unwrap().optional(),
      views: preferences.shape.views.unwrap().optional(),
      notifications: preferences.shape.notifications.optional(),
      wallboard: preferences.shape.wallboard.optional(),
    }),
    output: done,
  }),
}

export const preferencesEvents = {
  'preferences.changed': event({ access: 'session', delivery: 'latest', payload: preferences }),
}
