import type { QueryHandlers } from '../engine/handlers.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { createActivity } from './activity.ts'
import { verifyAuditInSlices } from './verify.ts'

/** `auditKey`: WorkspaceKeys.auditKey, with which the chain's head is sealed. */
export const createAuditQueries = (
  reader: StoreReader,
  auditKey: Uint8Array,
): QueryHandlers<'audit.verify' | 'audit.activity'> => {
  const activity = createActivity(reader)
  return {
    'audit.verify': (_input, { signal }) => verifyAuditInSlices(reader, auditKey, { signal }),
    'audit.activity': async (input, { signal }) => ({ acts: [...(await activity(input, signal))] }),
  }
}
