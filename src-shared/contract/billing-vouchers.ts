import { z } from 'zod'
import { currency, day, noteText, price } from './billing-model.ts'
import { instant, line, nothing, uuid } from './common.ts'
import { command, query } from './define.ts'

/** Printed cards for prepaid plans. A code is on its card and, hashed, in the store. */

const read = 'billing.voucher.read'
const manage = 'billing.voucher.manage'

/** `expired`: new, and past the last day of its batch. */
export const voucherStates = ['new', 'used', 'void', 'expired'] as const

export const voucherBatch = z.object({
  id: uuid,
  number: z.int(),
  name: z.string(),
  value: z.int(),
  currency: z.string(),
  count: z.int(),
  /** The last day on which a card is taken. */
  expiresOn: z.string().nullable(),
  note: z.string(),
  createdAt: z.number(),
  createdBy: z.string().nullable(),
  /** Cards by state. */
  states: z.object({ new: z.int(), used: z.int(), void: z.int(), expired: z.int() }),
})

export type VoucherBatch = z.output<typeof voucherBatch>

export const billingVouchersQueries = {
  /** The latest first. */
  'billing.voucherBatches': query({
    access: read,
    input: nothing,
    output: z.object({ batches: z.array(voucherBatch) }),
  }),
  /** Cards of a batch by number. Errors: `not-found`. */
  'billing.vouchers': query({
    access: read,
    input: z.strictObject({
      batchId: uuid,
      states: z.array(z.enum(voucherStates)).max(4).default([]),
      offset: z.int().min(0).max(10_000).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({
      total: z.int(),
      vouchers: z.array(
        z.object({
          id: uuid,
          /** `<batch>-<card>`, as it stands on the card. */
          number: z.string(),
          state: z.enum(voucherStates),
          usedAt: instant,
          voidedAt: instant,
          voidReason: z.string(),
        }),
      ),
    }),
  }),
}

export const billingVouchersCommands = {
  /**
   * Makes cards and writes their sheet (PDF) into the workspace's `exports`, once: the codes are
   * nowhere else. Errors: `disk-full`, `permission-denied`.
   */
  'billing.makeVouchers': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({
      name: line(80),
      value: price.min(1),
      currency,
      count: z.int().min(1).max(5000),
      expiresOn: day.nullable(),
      note: noteText,
      /** Of the words on the cards. */
      language: z.enum(['en', 'id']),
    }),
    output: z.object({ batchId: uuid, folder: z.string(), fileName: z.string() }),
  }),
  /**
   * New cards of a batch are worth nothing from now on; for good. Empty: all that are new. `count` is
   * what the screen showed. Errors: `conflict`, `not-found`.
   */
  'billing.voidVouchers': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({
      batchId: uuid,
      voucherIds: z.array(uuid).max(5000),
      count: z.int().min(1).max(5000),
      reason: line(200),
    }),
    output: z.object({ voided: z.int() }),
  }),
}
