/** CSV after RFC 4180: comma, quotes doubled, CRLF; a byte order mark lets spreadsheets read UTF-8. */

/**
 * SECURITY: a text that a spreadsheet would take for a formula gets a leading apostrophe, unless it
 * is a plain number; one that has it already gets another, so that reading takes away just one.
 */
const harmless = (text: string): string =>
  /^'*\s*[=+\-@\t\r]/u.test(text) && !/^[+-]?\d+(?:[.,]\d+)?$/u.test(text) ? `'${text}` : text

export const csvCell = (value: string | number | null): string => {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = harmless(value)
  return /[",;\t\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (cells: readonly (string | number | null)[]): string =>
  `${cells.map(csvCell).join(',')}\r\n`

export const byteOrderMark = '\ufeff'

/** What a cell says: without the apostrophe that keeps spreadsheets from computing it. */
export const cellText = (cell: string): string => {
  const text = cell.trim()
  return /^'+\s*[=+\-@]/u.test(text) ? text.slice(1).trim() : text
}
