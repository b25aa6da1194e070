import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { minorDigits } from '../../../src-shared/domain/currencies.ts'
import type { Money } from '../../../src-shared/domain/money.ts'
import { minorUnitsOf } from './bank-amount.ts'
import {
  balanceProblems,
  currencyOf,
  dayOf,
  negated,
  orNull,
  shortened,
  tidy,
  tidyAccount,
  type BankBalance,
  type BankFile,
  type BankFileProblem,
  type BankLine,
  type BankStatement,
} from './bank-statement.ts'
import { all, at, textAt, walkXml, type XmlElement } from './xml-elements.ts'

export const looksLikeCamt053 = (text: string): boolean =>
  /<(?:\w+:)?BkToCstmrStmt[\s/>]/u.test(text.slice(0, 8000)) ||
  /urn:iso:std:iso:20022:tech:xsd:camt\.053\./u.test(text.slice(0, 8000))

/**
 * Bank to customer statement, ISO 20022 camt.053.001, versions 02 to 13: what changed between them in
 * the parts read here is where a party's name stands and how a status is written. An entry that holds
 * several transactions becomes one line each, when they add up to it; else it stays one and is told.
 * Entries that are not booked are told and left out: they come again.
 *
 * @throws BankFileError when it is not well-formed, or holds a document type declaration
 */
export const readCamt053 = (text: string): BankFile => {
  const problems: BankFileProblem[] = []
  const statements: BankStatement[] = []
  let parts: Parts = emptyParts()
  const close = (): void => {
    const statement = statementOf(parts, problems)
    if (statement !== null) {
      statements.push(statement)
      problems.push(...balanceProblems(statement))
    }
    parts = emptyParts()
  }
  let isInStatement = false
  walkXml(
    text,
    new Set(['Acct', 'Bal', 'Ntry', 'LglSeqNb', 'ElctrncSeqNb', 'Id']),
    (element, path) => {
      if (path.at(-1) !== 'Stmt') return
      // A statement begins with its own id.
      if (element.name === 'Id') {
        if (isInStatement) close()
        isInStatement = true
      }
      take(parts, element, problems)
    },
  )
  if (isInStatement) close()
  return { format: 'camt.053', statements, problems }
}

interface Parts {
  account: string | null
  id: string
  number: string
  readonly balances: { readonly code: string; readonly balance: BankBalance }[]
  readonly lines: BankLine[]
}

const emptyParts = (): Parts => ({
  account: null,
  id: '',
  number: '',
  balances: [],
  lines: [],
})

const take = (parts: Parts, element: XmlElement, problems: BankFileProblem[]): void => {
  switch (element.name) {
    case 'Id':
      parts.id = element.text.trim()
      break
    case 'LglSeqNb':
    case 'ElctrncSeqNb':
      // The legal number, where there is one.
      if (parts.number === '' || element.name === 'LglSeqNb') parts.number = element.text.trim()
      break
    case 'Acct':
      parts.account = tidyAccount(
        textAt(element, 'Id', 'IBAN') || textAt(element, 'Id', 'Othr', 'Id'),
      )
      break
    case 'Bal': {
      const money = moneyOf(element, element, problems)
      const on = dateAt(element, 'Dt')
      const code = textAt(element, 'Tp', 'CdOrPrtry', 'Cd')
      if (money !== null && on !== null) parts.balances.push({ code, balance: { on, ...money } })
      break
    }
    default:
      parts.lines.push(...entryLines(element, problems))
  }
}

const statementOf = (parts: Parts, problems: BankFileProblem[]): BankStatement | null => {
  if (parts.account === null && parts.lines.length === 0) return null
  const balance = (...codes: readonly string[]): BankBalance | null =>
    codes
      .map((code) => parts.balances.find((one) => one.code === code)?.balance)
      .find((one) => one !== undefined) ?? null
  const closing = balance('CLBD')
  const currency = closing?.currency
  for (const line of parts.lines) {
    if (currency === undefined || line.currency === currency) continue
    problems.push({ position: line.position, code: 'wrong-currency', found: line.currency })
  }
  return {
    account: parts.account,
    number: orNull(parts.number) ?? orNull(parts.id),
    // The closing balance of the day before is the opening one, where a bank sends that only.
    opening: balance('OPBD', 'PRCD'),
    closing,
    lines: parts.lines,
  }
}

/** `<Amt Ccy="EUR">12.30</Amt>` with the mark credit or debit of `marked`. */
const moneyOf = (
  element: XmlElement,
  marked: XmlElement,
  problems: BankFileProblem[],
): Money | null => {
  const amt = at(element, 'Amt') ?? at(element, 'AmtDtls', 'TxAmt', 'Amt')
  const code = amt?.attributes['Ccy'] ?? ''
  const currency = currencyOf(code)
  const tell = (code: BankFileProblem['code'], found: string): null => {
    problems.push({ position: element.line, code, found: shortened(found) })
    return null
  }
  if (amt === null || currency === null) return tell('unknown-currency', code)
  const minor = minorUnitsOf(amt.text.trim(), minorDigits(currency), '.')
  const mark = textAt(marked, 'CdtDbtInd')
  if (minor === null || minor < 0) return tell('bad-amount', amt.text)
  if (mark !== 'CRDT' && mark !== 'DBIT') return tell('bad-line', mark)
  return { minor: mark === 'DBIT' ? negated(minor) : minor, currency }
}

