import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { foldText } from '../../../src-shared/domain/fold-text.ts'
import { openDocuments } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { proposalsOf, takenMinor, type BankLineState } from './bank-tables.ts'
import { settlesNow } from './take-line.ts'

/** Movements as a list: filtered and sorted in the store, each with what it would settle now. */

type Filter = Input<'billing.bankLines'>['filter']
type Row = Output<'billing.bankLines'>['rows'][number]

/** The rest of the list's conditions and their values. */
export const whereOf = (filter: Filter): { readonly sql: string; readonly values: string[] } => {
  const parts = ['1']
  const values: string[] = []
  const add = (sql: string, ...more: readonly string[]): void => {
    parts.push(sql)
    values.push(...more)
  }
  if (filter.states.length > 0) {
    add(`l.state IN (SELECT value FROM json_each(?))`, JSON.stringify(filter.states))
  }
  if (filter.direction !== null) add(filter.direction === 'in' ? `l.minor > 0` : `l.minor < 0`)
  if (filter.strength !== null) {
    add(
      `(SELECT strength FROM bank_proposal b WHERE b.line_id = l.id AND b.rank = 0) = ?`,
      filter.strength,
    )
  }
  if (filter.accountId !== null) add(`l.account_id = ?`, filter.accountId)
  if (filter.importId !== null) add(`l.import_id = ?`, filter.importId)
  if (filter.fromOn !== null) add(`l.booked_on >= ?`, filter.fromOn)
  if (filter.untilOn !== null) add(`l.booked_on < ?`, filter.untilOn)
  for (const word of foldText(filter.search).split(/\s+/u)) {
    if (word !== '') add(`instr(l.words, ?) > 0`, word)
  }
  return { sql: parts.join(' AND '), values }
}

const orders = {
  day: (way: string) => `l.booked_on ${way}, l.id ${way}`,
  amount: (way: string) => `abs(l.minor) ${way}, l.booked_on DESC, l.id`,
  payer: (way: string) => `l.payer_name COLLATE NOCASE ${way}, l.booked_on DESC, l.id`,
} as const

interface Columns {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly importId: string
  readonly position: number
  readonly bookedOn: string
  readonly valueOn: string | null
  readonly minor: number
  readonly currency: CurrencyCode
  readonly isReversal: number
  readonly remittance: string
  readonly reference: string | null
  readonly payer: string | null
  readonly payerEnd: string | null
  readonly twinId: string | null
  readonly state: BankLineState
  readonly decidedAt: number | null
  readonly decidedBy: string | null
  readonly reason: string
  readonly takenMinor: number
}

export const bankLineList = (
  reads: Reads,
  input: Input<'billing.bankLines'>,
  nameOfAccount: (accountId: string) => string | null,
): Pick<Output<'billing.bankLines'>, 'total' | 'sums' | 'rows' | 'waiting'> => {
  const { sql, values } = whereOf(input.filter)
  const sums = reads.all<{ currency: string; count: number; minor: number }>(
    `SELECT l.currency, count(*) AS count, sum(l.minor) AS minor FROM bank_line l WHERE ${sql}
      GROUP BY l.currency ORDER BY l.currency`,
    ...values,
  )
  const rows = reads.all<Columns>(
    `SELECT l.id, l.account_id AS accountId, a.name AS accountName, l.import_id AS importId,
        l.position, l.booked_on AS bookedOn, l.value_on AS valueOn, l.minor, l.currency,
        l.is_reversal AS isReversal, l.remittance,
        coalesce(l.bank_reference, l.end_to_end_id, l.creditor_reference) AS reference,
        l.payer_name AS payer, l.payer_end AS payerEnd, l.twin_id AS twinId, l.state,
        l.decided_at AS decidedAt, l.decided_by AS decidedBy, l.reason, ${takenMinor} AS takenMinor
      FROM bank_line l JOIN bank_account a ON a.id = l.account_id WHERE ${sql}
      ORDER BY ${orders[input.sort](input.descending ? 'DESC' : 'ASC')} LIMIT ? OFFSET ?`,
    ...values,
    input.limit,
    input.offset,
  )
  const [waiting] = reads.all<{ in: number; out: number; certain: number }>(
    `SELECT coalesce(sum(l.minor > 0), 0) AS "in", coalesce(sum(l.minor < 0), 0) AS out,
        coalesce(sum((SELECT strength FROM bank_proposal b WHERE b.line_id = l.id AND b.rank = 0)
          = 'certain'), 0) AS certain
      FROM bank_line l WHERE l.state IN ('unmatched', 'proposed')`,
  )
  return {
    total: sums.reduce((count, one) => count + one.count, 0),
    sums: sums.map((one) => ({ ...one })),
    rows: rows.map((row) => rowOf(reads, row, nameOfAccount)),
    waiting: { ...waiting! },
  }
}

const rowOf = (
  reads: Reads,
  { twinId, takenMinor: taken, isReversal, decidedBy, ...row }: Columns,
  nameOfAccount: (accountId: string) => string | null,
): Row => {
  const waits = row.state === 'unmatched' || row.state === 'proposed'
  const left = row.minor < 0 ? 0 : row.minor - taken
  return {
    ...row,
    isReversal: isReversal === 1,
    twin: twinId !== null,
    decidedBy: decidedBy === null ? null : nameOfAccount(decidedBy),
    left,
    proposals: waits ? shownProposals(reads, row.id, row.currency, left) : [],
    payments: paymentsOfLine(reads, row.id),
  }
}

const shownProposals = (
  reads: Reads,
  lineId: string,
  currency: CurrencyCode,
  left: number,
): Row['proposals'] =>
  proposalsOf(reads, lineId).flatMap(({ documents, paymentId, ...proposal }) => {
    const [subscriber] = reads.all<{ subscriberCode: string; subscriberName: string }>(
      `SELECT code AS subscriberCode, name AS subscriberName FROM subscriber WHERE id = ?`,
      proposal.subscriberId,
    )
    if (subscriber === undefined) return []
    const payment =
      paymentId === null
        ? undefined
        : reads.all<{ id: string; number: string; receivedOn: string; amount: number }>(
            `SELECT id, number, received_on AS receivedOn, amount FROM payment WHERE id = ?`,
            paymentId,
          )[0]
    const open = payment === undefined ? openDocuments(reads, proposal.subscriberId, currency) : []
    const rest = open.map(({ id }) => id).filter((id) => !documents.includes(id))
    const settles = settlesNow(open, [...documents, ...rest], left)
    return [
      {
        ...proposal,
        ...subscriber,
        reasons: [...proposal.reasons],
        settles: payment === undefined ? settles : [],
        credit:
          payment === undefined ? left - settles.reduce((sum, { amount }) => sum + amount, 0) : 0,
        payment: payment === undefined ? null : { ...payment },
      },
    ]
  })

const paymentsOfLine = (reads: Reads, lineId: string): Row['payments'] =>
  reads
    .all<Omit<Row['payments'][number], 'reversed'> & { readonly reversed: number }>(
      `SELECT p.id, p.number, p.subscriber_id AS subscriberId, s.code AS subscriberCode,
          s.name AS subscriberName, p.amount, m.role,
          EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id) AS reversed
        FROM bank_match m JOIN payment p ON p.id = m.payment_id
        JOIN subscriber s ON s.id = p.subscriber_id WHERE m.line_id = ? ORDER BY p.number`,
      lineId,
    )
    .map((row) => ({ ...row, reversed: row.reversed === 1 }))
