import type { WorkspaceStatus } from '../../src-shared/contract/workspace.ts'
import type { Problem } from '../../src-shared/contract/common.ts'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Log } from '../engine/log.ts'
import type { Keychain } from '../vault/keychain.ts'
import { asDoorError } from '../store/store-errors.ts'
import { createKeys, inspectWorkspace, type Protection } from '../vault/vault.ts'
import type { ChainProof } from '../store/backup.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { openKeys, rotateKeys } from './rotation.ts'

/**
 * The door of the workspace: what stands in the folder, and how it is opened. Everything behind
 * the door (store, capabilities) is made by `open`, which the engine gives.
 */

export interface Owner {
  readonly name: string
  readonly password: string
}

export interface WorkspaceDependencies {
  readonly dir: string
  readonly mode: 'own' | 'simulated'
  readonly keychain: Keychain
  readonly host: WorkspaceStatus['host']
  readonly log: Log
  readonly newId: () => string
  /** Opens store and capabilities with these keys, which it owns from then on. */
  readonly open: (keys: WorkspaceKeys) => void
  /** Ends the work, closes store and capabilities and wipes their keys. */
  readonly close: () => Promise<void>
  /** Nobody is signed in any more. */
  readonly endSessions: () => void
  readonly proveChain: (keys: WorkspaceKeys) => ChainProof
  readonly clock: { readonly now: () => number }
  /** What the wall clock showed before it was set back, wall ms; null: it was not. */
  readonly clockWas?: () => number | null
  /** Tells in the trail of the open workspace what was done to it from outside. */
  readonly record: (name: string) => void
  /** Why it is not even looked at; null: it may be. May throw, as opening it may. */
  readonly problemHere: () => Problem | null
  /** Told with the id of the keys that have opened it. */
  readonly opened: (workspaceId: string) => void
  readonly isOpen: () => boolean
  /** Those of the open one, copied; null: none is open. The caller wipes them. */
  readonly copyKeys: () => WorkspaceKeys | null
  readonly hasOwner: () => boolean
  /** Checks and hashes; returns the command's plan that adds the owner and signs him in. */
  readonly planOwner: (
    owner: Owner,
    context: Pick<CallContext, 'clientId'>,
  ) => ReturnType<CommandHandlers<'workspace.create'>['workspace.create']>
  /** Begins the work of an opened workspace that has an owner. */
  readonly begin: () => void
  readonly cancelTask: (clientId: number, taskId: string) => void
  readonly switchTo: (target: 'simulated' | 'own') => void
  readonly statusChanged: (status: WorkspaceStatus) => void
}

type WorkspaceCommand =
  | 'workspace.create'
  | 'workspace.unseal'
  | 'workspace.lockVault'
  | 'workspace.rotateKeys'
  | 'workspace.lookAround'
  | 'workspace.leaveLookAround'
  | 'workspace.cancel'

export interface Workspace {
  readonly queries: QueryHandlers<'workspace.status'>
  readonly commands: CommandHandlers<WorkspaceCommand>
  status(): WorkspaceStatus
  /** How keys are sealed on this machine. Throws 'password-too-weak'. */
  protectionFor(passphrase: string | null): Protection
  /**
   * Closes what is open, lets `work` change what lies in the folder, and opens it again: with the
   * keys that `work` gives, or, where it gives none or fails, with those of before. Throws what
   * `work` throws.
   */
  reopen(work: () => Promise<WorkspaceKeys | null>, as?: 'restoring' | 'packing'): Promise<void>
  /** Looks at the folder and opens it where the keychain holds the key. Never throws. */
  start(): Promise<void>
  /** Ends every session, closes it and does that; opens it again where it throws. */
  whileClosed(work: () => Promise<void>): Promise<void>
}

export const minPassphraseLength = 12

