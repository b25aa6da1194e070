import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupWayKind } from '../../src-shared/contract/backup-model.ts'
import type { Problem } from '../../src-shared/contract/common.ts'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { Log } from '../engine/log.ts'
import type { ShowSecret } from '../engine/secret-window.ts'
import { readLastBackup, type BackupStep } from '../store/backup.ts'
import type { Store } from '../store/open-store.ts'
import type { Transaction } from '../store/write-path.ts'
import { envelopeIn, wayByPassphrase, wayByRecoveryKey } from '../vault/backup-envelope.ts'
import { makeRecoveryKey } from '../vault/recovery-key.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import { createBackupKey } from './backup-key.ts'
import { isBackupName, listBackups, readyFolder } from './backup-folder.ts'
import { asRefusal, makeBackup, type BackupFile } from './make-backup.ts'
import { openFile, type OpenedFile } from './open-file.ts'
import { damagedBackup, headerOf } from './read-backup.ts'
import { createRestoreCommands, type RestoreCommandsOptions } from './restore-commands.ts'
import { nextDue } from './schedule.ts'
import type { CopyStore } from './store-work.ts'
import { createBackupReads, putMade, putProblem, putSettings } from './tables.ts'

export interface BackupsOptions extends Pick<
  RestoreCommandsOptions,
  | 'dir'
  | 'files'
  | 'door'
  | 'confirm'
  | 'workspaces'
  | 'endSessions'
  | 'proveChain'
  | 'classify'
  | 'reseal'
  | 'proveStore'
> {
  /** The usual one: made, for its owner alone, with the first backup. */
  readonly folder: string
  readonly store: Store
  /** The caller wipes them after `stop`. */
  readonly keys: WorkspaceKeys
  readonly copyStore: CopyStore
  /** False: another copy of the workspace may be at work, and its backups lie in the same folder. */
  readonly mayAct: () => boolean
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Pick<Log, 'error'>
  readonly emit: Emit
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  /** Shows a recovery key once, outside the page. */
  readonly showSecret: ShowSecret
}

type BackupsQuery = 'workspace.backups' | 'backups.settings'
type BackupsCommand =
  | 'workspace.backUp'
  | 'backups.configure'
  | 'backups.setPassphrase'
  | 'backups.makeRecoveryKey'
  | 'backups.removeWay'
  | 'backups.verify'
  | 'backups.choose'
  | 'backups.preview'
  | 'backups.restore'

export interface Backups {
  readonly queries: QueryHandlers<BackupsQuery>
  readonly commands: CommandHandlers<BackupsCommand>
  /** Of the person's choice, and whether they open without this workspace's keys. */
  stay(): { readonly folder: string | null; readonly opensElsewhere: boolean }
  /** Begins to make those that fall due. */
  start(): void
  /** Breaks a running one off and waits for it: then nothing reads the store or its key. */
  stop(): Promise<void>
}

const steps: readonly BackupStep[] = ['copy', 'write', 'prove']
/** How often it looks whether one is due. */
const lookMs = 60_000
/** After one that failed. */
const retryMs = 15 * 60_000

