import { z } from 'zod'
import { bankMapping } from './billing-bank-model.ts'
import {
  bankDirections,
  bankFormats,
  bankLineRow,
  bankLineStates,
  bankProblem,
  bankStatementFacts,
  bankStrengths,
} from './billing-bank-model.ts'
import { currency, day, minor, price } from './billing-model.ts'
import { done, instant, line, nothing, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'

/** Files of the bank: read, matched with who owes, and taken as payments. They are about everybody. */

const read = 'billing.bank.read'
const bring = 'billing.bank.import'
const decide = 'billing.bank.decide'

/** Which lines: everything that is said must hold. */
export const bankLineFilter = z.strictObject({
  states: z.array(z.enum(bankLineStates)).max(4).default([]),
  direction: z.enum(bankDirections).nullable().default(null),
  strength: z.enum(bankStrengths).nullable().default(null),
  accountId: uuid.nullable().default(null),
  importId: uuid.nullable().default(null),
  /** Half-open; null: without end. */
  fromOn: day.nullable().default(null),
  untilOn: day.nullable().default(null),
  /** Every word must occur: in the payer, his words, references. */
  search: z.string().trim().max(120).default(''),
})
export type BankLineFilter = z.output<typeof bankLineFilter>

const sums = z.array(z.object({ currency: z.string(), count: z.int(), minor }))

const importRow = z.object({
  id: uuid,
  at: z.number(),
  by: z.string().nullable(),
  fileName: z.string(),
  format: z.enum(bankFormats),
  encoding: z.string(),
  read: z.int(),
  added: z.int(),
  failed: z.int(),
  accounts: z.array(z.string()),
  /** Balances of a statement that do not add up. */
  differs: z.int(),
  /** Its lines that wait for somebody. */
  waiting: z.int(),
})

export const billingBankQueries = {
  'billing.bankAccounts': query({
    access: read,
    scope: 'everything',
    input: nothing,
    output: z.object({
      accounts: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          number: z.string().nullable(),
          currency: z.string(),
          mapping: bankMapping.nullable(),
          lines: z.int(),
          waiting: z.int(),
          lastOn: z.string().nullable(),
          lastImportAt: instant,
        }),
      ),
    }),
  }),
  /**
   * What a file would bring: MT940, camt.053, or a table. Bytes as they are on the disk. Nothing is
   * changed; `importBankFile` names what was looked at. `mapping` null: as the account's last table,
   * else guessed. Errors: `bank-file-…`, `cancelled`.
   */
  'billing.previewBankFile': query({
    access: bring,
    scope: 'everything',
    input: z.strictObject({
      taskId,
      fileName: z.string().max(255),
      bytes: z.instanceof(Uint8Array),
      /** Null: the one that the file names, or a new one. */
      accountId: uuid.nullable().default(null),
      mapping: bankMapping.nullable().default(null),
    }),
    output: z.object({
      stagedId: uuid,
      format: z.enum(bankFormats),
      encoding: z.string(),
      /** Of a table: its first records as they stand there, and how it was read. */
      table: z
        .object({
          mapping: bankMapping,
          /** Told by the account's last table, guessed, or said by the person. */
          from: z.enum(['account', 'guess', 'person']),
          records: z.array(z.array(z.string())),
          widest: z.int(),
        })
        .nullable(),
      /** Accounts that the file names; `id` null: new to the console. */
      accounts: z.array(
        z.object({
          id: uuid.nullable(),
          name: z.string(),
          number: z.string().nullable(),
          currency: z.string(),
        }),
      ),
      read: z.int(),
      /** Not known from an earlier file. */
      fresh: z.int(),
      /** Of those: like one that came in another format. */
      twins: z.int(),
      incoming: sums,
      outgoing: sums,
      fromOn: z.string().nullable(),
      toOn: z.string().nullable(),
      statements: z.array(bankStatementFacts).max(100),
      problems: z.array(bankProblem).max(200),
      problemsTotal: z.int(),
      sample: z
        .array(
          z.object({
            position: z.int(),
            bookedOn: z.string(),
            minor,
            currency: z.string(),
            payer: z.string(),
            words: z.string(),
            known: z.boolean(),
          }),
        )
        .max(20),
    }),
  }),
  /** The latest first. */
  'billing.bankImports': query({
    access: read,
    scope: 'everything',
    input: z.strictObject({
      offset: z.int().min(0).max(1_000_000).default(0),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ total: z.int(), imports: z.array(importRow) }),
  }),
  /** Errors: `not-found`. */
  'billing.bankImport': query({
    access: read,
    scope: 'everything',
    input: z.strictObject({ importId: uuid }),
    output: z.object({
      import: importRow,
      statements: z.array(bankStatementFacts),
      problems: z.array(bankProblem),
      states: z.array(
        z.object({
          state: z.enum(bankLineStates),
          currency: z.string(),
          direction: z.enum(bankDirections),
          count: z.int(),
          minor,
        }),
      ),
    }),
  }),
  'billing.bankLines': query({
    access: read,
    scope: 'everything',
    input: z.strictObject({
      filter: bankLineFilter,
      sort: z.enum(['day', 'amount', 'payer']).default('day'),
      descending: z.boolean().default(true),
      offset: z.int().min(0).max(10_000_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      total: z.int(),
      /** Of all that the filter finds. */
      sums,
      rows: z.array(bankLineRow),
      /** Lines that wait, whatever the filter. */
      waiting: z.object({ in: z.int(), out: z.int(), certain: z.int() }),
      /** Sure lines are being taken now. */
      running: z.object({ done: z.int(), total: z.int() }).nullable(),
    }),
  }),
}

