import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkspaceStatus } from '../../src-shared/contract/workspace.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { Protection } from '../vault/vault.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { ChosenFiles } from './chosen-files.ts'
import { openFile, toldView } from './open-file.ts'
import { presentIn } from './present.ts'
import {
  stageRestore,
  takeRestored,
  type RestorePorts,
  type RestoreStep,
  type Staged,
} from './restore.ts'

/** What the door of the workspace does for a restore (workspace/workspace.ts). */
export interface WorkspaceDoor {
  readonly state: () => WorkspaceStatus['state']
  /** The keychain, or the passphrase where there is none. Throws 'password-too-weak'. */
  readonly protectionFor: (passphrase: string | null) => Protection
  /**
   * Closes what is open, lets `work` change what lies in the folder, and opens it again: with the
   * keys that `work` gives, or, where it fails, with those of before. Throws what `work` throws.
   */
  readonly reopen: (
    work: () => Promise<WorkspaceKeys | null>,
    as?: 'restoring' | 'packing',
  ) => Promise<void>
}

export interface RestoreDoorOptions extends RestorePorts {
  readonly dir: string
  readonly isSimulated: boolean
  readonly files: ChosenFiles
  readonly door: WorkspaceDoor
  /** Those of a workspace that has a store which does not open; null: nobody has them. */
  readonly presentKeys: () => Promise<WorkspaceKeys | null>
}

type DoorCommand = 'restore.choose' | 'restore.preview' | 'restore.run'

const steps: readonly RestoreStep[] = ['unpack', 'settle', 'keys']

export const tellSteps =
  (taskId: string | undefined, context: Pick<CallContext, 'progress'>) =>
  (step: RestoreStep): void => {
    if (taskId !== undefined) context.progress(taskId, step, steps.indexOf(step), steps.length)
  }

/** Restoring on a machine where nobody can sign in yet. */
export const createRestoreDoor = (
  options: RestoreDoorOptions,
): { readonly commands: CommandHandlers<DoorCommand> } => {
  const { dir, files, door } = options

  // SECURITY: where somebody can sign in, a restore is his who signs in and may.
  const refuseBehindTheDoor = (): void => {
    const state = door.state()
    if (options.isSimulated || (state !== 'new' && state !== 'failed')) {
      throw new NocturneError('already-set-up')
    }
  }

  const run = async (
    path: string,
    secret: string,
    protection: Protection,
    call: { readonly signal: AbortSignal; readonly onStep: (step: RestoreStep) => void },
  ) => {
    const isThere = existsSync(join(dir, 'keys.json')) || existsSync(join(dir, 'store.db'))
    const { source, wipe } = await openFile(path, secret, options)
    let staged: Staged
    try {
      const how = isThere ? 'in-place' : 'new'
      staged = await stageRestore({ ...options, ...call, source, how })
    } finally {
      wipe()
    }
    let keptAs: string | null = null
    await door.reopen(async () => {
      const own = isThere ? await options.presentKeys() : null
      try {
        const present = own === null ? null : presentIn(dir, own)
        const taken = await takeRestored(staged, { ...options, protection, present })
        ;({ keptAs } = taken.restored)
        return taken.keys
      } finally {
        own?.wipe()
      }
    })
    return keptAs
  }

  return {
    commands: {
      'restore.choose': async (_, context) => {
        refuseBehindTheDoor()
        const out = { file: await files.choose(context) }
        return { apply: () => out, outside: () => out }
      },

      'restore.preview': async ({ fileId, secret }, context) => {
        refuseBehindTheDoor()
        const path = files.path(context.clientId, fileId)
        const opened = await openFile(path, secret, options)
        try {
          const out = toldView(await opened.view(context.signal))
          return { apply: () => out, outside: () => out }
        } finally {
          opened.wipe()
        }
      },

      'restore.run': async ({ fileId, secret, passphrase, taskId }, context) => {
        refuseBehindTheDoor()
        const path = files.path(context.clientId, fileId)
        // The refusal first: nothing is unpacked for a passphrase that will not do.
        const protection = door.protectionFor(passphrase)
        const call = { signal: context.signal, onStep: tellSteps(taskId, context) }
        const out = { keptAs: await run(path, secret, protection, call) }
        return { apply: () => out, outside: () => out }
      },
    },
  }
}
