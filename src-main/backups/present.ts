import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { erasedIn, lookIntoStore, subjectKeysSince } from '../store/backup.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { Present } from './restore.ts'
import { readStanding } from './standing.ts'

/** Of a workspace that is open here. */
export const presentOf = (workspaceId: string, reader: StoreReader): Present => ({
  workspaceId,
  erased: erasedIn(reader),
  standing: readStanding(reader),
})

/** Of one that is closed. Null: there is no store, or it does not open. */
export const presentIn = (dir: string, keys: WorkspaceKeys): Present | null => {
  const path = join(dir, 'store.db')
  if (!existsSync(path)) return null
  try {
    return lookIntoStore(path, keys.storeKey, (reader, layout) => ({
      workspaceId: keys.workspaceId,
      erased: layout < subjectKeysSince ? [] : erasedIn(reader),
      standing: readStanding(reader),
    }))
  } catch {
    // SECURITY: what cannot be read is replaced all the same, and then counts as unknown: quiet.
    return null
  }
}
