import type { StoreReader } from '../store/read-handle.ts'
import { verifyAudit } from './verify.ts'

/** Proves the chain of a store that is read with these keys: what backups and new keys ask for. */
export const proveChainUnder =
  ({ auditKey }: { readonly auditKey: Uint8Array }) =>
  (reader: StoreReader): { readonly ok: boolean } =>
    verifyAudit(reader, auditKey)
