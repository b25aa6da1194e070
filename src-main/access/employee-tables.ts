import type { Employee } from '../../src-shared/contract/access-accounts.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import type { Lookup } from './lookup.ts'
import { photoUrl, type Photo, type PhotoType } from './photo.ts'

interface EmployeeRow {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly position: string
  readonly group: string
  readonly phone: string
  readonly email: string
  readonly note: string
  readonly photoType: PhotoType | null
  readonly photo: Buffer | null
  readonly accountId: string | null
}

type EmployeeFields = Pick<EmployeeRow, 'name' | 'position' | 'group' | 'phone' | 'email' | 'note'>

export const createEmployeeReads = (reader: StoreReader) => {
  const all = reader.prepare<[], EmployeeRow>(
    `SELECT employee.id, employee.version, employee.name, position, team AS "group", phone, email,
       note, photo_type AS photoType, photo, account.id AS accountId
     FROM employee LEFT JOIN account ON account.employee_id = employee.id
     ORDER BY employee.name, employee.id`,
  )
  return {
    all: (): Employee[] =>
      all.all().map(({ photoType, photo, ...row }) => ({
        ...row,
        photo:
          photoType === null || photo === null ? null : photoUrl({ type: photoType, bytes: photo }),
      })),
  }
}

export const employeeIn = (
  lookup: Lookup,
  id: string,
): { readonly id: string; readonly version: number } | undefined =>
  lookup.get(`SELECT id, version FROM employee WHERE id = ?`, id)

/** The change feed says that there is one, not who it is: it outlives the person's record. */
const told = (
  tx: Transaction,
  id: string,
  kind: 'created' | 'updated' | 'deleted',
  version: number,
): void => tx.change({ entity: 'employee', entityId: id, kind, version })

/** `photo` undefined: stays; null: goes. */
export const writeEmployee = (
  tx: Transaction,
  employee: EmployeeFields & { readonly id: string; readonly version: number },
  photo: Photo | null | undefined,
  at: number,
): void => {
  tx.run(
    `INSERT INTO employee (id, version, name, position, team, phone, email, note, created_at,
       updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name,
       position = excluded.position, team = excluded.team, phone = excluded.phone,
       email = excluded.email, note = excluded.note, updated_at = excluded.updated_at`,
    employee.id,
    employee.version,
    employee.name,
    employee.position,
    employee.group,
    employee.phone,
    employee.email,
    employee.note,
    at,
    at,
  )
  if (photo !== undefined) {
    tx.run(
      `UPDATE employee SET photo_type = ?, photo = ? WHERE id = ?`,
      photo?.type ?? null,
      photo?.bytes ?? null,
      employee.id,
    )
  }
  told(tx, employee.id, employee.version === 1 ? 'created' : 'updated', employee.version)
}

export const deleteEmployee = (tx: Transaction, id: string, version: number): void => {
  tx.run(`DELETE FROM employee WHERE id = ?`, id)
  told(tx, id, 'deleted', version + 1)
}
