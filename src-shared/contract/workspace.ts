import { z } from 'zod'
import { done, instant, line, nothing, password, problem, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'

/**
 * The workspace: the encrypted store on this machine and the door to it. These procedures run
 * before anyone has signed in.
 */

export const workspaceStatus = z.object({
  /**
   * new: nothing here yet; needs-passphrase: keys are sealed by a passphrase; sealed: the vault was
   * locked, and the keychain has the keys; changing-keys, restoring, packing: closed for a moment, and
   * open again soon; wiping: its keys are being destroyed, and then another one opens;
   * ready: store open, sign in; failed: see `problem`.
   */
  state: z.enum([
    'new',
    'needs-passphrase',
    'sealed',
    'changing-keys',
    'wiping',
    'restoring',
    'packing',
    'ready',
    'failed',
  ]),
  /** own: the user's; simulated: a throw-away one on the simulated plant. */
  mode: z.enum(['own', 'simulated']),
  /** Whether this machine's keychain can hold the key; without it a passphrase is asked for. */
  keychain: z.enum(['available', 'unavailable']),
  problem: problem.nullable(),
  /** What this machine's clock showed before it was set back, wall ms; left out: it was not. */
  clockWas: z.number().optional(),
  /** Shown in About and in support requests. */
  host: z.object({
    name: z.enum(['electron', 'chromium', 'terminal']),
    version: z.string(),
    appVersion: z.string(),
  }),
})

export type WorkspaceStatus = z.output<typeof workspaceStatus>

const workspaceName = line(80)

/** One of several on this machine. */
export const workspaceEntry = z.object({
  /** Of the entry in the list. */
  id: uuid,
  name: z.string(),
  folder: z.string(),
  lastOpenedAt: instant,
  /** Its door is the one that the windows stand at. */
  isCurrent: z.boolean(),
  /** Nothing was ever made in it. */
  isNew: z.boolean(),
  /** What is known without opening it: its folder is gone, its key file cannot be read. */
  problem: problem.nullable(),
})

export type WorkspaceEntry = z.output<typeof workspaceEntry>

export const workspaceQueries = {
  'workspace.status': query({
    access: 'public',
    whileLocked: true,
    input: nothing,
    output: workspaceStatus,
  }),
  /** The one used last comes first. None on the simulated plant and in the terminal. */
  'workspace.list': query({
    access: 'public',
    whileLocked: true,
    input: nothing,
    output: z.object({
      workspaces: z.array(workspaceEntry),
      /** What was wiped on this machine, the latest first. */
      wiped: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          at: instant,
          /** Of the owner's choice: the backups in it were left. */
          backupsFolder: z.string().nullable(),
        }),
      ),
    }),
  }),
}

export const workspaceCommands = {
  /** First start: makes the keys, the store and the owner, and signs the owner in. */
  'workspace.create': command({
    access: 'public',
    input: z.strictObject({
      ownerName: line(80),
      password,
      /** Only where the keychain is unavailable. */
      passphrase: password.nullable().default(null),
    }),
    secrets: ['password', 'passphrase'],
    output: done,
  }),
  'workspace.unseal': command({
    access: 'public',
    /** Null: of a locked vault whose keys the keychain has. */
    input: z.strictObject({ passphrase: password.nullable().default(null) }),
    secrets: ['passphrase'],
    output: done,
  }),
  /**
   * Wipes the keys, ends every session and closes the store: nothing is read or written any more,
   * OLTs included, until it is opened again.
   */
  'workspace.lockVault': command({
    access: 'workspace.vault.lock',
    input: nothing,
    output: done,
  }),
  /**
   * Another store key and another vault key, and everything sealed anew. The workspace is closed
   * for that, and opens again by itself: seconds without readings. Killed meanwhile, it opens with
   * whichever keys its store then has. 'wrong-passphrase', 'disk-full': all is as it was.
   */
  'workspace.rotateKeys': command({
    access: 'workspace.keys.rotate',
    stepUp: true,
    /** Of the workspace, where a passphrase seals its keys. */
    input: z.strictObject({ passphrase: password.nullable().default(null) }),
    secrets: ['passphrase'],
    output: done,
  }),
  /** Leaves this workspace untouched and opens a throw-away one on the simulated plant. */
  'workspace.lookAround': command({ access: 'session', input: nothing, output: done }),
  /** Ends the look around and returns to the user's own workspace. */
  'workspace.leaveLookAround': command({ access: 'session', input: nothing, output: done }),
  /**
   * Leaves this workspace for another one: ends every session, closes the devices' sessions, and
   * the windows stand at the other one's door. Refused while a screen is locked. Where the other
   * one would not open ('workspace-folder-gone', 'workspace-in-use', 'key-missing' …) all is as it
   * was.
   */
  'workspace.switch': command({
    access: 'public',
    input: z.strictObject({ id: uuid }),
    output: done,
  }),
  /** Lists another one, empty: `workspace.switch` leads to its first start. */
  'workspace.add': command({
    access: 'public',
    input: z.strictObject({ name: workspaceName }),
    output: z.object({ id: uuid }),
  }),
  /** The one that is open. */
  'workspace.rename': command({
    access: 'workspace.workspace.rename',
    input: z.strictObject({ name: workspaceName }),
    output: done,
  }),
  /** Takes one off the list whose folder is gone, or in which nothing was ever made. */
  'workspace.forget': command({
    access: 'public',
    input: z.strictObject({ id: uuid }),
    output: done,
  }),
  /**
   * Destroys the keys of this workspace, so that what was written with them can be read no more,
   * then removes it from this machine; the console goes on to another one. Confirmed outside the
   * page by the workspace's name. Backups in a folder of the owner's choice stay.
   * 'workspace-keys-shared', 'confirmation-refused', 'keychain-unavailable': nothing was touched.
   */
  'workspace.wipe': command({
    access: 'workspace.workspace.wipe',
    stepUp: true,
    input: nothing,
    output: done,
  }),
  /** Stops a long call by the name its caller gave it. */
  'workspace.cancel': command({
    // Of this client's own calls alone: a restore is called off before anybody has signed in.
    access: 'public',
    input: z.strictObject({ taskId }),
    output: done,
  }),
}

export const workspaceEvents = {
  'workspace.statusChanged': event({
    access: 'public',
    delivery: 'latest',
    payload: workspaceStatus,
  }),
  /** The person has clicked on a notification: go there. */
  'workspace.openRoute': event({
    access: 'session',
    delivery: 'latest',
    payload: z.object({ route: z.string().max(200) }),
  }),
  'workspace.progress': event({
    access: 'public',
    delivery: 'latest',
    payload: z.object({
      taskId,
      /** What is being done: a key of the renderer's locales under `progress`. */
      step: z.string(),
      done: z.number(),
      total: z.number().nullable(),
    }),
  }),
}
