import { parseCsv, type Separator } from '../../../src-shared/domain/csv-records.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { minorDigits } from '../../../src-shared/domain/currencies.ts'
import { minorUnitsOf } from './bank-amount.ts'
import { readDay, type DayOrder } from './bank-dates.ts'
import {
  currencyOf,
  negated,
  orNull,
  shortened,
  tidy,
  tidyAccount,
  type BankFile,
  type BankFileProblem,
  type BankLine,
} from './bank-statement.ts'

/** Which column (from 0) holds what; null: none does. */
export interface BankCsvColumns {
  readonly bookedOn: number
  readonly valueOn: number | null
  /** Signed, or with a column of marks beside it. */
  readonly amount: number | null
  /** What came in and what went out, where a bank parts them. */
  readonly credit: number | null
  readonly debit: number | null
  /** `C`/`D`, `CR`/`DB`, `K`/`D` (kredit, debit), `+`/`-`, `H`/`S` (Haben, Soll). */
  readonly mark: number | null
  readonly currency: number | null
  readonly name: number | null
  readonly account: number | null
  readonly reference: number | null
  /** Joined by a blank. */
  readonly remittance: readonly number[]
}

export interface BankCsvMapping {
  readonly separator: Separator
  /** Lines above the first movement: the bank's own words and the names of the columns. */
  readonly skip: number
  readonly dates: DayOrder
  readonly decimal: ',' | '.'
  /** Where no column says it. */
  readonly currency: CurrencyCode
  readonly columns: BankCsvColumns
}

const creditMarks = new Set(['C', 'CR', 'CRDT', 'K', 'KR', 'H', '+', 'CREDIT', 'KREDIT', 'HABEN'])
const debitMarks = new Set(['D', 'DR', 'DB', 'DBIT', 'S', '-', 'DEBIT', 'DEBET', 'SOLL'])

/**
 * A bank's own table, read as a person has said. A record without a date and an amount (a total at the
 * end, an empty row) is told with its line and left out; the rest is read.
 */
export const readBankCsv = (text: string, mapping: BankCsvMapping): BankFile => {
  const problems: BankFileProblem[] = []
  const lines: BankLine[] = []
  let at = 0
  for (const record of parseCsv(text, mapping.separator)) {
    at++
    if (at <= mapping.skip) continue
    const tell: Tell = (code, found) => {
      problems.push({ position: record.line, code, found: shortened(found) })
      return null
    }
    if (record.broken) {
      tell('broken-quote', record.cells.join(mapping.separator))
      continue
    }
    const line = lineOf(record.cells, record.line, mapping, tell)
    if (line !== null) lines.push(line)
  }
  return {
    format: 'csv',
    statements: [{ account: null, number: null, opening: null, closing: null, lines }],
    problems,
  }
}

type Tell = (code: BankFileProblem['code'], found: string) => null

const lineOf = (
  cells: readonly string[],
  position: number,
  { columns, dates, decimal, currency: usual }: BankCsvMapping,
  tell: Tell,
): BankLine | null => {
  const cell = (column: number | null): string =>
    column === null ? '' : (cells[column] ?? '').trim()
  const wanted = [columns.bookedOn, columns.amount, columns.credit, columns.debit]
  if (wanted.some((column) => column !== null && column >= cells.length)) {
    return tell('missing-column', cells.join(' '))
  }
  const bookedOn = readDay(cell(columns.bookedOn), dates)
  if (bookedOn === null) return tell('bad-date', cell(columns.bookedOn))
  const code = cell(columns.currency).toUpperCase()
  const currency = code === '' ? usual : currencyOf(code)
  if (currency === null) return tell('unknown-currency', code)
  const minor = amountOf(cell, columns, (text) =>
    minorUnitsOf(text, minorDigits(currency), decimal),
  )
  if (minor === null) {
    return tell('bad-amount', cell(columns.amount) || cell(columns.credit) || cell(columns.debit))
  }
  return {
    position,
    bookedOn,
    valueOn: readDay(cell(columns.valueOn), dates),
    minor,
    currency,
    isReversal: false,
    remittance: tidy(columns.remittance.map(cell).join(' ')),
    creditorReference: null,
    endToEndId: null,
    bankReference: orNull(cell(columns.reference)),
    counterpartyName: orNull(cell(columns.name)),
    counterpartyAccount: tidyAccount(cell(columns.account)),
  }
}

const amountOf = (
  cell: (column: number | null) => string,
  columns: BankCsvColumns,
  read: (text: string) => number | null,
): number | null => {
  if (columns.amount !== null) {
    // `1,234.00 CR`: some banks write the mark behind the number.
    const parts = /^(.*?)\s*([A-Za-z]+)?$/u.exec(cell(columns.amount))
    const minor = read(parts?.[1] ?? '')
    const mark = (cell(columns.mark) || (parts?.[2] ?? '')).toUpperCase()
    if (minor === null || mark === '') return minor
    if (creditMarks.has(mark)) return minor
    return debitMarks.has(mark) ? negated(Math.abs(minor)) : null
  }
  const credit = cell(columns.credit)
  const debit = cell(columns.debit)
  const came = credit === '' ? 0 : read(credit)
  const went = debit === '' ? 0 : read(debit)
  if (came === null || went === null || (credit === '' && debit === '')) return null
  // Both filled: one of them is zero, or nobody can say what happened.
  if (came !== 0 && went !== 0) return null
  return came === 0 ? negated(Math.abs(went)) : came
}
