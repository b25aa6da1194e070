import { dirname } from 'node:path'
import type { Input } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Confirm } from '../engine/confirm.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { ChosenFiles } from './chosen-files.ts'
import { toldView, type OpenedFile } from './open-file.ts'
import { presentOf } from './present.ts'
import { tellSteps, type WorkspaceDoor } from './restore-door.ts'
import { stageRestore, takeRestored, type RestorePorts, type Staged } from './restore.ts'

/** The other workspaces of this machine (engine/workspaces-port.ts). */
interface OtherWorkspaces {
  make(name: string): { readonly id: string; readonly dir: string }
  drop(id: string): void
  open(id: string): void
}

export interface RestoreCommandsOptions extends RestorePorts {
  /** The workspace's own folder. */
  readonly dir: string
  readonly workspaceId: string
  readonly reader: StoreReader
  readonly files: ChosenFiles
  readonly door: WorkspaceDoor
  readonly confirm: Confirm
  /** Null: this console knows one workspace alone. */
  readonly workspaces: OtherWorkspaces | null
  readonly endSessions: () => void
  /** Throws 'not-found'. */
  readonly pathOf: (source: Source, clientId: number) => string
  /** By what was typed, or by the workspace's own keys. */
  readonly open: (path: string, secret: string | null) => Promise<OpenedFile>
  /** Until it ends nothing is closed. */
  readonly tracked: <Result>(work: Promise<Result>) => Promise<Result>
  readonly signalOf: (signal: AbortSignal) => AbortSignal
}

type Source = Input<'backups.preview'>['source']
type Command = 'backups.choose' | 'backups.preview' | 'backups.restore'

/** Looking into a backup and restoring it, for who is signed in and may. */
export const createRestoreCommands = (
  options: RestoreCommandsOptions,
): CommandHandlers<Command> => {
  const { door, reader, workspaceId } = options

  const preview = async (path: string, secret: string | null, signal: AbortSignal) => {
    const opened = await options.open(path, secret)
    try {
      const out = toldView(await opened.view(options.signalOf(signal)))
      return { apply: () => out }
    } finally {
      opened.wipe()
    }
  }

  /** SECURITY: a "yes" outside the page, to what has been unpacked and proved already. */
  const confirmed = async (
    { createdAt }: Staged,
    { kind }: OpenedFile['source'],
    { into }: Input<'backups.restore'>,
    { clientId, session, signal }: CallContext,
  ): Promise<void> => {
    const isNew = into.kind === 'new'
    const yes = await options.confirm(
      clientId,
      {
        action:
          kind === 'transfer'
            ? (`take-in-${into.kind}` as const)
            : isNew
              ? 'restore-new'
              : 'restore-in-place',
        risk: isNew ? 'disruptive' : 'destructive',
        how: 'confirm',
        expected: '',
        change: 'restore',
        olts: [],
        onus: 0,
        samples: [],
        lines: [],
        serviceLossS: null,
        about: {
          made: { at: createdAt },
          into: isNew ? into.name : dirname(options.dir),
        },
        by: session?.name ?? '',
      },
      signal,
    )
    if (!yes) throw new NocturneError('confirmation-refused')
  }

  const restore = async (input: Input<'backups.restore'>, context: CallContext) => {
    const { source, secret, into, passphrase, taskId } = input
    const path = options.pathOf(source, context.clientId)
    // The refusals first: nothing is unpacked for what will not do.
    const protection = door.protectionFor(passphrase)
    if (into.kind === 'new' && options.workspaces === null) {
      throw new NocturneError('conflict', { what: 'workspaces' })
    }
    const opened = await options.open(path, secret)
    let made: { readonly id: string; readonly dir: string } | null = null
    let staged: Staged | null = null
    const undo = (): void => {
      staged?.drop()
      if (made !== null) options.workspaces?.drop(made.id)
    }
    try {
      made = into.kind === 'new' ? (options.workspaces?.make(into.name) ?? null) : null
      const dir = made?.dir ?? options.dir
      staged = await stageRestore({
        ...options,
        source: opened.source,
        dir,
        how: into.kind,
        onStep: tellSteps(taskId, context),
        signal: options.signalOf(context.signal),
      })
      await confirmed(staged, opened.source, input, context)
    } catch (error) {
      undo()
      throw error
    } finally {
      opened.wipe()
    }
    const ready = staged
    const { id, dir } = made ?? { id: null, dir: options.dir }
    const take = async (): Promise<WorkspaceKeys> => {
      const present = id === null ? presentNow : null
      return (await takeRestored(ready, { ...options, protection, present })).keys
    }
    let presentNow: ReturnType<typeof presentOf> | null = null
    return {
      apply: () => ({ folder: dir }),
      after: async () => {
        try {
          if (id !== null) {
            ;(await take()).wipe()
            options.workspaces?.open(id)
            return
          }
          // Of the last moment: whoever was erased until now is erased again.
          presentNow = presentOf(workspaceId, reader)
          options.endSessions()
          await door.reopen(take)
        } catch (error) {
          undo()
          throw error
        }
      },
    }
  }

  return {
    'backups.choose': async (_, context) => {
      const out = { file: await options.files.choose(context) }
      return { apply: () => out }
    },
    'backups.preview': ({ source, secret }, context) =>
      options.tracked(preview(options.pathOf(source, context.clientId), secret, context.signal)),
    'backups.restore': (input, context) => options.tracked(restore(input, context)),
  }
}
