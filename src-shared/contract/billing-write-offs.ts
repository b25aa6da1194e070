import { z } from 'zod'
import type { Named } from '../domain/scope.ts'
import { currency, minor, price } from './billing-model.ts'
import { done, line, uuid } from './common.ts'
import { command, query } from './define.ts'

/** Debts that are given up: no correction of a document or its tax; above a limit by two people. */

const read = 'billing.payment.read'
const make = 'billing.write-off.make'

const ofSubscriberId = ({ subscriberId }: { readonly subscriberId: string }): readonly Named[] => [
  { kind: 'subscriber', id: subscriberId },
]
const ofWriteOff = ({ writeOffId }: { readonly writeOffId: string }): readonly Named[] => [
  { kind: 'write-off', id: writeOffId },
]

const wanted = {
  subscriberId: uuid,
  currency,
  /** Of his open documents, each in full or in part. */
  documents: z
    .array(z.strictObject({ documentId: uuid, amount: price.min(1) }))
    .min(1)
    .max(200),
} as const

const settledDocument = z.object({ documentId: uuid, number: z.string(), amount: minor })

export const billingWriteOffsQueries = {
  /** The latest first. */
  'billing.writeOffs': query({
    access: read,
    scope: ofSubscriberId,
    input: z.strictObject({ subscriberId: uuid }),
    output: z.object({
      writeOffs: z.array(
        z.object({
          id: uuid,
          currency: z.string(),
          amount: minor,
          on: z.string(),
          reason: z.string(),
          by: z.string().nullable(),
          documents: z.array(settledDocument),
          reversedOn: z.string().nullable(),
          reversalReason: z.string().nullable(),
        }),
      ),
      /** Wished and not carried out. */
      wishes: z.array(
        z.object({
          id: uuid,
          version: z.int(),
          currency: z.string(),
          amount: minor,
          reason: z.string(),
          createdAt: z.number(),
          createdBy: z.string().nullable(),
          /** False: a document was settled meanwhile, and it can't be carried out as it was written. */
          stands: z.boolean(),
          secondPerson: z.boolean(),
        }),
      ),
    }),
  }),
  /** What it would come to. Errors: those of `billing.writeOff` but `approval-needed`. */
  'billing.writeOffLook': query({
    access: make,
    scope: ofSubscriberId,
    input: z.strictObject(wanted),
    output: z.object({ amount: minor, secondPerson: z.boolean() }),
  }),
}

export const billingWriteOffsCommands = {
  /**
   * At once. Errors: `not-found`, `document-not-open`, `allocation-twice`,
   * `allocation-beyond-document`, `approval-needed`.
   */
  'billing.writeOff': command({
    access: make,
    scope: ofSubscriberId,
    stepUp: true,
    input: z.strictObject({ ...wanted, reason: line(300) }),
    output: z.object({ writeOffId: uuid, amount: minor }),
  }),
  /** Keeps a wished one; asked about with `approvals.ask`, kind `billing.write-off`. */
  'billing.draftWriteOff': command({
    access: make,
    scope: ofSubscriberId,
    input: z.strictObject({ ...wanted, reason: line(300) }),
    output: z.object({
      writeOffId: uuid,
      version: z.int(),
      amount: minor,
      secondPerson: z.boolean(),
    }),
  }),
  /** Carries a wished one out as it was written. Errors: `not-found`, `conflict`, `approval-needed`. */
  'billing.carryOutWriteOff': command({
    access: make,
    scope: ofWriteOff,
    stepUp: true,
    input: z.strictObject({ writeOffId: uuid, baseVersion: z.int() }),
    output: z.object({ amount: minor }),
  }),
  /** Gives a wished one up. Errors: `not-found`, `conflict`. */
  'billing.dropWriteOff': command({
    access: make,
    scope: ofWriteOff,
    input: z.strictObject({ writeOffId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /** What it settled is open again: he pays after all. Errors: `not-found`, `write-off-reversed`. */
  'billing.reverseWriteOff': command({
    access: make,
    scope: ofWriteOff,
    input: z.strictObject({ writeOffId: uuid, reason: line(300) }),
    output: z.object({ reopened: z.array(settledDocument) }),
  }),
}
