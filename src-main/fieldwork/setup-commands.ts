import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import type { Transaction } from '../store/write-path.ts'
import type { FieldworkDependencies } from './ports.ts'

export type SetupCommand = 'fieldwork.saveType' | 'fieldwork.saveTechnician' | 'fieldwork.configure'

const e7 = (degrees: number | undefined): number | null =>
  degrees === undefined ? null : Math.round(degrees * 1e7)

/** Spans of a day in order and apart. */
const isWeek = (week: readonly (readonly (readonly [number, number])[])[]): boolean =>
  week.every((spans) =>
    spans.every(([from, to], index) => from < to && from >= (spans[index - 1]?.[1] ?? 0)),
  )

/** Types with their checklists, who goes out and when, and how numbers begin. */
export const createSetupCommands = (
  deps: Pick<FieldworkDependencies, 'newId' | 'clock' | 'nameOfAccount'> & {
    readonly changed: () => void
  },
): CommandHandlers<SetupCommand> => {
  const refuseOlder = (
    what: string,
    found: { readonly version: number } | undefined,
    base: number,
  ): number => {
    if (found === undefined) throw new NocturneError('not-found', { what })
    if (found.version !== base)
      throw new NocturneError('conflict', { what, version: found.version })
    return base + 1
  }
  const versionOf = (tx: Transaction, sql: string, key: string) =>
    tx.get<{ version: number }>(sql, key)

  return {
    'fieldwork.saveType': ({ id, baseVersion, kind, name, minutes, paper, active }) => ({
      apply: (tx) => {
        const values = [kind, name.en, name.id, minutes, JSON.stringify(paper), active ? 1 : 0]
        if (id === null) {
          const made = deps.newId()
          tx.run(
            `INSERT INTO work_order_type (kind, name_en, name_id, minutes, paper, active, id,
              version, position) VALUES (?, ?, ?, ?, ?, ?, ?, 1,
              (SELECT coalesce(max(position), -1) + 1 FROM work_order_type))`,
            ...values,
            made,
          )
          tx.change({ entity: 'work-order-type', entityId: made, kind: 'created', version: 1 })
          return { id: made, version: 1 }
        }
        const found = versionOf(tx, `SELECT version FROM work_order_type WHERE id = ?`, id)
        const version = refuseOlder('work-order-type', found, baseVersion)
        tx.run(
          `UPDATE work_order_type SET kind = ?, name_en = ?, name_id = ?, minutes = ?, paper = ?,
            active = ?, version = version + 1 WHERE id = ?`,
          ...values,
          id,
        )
        tx.change({ entity: 'work-order-type', entityId: id, kind: 'updated', version })
        return { id, version }
      },
      after: deps.changed,
    }),

    'fieldwork.saveTechnician': ({ accountId, baseVersion, week, home, active }) => {
      if (!isWeek(week)) throw new NocturneError('invalid-input', { field: 'week', rule: 'order' })
      if (deps.nameOfAccount(accountId) === null) {
        throw new NocturneError('not-found', { what: 'account' })
      }
      return {
        apply: (tx) => {
          const found = versionOf(
            tx,
            `SELECT version FROM technician WHERE account_id = ?`,
            accountId,
          )
          const version =
            found === undefined && baseVersion === 0
              ? 1
              : refuseOlder('technician', found, baseVersion)
          tx.run(
            `INSERT INTO technician (account_id, version, week, lat_e7, lng_e7, active)
              VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account_id) DO UPDATE SET
              version = excluded.version, week = excluded.week, lat_e7 = excluded.lat_e7,
              lng_e7 = excluded.lng_e7, active = excluded.active`,
            accountId,
            version,
            JSON.stringify(week),
            e7(home?.latitude),
            e7(home?.longitude),
            active ? 1 : 0,
          )
          const kind = version === 1 ? 'created' : 'updated'
          tx.change({ entity: 'technician', entityId: accountId, kind, version })
          return { version }
        },
        after: deps.changed,
      }
    },

    'fieldwork.configure': ({ baseVersion, prefix, travelKmh, depot }) => ({
      apply: (tx) => {
        const found = tx.get<{ version: number }>(
          `SELECT version FROM work_order_settings WHERE id = 1`,
        )
        const version = refuseOlder('work-order-settings', found, baseVersion)
        tx.run(
          `UPDATE work_order_settings SET prefix = ?, travel_kmh = ?, depot_lat_e7 = ?,
            depot_lng_e7 = ?, version = version + 1 WHERE id = 1`,
          prefix,
          travelKmh,
          e7(depot?.latitude),
          e7(depot?.longitude),
        )
        tx.change({ entity: 'work-order-settings', entityId: '1', kind: 'updated', version })
        return {}
      },
      after: deps.changed,
    }),
  }
}
