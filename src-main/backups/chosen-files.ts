import { statSync } from 'node:fs'
import { basename } from 'node:path'
import type { ChosenFile } from '../../src-shared/contract/restore.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext } from '../engine/handlers.ts'
import { headerOf } from './read-backup.ts'
import { transferHead, wayInto } from './transfer/read-transfer.ts'
import { waysIn } from './tables.ts'

/** Files that a person chose in the system's dialog. The page knows them by an id. */
export interface ChosenFiles {
  /**
   * Null: nothing was chosen. Errors: 'confirmation-unavailable', 'backup-damaged', 'transfer-damaged',
   * 'store-from-newer-version'.
   */
  choose(context: Pick<CallContext, 'clientId' | 'signal'>): Promise<ChosenFile | null>
  /** SECURITY: of this client alone. Throws 'not-found'. */
  path(clientId: number, fileId: string): string
}

/** Asks with the system's dialog; null: nothing was chosen. */
type AskForFile = (clientId: number, signal: AbortSignal) => Promise<string | null>

const mostKept = 8

export const createChosenFiles = (deps: {
  /** Null: there is no system dialog here (terminal, tests). */
  readonly ask: AskForFile | null
  readonly newId: () => string
}): ChosenFiles => {
  const chosen = new Map<string, { readonly clientId: number; readonly path: string }>()
  return {
    async choose({ clientId, signal }) {
      if (deps.ask === null) throw new NocturneError('confirmation-unavailable')
      const path = await deps.ask(clientId, signal)
      if (path === null) return null
      const transfer = transferHead(path)
      const about =
        transfer === null
          ? await aboutBackup(path)
          : {
              kind: 'transfer' as const,
              createdAt: null,
              schemaVersion: null,
              ways: [wayInto(transfer)],
            }
      const id = deps.newId()
      chosen.set(id, { clientId, path })
      for (const old of [...chosen.keys()].slice(0, -mostKept)) chosen.delete(old)
      return {
        id,
        name: basename(path),
        bytes: statSync(path).size,
        ...about,
      }
    },
    path(clientId, fileId) {
      const found = chosen.get(fileId)
      if (found?.clientId !== clientId) throw new NocturneError('not-found', { what: 'file' })
      return found.path
    },
  }
}

const aboutBackup = async (path: string) => {
  const header = await headerOf(path)
  return {
    kind: 'backup' as const,
    createdAt: header.createdAt,
    schemaVersion: header.schemaVersion,
    ways: [...waysIn(header)],
  }
}
