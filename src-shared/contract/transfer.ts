import { z } from 'zod'
import { done, line, nothing, password, taskId } from './common.ts'
import { command } from './define.ts'

/**
 * Carrying the whole workspace to another machine: one encrypted file that holds what a backup does
 * not (history, own families, map). Taken in where backups are: contract/restore.ts.
 */

/** move: this one is marked as moved and does nothing any more; copy: it goes on. */
export const transferAct = z.enum(['move', 'copy'])
export type TransferAct = z.output<typeof transferAct>

export const transferCommands = {
  /**
   * Writes the file and proves it by reading it back; the workspace is closed for that, and opens
   * again by itself. Confirmed outside the page. `passphrase` null: a one-time key is made and shown
   * once, outside the page. Progress: `gather`, then `pack` and `proof` in bytes. 'folder-gone',
   * 'folder-not-writable', 'folder-inside-workspace', 'disk-full', 'password-too-weak', 'store-damaged',
   * 'confirmation-refused', 'workspace-quiet' (a copy is not moved on before its owner has answered),
   * 'cancelled': no file is left and nothing has changed.
   */
  'transfer.make': command({
    access: 'workspace.transfer.make',
    stepUp: true,
    input: z.strictObject({
      /** An absolute path of this machine. */
      folder: line(1000),
      act: transferAct,
      passphrase: password.nullable().default(null),
      taskId: taskId.optional(),
    }),
    secrets: ['passphrase'],
    output: z.object({ path: z.string() }),
  }),
  /** The owner says that the workspace was not moved after all, or is home again: it works here. */
  'workspace.takeBack': command({
    access: 'workspace.standing.decide',
    stepUp: true,
    input: nothing,
    output: done,
  }),
}
