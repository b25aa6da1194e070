import { createHmac } from 'node:crypto'
import type {
  BankMapping,
  BankProblem,
  bankFormats,
  bankLineStates,
  bankStrengths,
} from '../../../src-shared/contract/billing-bank-model.ts'
import type { bankReasons } from '../../../src-shared/contract/billing-bank-model.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { foldText } from '../../../src-shared/domain/fold-text.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BankLine } from './bank-statement.ts'

/** Banks' movements as they are written and read back. */

export type BankFormat = (typeof bankFormats)[number]
export type BankLineState = (typeof bankLineStates)[number]
export type BankStrength = (typeof bankStrengths)[number]
export type BankReason = (typeof bankReasons)[number]

export interface BankAccountRow {
  readonly id: string
  readonly name: string
  readonly number: string | null
  readonly currency: CurrencyCode
  readonly mapping: BankMapping | null
}

/** Of a payer's account: to know it again, never to read it. */
export const createPayerHash = (reads: Reads): ((account: string) => string) => {
  let salt: Buffer | undefined
  return (account) => {
    salt ??= reads.all<{ salt: Buffer }>(`SELECT salt FROM bank_salt`)[0]!.salt
    return createHmac('sha256', salt).update(account).digest('base64url')
  }
}

export const bankAccounts = (reads: Reads): readonly BankAccountRow[] =>
  reads
    .all<Omit<BankAccountRow, 'mapping'> & { readonly mapping: string | null }>(
      `SELECT id, name, number, currency, mapping FROM bank_account ORDER BY name COLLATE NOCASE`,
    )
    .map((row) => ({
      ...row,
      mapping: row.mapping === null ? null : (JSON.parse(row.mapping) as BankMapping),
    }))

export const putAccount = (
  tx: Transaction,
  account: Omit<BankAccountRow, 'mapping'>,
  at: number,
): void => {
  tx.run(
    `INSERT INTO bank_account (id, name, number, currency, created_at) VALUES (?, ?, ?, ?, ?)`,
    account.id,
    account.name,
    account.number,
    account.currency,
    at,
  )
}

export const keepMapping = (tx: Transaction, accountId: string, mapping: BankMapping): void => {
  tx.run(`UPDATE bank_account SET mapping = ? WHERE id = ?`, JSON.stringify(mapping), accountId)
}

export const keepNumber = (tx: Transaction, accountId: string, number: string): void => {
  tx.run(`UPDATE bank_account SET number = ? WHERE id = ? AND number IS NULL`, number, accountId)
}

