import { z } from 'zod'
import { runStates } from './billing-documents-model.ts'
import { day, minor } from './billing-model.ts'
import { paymentMethods } from './billing-payments.ts'
import { instant, taskId, uuid } from './common.ts'
import { query } from './define.ts'

/** How the business stands: of the books as they were on a day, currencies apart. */

const amounts = z.object({
  /** Invoices and debit notes. */
  documents: z.int(),
  net: minor,
  tax: minor,
  /** With what was rounded for coins. */
  total: minor,
  /** Credit notes; not negative. */
  creditedNet: minor,
  creditedTax: minor,
  credited: minor,
  /** Payments; not negative. */
  collected: minor,
  /** Refunds and payments that were none; not negative. */
  returned: minor,
  /** Entries that are none of these: openings, adjustments, write-offs, fees. Either sign. */
  other: minor,
})

const recurring = z.object({
  /** A month of all that ran at the end of the month, by what was agreed; discounts left aside. */
  amount: minor,
  /** amount = the one of the month before + fresh + changed − lost. */
  fresh: minor,
  changed: minor,
  lost: minor,
})

const ages = z.object({
  notDue: minor,
  days30: minor,
  days60: minor,
  days90: minor,
  days120: minor,
  older: minor,
  credit: minor,
  balance: minor,
})

const open = z.object({ documents: z.int(), amount: minor })

export const financeMonth = z.object({
  /** `YYYY-MM`; the last one up to the day that was asked for. */
  month: z.string(),
  ...amounts.shape,
  methods: z.array(z.object({ method: z.enum(paymentMethods), collected: minor, returned: minor })),
  recurring,
})
export type FinanceMonth = z.output<typeof financeMonth>

export const financeCurrency = z.object({
  currency: z.string(),
  /** Of the ledger before the first month, and after the last: opening + Σ months = closing. */
  opening: minor,
  closing: minor,
  months: z.array(financeMonth),
  ages,
  debtors: z.array(
    z.object({
      subscriberId: uuid,
      code: z.string(),
      name: z.string(),
      balance: minor,
      overdue: minor,
    }),
  ),
  overdue: open,
  /** Due on the day or in the six days after it. */
  dueThisWeek: open,
})
export type FinanceCurrency = z.output<typeof financeCurrency>

export const billingFinanceQueries = {
  /** Errors: `cancelled`, `day-in-future`. */
  'billing.finance': query({
    access: 'billing.report.read',
    scope: 'everything',
    input: z.strictObject({
      /** Null: today. */
      asOfOn: day.nullable().default(null),
      months: z.int().min(1).max(36).default(12),
      taskId: taskId.optional(),
    }),
    output: z.object({
      today: z.string(),
      asOfOn: z.string(),
      currencies: z.array(financeCurrency),
      /** Subscribers by what they have: of several, the best of it. */
      subscribers: z.array(
        z.object({
          month: z.string(),
          active: z.int(),
          suspended: z.int(),
          paused: z.int(),
          /** Of the month. */
          begun: z.int(),
          ended: z.int(),
        }),
      ),
      lastRun: z
        .object({
          id: uuid,
          asOfOn: z.string(),
          startedAt: z.number(),
          finishedAt: instant,
          state: z.enum(runStates),
          looked: z.int(),
          failed: z.int(),
        })
        .nullable(),
      /** Of the latest reconciliation; null: nobody has looked. */
      stake: z
        .object({
          at: z.number(),
          findings: z.int(),
          sums: z.array(z.object({ currency: z.string(), minor })),
        })
        .nullable(),
    }),
  }),
}
