import { classify } from '../audit/classify.ts'
import { proveChainUnder } from '../audit/chain-proof.ts'
import type { RestorePorts } from '../backups/restore.ts'
import type { CopyStore } from '../backups/store-work.ts'
import { resealAll } from '../workspace/sealed-columns.ts'
import { copyInThread, proveInThread } from './start-store-worker.ts'

/** What a restore needs of other capabilities, for the engine and the terminal. */
export const restorePorts: Pick<
  RestorePorts,
  'proveChain' | 'classify' | 'reseal' | 'proveStore'
> & { readonly copyStore: CopyStore } = {
  proveChain: proveChainUnder,
  classify,
  reseal: resealAll,
  proveStore: proveInThread,
  copyStore: copyInThread,
}
