import type { OltBackupState, OltBackupVersion } from '../../../src-shared/contract/olt-backups.ts'

/** What an OLT's backups are like now, the gravest first: the order of the overview. */
export const backupConditions = [
  'unknownChange',
  'overdue',
  'problem',
  'never',
  'cannot',
  'current',
] as const
export type BackupCondition = (typeof backupConditions)[number]

export const conditionOf = (state: OltBackupState): BackupCondition => {
  if (state.unknownChangeAt !== null) return 'unknownChange'
  if (state.overdue) return 'overdue'
  if (state.lastProblem !== null) return 'problem'
  if (state.lastAt === null) return state.obstacle === null ? 'never' : 'cannot'
  return 'current'
}

export const backupColumns = [
  'olt',
  'condition',
  'lastAt',
  'nextAt',
  'schedule',
  'versions',
] as const
export type BackupColumn = (typeof backupColumns)[number]

export interface BackupSort {
  readonly column: BackupColumn
  readonly descending: boolean
}

const keyOf = (state: OltBackupState, column: BackupColumn): number | string =>
  ({
    olt: state.oltName,
    condition: backupConditions.indexOf(conditionOf(state)),
    lastAt: state.lastAt ?? 0,
    nextAt: state.nextAt ?? Number.MAX_SAFE_INTEGER,
    schedule: state.schedule.everyHours ?? Number.MAX_SAFE_INTEGER,
    versions: state.versions,
  })[column]

export const sortBackups = (
  states: readonly OltBackupState[],
  { column, descending }: BackupSort,
): readonly OltBackupState[] =>
  states.toSorted((a, b) => {
    const [x, y] = [keyOf(a, column), keyOf(b, column)]
    const order =
      typeof x === 'string' || typeof y === 'string'
        ? String(x).localeCompare(String(y), undefined, { numeric: true })
        : x - y
    return (
      (descending ? -order : order) ||
      a.oltName.localeCompare(b.oltName, undefined, { numeric: true })
    )
  })

/** The two of these that were chosen, the earlier first; undefined: not two. */
export const chosenPair = (
  versions: readonly OltBackupVersion[],
  chosen: ReadonlySet<string>,
): readonly [OltBackupVersion, OltBackupVersion] | undefined => {
  const [a, b, ...more] = versions
    .filter(({ id }) => chosen.has(id))
    .toSorted((x, y) => x.firstAt - y.firstAt)
  return a === undefined || b === undefined || more.length > 0 ? undefined : [a, b]
}

/** The version that nobody explained and nobody accepted; undefined: none. */
export const unknownOf = (
  state: OltBackupState,
  versions: readonly OltBackupVersion[],
): OltBackupVersion | undefined =>
  state.unknownChangeAt === null ? undefined : versions.find(({ explained }) => !explained)
