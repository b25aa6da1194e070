import { usualSchedule, type BackupSchedule } from './schedule.ts'
import type { BackupReads, StateRow, VersionRow } from './tables.ts'

/** What is known of the backups of every OLT, without their texts. */
export interface BackupBook {
  readonly schedule: (oltId: string) => BackupSchedule
  /** The latest first. */
  readonly versions: (oltId: string) => readonly VersionRow[]
  readonly version: (versionId: string) => VersionRow | null
  readonly state: (oltId: string) => StateRow
  /** The latest change that nothing explains and nobody has accepted. */
  readonly unknown: (oltId: string) => VersionRow | null
  readonly setSchedule: (oltId: string, schedule: BackupSchedule) => void
  readonly setState: (row: StateRow) => void
  readonly setVersions: (oltId: string, versions: readonly VersionRow[]) => void
}

export const createBackupBook = (
  reads: Pick<BackupReads, 'schedules' | 'states' | 'versions'>,
  now: () => number,
): BackupBook => {
  const schedules = new Map(reads.schedules())
  const states = new Map(reads.states().map((row) => [row.oltId, row]))
  const versions = Map.groupBy(reads.versions(), ({ oltId }) => oltId) as Map<
    string,
    readonly VersionRow[]
  >
  const versionsOf = (oltId: string): readonly VersionRow[] => versions.get(oltId) ?? []

  return {
    schedule: (oltId) => schedules.get(oltId) ?? usualSchedule,
    versions: versionsOf,
    version: (versionId) =>
      [...versions.values()].flat().find(({ id }) => id === versionId) ?? null,
    state: (oltId) => {
      const known = states.get(oltId)
      if (known !== undefined) return known
      const fresh = { oltId, wantedSince: now(), lastAt: null, lastProblem: null }
      states.set(oltId, fresh)
      return fresh
    },
    unknown: (oltId) =>
      versionsOf(oltId).find(({ explained, acceptedAt }) => !explained && acceptedAt === null) ??
      null,
    setSchedule: (oltId, schedule) => schedules.set(oltId, schedule),
    setState: (row) => states.set(row.oltId, row),
    setVersions: (oltId, next) => versions.set(oltId, next),
  }
}
