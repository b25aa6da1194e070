import type { Access, ScopeRule } from '../../src-shared/contract/define.ts'
import { commands, extraPermissions, queries } from '../../src-shared/contract/index.ts'
import type { Named, Scope, ScopedKind, ScopeKind } from '../../src-shared/domain/scope.ts'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'

/** How far a session reaches, as it stands at the moment of a call (domain/scope.ts). */
export interface Reach {
  readonly kind: Scope['kind']
  readonly accountId: string | null
  /** OLTs that are reached; null: every one, and everything else. */
  readonly olts: ReadonlySet<string> | null
}

/** Of the engine itself, and of accounts without a limit. */
export const everything: Reach = { kind: 'all', accountId: null, olts: null }

/** On which OLTs a thing lies, and whose it is. */
export interface Belongs {
  readonly oltIds: readonly string[]
  readonly accountIds?: readonly string[]
  /** Its people reach it wherever it lies, those of regions too: a subscriber is his agent's. */
  readonly peopleToo?: boolean
}

/** Null: there is no such thing, or it is nobody's (an outside-plant node that feeds no ONU yet). */
export type BelongingOf = (kind: ScopedKind, id: string) => Belongs | null

export const isEverything = (reach: Reach): boolean => reach.olts === null

export const reachesOlt = (reach: Reach, oltId: string | null): boolean =>
  reach.olts === null || (oltId !== null && reach.olts.has(oltId))

/** `inPart`: one of its OLTs is enough. */
export const reaches = (reach: Reach, belongs: Belongs, inPart = false): boolean => {
  const { olts } = reach
  if (olts === null) return true
  const { accountIds = [], peopleToo = false } = belongs
  const isMine = reach.accountId !== null && accountIds.includes(reach.accountId)
  if (reach.kind === 'own' || (peopleToo && isMine)) return isMine
  const has = (id: string): boolean => olts.has(id)
  return inPart ? belongs.oltIds.some(has) : belongs.oltIds.length > 0 && belongs.oltIds.every(has)
}

/** Fits no OLT, where an empty list would stand for all of them. */
const noOlt = '00000000-0000-0000-0000-000000000000'

/** Of a filter whose empty list means every OLT: the same filter within the reach. */
export const oltIdsWithin = (reach: Reach, oltIds: readonly string[]): string[] => {
  const { olts } = reach
  if (olts === null) return [...oltIds]
  const within = oltIds.length === 0 ? [...olts] : oltIds.filter((id) => olts.has(id))
  return within.length === 0 ? [noOlt] : within
}

/** What holds where a procedure or event does not say it: deny by default. */
export const scopeRuleOf = (definition: {
  readonly access: Access
  readonly scope?: ScopeRule<never>
}): ScopeRule<never> =>
  definition.scope ??
  (definition.access === 'public' || definition.access === 'session' ? 'nothing' : 'everything')

/** Errors: `beyond-scope`. */
export const refuseBeyondReach = (
  reach: Reach,
  definition: { readonly access: Access; readonly scope?: ScopeRule<never> },
  input: unknown,
  belongingOf: BelongingOf,
): void => {
  if (isEverything(reach)) return
  const rule = scopeRuleOf(definition)
  if (rule === 'nothing' || rule === 'narrowed') return
  // SECURITY: what names nothing that is known to be reached is refused.
  if (rule === 'everything') throw new NocturneError('beyond-scope')
  for (const named of rule(input as never)) refuseNamed(reach, named, belongingOf)
}

const refuseNamed = (reach: Reach, named: Named, belongingOf: BelongingOf): void => {
  const belongs = named.kind === 'workspace' ? { oltIds: [] } : belongingOf(named.kind, named.id)
  if (belongs === null) {
    // What is nobody's is told apart by its handler; of "own" it is not one's own.
    if (reach.kind === 'own') throw new NocturneError('beyond-scope')
    return
  }
  if (!reaches(reach, belongs, named.inPart === true)) throw new NocturneError('beyond-scope')
}

/** The same for what is sent: whether this receiver gets it. */
export const isReached = (
  reach: Reach,
  definition: { readonly access: Access; readonly scope?: ScopeRule<never> },
  payload: unknown,
  belongingOf: BelongingOf,
): boolean => {
  try {
    refuseBeyondReach(reach, definition, payload, belongingOf)
    return true
  } catch (error) {
    if (isNocturneError(error)) return false
    throw error
  }
}

const ofAPart: ReadonlySet<string> = new Set([
  ...extraPermissions,
  ...[queries, commands].flatMap((group) =>
    Object.values(group).flatMap((definition) =>
      scopeRuleOf(definition) === 'everything' ? [] : [definition.access],
    ),
  ),
])

/** What a page may offer: of who reaches a part, what is of any use there. */
export const permissionsWithin = (permissions: ReadonlySet<string>, kind: ScopeKind): string[] =>
  [...permissions].filter((name) => kind === 'all' || ofAPart.has(name))

/** For SQL: `(? IS NULL OR olt_id IN (SELECT value FROM json_each(?)))`; null: every OLT. */
export const oltListOf = (reach: Reach): string | null =>
  reach.olts === null ? null : JSON.stringify([...reach.olts])

/** For SQL: who must have made or hold it; null: anybody. */
export const ownerOf = (reach: Reach): string | null =>
  reach.kind === 'own' ? (reach.accountId ?? '') : null
