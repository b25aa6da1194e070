import type { LedgerKind } from '../../../src-shared/contract/billing-documents-model.ts'
import type { PaymentMethod } from '../../../src-shared/contract/billing-payments.ts'
import type { JournalAccounts, PaperSettings } from '../../../src-shared/contract/billing-papers.ts'

/**
 * Double entries for what stands in the ledger. Each entry begins with its row of the ledger (debit
 * receivable), and what it is made of stands against it: together nothing, in every entry. Pure.
 */

export interface JournalSource {
  readonly kind: LedgerKind
  /** Of the ledger: positive is owed. */
  readonly amount: number
  /** Null: no document. Positive as they stand on it. */
  readonly document: {
    readonly rounding: number
    /** Net and tax by tax group; no code: untaxed. */
    readonly groups: readonly {
      readonly net: number
      readonly taxes: readonly {
        readonly code: string
        readonly ratePpm: number
        readonly amount: number
      }[]
    }[]
  } | null
  /** Of a payment, a reversal and a refund. */
  readonly method: PaymentMethod | null
  /** What coins made more (or less) of a payment at a counter; of its reversal, the other way. */
  readonly cashRounding: number
}

export interface JournalLine {
  readonly account: string
  /** Minor units: positive is debit, negative is credit. */
  readonly amount: number
  /** '': of no tax. */
  readonly taxCode: string
  readonly ratePpm: number | null
}

export const journalEntry = (
  { kind, amount, document, method, cashRounding }: JournalSource,
  { accounts, taxAccounts }: Pick<PaperSettings, 'accounts' | 'taxAccounts'>,
): readonly JournalLine[] => {
  const plain = (account: string, of: number): JournalLine => ({
    account,
    amount: of,
    taxCode: '',
    ratePpm: null,
  })
  const receivable = plain(accounts.receivable, amount)
  if (document === null) {
    // The drawer has what was handed over; the subscriber owes what he owed.
    return [
      receivable,
      plain(accounts[otherSide(kind, method)], cashRounding - amount),
      plain(accounts.rounding, -cashRounding),
    ].filter((line) => line.amount !== 0)
  }
  const sign = kind === 'credit-note' ? 1 : -1
  const own = (code: string) => taxAccounts.find((one) => one.code === code)
  const lines = document.groups.flatMap(({ net, taxes }): JournalLine[] => {
    const [first] = taxes
    const revenue = {
      account: (first === undefined ? undefined : own(first.code)?.revenue) ?? accounts.revenue,
      amount: sign * net,
      taxCode: taxes.map(({ code }) => code).join('+'),
      ratePpm: first?.ratePpm ?? null,
    }
    const owed = taxes.map(({ code, ratePpm, amount: tax }) => ({
      account: own(code)?.tax ?? accounts.tax,
      amount: sign * tax,
      taxCode: code,
      ratePpm,
    }))
    return [revenue, ...owed]
  })
  return [receivable, ...lines, plain(accounts.rounding, sign * document.rounding)].filter(
    (line) => line.amount !== 0,
  )
}

const otherSide = (kind: LedgerKind, method: PaymentMethod | null): keyof JournalAccounts => {
  switch (kind) {
    case 'payment':
    case 'reversal':
    case 'refund':
      return method ?? 'other'
    case 'opening':
      return 'opening'
    case 'write-off':
      return 'writeOff'
    case 'fee':
      return 'fee'
    default:
      // Documents have their own lines; what else changes a balance is an adjustment of it.
      return 'adjustment'
  }
}
