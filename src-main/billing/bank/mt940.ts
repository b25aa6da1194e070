import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { minorDigits } from '../../../src-shared/domain/currencies.ts'
import { minorUnitsOf } from './bank-amount.ts'
import {
  balanceProblems,
  currencyOf,
  dayOf,
  negated,
  orNull,
  shortened,
  tidyAccount,
  type BankBalance,
  type BankFile,
  type BankFileProblem,
  type BankLine,
  type BankStatement,
} from './bank-statement.ts'
import { readInformation } from './mt940-information.ts'

interface Field {
  readonly tag: string
  readonly position: number
  /** Its lines, the first without the tag. */
  readonly lines: string[]
}

/** As SWIFT's FIN: `:20:` begins a field, what follows without a tag goes on with it. */
const fieldsOf = (text: string): Field[] => {
  const fields: Field[] = []
  for (const [index, raw] of text.split(/\r\n|\n|\r/u).entries()) {
    // Blocks 1 to 3 before the text, and the end of block 4, are the network's.
    const line = raw.replace(/^(?:\{[1235]:.*?\}+)*\{4:/u, '')
    const begun = /^:(\d{2}[A-Z]?):(.*)$/u.exec(line)
    if (begun !== null) {
      fields.push({ tag: begun[1] ?? '', position: index + 1, lines: [begun[2] ?? ''] })
    } else if (!/^-\}?(?:\{5:.*)?$/u.test(line.trim()) && line.trim() !== '') {
      fields.at(-1)?.lines.push(line)
    }
  }
  return fields
}

/** Whether the text is a customer statement message (it begins with a reference and an account). */
export const looksLikeMt940 = (text: string): boolean =>
  /(?:^|[\r\n]|\{4:)\s*:20:/u.test(text.slice(0, 4000)) && /[\r\n]:2(?:5P?|8C?):/u.test(text)

/**
 * Customer statement messages, SWIFT MT940 (fields 20, 25, 28C, 60F/M, 61, 86, 62F/M; Standards MT,
 * Category 9). A statement in several messages (60M, 62M) is several here. A wrong line is told and
 * left out; a wrong balance is told.
 */
export const readMt940 = (text: string): BankFile => {
  const problems: BankFileProblem[] = []
  const statements: BankStatement[] = []
  let open: OpenStatement | null = null
  const close = (): void => {
    if (open === null) return
    const statement = { ...open, lines: open.lines }
    statements.push(statement)
    problems.push(...balanceProblems(statement))
    open = null
  }
  const fields = fieldsOf(text)
  for (const [index, field] of fields.entries()) {
    const [first = ''] = field.lines
    if (field.tag === '20') {
      close()
      open = { account: null, number: null, opening: null, closing: null, lines: [] }
    }
    if (open === null) continue
    const tell = (code: BankFileProblem['code'], found = first): void => {
      problems.push({ position: field.position, code, found: shortened(found) })
    }
    switch (field.tag) {
      case '25':
      case '25P':
        open.account = tidyAccount(first.split('/').at(-1) ?? '')
        break
      case '28':
      case '28C':
        open.number = orNull(first)
        break
      case '60F':
      case '60M':
        open.opening = balanceOf(first, tell)
        break
      case '62F':
      case '62M':
        open.closing = balanceOf(first, tell)
        break
      case '61': {
        const behind = fields[index + 1]
        const line = lineOf(field, behind?.tag === '86' ? behind.lines : [], open.opening, tell)
        if (line !== null) open.lines.push(line)
        break
      }
      default:
    }
  }
  close()
  return { format: 'mt940', statements, problems }
}

interface OpenStatement {
  account: string | null
  number: string | null
  opening: BankBalance | null
  closing: BankBalance | null
  readonly lines: BankLine[]
}

type Tell = (code: BankFileProblem['code'], found?: string) => void

/** `C230105EUR1234,56` */
const balanceOf = (text: string, tell: Tell): BankBalance | null => {
  const parts = /^([CD])(\d{6})([A-Z]{3})([\d,.]+)\s*$/u.exec(text)
  if (parts === null) {
    tell('bad-line')
    return null
  }
  const [, mark, date = '', code = '', number = ''] = parts
  const on = dateOf(date)
  const currency = currencyOf(code)
  if (currency === null) tell('unknown-currency', code)
  if (on === null) tell('bad-date', date)
  if (currency === null || on === null) return null
  const minor = minorUnitsOf(number, minorDigits(currency), ',')
  if (minor === null) {
    tell('bad-amount', number)
    return null
  }
  return { on, minor: mark === 'D' ? negated(minor) : minor, currency }
}

/** Value date, entry date, mark, funds code, amount, type, references; then the bank's words. */
const line61 =
  /^(\d{6})\s?(\d{4})?\s?(R[CD]|E[CD]|[CD])([A-Z])?(\d{1,12},\d*)([A-Z][A-Z0-9]{3})?(.*)$/u

const lineOf = (
  field: Field,
  information: readonly string[],
  opening: BankBalance | null,
  tell: Tell,
): BankLine | null => {
  const [first = '', ...supplement] = field.lines
  const parts = line61.exec(first)
  if (parts === null) {
    tell('bad-line')
    return null
  }
  const [, value = '', entry, mark = '', , number = '', , references = ''] = parts
  if (mark.startsWith('E')) {
    // Expected, not booked yet: it comes again when it is.
    tell('not-booked')
    return null
  }
  if (opening === null) {
    tell('unknown-currency')
    return null
  }
  const valueOn = dateOf(value)
  const bookedOn = valueOn === null || entry === undefined ? valueOn : nearest(entry, valueOn)
  if (valueOn === null || bookedOn === null) {
    tell('bad-date', `${value}${entry ?? ''}`)
    return null
  }
  const minor = minorUnitsOf(number, minorDigits(opening.currency), ',')
  if (minor === null) {
    tell('bad-amount', number)
    return null
  }
  const [customer = '', bank = ''] = references.split('//')
  const said = readInformation(information)
  // A reversal of a credit takes out, a reversal of a debit brings back.
  const isOut = mark === 'D' || mark === 'RC'
  return {
    position: field.position,
    bookedOn,
    valueOn,
    minor: isOut ? negated(minor) : minor,
    currency: opening.currency,
    isReversal: mark.startsWith('R'),
    ...said,
    remittance: said.remittance === '' ? supplement.join(' ').trim() : said.remittance,
    endToEndId: said.endToEndId ?? (/^NONREF$/iu.test(customer.trim()) ? null : orNull(customer)),
    bankReference: orNull(bank),
  }
}

/** `YYMMDD`; 80 to 99 are of the last century, as SWIFT has it. */
const dateOf = (text: string): CalendarDate | null => {
  const year = Number(text.slice(0, 2))
  const century = year >= 80 ? '19' : '20'
  return dayOf(`${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`)
}

/** The entry date has no year: the one that lies nearest to the value date. */
const nearest = (entry: string, value: CalendarDate): CalendarDate | null => {
  const year = Number(value.slice(0, 4))
  const month = Number(entry.slice(0, 2))
  const valueMonth = Number(value.slice(5, 7))
  const shift = month - valueMonth > 6 ? -1 : valueMonth - month > 6 ? 1 : 0
  return dayOf(`${year + shift}-${entry.slice(0, 2)}-${entry.slice(2, 4)}`)
}
