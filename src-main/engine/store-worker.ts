import { parentPort, workerData } from 'node:worker_threads'
import { proveChainUnder } from '../audit/chain-proof.ts'
import { countContents, type BackupContents } from '../backups/contents.ts'
import { copyDatabase, proveDatabase } from '../store/backup.ts'
import { asStoreError } from '../store/store-errors.ts'
import { assertNever, isNocturneError } from '../../src-shared/errors.ts'
import type { FromStoreWorker, StoreJob } from './start-store-worker.ts'

/** One long look at a store beside the engine's thread, and the end of this one. */

const port = parentPort
if (port === null) throw new Error('store-worker runs in a worker thread')

const prove = (job: Extract<StoreJob, { t: 'prove' }>): BackupContents => {
  const counted: { contents: BackupContents | null } = { contents: null }
  proveDatabase(job.path, {
    key: Buffer.from(job.storeKey.buffer),
    proveChain: proveChainUnder({ auditKey: job.auditKey }),
    look: (reader) => {
      counted.contents = countContents(reader)
    },
  })
  if (counted.contents === null) throw new Error('a store that was not looked through')
  return counted.contents
}

const work = (job: StoreJob): BackupContents | null => {
  try {
    switch (job.t) {
      case 'prove':
        return prove(job)
      case 'copy':
        copyDatabase(job.path, Buffer.from(job.storeKey.buffer), job.to)
        return null
      default:
        return assertNever(job)
    }
  } finally {
    job.storeKey.fill(0)
    if (job.t === 'prove') job.auditKey.fill(0)
  }
}

const answer = (): FromStoreWorker => {
  try {
    return { t: 'done', contents: work(workerData as StoreJob) }
  } catch (thrown) {
    const error = asStoreError(thrown)
    return isNocturneError(error)
      ? { t: 'failed', code: error.code, params: error.params, message: '' }
      : {
          t: 'failed',
          code: 'internal',
          params: {},
          message: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }
  }
}

port.postMessage(answer())
port.close()
