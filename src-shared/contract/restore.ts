import { z } from 'zod'
import { backupContents, backupSource, backupWay } from './backup-model.ts'
import { done, line, nothing, password, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import { transferAct } from './transfer.ts'

/**
 * Taking a backup in; and whether another copy of the workspace may be at work. Files are chosen in the system's dialog: the page has a name and an id, never a path.
 */

const restore = 'workspace.backup.restore'

const chosenFile = z.object({
  id: uuid,
  /** A transfer file says nothing of itself before it is opened. */
  kind: z.enum(['backup', 'transfer']),
  name: z.string(),
  bytes: z.number(),
  createdAt: z.number().nullable(),
  /** Of the layout of its store. */
  schemaVersion: z.number().nullable(),
  ways: z.array(backupWay),
})

export type ChosenFile = z.output<typeof chosenFile>

const backupView = z.object({
  createdAt: z.number(),
  bytes: z.number(),
  workspaceId: z.string(),
  /** Of the layout; ours may be newer: it is brought up to date. */
  schemaVersion: z.number(),
  ownSchemaVersion: z.number(),
  ways: z.array(backupWay),
  contents: backupContents,
  /** What a transfer file holds besides; null: it is a backup. */
  transfer: z
    .object({
      act: transferAct,
      /** Of the workspace it was made from. */
      name: z.string(),
      appVersion: z.string(),
      /** Wall ms of its first and last day; null: there is none. */
      history: z.object({ from: z.number(), to: z.number(), days: z.number() }).nullable(),
      historyBytes: z.number(),
      mapBytes: z.number(),
      families: z.number(),
    })
    .nullable(),
})

export type BackupView = z.output<typeof backupView>

const standing = z.discriminatedUnion('kind', [
  /**
   * From a backup, and what that was made of may still run: nothing is written to a device, and nothing
   * by itself.
   */
  z.object({ kind: z.literal('restored'), since: z.number() }),
  /** Moved to another machine by a transfer file: nothing is read, written or logged in to. */
  z.object({
    kind: z.literal('moved'),
    since: z.number(),
    /** Where the file was written. */
    path: z.string(),
    /** False: Nocturne was broken off, and the folder of the file is not there to look. */
    sure: z.boolean(),
  }),
])

export const restoreQueries = {
  /** Null: no other copy of this workspace is at work, as far as anybody has said. */
  'workspace.standing': query({
    access: 'session',
    input: nothing,
    output: z.object({ standing: standing.nullable() }),
  }),
}

export const restoreCommands = {
  /**
   * The three of a machine on which nobody can sign in yet: there is no workspace, or the one that
   * is there does not open. 'already-set-up' otherwise. Null: nothing was chosen. 'backup-damaged',
   * 'store-from-newer-version', 'confirmation-unavailable' (no system dialog here).
   */
  'restore.choose': command({
    access: 'public',
    input: nothing,
    output: z.object({ file: chosenFile.nullable() }),
  }),
  /** 'wrong-passphrase', 'backup-damaged', 'not-found' (choose it again). */
  'restore.preview': command({
    access: 'public',
    input: z.strictObject({ fileId: uuid, secret: password, taskId: taskId.optional() }),
    secrets: ['secret'],
    output: backupView,
  }),
  /**
   * Progress: `unpack`, `settle`, `keys`, of three. Where a workspace is there that does not open, it
   * is kept beside the restored one. 'disk-full', 'folder-not-writable', 'workspace-in-use',
   * 'password-too-weak', 'cancelled': all is as it was.
   */
  'restore.run': command({
    access: 'public',
    input: z.strictObject({
      fileId: uuid,
      secret: password,
      /** Of the restored workspace: only where the keychain is unavailable. */
      passphrase: password.nullable().default(null),
      taskId: taskId.optional(),
    }),
    secrets: ['secret', 'passphrase'],
    output: z.object({ keptAs: z.string().nullable() }),
  }),
  /** The same from inside a workspace. */
  'backups.choose': command({
    access: restore,
    stepUp: true,
    input: nothing,
    output: z.object({ file: chosenFile.nullable() }),
  }),
  /**
   * What is in a backup, without restoring it. `secret`: its passphrase or recovery key; null: one
   * of this workspace's own. 'wrong-passphrase', 'backup-damaged', 'store-from-newer-version',
   * 'not-found'.
   */
  'backups.preview': command({
    access: restore,
    stepUp: true,
    input: z.strictObject({
      source: backupSource,
      secret: password.nullable().default(null),
      taskId: taskId.optional(),
    }),
    secrets: ['secret'],
    output: backupView,
  }),
  /**
   * Into a new workspace of this machine, or in the place of this one, which is kept beside it. Is
   * confirmed in a window outside the page, when all is unpacked and proved; then every session ends
   * and the restored one stands at its door. Errors as `restore.run` and `backups.preview`,
   * 'confirmation-refused', 'workspace-name-taken': all is as it was.
   */
  'backups.restore': command({
    access: restore,
    stepUp: true,
    input: z.strictObject({
      source: backupSource,
      secret: password.nullable().default(null),
      into: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('new'), name: line(80) }),
        z.strictObject({ kind: z.literal('in-place') }),
      ]),
      passphrase: password.nullable().default(null),
      taskId: taskId.optional(),
    }),
    secrets: ['secret', 'passphrase'],
    /** Where the restored one is; one in whose place it is, is kept beside it. */
    output: z.object({ folder: z.string() }),
  }),
  /**
   * The owner says that no other copy of this workspace is at work: a restored one writes again.
   */
  'workspace.resume': command({
    access: 'workspace.standing.decide',
    stepUp: true,
    input: nothing,
    output: done,
  }),
}

export const restoreEvents = {
  'workspace.standingChanged': event({
    access: 'session',
    delivery: 'latest',
    payload: z.object({ standing: standing.nullable() }),
  }),
}
