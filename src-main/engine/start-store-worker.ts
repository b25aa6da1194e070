import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { NocturneError, type ErrorCode, type ErrorParams } from '../../src-shared/errors.ts'
import type { BackupContents } from '../backups/contents.ts'
import type { ProveStore } from '../backups/transfer/pack.ts'

export interface StoreJob {
  readonly path: string
  /** 32 bytes each, in memory of their own: they move into the thread, which wipes them. */
  readonly storeKey: Uint8Array<ArrayBuffer>
  readonly auditKey: Uint8Array<ArrayBuffer>
}

export type FromStoreWorker =
  | { readonly t: 'done'; readonly contents: BackupContents }
  | {
      readonly t: 'failed'
      readonly code: ErrorCode
      readonly params: ErrorParams
      readonly message: string
    }

/**
 * Proves a store in a thread of its own: every page, the audit chain, for which a large one takes
 * seconds in which the engine answers everybody else.
 */
export const proveInThread: ProveStore = (path, keys, signal) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(new NocturneError('cancelled'))
    const storeKey = Uint8Array.from(keys.storeKey)
    const auditKey = Uint8Array.from(keys.auditKey)
    const worker = new Worker(findEntry(), {
      workerData: { path, storeKey, auditKey } satisfies StoreJob,
      transferList: [storeKey.buffer, auditKey.buffer],
    })
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

/** Next to this file in the source tree; beside it or one folder up in the bundle. */
const findEntry = (): string => {
  const here = import.meta.dirname
  const candidates = ['store-worker.ts', 'store-worker.js', '../store-worker.js']
  const found = candidates.map((name) => join(here, name)).find((path) => existsSync(path))
  if (found === undefined) throw new Error('the file of the store thread is missing')
  return found
}
