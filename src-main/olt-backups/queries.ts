import type { OltBackupState, OltBackupVersion } from '../../src-shared/contract/olt-backups.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import { reachesOlt } from '../engine/reach.ts'
import type { BackupBook } from './backup-book.ts'
import { comparable, strangeText, type FamilyText } from './config-text.ts'
import { viewOf } from './diff-view.ts'
import { countChanges, diffLines } from './line-diff.ts'
import type { VersionRow } from './tables.ts'

export type OltBackupsQuery =
  | 'olt-backups.overview'
  | 'olt-backups.versions'
  | 'olt-backups.text'
  | 'olt-backups.diff'
  | 'olt-backups.restoreGuide'

/** Steps of a restore by hand; texts in the renderer's locales (`olt-backups:guide.…`). */
const guide = ['export', 'compare', 'console', 'upload', 'restart', 'readBack'] as const

export const createOltBackupsQueries = (deps: {
  readonly book: BackupBook
  readonly oltIds: () => readonly string[]
  readonly isPresent: (oltId: string) => boolean
  readonly stateOf: (oltId: string) => OltBackupState
  readonly readText: (versionId: string) => string | null
  readonly textOf: (familyId: string) => FamilyText | null
}): QueryHandlers<OltBackupsQuery> => {
  const { book } = deps

  const version = (versionId: string): VersionRow => {
    const found = book.version(versionId)
    if (found === null) throw new NocturneError('not-found', { what: 'olt-backup' })
    return found
  }

  const textOf = (versionId: string): string => {
    const text = deps.readText(versionId)
    if (text === null) throw new NocturneError('not-found', { what: 'olt-backup' })
    return text
  }

  const familyOf = ({ familyId }: VersionRow): FamilyText => deps.textOf(familyId) ?? strangeText

  return {
    'olt-backups.overview': (_input, { reach }) => ({
      olts: deps
        .oltIds()
        .filter((oltId) => reachesOlt(reach, oltId))
        .map(deps.stateOf),
    }),
    'olt-backups.versions': ({ oltId }) => {
      if (!deps.isPresent(oltId)) throw new NocturneError('not-found', { what: 'olt' })
      return { state: deps.stateOf(oltId), versions: book.versions(oltId).map(shownVersion) }
    },
    'olt-backups.text': ({ versionId }) => {
      const found = version(versionId)
      // SECURITY: a configuration reaches the page masked, always.
      return { version: shownVersion(found), text: familyOf(found).mask(textOf(versionId)) }
    },
    'olt-backups.diff': async ({ beforeId, afterId, context }, { signal }) => {
      const [left, right] = [version(beforeId), version(afterId)]
      const sides = [left, right].map((each) => ({
        family: familyOf(each),
        text: comparable(textOf(each.id), familyOf(each)),
      }))
      const [before, after] = await Promise.all(
        sides.map(async ({ family, text }) => ({ family, text: await text })),
      )
      const changes = await diffLines(before!.text.keys, after!.text.keys, signal)
      return {
        before: shownVersion(left),
        after: shownVersion(right),
        ...viewOf(changes, before!, after!, context),
        ...countChanges(changes),
      }
    },
    'olt-backups.restoreGuide': ({ versionId }) => {
      version(versionId)
      return { steps: guide.map((key) => ({ key, params: {} })) }
    },
  }
}

export const shownVersion = (row: VersionRow): OltBackupVersion => {
  const { familyId: _family, steadySha256: _hash, acceptedAt, ...shown } = row
  // What somebody has looked at and accepted is explained from then on.
  return { ...shown, explained: shown.explained || acceptedAt !== null }
}
