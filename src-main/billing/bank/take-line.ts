import { NocturneError } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { PaymentDesk } from '../payments/payment-desk.ts'
import { openDocuments, paymentByReference, type OpenRow } from '../payments/payment-tables.ts'
import { gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import {
  decideLine,
  lineById,
  proposalsOf,
  putMatch,
  type KeptLine,
  type KeptProposal,
} from './bank-tables.ts'
import { takenByHand } from './payment-proposals.ts'

export interface LinePart {
  readonly subscriberId: string
  readonly amount: number
}

/** Errors: `not-found`, `bank-line-decided`. */
export const waitingLine = (reads: Reads, lineId: string): KeptLine => {
  const kept = lineById(reads, lineId)
  if (kept === null) throw gone('bank-line')
  if (kept.state === 'taken' || kept.state === 'ignored') {
    throw new NocturneError('bank-line-decided', { state: kept.state })
  }
  return kept
}

/** What of the open documents an amount would settle: those that were named, in their order. */
export const settlesNow = (
  open: readonly OpenRow[],
  documents: readonly string[],
  amount: number,
): { documentId: string; number: string; amount: number }[] => {
  let left = amount
  const settles: { documentId: string; number: string; amount: number }[] = []
  for (const id of documents) {
    const document = open.find((one) => one.id === id)
    if (document === undefined || left === 0) continue
    const part = Math.min(left, document.open)
    settles.push({ documentId: id, number: document.number, amount: part })
    left -= part
  }
  return settles
}

/**
 * Whether what made a proposal certain still holds: what it names is open by just this amount, and
 * nobody has entered this money by hand meanwhile.
 */
export const isStillSure = (reads: Reads, kept: KeptLine, proposal: KeptProposal): boolean => {
  if (proposal.strength !== 'certain' || kept.left !== kept.line.minor) return false
  if (takenByHand(reads, kept.line, [proposal]).some(({ paymentId }) => paymentId !== null)) {
    return false
  }
  const open = openDocuments(reads, proposal.subscriberId, kept.line.currency)
  const named = open.filter(({ id }) => proposal.documents.includes(id))
  return (
    named.length === proposal.documents.length &&
    named.reduce((sum, document) => sum + document.open, 0) === kept.left
  )
}

/**
 * Takes what is left of a line as payments, one for each part. All of it, in one transaction. Errors:
 * `bank-line-parts`, `payment-known`, those of the desk.
 */
export const takeLine = (
  tx: Transaction,
  desk: Pick<PaymentDesk, 'take'>,
  what: {
    readonly kept: KeptLine
    readonly parts: readonly LinePart[]
    readonly newId: () => string
    readonly at: number
    readonly by: string | null
  },
): string[] => {
  const { kept, parts, newId, at, by } = what
  const { line } = kept
  const sum = parts.reduce((total, { amount }) => total + amount, 0)
  if (sum !== kept.left || new Set(parts.map((one) => one.subscriberId)).size < parts.length) {
    throw new NocturneError('bank-line-parts', { left: kept.left, sum })
  }
  const proposals = proposalsOf(tx, kept.id)
  const numbers = parts.map(({ subscriberId, amount }) => {
    const documents =
      proposals.find((one) => one.subscriberId === subscriberId && one.paymentId === null)
        ?.documents ?? []
    const open = openDocuments(tx, subscriberId, line.currency)
    const paymentId = newId()
    const taken = desk.take(
      tx,
      {
        paymentId,
        subscriberId,
        method: 'transfer',
        currency: line.currency,
        amount,
        receivedOn: line.bookedOn,
        reference: referenceOf(tx, kept),
        payer: (line.counterpartyName ?? '').slice(0, 140),
        note: '',
        settles: settlesNow(open, documents, amount).map(({ documentId, amount: part }) => ({
          documentId,
          amount: part,
        })),
      },
      by,
    )
    putMatch(tx, kept.id, paymentId, 'in', at, by)
    return taken.number
  })
  decideLine(tx, kept.id, 'taken', by, at)
  return numbers
}

/**
 * The bank's reference, told apart where one stands for several payments: the parts of a line that
 * is split, lines of one batch, a line that is taken again after a mistake. The same reference for
 * the same money from elsewhere is that money: `payment-known`.
 */
const referenceOf = (reads: Reads, { id, importId, line }: KeptLine): string => {
  const own = (line.bankReference ?? line.endToEndId ?? '').slice(0, 120)
  if (own === '') return ''
  for (let part = 1; ; part++) {
    const reference = part === 1 ? own : `${own} (${part})`
    const known = paymentByReference(reads, 'transfer', reference)
    if (known === null) return reference
    if (known.reversal !== null) continue
    const [source] = reads.all<{ lineId: string; importId: string }>(
      `SELECT l.id AS lineId, l.import_id AS importId FROM bank_match m
        JOIN bank_line l ON l.id = m.line_id WHERE m.payment_id = ? AND m.role = 'in'`,
      known.id,
    )
    const isSame = known.amount === line.minor && known.receivedOn === line.bookedOn
    const isOther = source !== undefined && (source.importId === importId || !isSame)
    if (source?.lineId !== id && !isOther) {
      throw new NocturneError('payment-known', {
        number: known.number,
        on: known.receivedOn,
        subscriber: known.subscriberCode,
      })
    }
  }
}
