import type { WorkspaceKeys } from '../vault/workspace-keys.ts'
import type { BackupContents } from './contents.ts'

/** Long work on a store, in a thread of its own where there is one (engine/start-store-worker.ts). */

/**
 * Proves a store that is closed, or a copy: key, version, every page, the audit chain; and counts what is
 * in it. Throws 'store-damaged', 'store-wrong-key', 'store-from-newer-version', 'cancelled'.
 */
export type ProveStore = (
  path: string,
  keys: WorkspaceKeys,
  signal: AbortSignal | undefined,
) => Promise<BackupContents>

/** Copies a store that is open, and may be written meanwhile, into `to`, which is there and empty. */
export type CopyStore = (
  path: string,
  keys: WorkspaceKeys,
  to: string,
  signal: AbortSignal | undefined,
) => Promise<void>
