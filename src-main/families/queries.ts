import { join } from 'node:path'
import type { Output } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import { readInside } from '../olt/family/read-inside.ts'
import type { CaptureChecker } from './check-captures.ts'
import { columnsOf, countColumns, modelsOf, rulesOf } from './describe.ts'
import type { FamilySet } from './family-set.ts'
import { readNotes } from './profile-notes.ts'
import { trustOf } from './rules.ts'
import type { TrustReads } from './tables.ts'

export type FamiliesQuery = 'families.list' | 'families.family' | 'families.check'

type Summary = Output<'families.list'>['families'][number]

const maxReadmeBytes = 200_000
const maxProfileBytes = 1_000_000

export const createFamiliesQueries = (deps: {
  readonly set: FamilySet
  readonly folder: string
  /** Folders of families that come with the console. */
  readonly builtInFolders: readonly string[]
  readonly trust: TrustReads
  readonly checker: CaptureChecker
  readonly nameOfAccount: (accountId: string) => string | null
  /** How many OLTs each family reads now. */
  readonly oltsByFamily: () => ReadonlyMap<string, number>
}): QueryHandlers<FamiliesQuery> => {
  const { set, trust } = deps

  const summaryOf = (family: OltFamily, olts: ReadonlyMap<string, number>): Summary => {
    const own = set.ownFamily(family.family)
    const row = own === undefined ? undefined : trust.of(family.family)
    return {
      id: family.family,
      title: family.title,
      vendor: family.vendor,
      technology: family.technology,
      models: modelsOf(family),
      source: own === undefined ? 'built-in' : 'own',
      trust: own === undefined ? 'built-in' : trustOf(own, row),
      contentHash: own?.contentHash ?? null,
      trustedAt: row?.trustedAt ?? null,
      trustedBy: row === undefined ? null : deps.nameOfAccount(row.trustedBy),
      columns: countColumns(family),
      olts: olts.get(family.family) ?? 0,
      pollingReason: family.polling?.reason ?? null,
    }
  }

  const present = (id: string): OltFamily => {
    const family = set.current().find((each) => each.family === id)
    if (family === undefined) throw new NocturneError('not-found', { what: 'family' })
    return family
  }

  const folderOf = (family: OltFamily): string | null =>
    set.ownFamily(family.family)?.folder ??
    deps.builtInFolders
      .map((folder) => join(folder, family.family))
      .find((folder) => readInside(folder, 'profile.yaml', maxProfileBytes).kind === 'read') ??
    null

  const textOf = (folder: string | null, name: string, maxBytes: number): string | null => {
    if (folder === null) return null
    const file = readInside(folder, name, maxBytes)
    return file.kind === 'read' ? file.octets.toString('utf8') : null
  }

  return {
    'families.list': () => {
      set.look()
      const olts = deps.oltsByFamily()
      return {
        folder: deps.folder,
        families: set.current().map((family) => summaryOf(family, olts)),
        refused: set.own().refused.map(({ name, file, issues }) => ({
          name,
          file,
          issues: issues.map((issue) => ({ ...issue })),
        })),
        readAt: set.readAt(),
      }
    },

    'families.family': ({ id }) => {
      set.look()
      const family = present(id)
      const folder = folderOf(family)
      const profile = textOf(folder, 'profile.yaml', maxProfileBytes)
      return {
        family: summaryOf(family, deps.oltsByFamily()),
        folder,
        readme: textOf(folder, 'README.md', maxReadmeBytes),
        recognisedBy: rulesOf(family),
        columns: columnsOf(family, profile === null ? new Map() : readNotes(profile)),
      }
    },

    'families.check': async ({ id }) => {
      const family = present(id)
      const folder = folderOf(family)
      return folder === null ? { captures: [], problem: null } : deps.checker.check(family, folder)
    },
  }
}