export const billingBankCommands = {
  /**
   * Keeps the movements that are new. The same file again is refused: it would change nothing.
   * Errors: `not-found` (looked at too long ago), `bank-file-known`, `bank-account-taken`,
   * `conflict`.
   */
  'billing.importBankFile': command({
    access: bring,
    scope: 'everything',
    input: z.strictObject({
      stagedId: uuid,
      /** Of an account that is new; else it keeps its own. */
      accountName: z.string().trim().max(80).default(''),
    }),
    output: z.object({ importId: uuid, added: z.int(), known: z.int(), proposed: z.int() }),
  }),
  /** Looks anew who may have paid what is not decided. */
  'billing.matchBankLines': command({
    access: decide,
    scope: 'everything',
    input: nothing,
    output: z.object({ proposed: z.int(), unmatched: z.int() }),
  }),
  /**
   * Takes a line as one payment, or as several of several subscribers that make it up. Errors:
   * `not-found`, `bank-line-decided`, `bank-line-parts`, `payment-known`, those of `takePayment`.
   */
  'billing.takeBankLine': command({
    access: decide,
    scope: 'everything',
    input: z.strictObject({
      lineId: uuid,
      parts: z
        .array(z.strictObject({ subscriberId: uuid, amount: price.min(1) }))
        .min(1)
        .max(50),
    }),
    output: z.object({ numbers: z.array(z.string()) }),
  }),
  /** The money of a line was entered by hand already: they are one. Errors: `bank-line-not-its`. */
  'billing.linkBankLine': command({
    access: decide,
    scope: 'everything',
    input: z.strictObject({ lineId: uuid, paymentId: uuid }),
    output: z.object({ number: z.string() }),
  }),
  /** Money that went out is a payment that the bank sent back: reverses it. Errors: as `reversePayment`. */
  'billing.returnBankLine': command({
    access: 'billing.payment.reverse',
    scope: 'everything',
    input: z.strictObject({ lineId: uuid, paymentId: uuid, reason: line(300) }),
    output: z.object({ number: z.string() }),
  }),
  /**
   * Begins to take what is certain, each line in a transaction of its own, and answers at once;
   * `billing.bankProgress` tells how it goes. Empty: all that is. `count` and `sums` are what the
   * person saw. Errors: `conflict`, `bank-taking`.
   */
  'billing.takeSureBankLines': command({
    access: decide,
    scope: 'everything',
    input: z.strictObject({
      lineIds: z.array(uuid).max(5000),
      accountId: uuid.nullable().default(null),
      count: z.int().min(1),
      sums: z.array(z.strictObject({ currency, minor: price })).max(50),
    }),
    output: z.object({ total: z.int() }),
  }),
  /** Ends it after the line that it is at. Errors: `not-found`. */
  'billing.cancelBankTaking': command({
    access: decide,
    scope: 'everything',
    input: nothing,
    output: done,
  }),
  /** Lines that are no payment of a subscriber: fees, own transfers. Errors: `bank-line-decided`. */
  'billing.ignoreBankLines': command({
    access: decide,
    scope: 'everything',
    input: z.strictObject({ lineIds: z.array(uuid).min(1).max(5000), reason: line(200) }),
    output: z.object({ ignored: z.int() }),
  }),
  /** Back among those that wait. Errors: `not-found`. */
  'billing.unignoreBankLines': command({
    access: decide,
    scope: 'everything',
    input: z.strictObject({ lineIds: z.array(uuid).min(1).max(5000) }),
    output: z.object({ back: z.int() }),
  }),
}

export const billingBankEvents = {
  'billing.bankProgress': event({
    access: read,
    scope: 'everything',
    delivery: 'latest',
    payload: z.object({
      state: z.enum(['running', 'done', 'cancelled', 'broken']),
      done: z.int(),
      total: z.int(),
      taken: z.int(),
      /** No longer sure, or refused: they wait as before. */
      left: z.int(),
    }),
  }),
}
