import { existsSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Log } from '../engine/log.ts'
import { backupStore, readLastBackup, type ChainProof } from '../store/backup.ts'
import type { Store } from '../store/open-store.ts'
import { secureWorkspaceFolder } from '../store/workspace-files.ts'
import { backupName, listBackups, removeOlder, removeParts } from './backup-folder.ts'

export interface BackupsOptions {
  /** Made, for its owner alone, with the first backup. */
  readonly folder: string
  readonly store: Store
  /** The store's own key; the caller wipes it after `stop`. */
  readonly key: Buffer
  readonly proveChain: ChainProof
  readonly clock: Pick<Clock, 'now'>
  readonly newId: () => string
  readonly log: Pick<Log, 'error'>
}

export interface Backups {
  readonly queries: QueryHandlers<'workspace.backups'>
  readonly commands: CommandHandlers<'workspace.backUp'>
  /** Breaks a running one off and waits for it: then nothing reads the store or its key. */
  stop(): Promise<void>
}

interface Made {
  readonly name: string
  readonly bytes: number
}

const keep = 10

/** Refusals of the file system that the person can do something about. */
const codes = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
  EROFS: 'permission-denied',
} as const

const asRefusal = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (typeof code !== 'string' || !Object.hasOwn(codes, code)) return error
  return new NocturneError(codes[code as keyof typeof codes], {}, { cause: error })
}

/** Copies of the store in a folder of the workspace, each proved before an older one goes. */
export const createBackups = (options: BackupsOptions): Backups => {
  const { folder, store, key, proveChain, clock, newId, log } = options
  const stopping = new AbortController()
  let running: Promise<Made> | null = null

  const make = async (): Promise<Made> => {
    const at = clock.now()
    const name = backupName(at)
    const to = join(folder, name)
    secureWorkspaceFolder(folder)
    removeParts(folder)
    if (existsSync(to)) throw new NocturneError('conflict', { what: 'backup-exists' })
    try {
      const { signal } = stopping
      await backupStore(store, { to, key, proveChain, now: at, commandId: newId(), signal })
    } catch (error) {
      // Whole, but not remembered: to the person it failed, so it is not there either.
      rmSync(to, { force: true })
      throw error
    }
    try {
      removeOlder(folder, keep, name)
    } catch (error) {
      // The new one is there and counts; the next one tries again.
      log.error('older backups could not be removed', { error })
    }
    return { name, bytes: statSync(to).size }
  }

  /** Two who ask at once get the same one. */
  const makeOne = (): Promise<Made> => {
    if (stopping.signal.aborted) return Promise.reject(new NocturneError('engine-stopped'))
    running ??= make()
      .catch((error: unknown) => {
        throw asRefusal(error)
      })
      .finally(() => {
        running = null
      })
    return running
  }

  return {
    queries: {
      'workspace.backups': () => ({
        folder,
        lastAt: readLastBackup(store.reader),
        backups: [...listBackups(folder)],
      }),
    },
    commands: {
      'workspace.backUp': async () => {
        const made = await makeOne()
        return { apply: () => made }
      },
    },
    async stop() {
      stopping.abort()
      await running?.catch(() => undefined)
    },
  }
}
