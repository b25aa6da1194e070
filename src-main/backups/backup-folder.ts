import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A backup in the folder. `at`: wall ms, to the second, of its name. */
export interface KeptBackup {
  readonly name: string
  readonly at: number
  readonly bytes: number
}

const pattern = /^nocturne-(\d{4}-\d{2}-\d{2})-(\d{2})(\d{2})(\d{2})\.backup$/u
/** What a crash left of a backup that was being written (store/backup.ts). */
const partPattern = /^nocturne-[\d-]{17}\.backup\.(?:db-part|part)(?:-journal|-wal|-shm)?$/u

/** In UTC: names sort as the backups were made, when the clocks change too. */
export const backupName = (at: number): string => {
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  return `nocturne-${day}-${time.slice(0, 8).replaceAll(':', '')}.backup`
}

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

/** Nobody else writes here: the workspace is locked by this process. */
export const removeParts = (folder: string): void => {
  for (const name of namesIn(folder)) {
    if (partPattern.test(name)) rmSync(join(folder, name), { force: true })
  }
}

/** All but the latest `keep`, and never the one called `made`, however the clock was set. */
export const removeOlder = (folder: string, keep: number, made: string): void => {
  const others = listBackups(folder).filter(({ name }) => name !== made)
  for (const { name } of others.slice(keep - 1)) rmSync(join(folder, name), { force: true })
}
