import { join, resolve } from 'node:path'
import type { Problem } from '../../src-shared/contract/common.ts'
import type { WorkspaceEntry } from '../../src-shared/contract/workspace.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Confirm } from '../engine/confirm.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Log } from '../engine/log.ts'
import type { WorkspacesPort } from '../engine/workspaces-port.ts'
import type { ChainProof } from '../store/backup.ts'
import { lockWorkspace } from '../store/workspace-lock.ts'
import type { Keychain } from '../vault/keychain.ts'
import { inspectWorkspace, unsealKeys } from '../vault/vault.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { isFolderGone, isSetUp, type RegisteredWorkspace, type Registry } from './registry.ts'
import { rotateKeys } from './rotation.ts'
import { createWipeCommand, type WipeDependencies } from './wipe-command.ts'
import { finishWipe } from './wipe.ts'

/** The door that leads to the other workspaces of this machine. */

export interface WorkspacesDependencies {
  /** Null: this host knows one workspace alone. */
  readonly registry: Registry | null
  /** The folder of the one that this engine has. */
  readonly dir: string
  readonly keychain: Keychain
  readonly clock: { readonly now: () => number }
  readonly log: Log
  readonly proveChain: (keys: WorkspaceKeys) => ChainProof
  /** Somebody's screen is locked. */
  readonly isLocked: () => boolean
  readonly endSessions: () => void
  readonly confirm: Confirm
  readonly backups: WipeDependencies['backups']
  readonly whileClosed: WipeDependencies['whileClosed']
  readonly switchTo: (target: { readonly workspaceDir: string }) => void
}

type WorkspacesCommand =
  | 'workspace.switch'
  | 'workspace.add'
  | 'workspace.rename'
  | 'workspace.forget'
  | 'workspace.wipe'

export interface Workspaces {
  readonly queries: QueryHandlers<'workspace.list'>
  readonly commands: CommandHandlers<WorkspacesCommand>
  /** Null: there is no list. */
  readonly port: WorkspacesPort | null
  /** The one of this engine has been opened. Never throws. */
  opened(workspaceId: string): void
  /** Brings every wiping to its end that was broken off. Never throws. */
  finishWipes(): Promise<void>
  /** Why the one of this engine is not even looked at; null: it may be. */
  problemHere(): Problem | null
}

const folderGone = ({ name, dir }: RegisteredWorkspace): NocturneError =>
  new NocturneError('workspace-folder-gone', { name, folder: dir })

export const createWorkspaces = (deps: WorkspacesDependencies): Workspaces => {
  const { registry } = deps
  const here = resolve(deps.dir)

  const theRegistry = (): Registry => {
    if (registry === null) throw new NocturneError('conflict', { what: 'workspaces' })
    return registry
  }

  const problemOf = (entry: RegisteredWorkspace): Problem | null => {
    if (isFolderGone(entry)) {
      const { code, params } = folderGone(entry)
      return { code, params }
    }
    const seal = inspectWorkspace(entry.dir, deps.keychain)
    return seal.state === 'refused' ? { code: seal.code, params: seal.params } : null
  }

  const view = (entry: RegisteredWorkspace): WorkspaceEntry => ({
    id: entry.id,
    name: entry.name,
    folder: entry.dir,
    lastOpenedAt: entry.lastOpenedAt,
    isCurrent: entry.dir === here,
    isNew: entry.workspaceId === null && !isSetUp(entry.dir),
    problem: problemOf(entry),
  })

  /** What its own start would refuse, said before this one is left. */
  const refuseUnlessOpens = async (entry: RegisteredWorkspace): Promise<void> => {
    const problem = problemOf(entry)
    if (problem !== null) throw new NocturneError(problem.code, problem.params)
    if (!isSetUp(entry.dir)) return
    lockWorkspace(join(entry.dir, 'store.db'))()
    if (inspectWorkspace(entry.dir, deps.keychain).state !== 'sealed-by-keychain') return
    const keys = await unsealKeys(entry.dir, { keychain: deps.keychain })
    keys.wipe()
  }

  // SECURITY: a locked screen keeps whoever sits before it from ending the other's work.
  const refuseWhileLocked = (): void => {
    if (deps.isLocked()) throw new NocturneError('session-locked')
  }

  const leaveFor = (dir: string): void => {
    deps.endSessions()
    deps.switchTo({ workspaceDir: dir })
  }

  return {
    queries: {
      'workspace.list': () => ({
        workspaces: registry?.list().map(view) ?? [],
        wiped:
          registry?.allWiped().map(({ id, name, at, backupsFolder }) => ({
            id,
            name,
            at,
            backupsFolder,
          })) ?? [],
      }),
    },

    commands: {
      ...createWipeCommand({ ...deps, dir: here }),

      'workspace.switch': async ({ id }) => {
        refuseWhileLocked()
        const entry = theRegistry().byId(id)
        if (entry.dir === here) throw new NocturneError('conflict', { what: 'workspace' })
        await refuseUnlessOpens(entry)
        return { apply: () => ({}), outside: () => ({}), after: () => leaveFor(entry.dir) }
      },

      'workspace.add': ({ name }) => {
        refuseWhileLocked()
        const add = () => ({ id: theRegistry().make(name).id })
        return { apply: add, outside: add }
      },

      'workspace.rename': ({ name }) => {
        const current = theRegistry().byDir(here)
        if (current === null) throw new NocturneError('not-found', { what: 'workspace' })
        return {
          apply: () => {
            theRegistry().rename(current.id, name)
            return {}
          },
        }
      },

      'workspace.forget': ({ id }) => {
        refuseWhileLocked()
        const entry = theRegistry().byId(id)
        const isNothing = isFolderGone(entry) || !isSetUp(entry.dir)
        if (entry.dir === here || !isNothing) {
          throw new NocturneError('conflict', { what: 'workspace' })
        }
        const drop = () => {
          theRegistry().drop(id)
          return {}
        }
        return { apply: drop, outside: drop }
      },
    },

    port:
      registry === null
        ? null
        : {
            make: (name) => registry.make(name),
            async renewKeys(id, passphrase) {
              const rotated = await rotateKeys({
                dir: registry.byId(id).dir,
                keychain: deps.keychain,
                ...(passphrase === null ? {} : { passphrase }),
                now: deps.clock.now(),
                proveChain: deps.proveChain,
              })
              rotated.wipe()
            },
            drop: registry.drop,
            open: (id) => leaveFor(registry.byId(id).dir),
          },

    opened(workspaceId) {
      try {
        registry?.opened(here, workspaceId)
      } catch (error) {
        // A list that cannot be written keeps nobody from his work.
        deps.log.error('the list of workspaces could not be written', { error })
      }
    },

    async finishWipes() {
      for (const dir of registry?.wiping() ?? []) {
        try {
          if (registry === null) return
          await finishWipe({ dir, registry, keychain: deps.keychain })
          deps.log.warn('the wiping of a workspace was brought to its end')
        } catch (error) {
          // Its mark stays: the next start tries again, and nothing opens it meanwhile.
          deps.log.error('a workspace could not be wiped to its end', { error })
        }
      }
    },

    problemHere() {
      const current = registry?.byDir(here) ?? null
      return current !== null && isFolderGone(current) ? problemOf(current) : null
    },
  }
}
