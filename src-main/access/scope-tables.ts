import type { Scope, ScopeKind } from '../../src-shared/domain/scope.ts'
import type { Reach } from '../engine/reach.ts'
import { everything } from '../engine/reach.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Lookup } from './lookup.ts'

/** Regions, and which of them an account reaches. */

export interface RegionRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly changedAt: number
}

export interface Scopes {
  of(accountId: string): Scope
  /** As the store stands now; of an account that there is not: nothing. */
  reachOf(accountId: string): Reach
  regions(): readonly (RegionRow & {
    readonly oltIds: readonly string[]
    readonly accounts: number
  })[]
  /** Names of the regions that an account reaches. */
  regionNamesOf(accountId: string): readonly string[]
}

const columns = 'id, version, name, updated_at AS changedAt'

export const createScopes = (reader: StoreReader): Scopes => {
  const kindOf = reader.prepare<[string], { scope: ScopeKind }>(
    `SELECT scope FROM account WHERE id = ?`,
  )
  const regionsOf = reader.prepare<[string], { id: string; name: string }>(
    `SELECT region.id AS id, region.name AS name FROM account_region
     JOIN region ON region.id = region_id WHERE account_id = ? ORDER BY region.name, region.id`,
  )
  const oltsOf = reader.prepare<[string], { oltId: string }>(
    `SELECT DISTINCT olt_id AS oltId FROM account_region
     JOIN region_olt USING (region_id) WHERE account_id = ?`,
  )
  const all = reader.prepare<[], RegionRow & { accounts: number }>(
    `SELECT ${columns},
       (SELECT count(*) FROM account_region WHERE region_id = region.id) AS accounts
     FROM region ORDER BY name, id`,
  )
  const oltsIn = reader.prepare<[string], { oltId: string }>(
    `SELECT olt_id AS oltId FROM region_olt WHERE region_id = ? ORDER BY olt_id`,
  )
  const of = (accountId: string): Scope => {
    const kind = kindOf.get(accountId)?.scope ?? 'own'
    return kind === 'regions'
      ? { kind, regionIds: regionsOf.all(accountId).map(({ id }) => id) }
      : { kind }
  }
  return {
    of,
    reachOf(accountId) {
      const kind = kindOf.get(accountId)?.scope ?? 'own'
      if (kind === 'all') return everything
      // SECURITY: looked up at each call, so that a region that lost an OLT reaches it no more.
      const olts = kind === 'own' ? [] : oltsOf.all(accountId)
      return { kind, accountId, olts: new Set(olts.map(({ oltId }) => oltId)) }
    },
    regions: () =>
      all.all().map((row) => ({ ...row, oltIds: oltsIn.all(row.id).map(({ oltId }) => oltId) })),
    regionNamesOf: (accountId) => regionsOf.all(accountId).map(({ name }) => name),
  }
}

export const regionIn = (lookup: Lookup, id: string): RegionRow | undefined =>
  lookup.get<RegionRow>(`SELECT ${columns} FROM region WHERE id = ?`, id)

export const isRegionNameTaken = (lookup: Lookup, name: string, but: string): boolean =>
  lookup.get(`SELECT 1 FROM region WHERE lower(name) = lower(?) AND id <> ?`, name, but) !==
  undefined

export const accountsInRegion = (lookup: Lookup, id: string): number =>
  lookup.get<{ n: number }>(`SELECT count(*) AS n FROM account_region WHERE region_id = ?`, id)
    ?.n ?? 0

export const isOlt = (lookup: Lookup, id: string): boolean =>
  lookup.get(`SELECT 1 FROM olt WHERE id = ?`, id) !== undefined

export const writeRegion = (
  tx: Transaction,
  region: { id: string; version: number; name: string; oltIds: readonly string[] },
  at: number,
): void => {
  tx.run(
    `INSERT INTO region (id, version, name, created_at, updated_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
       updated_at = excluded.updated_at`,
    region.id,
    region.version,
    region.name,
    at,
    at,
  )
  tx.run(`DELETE FROM region_olt WHERE region_id = ?`, region.id)
  for (const oltId of new Set(region.oltIds)) {
    tx.run(`INSERT INTO region_olt (region_id, olt_id) VALUES (?, ?)`, region.id, oltId)
  }
  tx.change({
    entity: 'region',
    entityId: region.id,
    kind: region.version === 1 ? 'created' : 'updated',
    version: region.version,
    data: { name: region.name, olts: region.oltIds.length },
  })
}

export const deleteRegion = (tx: Transaction, region: RegionRow): void => {
  tx.run(`DELETE FROM region_olt WHERE region_id = ?`, region.id)
  tx.run(`DELETE FROM region WHERE id = ?`, region.id)
  tx.change({
    entity: 'region',
    entityId: region.id,
    kind: 'deleted',
    version: region.version + 1,
  })
}

/** The regions that go with the scope of an account; the account's own column is its caller's. */
export const writeAccountRegions = (tx: Transaction, accountId: string, scope: Scope): void => {
  tx.run(`DELETE FROM account_region WHERE account_id = ?`, accountId)
  if (scope.kind !== 'regions') return
  for (const regionId of new Set(scope.regionIds)) {
    tx.run(`INSERT INTO account_region (account_id, region_id) VALUES (?, ?)`, accountId, regionId)
  }
}