/** Copies of the store in a folder, each proved before an older one goes. */
export const createBackups = (options: BackupsOptions): Backups => {
  const { store, keys, clock, log } = options
  const reads = createBackupReads(store.reader)
  const backupKey = createBackupKey(store.reader, keys)
  const stopping = new AbortController()
  const working = new Set<Promise<unknown>>()
  let running: Promise<BackupFile> | null = null
  let failure: { at: number; problem: Problem } | null = null
  let callOff: () => void = () => undefined

  const changed = (): void => options.emit('backups.changed', {})
  const place = () => {
    const { folder } = reads.settings()
    return { folder: folder ?? options.folder, chosen: folder !== null }
  }

  /** Until it ends nothing is wiped. */
  const tracked = <Result>(work: Promise<Result>): Promise<Result> => {
    const kept = work.finally(() => working.delete(kept))
    working.add(kept)
    return kept
  }
  const signalOf = (signal: AbortSignal): AbortSignal => AbortSignal.any([stopping.signal, signal])
  const refuseWhileStopping = (): void => {
    if (stopping.signal.aborted) throw new NocturneError('engine-stopped')
  }

  const own = {
    store,
    reads,
    backupKey,
    keys,
    copyStore: options.copyStore,
    proveStore: options.proveStore,
    newId: options.newId,
    write: options.write,
    log,
  }

  /** Two who ask at once get the same one. */
  const makeOne = async (
    signal: AbortSignal,
    onStep: (step: BackupStep) => void,
  ): Promise<BackupFile> => {
    refuseWhileStopping()
    running ??= tracked(
      makeBackup(own, place(), { at: clock.now(), signal: signalOf(signal), onStep })
        .then((made) => {
          failure = null
          return made
        })
        .catch((error: unknown) => {
          throw asRefusal(error)
        })
        .finally(() => {
          running = null
          changed()
        }),
    )
    return running
  }

  const dueAt = (): number | null =>
    nextDue(reads.settings().schedule, readLastBackup(store.reader), clock.now())

  const look = (): void => {
    callOff = clock.after(lookMs, look)
    const due = options.mayAct() ? dueAt() : null
    if (due === null || due > clock.now() || running !== null) return
    if (failure !== null && Math.abs(clock.now() - failure.at) < retryMs) return
    makeOne(stopping.signal, () => undefined).catch((error: unknown) => {
      if (stopping.signal.aborted) return
      const known = isNocturneError(error)
      if (!known) log.error('a scheduled backup failed', { error })
      failure = {
        at: clock.now(),
        problem: known
          ? { code: error.code, params: error.params }
          : { code: 'internal', params: {} },
      }
      changed()
    })
  }

  /** The keys in one of ours: by the backup key, else as it lies there. The caller wipes them. */
  const ownKeysIn = async (path: string): Promise<{ keys: WorkspaceKeys; wipe: () => void }> => {
    const { keyEnvelope } = await headerOf(path)
    const envelope = damagedBackup(() => envelopeIn(keyEnvelope))
    const opened = envelope?.format === 2 ? backupKey.open(envelope) : null
    return opened === null
      ? { keys, wipe: () => undefined }
      : { keys: opened, wipe: () => opened.wipe() }
  }

  const ownPath = (name: string): string => {
    // SECURITY: a name of ours and nothing else, so that no path can be made of it.
    if (!isBackupName(name)) throw new NocturneError('not-found', { what: 'file' })
    return join(place().folder, name)
  }

  const open = async (path: string, secret: string | null): Promise<OpenedFile> => {
    refuseWhileStopping()
    return openFile(path, secret, { proveStore: options.proveStore, ownKeys: ownKeysIn })
  }

  const verify = async (name: string, { signal }: CallContext) => {
    const path = ownPath(name)
    const at = clock.now()
    try {
      const opened = await open(path, null)
      const { contents, bytes } = await opened.view(signalOf(signal)).finally(opened.wipe)
      const header = await headerOf(path)
      return {
        apply(tx: Transaction) {
          putMade(tx, { name, bytes, header, contents, provedAt: at })
          return { problem: null }
        },
        after: changed,
      }
    } catch (error) {
      if (!isNocturneError(error) || error.code !== 'backup-damaged') throw error
      const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
      return {
        apply(tx: Transaction) {
          putProblem(tx, { name, bytes: Math.max(1, bytes), problem: error.code }, at)
          return { problem: error.code }
        },
        after: changed,
      }
    }
  }

  const restoring = createRestoreCommands({
    ...options,
    workspaceId: keys.workspaceId,
    reader: store.reader,
    tracked,
    signalOf,
    open,
    pathOf: (source, clientId) => {
      switch (source.kind) {
        case 'kept':
          return ownPath(source.name)
        case 'chosen':
          return options.files.path(clientId, source.fileId)
        case 'file':
          return source.path
      }
    },
  })

  return {
    stay: () => ({
      folder: reads.settings().folder,
      opensElsewhere: backupKey.waysNow().length > 0,
    }),
    queries: {
      'workspace.backups': () => {
        const made = reads.made()
        const { folder } = place()
        return {
          folder,
          lastAt: readLastBackup(store.reader),
          backups: listBackups(folder).map((one) => {
            const known = made.get(one.name)
            return {
              ...one,
              contents: known?.contents ?? null,
              proof:
                known === undefined
                  ? null
                  : {
                      at: known.provedAt,
                      problem: known.problem,
                      ways: known.ways as BackupWayKind[],
                    },
            }
          }),
        }
      },
      'backups.settings': () => ({
        ...reads.settings(),
        usualFolder: options.folder,
        ways: [...backupKey.waysNow()],
        nextAt: dueAt(),
        failure,
        running: running !== null,
      }),
    },
    commands: {
      'workspace.backUp': async ({ taskId }, context) => {
        const onStep = (step: BackupStep): void => {
          if (taskId !== undefined) context.progress(taskId, step, steps.indexOf(step), 3)
        }
        const made = await makeOne(context.signal, onStep)
        return { apply: () => made }
      },

      'backups.configure': (settings) => {
        try {
          if (settings.folder !== null) readyFolder(settings.folder, true)
        } catch (error) {
          throw asRefusal(error)
        }
        return {
          apply(tx) {
            putSettings(tx, settings, clock.now())
            return {}
          },
          after() {
            // Another folder, or another plan: what failed says nothing of it.
            failure = null
            changed()
          },
        }
      },

      'backups.setPassphrase': async ({ passphrase }) => {
        const put = await backupKey.addWay((key) =>
          wayByPassphrase(key, keys.workspaceId, passphrase),
        )
        return { apply: (tx) => (put(tx), {}), after: changed }
      },

      'backups.makeRecoveryKey': async (_, context) => {
        const { secret, text } = makeRecoveryKey()
        try {
          const put = await backupKey.addWay((key) =>
            wayByRecoveryKey(key, keys.workspaceId, secret),
          )
          // SECURITY: outside the page; one that nobody has seen is not put to use.
          await options.showSecret(
            context.clientId,
            {
              kind: 'backup-recovery-key',
              qr: text,
              lines: [text],
              of: context.session?.name ?? '',
              until: null,
            },
            context.signal,
          )
          return { apply: (tx) => (put(tx), {}), after: changed }
        } finally {
          secret.fill(0)
        }
      },

      'backups.removeWay': ({ way }) => {
        const put = backupKey.removeWay(way)
        return { apply: (tx) => (put(tx), {}), after: changed }
      },

      'backups.verify': ({ name }, context) => tracked(verify(name, context)),

      ...restoring,
    },

    start() {
      callOff = clock.after(lookMs, look)
    },

    async stop() {
      callOff()
      stopping.abort()
      await Promise.allSettled(working)
    },
  }
}
