import type { AlarmFilter, AlarmRow } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmTarget } from './alarm-target.ts'

/** What is chosen for an act: rows by id, or everything the list's question finds. */
export interface AlarmSelection {
  readonly rows: ReadonlyMap<string, AlarmRow>
  readonly all: boolean
}

export const noAlarms: AlarmSelection = { rows: new Map(), all: false }

export const toggleAlarm = (selection: AlarmSelection, row: AlarmRow): AlarmSelection => {
  const rows = new Map(selection.rows)
  if (!rows.delete(row.id)) rows.set(row.id, row)
  return { rows, all: false }
}

export const addAlarms = (
  selection: AlarmSelection,
  added: readonly AlarmRow[],
): AlarmSelection => {
  const rows = new Map(selection.rows)
  for (const row of added) rows.set(row.id, row)
  return { rows, all: false }
}

/** Chosen ones before the one under the cursor; null: nothing to act on. */
export const targetOf = (
  selection: AlarmSelection,
  question: { readonly filter: AlarmFilter; readonly total: number },
  current: AlarmRow | undefined,
): AlarmTarget | null => {
  if (selection.all) return { kind: 'matching', ...question }
  if (selection.rows.size > 0) return { kind: 'rows', rows: [...selection.rows.values()] }
  return current === undefined ? null : { kind: 'rows', rows: [current] }
}
