import type { Column, ValueWriter } from '../snmp/mib-view.ts'
import { parseOid } from '../snmp/oid.ts'
import type { RowSet } from '../snmp/row-set.ts'

/** What a family gives the agent: its columns, and the row sets to read again when ONUs change. */
export interface FamilyView {
  readonly columns: readonly Column[]
  readonly rowSets: readonly RowSet[]
}

/** Columns under one table entry: the key is the column's number. */
export const table = (
  entryOid: string,
  rows: RowSet,
  cells: Readonly<Record<number, ValueWriter>>,
  has?: Column['has'],
): Column[] =>
  Object.entries(cells).map(([number, write]) => {
    const column = { oid: parseOid(`${entryOid}.${number}`), rows, write }
    return has ? { ...column, has } : column
  })
