import { addDays } from '../../../src-shared/domain/calendar-date.ts'
import { referenceKey } from '../payments/payment-tables.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BankLine } from './bank-statement.ts'
import type { BankReason, KeptProposal } from './bank-tables.ts'
import { compact, nameKey } from './match.ts'

/** Payments that stand already and that a movement may be: entered by hand, or taken back by it. */

/** How far the day of a payment by hand may lie from the bank's. */
const handDays = 10
/** A direct debit can be fetched back for 13 months. */
const returnDays = 400
const most = 5

interface Standing {
  readonly id: string
  readonly subscriberId: string
  readonly referenceKey: string | null
  readonly number: string
  readonly name: string
  readonly payerHash: string | null
}

const standing = (reads: Reads, role: 'in' | 'out', line: BankLine): readonly Standing[] => {
  const [from, until] =
    role === 'in'
      ? [addDays(line.bookedOn, -handDays), addDays(line.bookedOn, handDays)]
      : [addDays(line.bookedOn, -returnDays), line.bookedOn]
  return reads.all<Standing>(
    `SELECT p.id, p.subscriber_id AS subscriberId, p.reference_key AS referenceKey, p.number, s.name,
        (SELECT l.payer_hash FROM bank_match b JOIN bank_line l ON l.id = b.line_id
          WHERE b.payment_id = p.id AND b.role = 'in') AS payerHash
      FROM payment p JOIN subscriber s ON s.id = p.subscriber_id
      WHERE p.amount = ? AND p.currency = ? AND p.received_on BETWEEN ? AND ?
        AND p.method IN ('transfer', 'other')
        AND NOT EXISTS (SELECT 1 FROM payment_reversal v WHERE v.payment_id = p.id)
        AND NOT EXISTS (SELECT 1 FROM bank_match m WHERE m.payment_id = p.id AND m.role = ?)
      ORDER BY p.received_on DESC, p.id LIMIT 200`,
    Math.abs(line.minor),
    line.currency,
    from,
    until,
    role,
  )
}

/**
 * Money that somebody has entered already must not be taken a second time: a proposal for whom such a
 * payment stands becomes one to make the two one.
 */
export const takenByHand = (
  reads: Reads,
  line: BankLine,
  proposals: readonly KeptProposal[],
): readonly KeptProposal[] => {
  if (line.isReversal) return proposals
  const entered = standing(reads, 'in', line)
  if (entered.length === 0) return proposals
  const references = new Set(
    [line.bankReference, line.endToEndId].map((text) => referenceKey(text ?? '')),
  )
  const left = [...entered]
  const made = proposals.map((proposal): KeptProposal => {
    const at = left.findIndex(({ subscriberId }) => subscriberId === proposal.subscriberId)
    if (at < 0) return proposal
    const [payment] = left.splice(at, 1)
    return linked(payment!, ['taken-by-hand', ...proposal.reasons])
  })
  const byReference = left
    .filter((one) => one.referenceKey !== null && references.has(one.referenceKey))
    .map((payment) => linked(payment, ['taken-by-hand', 'payment-reference']))
  return [...byReference, ...made].slice(0, most)
}

const linked = (payment: Standing, reasons: readonly BankReason[]): KeptProposal => ({
  subscriberId: payment.subscriberId,
  paymentId: payment.id,
  strength: 'likely',
  reasons,
  documents: [],
})

/** Which payment money that went out takes back: its amount, and something that names it. */
export const returnsOf = (
  reads: Reads,
  line: BankLine,
  runs: ReadonlySet<string>,
): readonly KeptProposal[] =>
  standing(reads, 'out', line)
    .map((payment): KeptProposal => {
      const reasons: BankReason[] = []
      const isNamed = payment.referenceKey !== null && runs.has(payment.referenceKey)
      if (isNamed || runs.has(compact(payment.number))) reasons.push('payment-reference')
      if (payment.payerHash !== null && payment.payerHash === line.counterpartyAccount) {
        reasons.push('known-account')
      }
      if (nameKey(payment.name) === nameKey(line.counterpartyName ?? '')) reasons.push('name')
      const isSure = reasons.some((reason) => reason !== 'name')
      return {
        ...linked(payment, [...reasons, 'same-amount']),
        strength: isSure ? 'likely' : 'weak',
      }
    })
    .filter(({ reasons }) => reasons.length > 1)
    .toSorted(
      (one, other) =>
        Number(one.strength === 'weak') - Number(other.strength === 'weak') ||
        other.reasons.length - one.reasons.length,
    )
    .slice(0, most)