const dateAt = (element: XmlElement, name: string): CalendarDate | null => {
  const text = textAt(element, name, 'Dt') || textAt(element, name, 'DtTm')
  // The day as the bank writes it: a moment is not moved into another zone.
  return dayOf(text.slice(0, 10))
}

const entryLines = (entry: XmlElement, problems: BankFileProblem[]): readonly BankLine[] => {
  const status = textAt(entry, 'Sts', 'Cd') || textAt(entry, 'Sts')
  if (status !== 'BOOK') {
    problems.push({ position: entry.line, code: 'not-booked', found: shortened(status) })
    return []
  }
  const money = moneyOf(entry, entry, problems)
  const bookedOn = dateAt(entry, 'BookgDt') ?? dateAt(entry, 'ValDt')
  if (money === null) return []
  if (bookedOn === null) {
    problems.push({ position: entry.line, code: 'bad-date', found: textAt(entry, 'BookgDt', 'Dt') })
    return []
  }
  const whole: BankLine = {
    position: entry.line,
    bookedOn,
    valueOn: dateAt(entry, 'ValDt'),
    ...money,
    isReversal: textAt(entry, 'RvslInd') === 'true',
    remittance: tidy(textAt(entry, 'AddtlNtryInf')),
    creditorReference: null,
    endToEndId: null,
    bankReference: orNull(textAt(entry, 'AcctSvcrRef') || textAt(entry, 'NtryRef')),
    counterpartyName: null,
    counterpartyAccount: null,
  }
  const transactions = all(entry, 'NtryDtls').flatMap((details) => all(details, 'TxDtls'))
  const [only] = transactions
  if (only === undefined) return [whole]
  if (transactions.length === 1) return [{ ...whole, ...wordsOf(only, whole) }]
  return parted(entry, whole, transactions, problems)
}

/** A batch as its transactions, when each has its amount and together they are the entry. */
const parted = (
  entry: XmlElement,
  whole: BankLine,
  transactions: readonly XmlElement[],
  problems: BankFileProblem[],
): readonly BankLine[] => {
  const amounts = transactions.map((one) => {
    const marked = at(one, 'CdtDbtInd') === null ? entry : one
    return moneyOf(one, marked, [])
  })
  const sum = amounts.reduce((total, one) => total + (one?.minor ?? Number.NaN), 0)
  const isOneCurrency = amounts.every((one) => one?.currency === whole.currency)
  if (sum !== whole.minor || !isOneCurrency) {
    problems.push({ position: entry.line, code: 'parts-differ', found: `${sum} ≠ ${whole.minor}` })
    return [whole]
  }
  return transactions.map((one, index) => ({
    ...whole,
    ...wordsOf(one, whole),
    minor: amounts[index]?.minor ?? 0,
  }))
}

type Words = Pick<
  BankLine,
  | 'remittance'
  | 'creditorReference'
  | 'endToEndId'
  | 'bankReference'
  | 'counterpartyName'
  | 'counterpartyAccount'
>

const wordsOf = (transaction: XmlElement, whole: BankLine): Words => {
  const parties = at(transaction, 'RltdPties')
  // The other side: who paid, or who was paid.
  const [party, account] =
    whole.minor >= 0 ? (['Dbtr', 'DbtrAcct'] as const) : (['Cdtr', 'CdtrAcct'] as const)
  const text = (...names: readonly string[]): string =>
    parties === null ? '' : textAt(parties, ...names)
  const information = at(transaction, 'RmtInf')
  const unstructured = information === null ? [] : all(information, 'Ustrd').map((one) => one.text)
  const structured = information === null ? [] : all(information, 'Strd')
  const endToEnd = textAt(transaction, 'Refs', 'EndToEndId')
  return {
    remittance:
      tidy([...unstructured, ...structured.map((one) => textAt(one, 'AddtlRmtInf'))].join(' ')) ||
      whole.remittance,
    creditorReference: orNull(
      structured.map((one) => textAt(one, 'CdtrRefInf', 'Ref')).find((one) => one !== '') ?? '',
    ),
    endToEndId: endToEnd === 'NOTPROVIDED' ? null : orNull(endToEnd),
    bankReference:
      orNull(textAt(transaction, 'Refs', 'AcctSvcrRef') || textAt(transaction, 'Refs', 'TxId')) ??
      whole.bankReference,
    counterpartyName: orNull(text(party, 'Pty', 'Nm') || text(party, 'Nm')),
    counterpartyAccount: tidyAccount(
      text(account, 'Id', 'IBAN') || text(account, 'Id', 'Othr', 'Id'),
    ),
  }
}
