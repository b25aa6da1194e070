import { accessSync, constants, lstatSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { NocturneError } from '../../src-shared/errors.ts'
import { readBackupHeader } from '../store/backup-file.ts'
import { secureWorkspaceFolder } from '../store/workspace-files.ts'

/** A backup in the folder. `at`: wall ms, to the second, of its name. */
export interface KeptBackup {
  readonly name: string
  readonly at: number
  readonly bytes: number
}

const pattern = /^nocturne-(\d{4}-\d{2}-\d{2})-(\d{2})(\d{2})(\d{2})\.backup$/u
/** What a crash left of a backup that was being written (store/backup.ts). */
const partPattern =
  /^nocturne-[\d-]{17}\.backup\.(?:db-part|part|verify-part)(?:-journal|-wal|-shm)?$/u

/** In UTC: names sort as the backups were made, when the clocks change too. */
export const backupName = (at: number): string => {
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  return `nocturne-${day}-${time.slice(0, 8).replaceAll(':', '')}.backup`
}

export const isBackupName = (name: string): boolean => timeOfName(name) !== null

const timeOfName = (name: string): number | null => {
  const [, day, hours, minutes, seconds] = pattern.exec(name) ?? []
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`)
  return Number.isNaN(at) ? null : at
}

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

/** The latest first. What has another name, or is no plain file, is none of ours. */
export const listBackups = (folder: string): readonly KeptBackup[] =>
  namesIn(folder)
    .flatMap((name) => {
      const at = timeOfName(name)
      if (at === null) return []
      const state = lstatSync(join(folder, name), { throwIfNoEntry: false })
      return state?.isFile() === true ? [{ name, at, bytes: state.size }] : []
    })
    .toSorted((a, b) => b.at - a.at)

/**
 * Of this workspace: in a folder of a person's choice others may keep theirs, under names like
 * ours. One whose header cannot be read is nobody's, so that it is not thrown away.
 */
export const belongsTo = async (path: string, workspaceId: string): Promise<boolean> => {
  try {
    const { keyEnvelope } = await readBackupHeader(path)
    return (
      typeof keyEnvelope === 'object' &&
      keyEnvelope !== null &&
      'workspaceId' in keyEnvelope &&
      keyEnvelope['workspaceId'] === workspaceId
    )
  } catch {
    return false
  }
}

/** `olderThan`: wall ms; another workspace may be writing into the same folder just now. */
export const removeParts = (folder: string, olderThan = Number.POSITIVE_INFINITY): void => {
  for (const name of namesIn(folder)) {
    if (!partPattern.test(name)) continue
    const path = join(folder, name)
    const state = lstatSync(path, { throwIfNoEntry: false })
    if (state !== undefined && state.mtimeMs < olderThan) rmSync(path, { force: true })
  }
}

/**
 * Makes the workspace's own folder; looks at a chosen one, which is never made and never changed.
 * Throws 'folder-gone', 'folder-not-writable', 'permission-denied'.
 */
export const readyFolder = (folder: string, chosen: boolean): void => {
  if (!chosen) return secureWorkspaceFolder(folder)
  const state = statSync(folder, { throwIfNoEntry: false })
  if (state === undefined || !state.isDirectory()) throw new NocturneError('folder-gone')
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch {
    throw new NocturneError('folder-not-writable')
  }
  return undefined
}
