import type { MaintenancePlan, MaintenanceRow } from '../../../src-shared/contract/alarms-model.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Person } from '../book/alarm.ts'

/** A window as it is stored: its plan, and what has become of it. */
export interface MaintenanceRecord {
  readonly id: string
  readonly version: number
  readonly plan: MaintenancePlan
  readonly state: 'planned' | 'ended' | 'cancelled'
  readonly owner: Person
  /** Start of the last run that is over; runs until then never come again. */
  readonly runEnded: number | null
  readonly asks: MaintenanceRow['asks']
  readonly createdAt: number
}

interface StoredRow {
  readonly id: string
  readonly version: number
  readonly title: string
  readonly reason: string
  readonly scope: string
  readonly behaviour: MaintenancePlan['behaviour']
  readonly startsAt: number
  readonly endsAt: number
  readonly repeats: MaintenancePlan['repeats']
  readonly repeatsUntil: number | null
  readonly timeZone: string
  readonly state: MaintenanceRecord['state']
  readonly owner: string
  readonly runEnded: number | null
  readonly asks: string | null
  readonly createdAt: number
}

const columns = `id, version, title, reason, scope, behaviour, starts_at AS startsAt,
  ends_at AS endsAt, repeats, repeats_until AS repeatsUntil, time_zone AS timeZone, state, owner,
  run_ended AS runEnded, asks, created_at AS createdAt`

const recordOf = (row: StoredRow): MaintenanceRecord => ({
  id: row.id,
  version: row.version,
  plan: {
    title: row.title,
    reason: row.reason,
    scope: JSON.parse(row.scope) as MaintenancePlan['scope'],
    behaviour: row.behaviour,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    repeats: row.repeats,
    repeatsUntil: row.repeatsUntil,
    timeZone: row.timeZone,
  },
  state: row.state,
  owner: JSON.parse(row.owner) as Person,
  runEnded: row.runEnded,
  asks: row.asks === null ? null : (JSON.parse(row.asks) as MaintenanceRow['asks']),
  createdAt: row.createdAt,
})

/** Windows that are over and asked for in the list, the latest first. */
const mostEnded = 500

export const createMaintenanceReads = (reader: StoreReader) => {
  const living = reader.prepare<[], StoredRow>(
    `SELECT ${columns} FROM maintenance WHERE state = 'planned' OR asks IS NOT NULL`,
  )
  const ended = reader.prepare<[number], StoredRow>(
    `SELECT ${columns} FROM maintenance WHERE state <> 'planned' AND asks IS NULL
     ORDER BY starts_at DESC, id LIMIT ?`,
  )
  const byId = reader.prepare<[string], StoredRow>(
    `SELECT ${columns} FROM maintenance WHERE id = ?`,
  )
  return {
    living: (): MaintenanceRecord[] => living.all().map(recordOf),
    ended: (): MaintenanceRecord[] => ended.all(mostEnded).map(recordOf),
    byId: (id: string): MaintenanceRecord | undefined => {
      const row = byId.get(id)
      return row === undefined ? undefined : recordOf(row)
    },
  }
}

export type MaintenanceReads = ReturnType<typeof createMaintenanceReads>

export const putMaintenance = (tx: Transaction, record: MaintenanceRecord, at: number): void => {
  const { plan } = record
  tx.run(
    `INSERT INTO maintenance (id, version, title, reason, scope, behaviour, starts_at, ends_at,
       repeats, repeats_until, time_zone, state, owner, run_ended, asks, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title,
       reason = excluded.reason, scope = excluded.scope, behaviour = excluded.behaviour,
       starts_at = excluded.starts_at, ends_at = excluded.ends_at, repeats = excluded.repeats,
       repeats_until = excluded.repeats_until, time_zone = excluded.time_zone,
       state = excluded.state, run_ended = excluded.run_ended, asks = excluded.asks,
       updated_at = excluded.updated_at`,
    record.id,
    record.version,
    plan.title,
    plan.reason,
    JSON.stringify(plan.scope),
    plan.behaviour,
    Math.round(plan.startsAt),
    Math.round(plan.endsAt),
    plan.repeats,
    plan.repeatsUntil === null ? null : Math.round(plan.repeatsUntil),
    plan.timeZone,
    record.state,
    JSON.stringify(record.owner),
    record.runEnded === null ? null : Math.round(record.runEnded),
    record.asks === null ? null : JSON.stringify(record.asks),
    record.createdAt,
    at,
  )
}
