import { isDeepStrictEqual } from 'node:util'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Confirm, WipeFacts } from '../engine/confirm.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import type { Keychain } from '../vault/keychain.ts'
import { keyMarkIn } from '../vault/vault.ts'
import type { Registry, RegisteredWorkspace } from './registry.ts'
import { foldersBeside, wipeWorkspace } from './wipe.ts'

export interface WipeDependencies {
  readonly registry: Registry | null
  readonly dir: string
  readonly keychain: Keychain
  readonly clock: { readonly now: () => number }
  readonly confirm: Confirm
  /** Of the open workspace: a folder of the owner's choice, and whether its backups open without it. */
  readonly backups: () => { readonly folder: string | null; readonly opensElsewhere: boolean }
  /** Ends every session, closes the workspace and does it; opens it again where that throws. */
  readonly whileClosed: (work: () => Promise<void>) => Promise<void>
  readonly switchTo: (target: { readonly workspaceDir: string }) => void
}

/** Where the console goes from one that is no more. */
const nextAfter = (registry: Registry, dir: string): string =>
  registry.list().find((each) => each.dir !== dir)?.dir ?? registry.firstDir

export const createWipeCommand = (
  deps: WipeDependencies,
): Pick<CommandHandlers<'workspace.wipe'>, 'workspace.wipe'> => {
  const { registry, dir } = deps

  const here = (): RegisteredWorkspace => {
    const entry = registry?.byDir(dir) ?? null
    if (entry === null) throw new NocturneError('conflict', { what: 'workspaces' })
    return entry
  }

  /** A copy that opens with the same keys would go with this one, or keep it readable. */
  const refuseSharedKeys = (): void => {
    const mark = keyMarkIn(dir)
    const other = registry
      ?.list()
      .find((each) => each.dir !== dir && mark !== null && keyMarkIn(each.dir) === mark)
    if (other !== undefined) throw new NocturneError('workspace-keys-shared', { name: other.name })
  }

  const factsNow = (): WipeFacts & { readonly name: string } => {
    const { folder, opensElsewhere } = deps.backups()
    return {
      name: here().name,
      folder: dir,
      backupsInside: countIn(join(dir, 'backups')),
      keptFolders: foldersBeside(dir).length,
      backupsFolder: folder,
      opensElsewhere,
    }
  }

  return {
    'workspace.wipe': async (_input, { clientId, session, signal }) => {
      refuseSharedKeys()
      const facts = factsNow()
      const { name, ...wipe } = facts
      const confirmed = await deps.confirm(
        clientId,
        {
          action: 'wipe-workspace',
          risk: 'destructive',
          how: 'type-name',
          expected: name,
          change: 'wipe',
          olts: [],
          onus: 0,
          samples: [],
          lines: [],
          serviceLossS: null,
          by: session?.name ?? '',
          wipe,
        },
        signal,
      )
      if (!confirmed) throw new NocturneError('confirmation-refused')
      // SECURITY: a "yes" holds for what was read, minutes ago, and for nothing else.
      if (!isDeepStrictEqual(factsNow(), facts)) {
        throw new NocturneError('conflict', { what: 'workspace' })
      }
      return {
        apply: () => ({}),
        after: async () => {
          const { id, workspaceId } = here()
          const at = deps.clock.now()
          const by = session?.accountId ?? ''
          const record = { id, workspaceId, name, at, by, backupsFolder: facts.backupsFolder }
          await deps.whileClosed(async () => {
            if (registry === null) return
            await wipeWorkspace({ dir, registry, keychain: deps.keychain }, record)
            deps.switchTo({ workspaceDir: nextAfter(registry, dir) })
          })
        },
      }
    },
  }
}

const countIn = (folder: string): number =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.backup')).length : 0
