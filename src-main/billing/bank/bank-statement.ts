import { isCalendarDate, type CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { isCurrencyCode, type CurrencyCode } from '../../../src-shared/domain/currencies.ts'

/** One movement on the seller's account, whatever file it came in. */
export interface BankLine {
  /** The line of the file where it begins, from 1. */
  readonly position: number
  readonly bookedOn: CalendarDate
  readonly valueOn: CalendarDate | null
  /** Of `currency`; what came in is positive, what went out negative. */
  readonly minor: number
  readonly currency: CurrencyCode
  /** The bank takes back an earlier movement (a returned direct debit, a wrong booking). */
  readonly isReversal: boolean
  /** What the payer wrote. */
  readonly remittance: string
  /** A structured creditor reference (ISO 11649, national forms). */
  readonly creditorReference: string | null
  readonly endToEndId: string | null
  /** The bank's own reference of the movement. */
  readonly bankReference: string | null
  readonly counterpartyName: string | null
  readonly counterpartyAccount: string | null
}

export interface BankBalance {
  readonly on: CalendarDate
  readonly minor: number
  readonly currency: CurrencyCode
}

export interface BankStatement {
  /** IBAN or the bank's own number; as the file has it, without blanks. */
  readonly account: string | null
  /** The bank's number of the statement. */
  readonly number: string | null
  readonly opening: BankBalance | null
  readonly closing: BankBalance | null
  readonly lines: readonly BankLine[]
}

/** What is wrong with one place of a file. The rest of the file is read on. */
export interface BankFileProblem {
  readonly position: number
  readonly code:
    | 'bad-date'
    | 'bad-amount'
    | 'bad-line'
    | 'missing-column'
    | 'unknown-currency'
    | 'wrong-currency'
    | 'balance-differs'
    | 'parts-differ'
    | 'not-booked'
    | 'broken-quote'
  /** What stood there, shortened. */
  readonly found: string
}

export interface BankFile {
  readonly format: 'mt940' | 'camt.053' | 'csv'
  readonly statements: readonly BankStatement[]
  readonly problems: readonly BankFileProblem[]
}

/** Why a file cannot be read at all. */
export class BankFileError extends Error {
  readonly code: 'bank-file-empty' | 'bank-file-unknown' | 'bank-file-broken' | 'bank-file-hostile'
  /** Where the reading ended, from 1; 0: nowhere in particular. */
  readonly position: number

  constructor(code: BankFileError['code'], position = 0) {
    super(code)
    this.name = 'BankFileError'
    this.code = code
    this.position = position
  }
}

export const shortened = (text: string): string =>
  text.length <= 60 ? text : `${text.slice(0, 59)}…`

/** Blanks of any kind become one; none at the ends. */
export const tidy = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim()

export const orNull = (text: string): string | null => (tidy(text) === '' ? null : tidy(text))

/** An account as it is compared: without blanks, in capitals. */
export const tidyAccount = (text: string): string | null =>
  orNull(text.replaceAll(/\s+/gu, '').toUpperCase())

/** Null: there is no such day. */
export const dayOf = (text: string): CalendarDate | null => (isCalendarDate(text) ? text : null)

/** Null: ISO 4217 knows no such code. */
export const currencyOf = (text: string): CurrencyCode | null =>
  isCurrencyCode(text) ? text : null

export const negated = (minor: number): number => (minor === 0 ? 0 : -minor)

/** Opening and movements make the closing balance; else a problem at the statement's last line. */
export const balanceProblems = (statement: BankStatement): BankFileProblem[] => {
  const { opening, closing, lines } = statement
  if (opening === null || closing === null || opening.currency !== closing.currency) return []
  const sum = lines
    .filter((line) => line.currency === opening.currency)
    .reduce((total, line) => total + line.minor, opening.minor)
  if (sum === closing.minor) return []
  return [
    {
      position: lines.at(-1)?.position ?? 1,
      code: 'balance-differs',
      found: `${sum} ≠ ${closing.minor}`,
    },
  ]
}
