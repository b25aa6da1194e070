import type { z } from 'zod'
import type { speedProfile } from '../../../src-shared/contract/provisioning-model.ts'
import type { OltCatalogue } from '../../olt/cli/config-port.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'

/** What was read of each OLT's own lists, and the console's speeds. */

export type SpeedProfile = z.output<typeof speedProfile>

interface SpeedRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly downKbps: number
  readonly upKbps: number
  readonly onOlts: string
}

const speedOf = (row: SpeedRow): SpeedProfile => ({
  ...row,
  onOlts: JSON.parse(row.onOlts) as SpeedProfile['onOlts'],
})

export const createCatalogueReads = (reader: StoreReader) => {
  const catalogue = reader.prepare<[string], { lists: string; readAt: number }>(
    `SELECT lists, read_at AS readAt FROM provisioning_catalogue WHERE olt_id = ?`,
  )
  const columns = `id, version, name, down_kbps AS downKbps, up_kbps AS upKbps, on_olts AS onOlts`
  const speeds = reader.prepare<[], SpeedRow>(
    `SELECT ${columns} FROM provisioning_speed ORDER BY down_kbps, up_kbps, name`,
  )
  const speed = reader.prepare<[string], SpeedRow>(
    `SELECT ${columns} FROM provisioning_speed WHERE id = ?`,
  )
  return {
    catalogue: (
      oltId: string,
    ): { readonly lists: OltCatalogue; readonly readAt: number } | null => {
      const row = catalogue.get(oltId)
      return row === undefined
        ? null
        : { lists: JSON.parse(row.lists) as OltCatalogue, readAt: row.readAt }
    },
    speeds: (): readonly SpeedProfile[] => speeds.all().map(speedOf),
    speed: (id: string): SpeedProfile | null => {
      const row = speed.get(id)
      return row === undefined ? null : speedOf(row)
    },
  }
}

export type CatalogueReads = ReturnType<typeof createCatalogueReads>

export const putCatalogue = (
  tx: Transaction,
  oltId: string,
  lists: OltCatalogue,
  at: number,
): void => {
  tx.run(
    `INSERT INTO provisioning_catalogue (olt_id, lists, read_at) VALUES (?, ?, ?)
      ON CONFLICT (olt_id) DO UPDATE SET lists = excluded.lists, read_at = excluded.read_at`,
    oltId,
    JSON.stringify(lists),
    at,
  )
}

export const putSpeed = (tx: Transaction, speed: SpeedProfile, at: number): void => {
  tx.run(
    `INSERT INTO provisioning_speed (id, version, name, down_kbps, up_kbps, on_olts, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version,
      name = excluded.name, down_kbps = excluded.down_kbps, up_kbps = excluded.up_kbps,
      on_olts = excluded.on_olts, updated_at = excluded.updated_at`,
    speed.id,
    speed.version,
    speed.name,
    speed.downKbps,
    speed.upKbps,
    JSON.stringify(speed.onOlts),
    at,
  )
}

export const removeSpeed = (tx: Transaction, speedId: string): number =>
  tx.run(`DELETE FROM provisioning_speed WHERE id = ?`, speedId)
