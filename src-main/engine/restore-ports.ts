import { classify } from '../audit/classify.ts'
import { proveChainUnder } from '../audit/chain-proof.ts'
import type { RestorePorts } from '../backups/restore.ts'
import { resealAll } from '../workspace/sealed-columns.ts'

/** What a restore needs of other capabilities, for the engine and the terminal. */
export const restorePorts: Pick<RestorePorts, 'proveChain' | 'classify' | 'reseal'> = {
  proveChain: proveChainUnder,
  classify,
  reseal: resealAll,
}
