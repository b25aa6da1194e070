import { classify } from '../audit/classify.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { checkpointAudit } from '../store/write-path.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { OpenWorkspaceOptions } from './opened-workspace.ts'

/** The store of a workspace under its keys; where it does not open, they are wiped. */
export const openOwnStore = (
  keys: WorkspaceKeys,
  { storePath, clock, log }: Pick<OpenWorkspaceOptions, 'storePath' | 'clock' | 'log'>,
): Store => {
  try {
    return openStore({
      path: storePath,
      key: keys.storeKey,
      auditKey: keys.auditKey,
      auditDetailKey: keys.auditDetailKey,
      classify,
      clock,
      log: { info: (fields, message) => log.info(message, fields) },
    })
  } catch (error) {
    keys.wipe()
    throw error
  }
}

/** Signs the audit trail as it stands; where that fails the work goes on. */
export const signTrail = (
  store: Store,
  { clock, log }: Pick<OpenWorkspaceOptions, 'clock' | 'log'>,
): void => {
  try {
    checkpointAudit(store, clock.now())
  } catch (error) {
    log.error('the audit trail could not be signed', { error })
  }
}
