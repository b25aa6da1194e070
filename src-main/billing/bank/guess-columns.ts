import { parseCsv, separators, type Separator } from '../../../src-shared/domain/csv-records.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { minorUnitsOf } from './bank-amount.ts'
import type { BankCsvColumns, BankCsvMapping } from './bank-csv.ts'
import { orderOf, orderOfMost, readDay } from './bank-dates.ts'
import { currencyOf } from './bank-statement.ts'

/** Words of a column's name, in English, Indonesian and German, as banks write them. */
const names = {
  bookedOn:
    /^(?:booking|posting|posted|transaction|trx|trans)?\W*(?:date|tanggal|tgl|datum)\b|buchung(?:stag|sdatum)|tanggal(?: transaksi)?|^tgl/iu,
  valueOn: /value|valuta|wert|efektif|effective/iu,
  credit: /^(?:credit|kredit|paid in|money in|masuk|haben|deposit)/iu,
  debit: /^(?:debit|debet|paid out|money out|keluar|soll|withdrawal)/iu,
  amount: /amount|jumlah|nominal|betrag|mutasi|value\s*\(/iu,
  mark: /^(?:d\/?c|c\/?d|db\/?cr|cr\/?db|type|jenis|s\/h|dr\/cr|cr\/dr)\b/iu,
  currency: /currency|mata uang|währung|^ccy|^curr/iu,
  name: /name|nama|payer|pengirim|counterpart|auftraggeber|beneficiary|zahlungspflicht/iu,
  account: /account|rekening|iban|konto/iu,
  reference: /reference|referensi|no\.? ?ref|^ref|transaction id|kundenreferenz/iu,
  remittance:
    /description|remittance|keterangan|uraian|berita|verwendung|details|memo|narrative|remark/iu,
} as const

type Part = keyof typeof names

const looked = 60

/** What a file probably means, for a person to look at and correct. Null: no table was found in it. */
export const guessMapping = (text: string, usual: CurrencyCode): BankCsvMapping | null => {
  const separator = guessSeparator(text)
  const records = [...first(parseCsv(text, separator), looked)].map((record) => record.cells)
  const widest = Math.max(0, ...records.map((cells) => cells.length))
  if (widest < 2) return null
  const header = records.findIndex((cells) => named(cells).size >= 2)
  const skip = header < 0 ? 0 : header + 1
  const rows = records.slice(skip).filter((cells) => cells.length > 1)
  const columns = header < 0 ? byContent(rows, widest) : byName(named(records[header] ?? []))
  if (columns === null) return null
  const column = (at: number | null): string[] =>
    at === null ? [] : rows.map((cells) => (cells[at] ?? '').trim()).filter((cell) => cell !== '')
  const dates = column(columns.bookedOn).filter((cell) => /\d/u.test(cell))
  const numbers = [columns.amount, columns.credit, columns.debit].flatMap(column)
  const currency = currencyOf((column(columns.currency)[0] ?? '').toUpperCase()) ?? usual
  return {
    separator,
    skip,
    // A total at the end, or a slip, is no day: most of them decide.
    dates: orderOfMost(dates) ?? 'dmy',
    decimal: guessDecimal(numbers),
    currency,
    columns,
  }
}

function* first<T>(all: Iterable<T>, count: number): Generator<T> {
  let left = count
  for (const one of all) {
    if (left-- <= 0) return
    yield one
  }
}

const guessSeparator = (text: string): Separator => {
  const width = (separator: Separator): number => {
    const counts = [...first(parseCsv(text, separator), looked)].map(({ cells }) => cells.length)
    return counts.filter((count) => count > 2).length
  }
  return separators.reduce((best, one) => (width(one) > width(best) ? one : best))
}

/** The columns whose names say what they hold; the first one that says it. */
const named = (cells: readonly string[]): ReadonlyMap<Part, number[]> => {
  const found = new Map<Part, number[]>()
  for (const [index, cell] of cells.entries()) {
    const part = (Object.keys(names) as Part[])
      // A value date is a date as well: the narrower word decides.
      .toSorted((one, other) => Number(other === 'valueOn') - Number(one === 'valueOn'))
      .find((one) => names[one].test(cell.trim()) && (one !== 'valueOn' || !/\(/u.test(cell)))
    if (part !== undefined) found.set(part, [...(found.get(part) ?? []), index])
  }
  return found
}

const byName = (found: ReadonlyMap<Part, number[]>): BankCsvColumns | null => {
  const one = (part: Part): number | null => found.get(part)?.[0] ?? null
  const bookedOn = one('bookedOn') ?? one('valueOn')
  if (bookedOn === null) return null
  const parted = one('credit') !== null && one('debit') !== null
  const amount = parted ? null : (one('amount') ?? one('credit'))
  if (amount === null && !parted) return null
  return {
    bookedOn,
    valueOn: one('valueOn') === bookedOn ? null : one('valueOn'),
    amount,
    credit: parted ? one('credit') : null,
    debit: parted ? one('debit') : null,
    mark: one('mark'),
    currency: one('currency'),
    name: one('name'),
    account: one('account'),
    reference: one('reference'),
    remittance: found.get('remittance') ?? [],
  }
}

/** Without names: the first column of days, the first of numbers, the one with the longest words. */
const byContent = (rows: readonly (readonly string[])[], width: number): BankCsvColumns | null => {
  const columns = Array.from({ length: width }, (_, at) => rows.map((cells) => cells[at] ?? ''))
  const most = (test: (cell: string) => boolean): number | null => {
    const at = columns.findIndex(
      (cells) => cells.length > 0 && cells.filter(test).length * 2 > cells.length,
    )
    return at < 0 ? null : at
  }
  const isDay = (cell: string): boolean => orderOf([cell]) !== null
  const bookedOn = most(isDay)
  const amount = most(
    (cell) =>
      readDay(cell, 'ymd') === null && /\d[.,]\d/u.test(cell) && minorUnitsOf(cell, 4) !== null,
  )
  if (bookedOn === null || amount === null) return null
  const lengths = columns.map((cells) => cells.reduce((sum, cell) => sum + cell.length, 0))
  const words = lengths.indexOf(
    Math.max(...lengths.filter((_, at) => at !== bookedOn && at !== amount)),
  )
  return {
    bookedOn,
    valueOn: null,
    amount,
    credit: null,
    debit: null,
    mark: null,
    currency: null,
    name: null,
    account: null,
    reference: null,
    remittance: words < 0 ? [] : [words],
  }
}

const guessDecimal = (numbers: readonly string[]): ',' | '.' => {
  let commas = 0
  let points = 0
  for (const number of numbers) {
    const last = /([.,])(\d+)\D*$/u.exec(number)
    if (last === null) continue
    // Two digits behind the last mark are cents; three are thousands.
    const isDecimal = last[2]?.length !== 3
    if ((last[1] === ',') === isDecimal) commas++
    else points++
  }
  return commas > points ? ',' : '.'
}
