import { shownMoment } from '../client/moment.ts'

/** CSV after RFC 4180: comma, quotes doubled, CRLF; with a byte order mark so that Excel reads UTF-8. */

export type CsvCell = string | number | boolean | null | undefined

const isNumeric = (text: string): boolean => /^[+-]?\d+(?:[.,]\d+)?$/.test(text)

/**
 * SECURITY: a device's own text may begin with a character that a spreadsheet takes for a formula;
 * such a cell gets a leading apostrophe, unless it is a plain number.
 */
const harmless = (text: string): string =>
  /^[\s]*[=+\-@\t\r]/.test(text) && !isNumeric(text) ? `'${text}` : text

export const csvCell = (value: CsvCell): string => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'boolean') return String(value)
  const text = harmless(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const toCsv = (head: readonly string[], rows: Iterable<readonly CsvCell[]>): string => {
  const lines = [head.map(csvCell).join(',')]
  for (const row of rows) lines.push(row.map(csvCell).join(','))
  return `\ufeff${lines.join('\r\n')}\r\n`
}

/** Hands bytes to the person as a file of this name. */
export const downloadBytes = (name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void =>
  downloadBlob(name, new Blob([bytes], { type }))

/** Hands the text to the person as a file of this name. */
const downloadText = (name: string, text: string, type = 'text/csv;charset=utf-8'): void =>
  downloadBlob(name, new Blob([text], { type }))

const downloadBlob = (name: string, blob: Blob): void => {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

export const exportCsv = (
  name: string,
  head: readonly string[],
  rows: Iterable<readonly CsvCell[]>,
  /** false: of a span of time, whatever moment is shown. */
  ofShownMoment = true,
): void => {
  const at = ofShownMoment ? shownMoment() : null
  if (at === null) return downloadText(name, toCsv(head, rows))
  return downloadText(nameAtMoment(name, at), toCsv([asOfLine(at)], [head, ...rows]))
}

/** `onus-2026-11-23.csv` of another moment: `onus-2026-11-23 as of 2026-11-21 0705Z.csv`. */
export const nameAtMoment = (name: string, at: number): string => {
  const time = new Date(at).toISOString()
  const moment = `${time.slice(0, 10)} ${time.slice(11, 16).replace(':', '')}Z`
  const dot = name.lastIndexOf('.')
  return `${name.slice(0, dot)} as of ${moment}${name.slice(dot)}`
}

/** The first line of a file that says how it was, in UTC as the file's name. */
export const asOfLine = (at: number): string => `As of ${new Date(at).toISOString()}`
