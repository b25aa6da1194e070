import { createHash } from 'node:crypto'
import type { BankMapping, BankProblem } from '../../../src-shared/contract/billing-bank-model.ts'
import { addDays, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { parseCsv, separatorOf } from '../../../src-shared/domain/csv-records.ts'
import { currencyCode, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError, type ErrorCode } from '../../../src-shared/errors.ts'
import { gone } from '../plans/plan-handlers.ts'
import { readBankCsv, type BankCsvMapping } from './bank-csv.ts'
import { BankFileError, shortened, type BankFile, type BankStatement } from './bank-statement.ts'
import type { BankAccountRow, BankFormat } from './bank-tables.ts'
import { guessMapping } from './guess-columns.ts'
import { lineKeys } from './line-keys.ts'
import { readBankFile } from './read-bank-file.ts'
import type { BankLine } from './bank-statement.ts'

/** A bank's file, read and checked, before anything of it is kept. */

const mostBytes = 16 * 1024 * 1024
/** What one transaction carries in a few seconds; a longer time is exported in parts. */
const mostLines = 20_000
const shownRecords = 12
/** Older than this the books of such a year are closed. */
const oldestDays = 3 * 366
const longest = 500

export interface StagedLine {
  readonly accountId: string
  readonly key: string
  readonly payerEnd: string | null
  /** `counterpartyAccount`: its hash. */
  readonly line: BankLine
}

export interface StagedAccount extends Omit<BankAccountRow, 'mapping'> {
  readonly isNew: boolean
}

export interface StagedFile {
  readonly fileName: string
  readonly format: BankFormat
  readonly encoding: string
  readonly fileHash: string
  readonly table: {
    readonly mapping: BankMapping
    readonly from: 'account' | 'guess' | 'person'
    readonly records: readonly (readonly string[])[]
    readonly widest: number
  } | null
  readonly accounts: readonly StagedAccount[]
  readonly lines: readonly StagedLine[]
  readonly statements: readonly {
    readonly accountId: string
    readonly number: string | null
    readonly currency: string | null
    readonly opening: number | null
    readonly closing: number | null
    readonly closingOn: string | null
    readonly difference: number | null
  }[]
  readonly problems: readonly BankProblem[]
}

type FileRefusal = Extract<ErrorCode, `bank-file-${string}`>

export const refuseFile = (code: FileRefusal, line = 0): never => {
  throw new NocturneError(code, { line })
}

/** Errors: `bank-file-…`, `not-found` (the account). */
export const stageFile = (
  input: {
    readonly bytes: Uint8Array
    readonly fileName: string
    readonly accountId: string | null
    readonly mapping: BankMapping | null
  },
  deps: {
    readonly accounts: readonly BankAccountRow[]
    readonly usualCurrency: CurrencyCode
    readonly today: CalendarDate
    readonly newId: () => string
    readonly payerHash: (account: string) => string
  },
): StagedFile => {
  const { accounts, today } = deps
  const chosen = accounts.find(({ id }) => id === input.accountId) ?? null
  if (input.accountId !== null && chosen === null) throw gone('bank-account')
  const read = readFile(input.bytes, input.mapping, chosen, deps.usualCurrency)
  const { file } = read
  const found = accountsIn(file, chosen, deps)
  const problems: BankProblem[] = file.problems
    // Said anew below, where the account's own currency is known.
    .filter(({ code }) => code !== 'wrong-currency')
    // SECURITY: a line that cannot be read is told without the accounts that stand in it.
    .map((problem) => ({ ...problem, found: withoutNumbers(problem) }))
  const oldest = addDays(today, -oldestDays)
  const isPrintedAgain = printedAgain()
  const byAccount = new Map<string, Omit<StagedLine, 'accountId' | 'key'>[]>()
  for (const [index, statement] of file.statements.entries()) {
    const account = found.ofStatement[index]!
    const kept = byAccount.get(account.id) ?? []
    byAccount.set(account.id, kept)
    if (isPrintedAgain(statement)) continue
    for (const line of statement.lines) {
      const code = problemOf(line, account.currency, oldest, today)
      if (code === null) kept.push(keepable(line, deps.payerHash))
      else {
        const text = code === 'wrong-currency' ? line.currency : line.bookedOn
        problems.push({ position: line.position, code, found: shortened(text) })
      }
    }
  }
  // All movements of an account at once: equal ones on two pages of a statement are two.
  const lines = [...byAccount].flatMap(([accountId, kept]) => {
    const keys = lineKeys(
      accountId,
      kept.map(({ line }) => line),
    )
    return kept.map((one, at): StagedLine => ({ accountId, key: keys[at]!, ...one }))
  })
  if (lines.length > mostLines) return refuseFile('bank-file-size')
  if (lines.length === 0 && problems.length === 0) return refuseFile('bank-file-nothing')
  return {
    fileName: input.fileName,
    format: file.format,
    encoding: read.encoding,
    fileHash: createHash('sha256').update(input.bytes).digest('base64url'),
    table: read.table,
    accounts: found.accounts,
    lines,
    statements: file.statements.map((statement, index) => ({
      accountId: found.ofStatement[index]!.id,
      ...factsOf(statement),
    })),
    problems: problems.toSorted((one, other) => one.position - other.position),
  }
}

/** A file may hold one statement twice: its movements are there once. */
const printedAgain = (): ((statement: BankStatement) => boolean) => {
  const seen = new Set<string>()
  return (statement) => {
    if (statement.number === null) return false
    const lines = statement.lines.map((line) => ({ ...line, position: 0 }))
    const plain = JSON.stringify({ ...statement, lines })
    return seen.size === seen.add(plain).size
  }
}

const readFile = (
  bytes: Uint8Array,
  mapping: BankMapping | null,
  account: BankAccountRow | null,
  usual: CurrencyCode,
): Pick<StagedFile, 'encoding' | 'table'> & { readonly file: BankFile } => {
  if (bytes.length > mostBytes) return refuseFile('bank-file-size')
  try {
    const read = readBankFile(bytes)
    if (read.kind === 'read') return { file: read.file, encoding: read.encoding, table: null }
    const table = readTable(read.text, mapping, account, usual)
    return { ...table, encoding: read.encoding }
  } catch (error) {
    if (!(error instanceof BankFileError)) throw error
    return refuseFile(error.code, error.position)
  }
}

const readTable = (
  text: string,
  mapping: BankMapping | null,
  account: BankAccountRow | null,
  usual: CurrencyCode,
): Pick<StagedFile, 'table'> & { readonly file: BankFile } => {
  const separator = mapping?.separator ?? separatorOf(text)
  const records: (readonly string[])[] = []
  for (const { cells } of parseCsv(text, separator)) {
    records.push(cells.slice(0, 40).map((cell) => cell.trim().slice(0, 60)))
    if (records.length === shownRecords) break
  }
  const widest = Math.max(0, ...records.map((cells) => cells.length))
  // No columns: it is some other text.
  if (widest < 2 && mapping === null) return refuseFile('bank-file-unknown')
  const kept = account?.mapping ?? null
  const isKept = kept !== null && Math.max(...columnsOf(kept)) < widest
  const guessed = (): BankMapping => {
    const guess = guessMapping(text, account?.currency ?? usual)
    if (guess === null) return firstMapping(separator, account?.currency ?? usual)
    const { columns } = guess
    return { ...guess, columns: { ...columns, remittance: [...columns.remittance] } }
  }
  const used = mapping ?? (isKept ? kept : guessed())
  const from = mapping !== null ? 'person' : isKept ? 'account' : 'guess'
  return {
    file: readBankCsv(text, csvMapping(used)),
    table: { mapping: used, from, records, widest },
  }
}

const columnsOf = ({ columns }: BankMapping): readonly number[] =>
  Object.values(columns)
    .flat()
    .filter((column) => column !== null)

const csvMapping = (mapping: BankMapping): BankCsvMapping => ({
  ...mapping,
  currency: currencyCode(mapping.currency),
})

/** Where nothing can be guessed a person says it; this is where he begins. */
const firstMapping = (
  separator: BankMapping['separator'],
  currency: CurrencyCode,
): BankMapping => ({
  separator,
  skip: 1,
  dates: 'dmy',
  decimal: '.',
  currency,
  columns: {
    bookedOn: 0,
    valueOn: null,
    amount: 1,
    credit: null,
    debit: null,
    mark: null,
    currency: null,
    name: null,
    account: null,
    reference: null,
    remittance: [],
  },
})

const accountsIn = (
  file: BankFile,
  chosen: BankAccountRow | null,
  deps: {
    readonly accounts: readonly BankAccountRow[]
    readonly usualCurrency: CurrencyCode
    readonly newId: () => string
  },
): {
  readonly accounts: readonly StagedAccount[]
  readonly ofStatement: readonly StagedAccount[]
} => {
  const numbers = new Set(file.statements.map(({ account }) => account))
  if (chosen !== null) {
    // Movements of another account would be kept under this one, and come again under their own.
    if (numbers.size > 1) return refuseFile('bank-file-other-account')
    const [number = null] = numbers
    const isOther =
      number !== null &&
      (chosen.number === null
        ? deps.accounts.some((account) => account.number === number)
        : number !== chosen.number)
    if (isOther) return refuseFile('bank-file-other-account')
  }
  const made = new Map<string | null, StagedAccount>()
  const ofStatement = file.statements.map((statement): StagedAccount => {
    const { account: number } = statement
    const before = made.get(number)
    if (before !== undefined) return before
    const known =
      chosen ??
      (number === null ? undefined : deps.accounts.find((account) => account.number === number))
    const currency =
      known?.currency ??
      statement.opening?.currency ??
      statement.lines[0]?.currency ??
      deps.usualCurrency
    const account: StagedAccount = {
      id: known?.id ?? deps.newId(),
      name: known?.name ?? '',
      number: number ?? known?.number ?? null,
      currency,
      isNew: known === undefined,
    }
    made.set(number, account)
    return account
  })
  return { accounts: [...made.values()], ofStatement }
}

const problemOf = (
  line: BankLine,
  currency: CurrencyCode,
  oldest: CalendarDate,
  today: CalendarDate,
): string | null => {
  if (line.currency !== currency) return 'wrong-currency'
  if (line.minor === 0) return 'zero-amount'
  if (line.bookedOn > today) return 'day-in-future'
  return line.bookedOn < oldest ? 'day-too-early' : null
}

/** SECURITY: from here on the payer's account is its hash and four digits. */
const keepable = (
  line: BankLine,
  payerHash: (account: string) => string,
): Pick<StagedLine, 'line' | 'payerEnd'> => {
  const account = line.counterpartyAccount
  const cut = (text: string | null): string | null =>
    text === null ? null : text.slice(0, longest)
  return {
    payerEnd: account === null ? null : account.slice(-4),
    line: {
      ...line,
      remittance: withoutAccount(line.remittance, account).slice(0, longest),
      counterpartyName: cut(line.counterpartyName),
      bankReference: cut(line.bankReference),
      endToEndId: cut(line.endToEndId),
      creditorReference: cut(line.creditorReference),
      counterpartyAccount: account === null ? null : payerHash(account),
    },
  }
}

/** Of a whole record nobody can say which column is the account. */
const withoutNumbers = ({ code, found }: BankFile['problems'][number]): string =>
  code === 'broken-quote' || code === 'missing-column'
    ? found.replaceAll(/[A-Z]{0,2}\d(?:\s?[A-Z\d]){7,}/giu, (number) => `…${number.slice(-4)}`)
    : found

/** Some banks repeat the payer's account in the words. */
const withoutAccount = (text: string, account: string | null): string => {
  if (account === null || account.length < 6) return text
  const spaced = [...account].map((sign) => sign.replaceAll(/[^A-Z0-9]/giu, '\\$&')).join('\\s?')
  return text.replaceAll(new RegExp(spaced, 'giu'), `…${account.slice(-4)}`)
}

const factsOf = (statement: BankStatement): Omit<StagedFile['statements'][number], 'accountId'> => {
  const { number, opening, closing, lines } = statement
  const currency = opening?.currency ?? closing?.currency ?? null
  const isWhole = opening !== null && closing !== null && opening.currency === closing.currency
  const moved = lines
    .filter((line) => line.currency === currency)
    .reduce((sum, { minor }) => sum + minor, 0)
  return {
    number,
    currency,
    opening: opening?.minor ?? null,
    closing: closing?.minor ?? null,
    closingOn: closing?.on ?? null,
    difference: isWhole ? closing.minor - opening.minor - moved : null,
  }
}
