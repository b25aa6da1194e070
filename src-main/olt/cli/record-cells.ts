import type { Cell } from './parser-schema.ts'

type Cells = Readonly<Record<string, Cell>>

/** Null: not told, or an empty text. */
export const textIn = (cells: Cells, name: string): string | null => {
  const cell = cells[name]
  return cell === undefined || cell === null || cell === '' ? null : String(cell)
}

/** Null: not told, or no whole number. */
export const numberIn = (cells: Cells, name: string): number | null => {
  const cell = cells[name]
  const value = typeof cell === 'number' ? cell : Number(textIn(cells, name) ?? Number.NaN)
  return Number.isInteger(value) ? value : null
}
