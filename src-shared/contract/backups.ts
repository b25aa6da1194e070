import { z } from 'zod'
import { backupContents, backupWay } from './backup-model.ts'
import { done, line, nothing, password, problem, taskId } from './common.ts'
import { command, event, query } from './define.ts'

/** Copies of the encrypted store, in a folder of the person's choice, and what is in them. */

const make = 'workspace.backup.make'
const configure = 'workspace.backup.configure'

export const backupKeepRule = z.strictObject({
  /** At least one: the newest. */
  last: z.int().min(1).max(100),
  /** The last one of each of so many days, and weeks, that have one. */
  daily: z.int().min(0).max(366),
  weekly: z.int().min(0).max(520),
})

export const backupSchedule = z.strictObject({
  every: z.enum(['off', 'hour', 'day']),
  /** Of a day, in this machine's time. */
  hour: z.int().min(0).max(23),
})

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
      backups: z.array(
        z.object({
          name: z.string(),
          at: z.number(),
          bytes: z.number(),
          /** As it was when it was last opened and looked through; null: it was not, here. */
          proof: z
            .object({ at: z.number(), problem: z.string().nullable(), ways: z.array(backupWay) })
            .nullable(),
          contents: backupContents.nullable(),
        }),
      ),
    }),
  }),
  'backups.settings': query({
    access: make,
    input: nothing,
    output: z.object({
      /** Null: the usual one, in the workspace. */
      folder: z.string().nullable(),
      usualFolder: z.string(),
      schedule: backupSchedule,
      keep: backupKeepRule,
      /** With which a backup opens elsewhere; none: it opens in this workspace alone. */
      ways: z.array(backupWay),
      /** Wall ms; null: never by itself. */
      nextAt: z.number().nullable(),
      /** Why the last scheduled one was not made; null: it was, or none was due. */
      failure: z.object({ at: z.number(), problem }).nullable(),
      running: z.boolean(),
    }),
  }),
}

export const backupsCommands = {
  /**
   * Writes a copy of the store, opens and proves it, and lets go what the keep rule lets go.
   * Progress: `copy`, `write`, `prove`, of three. 'conflict': one was made this very second;
   * 'disk-full', 'folder-gone', 'folder-not-writable', 'store-damaged', 'cancelled': nothing is
   * left behind, and the old ones are as they were.
   */
  'workspace.backUp': command({
    access: make,
    input: z.strictObject({ taskId: taskId.optional() }),
    output: z.object({ name: z.string(), bytes: z.number() }),
  }),
  /** 'folder-gone', 'folder-not-writable': nothing was changed. */
  'backups.configure': command({
    access: configure,
    input: z.strictObject({
      folder: line(1000).nullable(),
      schedule: backupSchedule,
      keep: backupKeepRule,
    }),
    output: done,
  }),
  /** The next backups open with it on any machine. 'password-too-weak'. */
  'backups.setPassphrase': command({
    access: configure,
    stepUp: true,
    input: z.strictObject({ passphrase: password }),
    secrets: ['passphrase'],
    output: done,
  }),
  /** Makes a recovery key and shows it once, outside the page: whoever has it opens the next ones. */
  'backups.makeRecoveryKey': command({
    access: configure,
    stepUp: true,
    input: nothing,
    output: done,
  }),
  /** The next backups do not open with it. Those that were made with it do. */
  'backups.removeWay': command({
    access: configure,
    stepUp: true,
    input: z.strictObject({ way: backupWay }),
    output: done,
  }),
  /** Opens one of ours and looks through it. Not as it was: `problem`, and it is told in the list. */
  'backups.verify': command({
    access: make,
    input: z.strictObject({ name: line(100), taskId: taskId.optional() }),
    output: z.object({ problem: z.string().nullable() }),
  }),
}

export const backupsEvents = {
  /** A backup was made, went or failed, or what is set changed: ask anew. */
  'backups.changed': event({ access: make, delivery: 'latest', payload: z.object({}) }),
}
