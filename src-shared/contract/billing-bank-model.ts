import { z } from 'zod'
import { separators } from '../domain/csv-records.ts'
import { currency, minor } from './billing-model.ts'
import { instant, uuid } from './common.ts'

/** Shapes of banks' files and their movements. */

export const bankFormats = ['mt940', 'camt.053', 'csv'] as const
export const bankLineStates = ['unmatched', 'proposed', 'taken', 'ignored'] as const
export const bankStrengths = ['certain', 'likely', 'weak'] as const
/** What came in, what went out; `back`: came in as the taking back of what went out. */
export const bankDirections = ['in', 'out'] as const
export const bankDayOrders = ['ymd', 'dmy', 'mdy'] as const

const column = z.int().min(0).max(199)

/** How a bank's table is read: which column (from 0) holds what; null: none does. */
export const bankMapping = z
  .strictObject({
    separator: z.enum(separators),
    /** Lines above the first movement: the bank's own words and the names of the columns. */
    skip: z.int().min(0).max(200),
    dates: z.enum(bankDayOrders),
    decimal: z.enum([',', '.']),
    /** Where no column says it. */
    currency,
    columns: z.strictObject({
      bookedOn: column,
      valueOn: column.nullable(),
      amount: column.nullable(),
      credit: column.nullable(),
      debit: column.nullable(),
      mark: column.nullable(),
      currency: column.nullable(),
      name: column.nullable(),
      account: column.nullable(),
      reference: column.nullable(),
      remittance: z.array(column).max(20),
    }),
  })
  .refine(
    ({ columns: { amount, credit, debit } }) =>
      amount !== null || (credit !== null && debit !== null),
    'no amount',
  )
export type BankMapping = z.output<typeof bankMapping>

export const bankProblem = z.object({
  /** Line of the file, from 1. */
  position: z.int(),
  code: z.string(),
  found: z.string(),
})
export type BankProblem = z.output<typeof bankProblem>

export const bankStatementFacts = z.object({
  account: z.string(),
  number: z.string().nullable(),
  currency: z.string().nullable(),
  opening: minor.nullable(),
  closing: minor.nullable(),
  closingOn: z.string().nullable(),
  /** Closing less opening and movements; null: the file has no balances. */
  difference: minor.nullable(),
})
export type BankStatementFacts = z.output<typeof bankStatementFacts>

export const bankReasons = [
  'document-number',
  'subscriber-code',
  'known-account',
  'same-amount',
  'sum-of-open',
  'name',
  /** In: such a payment was entered by hand. Out: the reference of the payment that it takes back. */
  'taken-by-hand',
  'payment-reference',
] as const

export const bankProposal = z.object({
  subscriberId: uuid,
  subscriberCode: z.string(),
  subscriberName: z.string(),
  strength: z.enum(bankStrengths),
  reasons: z.array(z.enum(bankReasons)),
  /** What it would settle now, in this order. */
  settles: z.array(z.object({ documentId: uuid, number: z.string(), amount: minor })),
  credit: minor,
  /** In: the one that was entered by hand. Out: the one that it takes back. */
  payment: z
    .object({ id: uuid, number: z.string(), receivedOn: z.string(), amount: minor })
    .nullable(),
})
export type BankProposal = z.output<typeof bankProposal>

export const bankLineRow = z.object({
  id: uuid,
  accountId: uuid,
  accountName: z.string(),
  importId: uuid,
  position: z.int(),
  bookedOn: z.string(),
  valueOn: z.string().nullable(),
  minor,
  currency: z.string(),
  isReversal: z.boolean(),
  remittance: z.string(),
  /** The bank's, the payer's or a creditor's: the first there is. */
  reference: z.string().nullable(),
  payer: z.string().nullable(),
  /** The last four of his account. */
  payerEnd: z.string().nullable(),
  /** Like one that came in a file of another format. */
  twin: z.boolean(),
  state: z.enum(bankLineStates),
  decidedAt: instant,
  decidedBy: z.string().nullable(),
  reason: z.string(),
  /** What is left to be taken of it. */
  left: minor,
  proposals: z.array(bankProposal),
  payments: z.array(
    z.object({
      id: uuid,
      number: z.string(),
      subscriberId: uuid,
      subscriberCode: z.string(),
      subscriberName: z.string(),
      amount: minor,
      reversed: z.boolean(),
      role: z.enum(['in', 'out']),
    }),
  ),
})
export type BankLineRow = z.output<typeof bankLineRow>
