import { classify } from '../audit/classify.ts'
import { proveChainUnder } from '../audit/chain-proof.ts'
import type { RestorePorts } from '../backups/restore.ts'
import { resealAll } from '../workspace/sealed-columns.ts'
import { proveInThread } from './start-store-worker.ts'

/** What a restore needs of other capabilities, for the engine and the terminal. */
export const restorePorts: Pick<RestorePorts, 'proveChain' | 'classify' | 'reseal' | 'proveStore'> =
  {
    proveChain: proveChainUnder,
    classify,
    reseal: resealAll,
    proveStore: proveInThread,
  }
