import type { CellSetter, Column, ValueWriter } from '../snmp/mib-view.ts'
import { parseOid } from '../snmp/oid.ts'
import type { RowSet } from '../snmp/row-set.ts'

/** What a family gives the agent: its columns, and the row sets to read again when ONUs change. */
export interface FamilyView {
  readonly columns: readonly Column[]
  readonly rowSets: readonly RowSet[]
}

/** Columns under one table entry: the key is the column's number; `sets` are those to be written. */
export const table = (
  entryOid: string,
  rows: RowSet,
  cells: Readonly<Record<number, ValueWriter>>,
  has?: Column['has'],
  sets: Readonly<Record<number, CellSetter>> = {},
): Column[] =>
  Object.entries(cells).map(([number, write]) => {
    const set = sets[Number(number)]
    const column = { oid: parseOid(`${entryOid}.${number}`), rows, write }
    return { ...column, ...(has ? { has } : {}), ...(set ? { set } : {}) }
  })
