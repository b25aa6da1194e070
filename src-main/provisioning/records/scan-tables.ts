import type { Mismatch } from '../../../src-shared/contract/provisioning-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import { oltListOf, type Reach } from '../../engine/reach.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'

/** What scans found. Addresses are packed. */

export interface MismatchRecord {
  readonly id: string
  readonly oltId: string
  readonly address: number
  readonly serial: string
  readonly kinds: Mismatch['kinds']
  readonly differences: Mismatch['differences']
  /** As the OLT has it; null: it has not. */
  readonly config: OnuConfig | null
  readonly foundAt: number
}

export interface Unrecorded {
  readonly address: number
  readonly config: OnuConfig
}

interface MismatchRow {
  readonly id: string
  readonly oltId: string
  readonly address: number
  readonly serial: string
  readonly kinds: string
  readonly differences: string
  readonly config: string | null
  readonly foundAt: number
}

const columns = `id, olt_id AS oltId, address, serial, kinds, differences, config, found_at AS foundAt`
const wanted = `(:oltId IS NULL OR olt_id = :oltId)
  AND (:kinds = '[]' OR EXISTS (SELECT 1 FROM json_each(kinds)
    WHERE value IN (SELECT value FROM json_each(:kinds))))
  AND (:within IS NULL OR olt_id IN (SELECT value FROM json_each(:within)))`

type Wanted = {
  readonly oltId: string | null
  readonly kinds: string
  /** OLTs, as JSON; null: every one. */
  readonly within: string | null
}

const mismatchOf = (row: MismatchRow): MismatchRecord => ({
  ...row,
  kinds: JSON.parse(row.kinds) as Mismatch['kinds'],
  differences: JSON.parse(row.differences) as Mismatch['differences'],
  config: row.config === null ? null : (JSON.parse(row.config) as OnuConfig),
})

export const createScanReads = (reader: StoreReader) => {
  const page = reader.prepare<[Wanted & { limit: number; offset: number }], MismatchRow>(
    `SELECT ${columns} FROM provisioning_mismatch WHERE ${wanted}
      ORDER BY olt_id, address LIMIT :limit OFFSET :offset`,
  )
  const total = reader.prepare<[Wanted], { count: number }>(
    `SELECT count(*) AS count FROM provisioning_mismatch WHERE ${wanted}`,
  )
  const byId = reader.prepare<[string], MismatchRow>(
    `SELECT ${columns} FROM provisioning_mismatch WHERE id IN (SELECT value FROM json_each(?))`,
  )
  const scans = reader.prepare<
    [],
    {
      oltId: string
      at: number | null
      compared: number
      unrecorded: number
      mismatches: number
      problem: string | null
    }
  >(
    `SELECT olt_id AS oltId, at, compared, problem,
        (SELECT count(*) FROM provisioning_unrecorded AS one WHERE one.olt_id = scan.olt_id)
          AS unrecorded,
        (SELECT count(*) FROM provisioning_mismatch AS one WHERE one.olt_id = scan.olt_id)
          AS mismatches
      FROM provisioning_scan AS scan`,
  )
  const unrecorded = reader.prepare<[string], { address: number; config: string }>(
    `SELECT address, config FROM provisioning_unrecorded WHERE olt_id = ? ORDER BY address`,
  )
  return {
    mismatches: (
      oltId: string | null,
      kinds: readonly string[],
      reach: Reach,
      limit: number,
      offset: number,
    ): { readonly total: number; readonly mismatches: readonly MismatchRecord[] } => {
      const asked = { oltId, kinds: JSON.stringify(kinds), within: oltListOf(reach) }
      return {
        total: total.get(asked)?.count ?? 0,
        mismatches: page.all({ ...asked, limit, offset }).map(mismatchOf),
      }
    },
    byIds: (ids: readonly string[]): readonly MismatchRecord[] =>
      byId.all(JSON.stringify(ids)).map(mismatchOf),
    scans: () =>
      scans.all().map(({ problem, ...row }) => ({
        ...row,
        problem: problem === null ? null : (JSON.parse(problem) as Problem),
      })),
    unrecorded: (oltId: string): readonly Unrecorded[] =>
      unrecorded
        .all(oltId)
        .map(({ address, config }) => ({ address, config: JSON.parse(config) as OnuConfig })),
  }
}

export type ScanReads = ReturnType<typeof createScanReads>

const rowsPerStatement = 250

/** One OLT was read through: what was found before is replaced. */
export const putScan = (
  tx: Transaction,
  oltId: string,
  found: {
    readonly at: number
    readonly compared: number
    readonly mismatches: readonly MismatchRecord[]
    readonly unrecorded: readonly Unrecorded[]
  },
): void => {
  tx.run(`DELETE FROM provisioning_mismatch WHERE olt_id = ?`, oltId)
  tx.run(`DELETE FROM provisioning_unrecorded WHERE olt_id = ?`, oltId)
  for (let first = 0; first < found.mismatches.length; first += rowsPerStatement) {
    const rows = found.mismatches
      .slice(first, first + rowsPerStatement)
      .map((one) => [
        one.id,
        one.address,
        one.serial,
        JSON.stringify(one.kinds),
        JSON.stringify(one.differences),
        one.config === null ? null : JSON.stringify(one.config),
      ])
    tx.run(
      `INSERT INTO provisioning_mismatch (id, olt_id, address, serial, kinds, differences, config,
        found_at) SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
          value ->> 5, ? FROM json_each(?) WHERE true`,
      oltId,
      found.at,
      JSON.stringify(rows),
    )
  }
  for (let first = 0; first < found.unrecorded.length; first += rowsPerStatement) {
    const rows = found.unrecorded
      .slice(first, first + rowsPerStatement)
      .map(({ address, config }) => [address, JSON.stringify(config)])
    tx.run(
      `INSERT INTO provisioning_unrecorded (olt_id, address, config, at)
        SELECT ?, value ->> 0, value ->> 1, ? FROM json_each(?) WHERE true`,
      oltId,
      found.at,
      JSON.stringify(rows),
    )
  }
  tx.run(
    `INSERT INTO provisioning_scan (olt_id, at, compared, unrecorded) VALUES (?, ?, ?, ?)
      ON CONFLICT (olt_id) DO UPDATE SET at = excluded.at, compared = excluded.compared,
      unrecorded = excluded.unrecorded, problem = NULL`,
    oltId,
    found.at,
    found.compared,
    found.unrecorded.length,
  )
}

/** It could not be read: what was found before stays, with why it is old. */
export const putScanProblem = (tx: Transaction, oltId: string, problem: Problem): void => {
  tx.run(
    `INSERT INTO provisioning_scan (olt_id, at, compared, unrecorded, problem)
      VALUES (?, NULL, 0, 0, ?) ON CONFLICT (olt_id) DO UPDATE SET problem = excluded.problem`,
    oltId,
    JSON.stringify(problem),
  )
}
