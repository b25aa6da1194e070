import type { OnuRow } from '../../../src-shared/contract/network-model.ts'

/**
 * What is chosen for a bulk act, by the ONU's name in live state, with the row as it was when it was
 * chosen: it stays chosen while the table moves on to other rows.
 */
export type OnuSelection = ReadonlyMap<number, OnuRow>

export const nothingSelected: OnuSelection = new Map()

export const toggleSelected = (selection: OnuSelection, row: OnuRow): OnuSelection => {
  const next = new Map(selection)
  if (!next.delete(row.row)) next.set(row.row, row)
  return next
}

export const addSelected = (selection: OnuSelection, rows: readonly OnuRow[]): OnuSelection => {
  const next = new Map(selection)
  for (const row of rows) next.set(row.row, row)
  return next
}

/** One per line, in the order they were chosen; ONUs without a serial number are left out. */
export const serialsOf = (rows: Iterable<OnuRow>): readonly string[] => {
  const serials: string[] = []
  for (const row of rows) if (row.serial !== null && row.serial !== '') serials.push(row.serial)
  return serials
}
