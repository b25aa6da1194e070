import { join } from 'node:path'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers, Emit, QueryHandlers } from '../engine/handlers.ts'
import type { FamilyCli } from '../olt/cli/family-cli.ts'
import { loadFamilyClis } from '../olt/cli/load-cli.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { createCaptureChecker } from './check-captures.ts'
import { createFamiliesCommands, type FamiliesCommand } from './commands.ts'
import { createFamilySet, type FamilyChange } from './family-set.ts'
import { createFamiliesQueries, type FamiliesQuery } from './queries.ts'
import { trustOf } from './rules.ts'
import { createTrustReads } from './tables.ts'

/** The families capability: which makes of OLTs the console knows, and which of them it may change. */
export interface Families {
  readonly queries: QueryHandlers<FamiliesQuery>
  readonly commands: CommandHandlers<FamiliesCommand>
  /** Those that come with the console and those of the workspace, as they are now. */
  current(): readonly OltFamily[]
  /**
   * Whether OLTs of this family may be changed. An own family that its owner does not trust, or
   * whose profile has changed since, is for reading only; so is one that is not there.
   * SECURITY: whoever changes an OLT asks here first, each time.
   */
  mayWrite(familyId: string): boolean
  /** What the family says over its CLI; null: it has no cli.yaml. The same object while it stays. */
  cliOf(familyId: string): FamilyCli | null
  /** Looks after the folder from now on. Returns its stop. */
  start(): () => void
}

export interface FamiliesDependencies {
  readonly workspaceDir: string
  readonly builtIn: readonly OltFamily[]
  /** Where those that come with the console lie, for what is written about them. */
  readonly builtInFolders: readonly string[]
  readonly reader: StoreReader
  readonly clock: Clock
  readonly log: { info(event: string, details?: object): void }
  readonly emit: Emit
  readonly nameOfAccount: (accountId: string) => string | null
  readonly oltsByFamily: () => ReadonlyMap<string, number>
  /** OLTs that this concerns are to be recognised anew. */
  readonly onChange: (change: FamilyChange) => void
}

const folderName = 'olt-families'

export const createFamilies = (deps: FamiliesDependencies): Families => {
  const { clock, emit } = deps
  const folder = join(deps.workspaceDir, folderName)
  const trust = createTrustReads(deps.reader)
  const tell = (): void => emit('families.changed', () => ({ at: clock.now() }))
  const set = createFamilySet({
    builtIn: deps.builtIn,
    folder,
    clock,
    log: deps.log,
    onChange: (change) => {
      deps.onChange(change)
      tell()
    },
  })
  const builtIn = new Set(deps.builtIn.map(({ family }) => family))
  let clis: ReadonlyMap<string, FamilyCli> | null = null
  const builtInClis = (): ReadonlyMap<string, FamilyCli> =>
    (clis ??= new Map(deps.builtInFolders.flatMap((each) => [...clisOf(each)])))
  /** A console without CLI profiles is better than none; the tests see to it that they are right. */
  const clisOf = (each: string): ReadonlyMap<string, FamilyCli> => {
    try {
      return loadFamilyClis(each)
    } catch (error) {
      deps.log.info('CLI profiles that come with the console were refused', { error })
      return new Map()
    }
  }

  return {
    queries: createFamiliesQueries({
      set,
      folder,
      builtInFolders: deps.builtInFolders,
      trust,
      checker: createCaptureChecker(set.current),
      nameOfAccount: deps.nameOfAccount,
      oltsByFamily: deps.oltsByFamily,
    }),
    commands: createFamiliesCommands({ set, clock, onTrust: tell }),
    current: set.current,
    mayWrite: (familyId) => {
      if (builtIn.has(familyId)) return true
      const found = set.ownFamily(familyId)
      return found !== undefined && trustOf(found, trust.of(familyId)) === 'trusted'
    },
    cliOf: (familyId) => builtInClis().get(familyId) ?? set.ownFamily(familyId)?.cli ?? null,
    start: set.start,
  }
}