export const createWorkspace = (deps: WorkspaceDependencies): Workspace => {
  let state: WorkspaceStatus['state'] = 'new'
  let problem: Problem | null = null
  let busy = false

  const status = (): WorkspaceStatus => {
    const clockWas = deps.clockWas?.() ?? null
    return {
      state,
      mode: deps.mode,
      keychain: deps.keychain.kind === 'none' ? 'unavailable' : 'available',
      problem,
      ...(clockWas === null ? {} : { clockWas }),
      host: deps.host,
    }
  }

  const settle = (next: WorkspaceStatus['state'], why: Problem | null = null): void => {
    state = next
    problem = why
    deps.statusChanged(status())
  }

  /** Said with its next step; what was opened half is closed, so that a next try finds the door free. */
  const fail = async (thrown: unknown): Promise<void> => {
    await deps.close().catch((error: unknown) => {
      deps.log.error('what was opened half could not be closed', { error })
    })
    const error = asDoorError(thrown)
    if (isNocturneError(error)) return settle('failed', { code: error.code, params: error.params })
    deps.log.error('the workspace cannot be opened', { error })
    return settle('failed', { code: 'internal', params: {} })
  }

  const open = (keys: WorkspaceKeys): void => {
    deps.open(keys)
    deps.opened(keys.workspaceId)
  }

  const enter = (keys: WorkspaceKeys): void => {
    open(keys)
    if (deps.hasOwner()) {
      settle('ready')
      deps.begin()
    } else settle('new')
  }

  /** One opening at a time: a second click must not make a second set of keys. */
  const alone = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (busy) throw new NocturneError('conflict', { what: 'workspace' })
    busy = true
    try {
      return await work()
    } finally {
      busy = false
    }
  }

  const protectionFor = (passphrase: string | null): Protection => {
    if (deps.keychain.kind !== 'none') return { backend: 'os-keychain', keychain: deps.keychain }
    if (passphrase === null || passphrase.length < minPassphraseLength) {
      throw new NocturneError('password-too-weak', {
        what: 'passphrase',
        min: minPassphraseLength,
      })
    }
    return { backend: 'passphrase', passphrase }
  }

  const ownKeys = (passphrase: string | null): Promise<WorkspaceKeys> =>
    createKeys(deps.dir, deps.newId(), protectionFor(passphrase))

  const secretFor = (passphrase: string | null) => ({
    keychain: deps.keychain,
    ...(passphrase === null ? {} : { passphrase }),
  })

  const sealedState = (): 'sealed' | 'needs-passphrase' =>
    inspectWorkspace(deps.dir, deps.keychain).state === 'needs-passphrase'
      ? 'needs-passphrase'
      : 'sealed'

  const refuseUnlessOwn = (): void => {
    // A simulated one protects nothing, and its keys live as long as it does.
    if (deps.mode === 'simulated') throw new NocturneError('conflict', { what: 'workspace' })
  }

  /** Whatever comes of it, the workspace is open again, or says why it is not. */
  const changeKeys = async (passphrase: string | null): Promise<void> => {
    settle('changing-keys')
    let failure: unknown = null
    try {
      await deps.close()
      const rotated = await rotateKeys({
        ...secretFor(passphrase),
        dir: deps.dir,
        now: deps.clock.now(),
        proveChain: deps.proveChain,
      })
      rotated.wipe()
    } catch (error) {
      failure = error
    }
    try {
      enter(await openKeys(deps.dir, secretFor(passphrase)))
      if (failure === null) deps.record('workspace.keysRotated')
    } catch (error) {
      await fail(error)
      throw asDoorError(error)
    }
    if (failure !== null) throw asDoorError(failure)
  }

  const start = async (): Promise<void> => {
    try {
      const gone = deps.problemHere()
      if (gone !== null) return settle('failed', gone)
      const seal = inspectWorkspace(deps.dir, deps.keychain)
      switch (seal.state) {
        case 'new':
          settle('new')
          break
        case 'needs-passphrase':
          settle('needs-passphrase')
          break
        case 'refused':
          settle('failed', { code: seal.code, params: seal.params })
          break
        case 'sealed-by-keychain':
          enter(await openKeys(deps.dir, { keychain: deps.keychain }))
          break
      }
    } catch (error) {
      await fail(error)
    }
  }

  const reopen = async (
    work: () => Promise<WorkspaceKeys | null>,
    as: 'restoring' | 'packing',
  ): Promise<void> => {
    const before = deps.copyKeys()
    // At the door its form stays in sight: it tells what came of it.
    if (before !== null) settle(as)
    let next: WorkspaceKeys | null = null
    let failure: unknown = null
    try {
      await deps.close()
      next = await work()
    } catch (error) {
      failure = error
    }
    const keys = next ?? before
    if (next !== null) before?.wipe()
    try {
      if (keys === null) await start()
      else enter(keys)
    } catch (error) {
      await fail(error)
      throw failure ?? error
    }
    if (failure !== null) throw failure
  }

  return {
    status,
    start,
    protectionFor,
    reopen: (work, as = 'restoring') => alone(() => reopen(work, as)),

    whileClosed: (work) =>
      alone(async () => {
        refuseUnlessOwn()
        deps.endSessions()
        settle('wiping')
        try {
          await deps.close()
          await work()
        } catch (error) {
          await start()
          throw error
        }
      }),

    queries: { 'workspace.status': () => status() },

    commands: {
      'workspace.create': ({ ownerName, password, passphrase }, context) =>
        alone(async () => {
          if (state !== 'new' || (deps.isOpen() && deps.hasOwner())) {
            throw new NocturneError('already-set-up')
          }
          // The refusals first: nothing is made for a password that will not do.
          if (!deps.isOpen()) protectionFor(passphrase)
          const plan = await deps.planOwner({ name: ownerName, password }, context)
          if (!deps.isOpen()) open(await ownKeys(passphrase))
          return {
            apply: plan.apply,
            after: async (out) => {
              await plan.after?.(out)
              settle('ready')
              deps.begin()
            },
          }
        }),

      'workspace.unseal': ({ passphrase }) =>
        alone(async () => {
          if (state === 'failed') {
            // Once more from the beginning: what stood in the way may be gone.
            await start()
            if (problem !== null) throw new NocturneError(problem.code, problem.params)
            if (!deps.isOpen()) throw new NocturneError('workspace-sealed')
            return { apply: () => ({}) }
          }
          if (state !== 'needs-passphrase' && state !== 'sealed') {
            throw new NocturneError('conflict', { what: 'workspace' })
          }
          enter(await openKeys(deps.dir, secretFor(passphrase)))
          return { apply: () => ({}) }
        }),

      'workspace.lockVault': () => {
        refuseUnlessOwn()
        return {
          apply: () => ({}),
          after: () =>
            alone(async () => {
              // SECURITY: first nobody may ask any more, then nothing is left to be asked for.
              deps.endSessions()
              settle(sealedState())
              await deps.close()
            }),
        }
      },

      'workspace.rotateKeys': async ({ passphrase }) => {
        refuseUnlessOwn()
        if (passphrase !== null || sealedState() === 'needs-passphrase') {
          // The refusal first: a wrong passphrase closes nothing.
          const keys = await openKeys(deps.dir, secretFor(passphrase))
          keys.wipe()
        }
        return { apply: () => ({}), after: () => alone(() => changeKeys(passphrase)) }
      },

      'workspace.lookAround': () => {
        if (deps.mode === 'simulated') throw new NocturneError('conflict', { what: 'workspace' })
        return { apply: () => ({}), after: () => deps.switchTo('simulated') }
      },

      'workspace.leaveLookAround': () => {
        if (deps.mode !== 'simulated') throw new NocturneError('conflict', { what: 'workspace' })
        return { apply: () => ({}), after: () => deps.switchTo('own') }
      },

      'workspace.cancel': ({ taskId }, context) => ({
        apply: () => ({}),
        outside: () => ({}),
        after: () => deps.cancelTask(context.clientId, taskId),
      }),
    },
  }
}
