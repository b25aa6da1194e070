import { createChosenFiles } from '../../src-main/backups/chosen-files.ts'
import type { WorkspaceDoor } from '../../src-main/backups/restore-door.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'

/** What an open workspace needs for a restore, where none is made. */
export const noRestore = () => ({
  files: createChosenFiles({ ask: null, newId: () => '' }),
  door: {
    state: () => 'ready',
    protectionFor: () => ({ backend: 'os-keychain', keychain: memoryKeychain() }),
    reopen: () => Promise.reject(new Error('nothing is restored here')),
  } satisfies WorkspaceDoor,
  workspaces: null,
})
