import { parentPort, workerData } from 'node:worker_threads'
import { proveChainUnder } from '../audit/chain-proof.ts'
import { countContents, type BackupContents } from '../backups/contents.ts'
import { proveDatabase } from '../store/backup.ts'
import { asStoreError } from '../store/store-errors.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import type { FromStoreWorker, StoreJob } from './start-store-worker.ts'

/** One long look at a store that is closed, beside the engine's thread, and the end of this one. */

const port = parentPort
if (port === null) throw new Error('store-worker runs in a worker thread')

const work = ({ path, storeKey, auditKey }: StoreJob): BackupContents => {
  const counted: { contents: BackupContents | null } = { contents: null }
  try {
    proveDatabase(path, {
      key: Buffer.from(storeKey.buffer),
      proveChain: proveChainUnder({ auditKey }),
      look: (reader) => {
        counted.contents = countContents(reader)
      },
    })
  } finally {
    storeKey.fill(0)
    auditKey.fill(0)
  }
  if (counted.contents === null) throw new Error('a store that was not looked through')
  return counted.contents
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