export const putImport = (
  tx: Transaction,
  one: {
    readonly id: string
    readonly at: number
    readonly by: string | null
    readonly fileName: string
    readonly format: BankFormat
    readonly encoding: string
    readonly read: number
    readonly added: number
    readonly failed: number
    readonly problems: readonly BankProblem[]
  },
): void => {
  tx.run(
    `INSERT INTO bank_import (id, at, by, file_name, format, encoding, read, added, failed, problems)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    one.id,
    one.at,
    one.by,
    one.fileName,
    one.format,
    one.encoding,
    one.read,
    one.added,
    one.failed,
    JSON.stringify(one.problems),
  )
}

export const putStatement = (
  tx: Transaction,
  importId: string,
  position: number,
  one: {
    readonly accountId: string
    readonly number: string | null
    readonly currency: string | null
    readonly opening: number | null
    readonly closing: number | null
    readonly closingOn: string | null
    readonly difference: number | null
  },
): void => {
  tx.run(
    `INSERT INTO bank_statement (import_id, position, account_id, number, currency, opening, closing,
      closing_on, difference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    importId,
    position,
    one.accountId,
    one.number,
    one.currency,
    one.opening,
    one.closing,
    one.closingOn,
    one.difference,
  )
}

export const putLine = (
  tx: Transaction,
  one: {
    readonly id: string
    readonly importId: string
    readonly accountId: string
    readonly key: string
    readonly line: BankLine
    readonly payerEnd: string | null
    readonly twinId: string | null
  },
): void => {
  const { line } = one
  tx.run(
    `INSERT INTO bank_line (id, import_id, account_id, line_key, position, booked_on, value_on, minor,
      currency, is_reversal, remittance, creditor_reference, end_to_end_id, bank_reference,
      payer_name, payer_hash, payer_end, twin_id, words)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    one.id,
    one.importId,
    one.accountId,
    one.key,
    line.position,
    line.bookedOn,
    line.valueOn,
    line.minor,
    line.currency,
    line.isReversal ? 1 : 0,
    line.remittance,
    line.creditorReference,
    line.endToEndId,
    line.bankReference,
    line.counterpartyName,
    line.counterpartyAccount,
    one.payerEnd,
    one.twinId,
    foldText(
      [
        line.counterpartyName,
        line.remittance,
        line.bankReference,
        line.endToEndId,
        line.creditorReference,
        one.payerEnd,
      ]
        .filter((part) => part !== null)
        .join(' '),
    ),
  )
}

/** Of those keys, which stand already. */
export const knownKeys = (reads: Reads, keys: readonly string[]): ReadonlySet<string> => {
  const known = new Set<string>()
  for (let from = 0; from < keys.length; from += 2000) {
    const part = JSON.stringify(keys.slice(from, from + 2000))
    for (const { key } of reads.all<{ key: string }>(
      `SELECT line_key AS key FROM bank_line WHERE line_key IN (SELECT value FROM json_each(?))`,
      part,
    )) {
      known.add(key)
    }
  }
  return known
}

/** One of the same account, day and amount that came in a file of another format. */
export const twinOf = (
  reads: Reads,
  accountId: string,
  line: BankLine,
  format: BankFormat,
): string | null =>
  reads.all<{ id: string }>(
    `SELECT l.id FROM bank_line l JOIN bank_import i ON i.id = l.import_id
      WHERE l.account_id = ? AND l.booked_on = ? AND l.minor = ? AND l.currency = ?
        AND i.format <> ? LIMIT 1`,
    accountId,
    line.bookedOn,
    line.minor,
    line.currency,
    format,
  )[0]?.id ?? null

export interface KeptLine {
  readonly id: string
  readonly importId: string
  readonly state: BankLineState
  readonly twinId: string | null
  /** What is left to be taken of it; 0 of money that went out. */
  readonly left: number
  /** `counterpartyAccount`: its hash. */
  readonly line: BankLine
}

interface LineColumns {
  readonly id: string
  readonly importId: string
  readonly position: number
  readonly bookedOn: CalendarDate
  readonly valueOn: CalendarDate | null
  readonly minor: number
  readonly currency: CurrencyCode
  readonly isReversal: number
  readonly remittance: string
  readonly creditorReference: string | null
  readonly endToEndId: string | null
  readonly bankReference: string | null
  readonly payerName: string | null
  readonly payerHash: string | null
  readonly twinId: string | null
  readonly state: BankLineState
  readonly takenMinor: number
}

/** A mistake that was reversed is none; money that the bank sent back was there. */
export const takenMinor = `(SELECT coalesce(sum(p.amount), 0) FROM bank_match m
  JOIN payment p ON p.id = m.payment_id WHERE m.line_id = l.id AND m.role = 'in'
    AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id
      AND v.kind = 'mistake'))`

const lineColumns = `l.id, l.import_id AS importId, l.position, l.booked_on AS bookedOn,
  l.value_on AS valueOn, l.minor, l.currency, l.is_reversal AS isReversal, l.remittance,
  l.creditor_reference AS creditorReference, l.end_to_end_id AS endToEndId,
  l.bank_reference AS bankReference, l.payer_name AS payerName, l.payer_hash AS payerHash,
  l.twin_id AS twinId, l.state, ${takenMinor} AS takenMinor`

const keptOf = (row: LineColumns): KeptLine => ({
  id: row.id,
  importId: row.importId,
  state: row.state,
  twinId: row.twinId,
  left: row.minor < 0 ? 0 : row.minor - row.takenMinor,
  line: {
    position: row.position,
    bookedOn: row.bookedOn,
    valueOn: row.valueOn,
    minor: row.minor,
    currency: row.currency,
    isReversal: row.isReversal === 1,
    remittance: row.remittance,
    creditorReference: row.creditorReference,
    endToEndId: row.endToEndId,
    bankReference: row.bankReference,
    counterpartyName: row.payerName,
    counterpartyAccount: row.payerHash,
  },
})

export const lineById = (reads: Reads, id: string): KeptLine | null => {
  const [row] = reads.all<LineColumns>(`SELECT ${lineColumns} FROM bank_line l WHERE l.id = ?`, id)
  return row === undefined ? null : keptOf(row)
}

/** Those nobody has decided about, a page after another. */
export const undecidedLines = (reads: Reads, afterId: string, limit: number): readonly KeptLine[] =>
  reads
    .all<LineColumns>(
      `SELECT ${lineColumns} FROM bank_line l WHERE l.state IN ('unmatched', 'proposed')
        AND l.id > ? ORDER BY l.id LIMIT ?`,
      afterId,
      limit,
    )
    .map(keptOf)

export interface KeptProposal {
  readonly subscriberId: string
  readonly paymentId: string | null
  readonly strength: BankStrength
  readonly reasons: readonly BankReason[]
  readonly documents: readonly string[]
}

export const proposalsOf = (reads: Reads, lineId: string): readonly KeptProposal[] =>
  reads
    .all<{
      subscriberId: string
      paymentId: string | null
      strength: BankStrength
      reasons: string
      documents: string
    }>(
      `SELECT subscriber_id AS subscriberId, payment_id AS paymentId, strength, reasons, documents
        FROM bank_proposal WHERE line_id = ? ORDER BY rank`,
      lineId,
    )
    .map((row) => ({
      ...row,
      reasons: JSON.parse(row.reasons) as BankReason[],
      documents: JSON.parse(row.documents) as string[],
    }))

/** In place of those it had; a line that was decided about meanwhile stays as it is. */
export const setProposals = (
  tx: Transaction,
  lineId: string,
  proposals: readonly KeptProposal[],
): void => {
  const state = proposals.length === 0 ? 'unmatched' : 'proposed'
  tx.run(
    `UPDATE bank_line SET state = ? WHERE id = ? AND state IN ('unmatched', 'proposed')`,
    state,
    lineId,
  )
  tx.run(`DELETE FROM bank_proposal WHERE line_id = ?`, lineId)
  for (const [rank, one] of proposals.entries()) {
    tx.run(
      `INSERT INTO bank_proposal (line_id, rank, subscriber_id, payment_id, strength, reasons,
        documents) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      lineId,
      rank,
      one.subscriberId,
      one.paymentId,
      one.strength,
      JSON.stringify(one.reasons),
      JSON.stringify(one.documents),
    )
  }
}

export const putMatch = (
  tx: Transaction,
  lineId: string,
  paymentId: string,
  role: 'in' | 'out',
  at: number,
  by: string | null,
): void => {
  tx.run(
    `INSERT INTO bank_match (line_id, payment_id, role, at, by) VALUES (?, ?, ?, ?, ?)`,
    lineId,
    paymentId,
    role,
    at,
    by,
  )
}

export const decideLine = (
  tx: Transaction,
  lineId: string,
  state: 'taken' | 'ignored',
  by: string | null,
  at: number,
  reason = '',
): void => {
  tx.run(
    `UPDATE bank_line SET state = ?, decided_at = ?, decided_by = ?, reason = ? WHERE id = ?`,
    state,
    at,
    by,
    reason,
    lineId,
  )
  tx.run(`DELETE FROM bank_proposal WHERE line_id = ?`, lineId)
}
