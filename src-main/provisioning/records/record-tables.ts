import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'

/** What the console holds of each ONU, and how it was read last. Addresses are packed. */

export interface OnuRecord {
  readonly oltId: string
  readonly address: number
  readonly config: OnuConfig
  readonly at: number
  readonly planId: string | null
}

interface Row {
  readonly oltId: string
  readonly address: number
  readonly config: string
  readonly at: number
  readonly planId: string | null
}

const recordOf = (row: Row): OnuRecord => ({
  ...row,
  config: JSON.parse(row.config) as OnuConfig,
})

const columns = `olt_id AS oltId, address, config, at, plan_id AS planId`

export const createRecordReads = (reader: StoreReader) => {
  const one = reader.prepare<[string, number], Row>(
    `SELECT ${columns} FROM provisioning_record WHERE olt_id = ? AND address = ?`,
  )
  const bySerial = reader.prepare<[string], Row>(
    `SELECT ${columns} FROM provisioning_record WHERE serial = ?`,
  )
  const ofOlt = reader.prepare<[string, number, number], Row>(
    `SELECT ${columns} FROM provisioning_record
      WHERE olt_id = ? AND address BETWEEN ? AND ? ORDER BY address`,
  )
  const reading = reader.prepare<[string, number], { config: string; at: number }>(
    `SELECT config, at FROM provisioning_reading WHERE olt_id = ? AND address = ?`,
  )
  return {
    record: (oltId: string, address: number): OnuRecord | null => {
      const row = one.get(oltId, address)
      return row === undefined ? null : recordOf(row)
    },
    bySerial: (serial: string): readonly OnuRecord[] => bySerial.all(serial).map(recordOf),
    /** From one address to another, both included. */
    between: (oltId: string, first: number, last: number): readonly OnuRecord[] =>
      ofOlt.all(oltId, first, last).map(recordOf),
    reading: (
      oltId: string,
      address: number,
    ): { readonly config: OnuConfig | null; readonly at: number } | null => {
      const row = reading.get(oltId, address)
      return row === undefined
        ? null
        : { config: JSON.parse(row.config) as OnuConfig | null, at: row.at }
    },
  }
}

export type RecordReads = ReturnType<typeof createRecordReads>

/** What the console holds of a place from now on; null: nothing. */
export const putRecord = (
  tx: Transaction,
  place: { readonly oltId: string; readonly address: number },
  config: OnuConfig | null,
  at: number,
  planId: string | null,
): void => {
  if (config === null) {
    tx.run(
      `DELETE FROM provisioning_record WHERE olt_id = ? AND address = ?`,
      place.oltId,
      place.address,
    )
  } else {
    tx.run(
      `INSERT INTO provisioning_record (olt_id, address, serial, config, at, plan_id)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (olt_id, address) DO UPDATE SET
        serial = excluded.serial, config = excluded.config, at = excluded.at,
        plan_id = excluded.plan_id`,
      place.oltId,
      place.address,
      config.serial,
      JSON.stringify(config),
      at,
      planId,
    )
  }
  // What was found amiss there is of yesterday.
  tx.run(
    `DELETE FROM provisioning_mismatch WHERE olt_id = ? AND address = ?`,
    place.oltId,
    place.address,
  )
  tx.run(
    `DELETE FROM provisioning_unrecorded WHERE olt_id = ? AND address = ?`,
    place.oltId,
    place.address,
  )
}

export const putReading = (
  tx: Transaction,
  place: { readonly oltId: string; readonly address: number },
  config: OnuConfig | null,
  at: number,
): void => {
  tx.run(
    `INSERT INTO provisioning_reading (olt_id, address, config, at) VALUES (?, ?, ?, ?)
      ON CONFLICT (olt_id, address) DO UPDATE SET config = excluded.config, at = excluded.at`,
    place.oltId,
    place.address,
    JSON.stringify(config),
    at,
  )
}
