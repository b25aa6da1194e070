import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { NocturneError, type ErrorCode, type ErrorParams } from '../../src-shared/errors.ts'
import type { BackupContents } from '../backups/contents.ts'
import type { CopyStore, ProveStore } from '../backups/store-work.ts'

/** Keys are 32 bytes in memory of their own: they move into the thread, which wipes them. */
export type StoreJob =
  | {
      readonly t: 'prove'
      readonly path: string
      readonly storeKey: Uint8Array<ArrayBuffer>
      readonly auditKey: Uint8Array<ArrayBuffer>
    }
  | {
      readonly t: 'copy'
      readonly path: string
      readonly storeKey: Uint8Array<ArrayBuffer>
      readonly to: string
    }

export type FromStoreWorker =
  | { readonly t: 'done'; readonly contents: BackupContents | null }
  | {
      readonly t: 'failed'
      readonly code: ErrorCode
      readonly params: ErrorParams
      readonly message: string
    }

/**
 * Does it in a thread of its own: for a large store it takes seconds, in which the engine answers
 * everybody else. Called off, it settles when the thread is gone: nothing holds the files any more.
 */
const inThread = (
  job: StoreJob,
  transferList: ArrayBuffer[],
  signal: AbortSignal | undefined,
): Promise<BackupContents | null> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(new NocturneError('cancelled'))
    const worker = new Worker(findEntry(), { workerData: job, transferList })
    let isOver = false
    const end = (settle: () => void): void => {
      if (isOver) return
      isOver = true
      signal?.removeEventListener('abort', onAbort)
      void worker.terminate().finally(settle)
    }
    const onAbort = (): void => end(() => reject(new NocturneError('cancelled')))
    signal?.addEventListener('abort', onAbort, { once: true })
    worker.once('message', (answer: FromStoreWorker) => {
      if (answer.t === 'done') return end(() => resolve(answer.contents))
      const { code, params, message } = answer
      return end(() =>
        reject(message === '' ? new NocturneError(code, params) : new Error(message)),
      )
    })
    worker.once('error', (error) =>
      end(() => reject(error instanceof Error ? error : new Error(String(error)))),
    )
    worker.once('exit', () => end(() => reject(new NocturneError('engine-stopped'))))
    return undefined
  })

export const proveInThread: ProveStore = async (path, keys, signal) => {
  const storeKey = Uint8Array.from(keys.storeKey)
  const auditKey = Uint8Array.from(keys.auditKey)
  const job = { t: 'prove', path, storeKey, auditKey } as const
  const contents = await inThread(job, [storeKey.buffer, auditKey.buffer], signal)
  if (contents === null) throw new Error('a store that was not looked through')
  return contents
}

export const copyInThread: CopyStore = async (path, keys, to, signal) => {
  const storeKey = Uint8Array.from(keys.storeKey)
  await inThread({ t: 'copy', path, storeKey, to }, [storeKey.buffer], signal)
}

/** Next to this file in the source tree; beside it or one folder up in the bundle. */
const findEntry = (): string => {
  const here = import.meta.dirname
  const candidates = ['store-worker.ts', 'store-worker.js', '../store-worker.js']
  const found = candidates.map((name) => join(here, name)).find((path) => existsSync(path))
  if (found === undefined) throw new Error('the file of the store thread is missing')
  return found
}
