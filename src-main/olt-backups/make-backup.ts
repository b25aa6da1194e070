import type { Problem } from '../../src-shared/contract/common.ts'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import type { OltConfigs } from '../engine/olt-configs.ts'
import type { Transaction } from '../store/write-path.ts'
import type { BackupBook } from './backup-book.ts'
import {
  comparable,
  sha256,
  steadyHash,
  strangeText,
  tidyText,
  type FamilyText,
} from './config-text.ts'
import { countChanges, diffLines } from './line-diff.ts'
import {
  deflateConfig,
  dropVersion,
  insertVersion,
  putState,
  seenAgain,
  type StateRow,
  type VersionRow,
} from './tables.ts'

/** Plans of the console that changed an OLT after `from` and up to `to` (wall ms). */
export type PlansBetween = (oltId: string, from: number, to: number) => readonly string[]

/** A configuration that was read and is to be kept: `apply` writes it, `taken` says that it is. */
export interface Made {
  readonly versionId: string
  readonly changed: boolean
  /** For the audit trail: no content. */
  readonly summary: Readonly<Record<string, string | number | boolean>>
  readonly apply: (tx: Transaction) => void
  readonly taken: () => void
}

export interface MakeBackup {
  readonly oltId: string
  readonly by: VersionRow['by']
  readonly signal: AbortSignal
  readonly onProgress?: (characters: number) => void
}

/** An OLT with 100,000 lines has some 5 MB. */
const mostCharacters = 40_000_000

export const createMaker =
  (deps: {
    readonly now: () => number
    readonly newId: () => string
    readonly configs: Pick<OltConfigs, 'of' | 'abilities' | 'obstacle'>
    readonly textOf: (familyId: string) => FamilyText | null
    readonly book: BackupBook
    readonly readText: (versionId: string) => string | null
    readonly plansBetween: PlansBetween
  }) =>
  /** Errors: those of the OLT, `config-empty`, `cancelled`. */
  async ({ oltId, by, signal, onProgress }: MakeBackup): Promise<Made> => {
    const { book, configs } = deps
    const abilities = configs.abilities(oltId)
    const cannot = makingObstacle(configs, oltId)
    if (cannot !== null) throw new NocturneError(cannot.code, cannot.params)
    const familyId = abilities?.familyId ?? ''
    const family = deps.textOf(familyId) ?? strangeText
    const raw = await configs.of(oltId).readConfiguration(signal, onProgress)
    signal.throwIfAborted()
    if (raw.length > mostCharacters) throw new NocturneError('cli-unexpected-answer', { line: '' })
    const text = tidyText(raw)
    if (text.trim() === '') throw new NocturneError('config-empty')
    const at = deps.now()
    const now = await comparable(text, family)
    const steadySha256 = steadyHash(now)
    const before = book.versions(oltId)[0] ?? null
    /** Somebody else's reading was kept meanwhile: what was compared is not what it follows. */
    const refuseStale = (): void => {
      if ((book.versions(oltId)[0] ?? null) !== before) {
        throw new NocturneError('conflict', { what: 'olt-backup' })
      }
    }
    const state: StateRow = { ...book.state(oltId), lastAt: at, lastProblem: null }

    if (before !== null && before.steadySha256 === steadySha256) {
      return {
        versionId: before.id,
        changed: false,
        summary: { oltId, by, changed: false },
        apply: (tx) => {
          refuseStale()
          seenAgain(tx, before.id, at)
          putState(tx, state)
        },
        taken: () => {
          book.setState(state)
          book.setVersions(
            oltId,
            book
              .versions(oltId)
              .map((version) => (version.id === before.id ? { ...version, lastAt: at } : version)),
          )
        },
      }
    }

    const old = before === null ? null : await comparable(deps.readText(before.id) ?? '', family)
    const { added, removed } =
      old === null
        ? { added: 0, removed: 0 }
        : countChanges(await diffLines(old.keys, now.keys, signal))
    const planIds = before === null ? [] : deps.plansBetween(oltId, before.lastAt, at)
    const row: VersionRow = {
      id: deps.newId(),
      oltId,
      familyId,
      firstAt: at,
      lastAt: at,
      sha256: sha256(text),
      steadySha256,
      lines: now.lines.length - 1,
      bytes: Buffer.byteLength(text),
      by,
      added,
      removed,
      // The first one differs from nothing. Whatever differs else and no plan of ours has done is
      // somebody else's doing.
      explained: before === null || planIds.length > 0,
      planIds: [...planIds],
      note: '',
      acceptedAt: null,
    }
    const deflated = deflateConfig(text)
    const { keep } = book.schedule(oltId)
    const all = [row, ...book.versions(oltId)]
    // The latest is in force and first: it is never among those that go.
    const kept = all.slice(0, keep)
    const gone = all.slice(keep)
    return {
      versionId: row.id,
      changed: true,
      summary: { oltId, by, changed: true, added, removed, explained: row.explained },
      apply: (tx) => {
        refuseStale()
        insertVersion(tx, row, deflated)
        for (const { id } of gone) dropVersion(tx, id)
        putState(tx, state)
      },
      taken: () => {
        book.setState(state)
        book.setVersions(oltId, kept)
      },
    }
  }

/** Why no configuration of the OLT can be read now; null: it can. */
export const makingObstacle = (
  configs: Pick<OltConfigs, 'abilities' | 'obstacle'>,
  oltId: string,
): Problem | null => {
  const obstacle = configs.obstacle(oltId)
  if (obstacle !== null) return obstacle
  return configs.abilities(oltId)?.readsConfiguration === true
    ? null
    : { code: 'cli-family-cannot', params: { step: 'backup' } }
}

export const problemOf = (error: unknown): Problem =>
  isNocturneError(error)
    ? { code: error.code, params: { ...error.params } }
    : { code: 'internal', params: {} }
