import type { z } from 'zod'
import type { Preset, OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import type { savedOnu } from '../../../src-shared/contract/provisioning-model.ts'
import { packOnuAddress, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'

/** Presets in their order, and ONUs that were announced before they were plugged in. */

export type SavedOnu = z.output<typeof savedOnu>

interface PresetRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly position: number
  readonly enabled: number
  readonly auto: number
  readonly conditions: string
  readonly settings: string
  readonly speedId: string | null
}

interface SavedRow {
  readonly id: string
  readonly serial: string
  readonly settings: string
  readonly speedId: string | null
  readonly oltId: string | null
  readonly pon: number | null
  readonly auto: number
  readonly note: string
  readonly by: string | null
  readonly createdAt: number
}

export const createPresetReads = (reader: StoreReader) => {
  const presets = reader.prepare<[], PresetRow>(
    `SELECT id, version, name, position, enabled, auto, conditions, settings, speed_id AS speedId
      FROM provisioning_preset ORDER BY position, name`,
  )
  const saved = reader.prepare<[], SavedRow>(
    `SELECT id, serial, settings, speed_id AS speedId, olt_id AS oltId, pon, auto, note,
      saved_by AS by, created_at AS createdAt FROM provisioning_saved ORDER BY created_at DESC`,
  )
  const auto = reader.prepare<[], { value: string }>(
    `SELECT value FROM setting WHERE key = 'provisioning.auto'`,
  )
  return {
    presets: (): readonly Preset[] =>
      presets.all().map(({ conditions, settings, enabled, auto: isAuto, ...row }) => ({
        ...row,
        enabled: enabled === 1,
        auto: isAuto === 1,
        when: JSON.parse(conditions) as Preset['when'],
        settings: JSON.parse(settings) as OnuSettings,
      })),
    saved: (): readonly SavedOnu[] =>
      saved.all().map(({ settings, pon, auto: isAuto, ...row }) => {
        const { onuId: _, ...place } = unpackOnuAddress(pon ?? 0)
        return {
          ...row,
          settings: JSON.parse(settings) as OnuSettings,
          pon: pon === null ? null : place,
          auto: isAuto === 1,
        }
      }),
    autoIsOn: (): boolean => auto.get()?.value === 'true',
  }
}

export type PresetReads = ReturnType<typeof createPresetReads>

export const putPreset = (tx: Transaction, preset: Preset, at: number): void => {
  tx.run(
    `INSERT INTO provisioning_preset (id, version, name, position, enabled, auto, conditions,
      settings, speed_id, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
      position = excluded.position, enabled = excluded.enabled, auto = excluded.auto,
      conditions = excluded.conditions, settings = excluded.settings,
      speed_id = excluded.speed_id, updated_at = excluded.updated_at`,
    preset.id,
    preset.version,
    preset.name,
    preset.position,
    preset.enabled ? 1 : 0,
    preset.auto ? 1 : 0,
    JSON.stringify(preset.when),
    JSON.stringify(preset.settings),
    preset.speedId,
    at,
  )
}

export const removePreset = (tx: Transaction, id: string): number =>
  tx.run(`DELETE FROM provisioning_preset WHERE id = ?`, id)

export const orderPresets = (tx: Transaction, ids: readonly string[]): void => {
  for (const [position, id] of ids.entries()) {
    tx.run(`UPDATE provisioning_preset SET position = ? WHERE id = ?`, position, id)
  }
}

/** The same serial again is the same announcement, with what was said last. */
export const putSaved = (tx: Transaction, saved: SavedOnu): void => {
  tx.run(
    `INSERT INTO provisioning_saved (id, serial, settings, speed_id, olt_id, pon, auto, note,
      saved_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET serial = excluded.serial, settings = excluded.settings,
      speed_id = excluded.speed_id, olt_id = excluded.olt_id, pon = excluded.pon,
      auto = excluded.auto, note = excluded.note`,
    saved.id,
    saved.serial,
    JSON.stringify(saved.settings),
    saved.speedId,
    saved.oltId,
    saved.pon === null ? null : packOnuAddress({ ...saved.pon, onuId: 0 }),
    saved.auto ? 1 : 0,
    saved.note,
    saved.by,
    saved.createdAt,
  )
}

export const removeSaved = (tx: Transaction, id: string): number =>
  tx.run(`DELETE FROM provisioning_saved WHERE id = ?`, id)

export const removeSavedSerial = (tx: Transaction, serial: string): number =>
  tx.run(`DELETE FROM provisioning_saved WHERE serial = ?`, serial)

export const putAuto = (tx: Transaction, on: boolean, at: number): void => {
  tx.run(
    `INSERT INTO setting (key, value, updated_at) VALUES ('provisioning.auto', ?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    JSON.stringify(on),
    at,
  )
}
