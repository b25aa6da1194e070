import type {
  AgentTransfer,
  AgentTransferKind,
} from '../../../src-shared/contract/billing-agents.ts'
import type { Transaction } from '../../store/write-path.ts'
import { numberText } from '../documents/series.ts'
import { referenceKey } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Money from agents and to them. Nothing of it is ever changed: a reversal is a row of its own. */

export type StoredTransfer = AgentTransfer & { readonly accountId: string }

const columns = `t.id, t.kind, t.account_id AS accountId, t.number, t.currency, t.amount,
  t.transferred_on AS "on", t.method, coalesce(t.reference, '') AS reference, t.note, t.at, t.by,
  v.reversed_on AS reversedOn, v.reason AS reversalReason
  FROM agent_transfer t LEFT JOIN agent_transfer_reversal v ON v.transfer_id = t.id`

export const transferById = (reads: Reads, id: string): StoredTransfer | null => {
  const [row] = reads.all<StoredTransfer>(`SELECT ${columns} WHERE t.id = ?`, id)
  return row === undefined ? null : { ...row }
}

/** Of one kind and method, compared without blanks and marks; null: there is none. */
export const transferByReference = (
  reads: Reads,
  kind: AgentTransferKind,
  method: string,
  reference: string,
): StoredTransfer | null => {
  const key = referenceKey(reference)
  if (key === null) return null
  const [row] = reads.all<StoredTransfer>(
    `SELECT ${columns} WHERE t.kind = ? AND t.method = ? AND t.reference_key = ?`,
    kind,
    method,
    key,
  )
  return row === undefined ? null : { ...row }
}

/** The latest first. */
export const transfersOf = (reads: Reads, accountId: string): StoredTransfer[] =>
  reads
    .all<StoredTransfer>(
      `SELECT ${columns} WHERE t.account_id = ? ORDER BY t.transferred_on DESC, t.number DESC
        LIMIT 500`,
      accountId,
    )
    .map((row) => ({ ...row }))

/** Of these papers alone: no setting of the seller names them. */
const prefixes: Readonly<Record<AgentTransferKind, string>> = { 'top-up': 'AT', payout: 'AP' }

/** Takes the next number of its series, in the transaction that enters it. */
export const putTransfer = (
  tx: Transaction,
  transfer: Pick<
    StoredTransfer,
    'id' | 'kind' | 'accountId' | 'currency' | 'amount' | 'on' | 'method' | 'reference' | 'note'
  > & {
    readonly installation: string
    /** 0: numbers never begin again. */
    readonly year: number
    readonly at: number
    readonly by: string | null
  },
): string => {
  const series = `${transfer.kind}|${transfer.installation}|${transfer.year}`
  const sequence =
    1 +
    (tx.get<{ readonly last: number | null }>(
      `SELECT max(sequence) AS last FROM agent_transfer WHERE series = ?`,
      series,
    )?.last ?? 0)
  const number = numberText(prefixes[transfer.kind], transfer, sequence)
  const key = referenceKey(transfer.reference)
  tx.run(
    `INSERT INTO agent_transfer (id, kind, account_id, currency, amount, transferred_on, method,
      reference, reference_key, note, series, sequence, number, at, by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    transfer.id,
    transfer.kind,
    transfer.accountId,
    transfer.currency,
    transfer.amount,
    transfer.on,
    transfer.method,
    key === null ? null : transfer.reference,
    key,
    transfer.note,
    series,
    sequence,
    number,
    transfer.at,
    transfer.by,
  )
  return number
}

export const putTransferReversal = (
  tx: Transaction,
  reversal: {
    readonly id: string
    readonly transferId: string
    readonly on: string
    readonly reason: string
    readonly at: number
    readonly by: string | null
  },
): void => {
  tx.run(
    `INSERT INTO agent_transfer_reversal (id, transfer_id, reversed_on, reason, at, by)
      VALUES (?, ?, ?, ?, ?, ?)`,
    reversal.id,
    reversal.transferId,
    reversal.on,
    reversal.reason,
    reversal.at,
    reversal.by,
  )
}
