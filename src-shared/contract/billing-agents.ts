import { z } from 'zod'
import { currency, day, minor, noteText, price } from './billing-model.ts'
import { enteredMethods } from './billing-payments.ts'
import { done, line, nothing, uuid } from './common.ts'
import { command, query } from './define.ts'

/**
 * Agents, who earn a commission on what their customers pay, and resellers, who take their customers'
 * money themselves out of a balance that they paid before. An agent is an account that subscribers name.
 */

const read = 'billing.agent.read'
const manage = 'billing.agent.manage'
const pay = 'billing.agent.pay'
/** Of who is signed in, whoever he is: his own customers and nobody else's. */
const own = 'billing.agent.own'
const take = 'billing.agent.take'

export const agentKinds = ['agent', 'reseller'] as const
export type AgentKind = (typeof agentKinds)[number]

export const agentEntryKinds = [
  'commission',
  'bonus',
  'sale',
  'top-up',
  'top-up-reversal',
  'payout',
  'payout-reversal',
] as const
export type AgentEntryKind = (typeof agentEntryKinds)[number]

export const agentTransferKinds = ['top-up', 'payout'] as const
export type AgentTransferKind = (typeof agentTransferKinds)[number]

/** Millionths: 10 % is 100,000. */
const rate = z.int().min(0).max(1_000_000)

/** What an agent is given, from a day on. */
export const agentTerms = z.strictObject({
  /** Of the net of what is paid, where the plan has no rate of its own. */
  ratePpm: rate,
  planRates: z
    .array(z.strictObject({ planId: uuid, ratePpm: rate }))
    .max(200)
    .refine((list) => new Set(list.map(({ planId }) => planId)).size === list.length, 'plan twice'),
  /** For documents of so many months from the first he has of a customer; null: for good. */
  months: z.int().min(1).max(120).nullable(),
  /** Once for each customer, when he pays for the first time; minor units of the agent's currency. */
  bonus: price,
  /** How far a reseller's balance may fall below nothing. */
  creditLimit: price,
})
export type AgentTerms = z.output<typeof agentTerms>

const agentProfile = z.object({
  accountId: uuid,
  name: z.string(),
  version: z.int(),
  kind: z.enum(agentKinds),
  currency: z.string(),
  active: z.boolean(),
  note: z.string(),
})

const balance = z.object({
  currency: z.string(),
  /** Positive: we owe it to him. */
  balance: minor,
  /** Commission and bonus of this month, with what was taken back. */
  earned: minor,
})

const termsVersion = agentTerms.extend({
  id: uuid,
  validFromOn: z.string(),
  planRates: z.array(z.object({ planId: uuid, planName: z.string(), ratePpm: z.int() })),
  at: z.number(),
  by: z.string().nullable(),
})

const entry = z.object({
  id: uuid,
  on: z.string(),
  kind: z.enum(agentEntryKinds),
  /** Of the document, the receipt or the transfer. */
  number: z.string().nullable(),
  subscriberId: uuid.nullable(),
  subscriberName: z.string().nullable(),
  /** Positive: to him. */
  amount: minor,
  balanceAfter: minor,
})
export type AgentEntry = z.output<typeof entry>

const statementAsked = { currency, fromOn: day, untilOn: day } as const
const page = {
  limit: z.int().min(1).max(500).default(100),
  offset: z.int().min(0).default(0),
} as const

const statement = z.object({
  opening: minor,
  /** Opening + all its rows. */
  closing: minor,
  rows: z.array(entry),
  total: z.int(),
})

const customersAsked = {
  text: z.string().trim().max(120).default(''),
  limit: z.int().min(1).max(200).default(50),
  offset: z.int().min(0).default(0),
} as const

const customer = z.object({
  id: uuid,
  code: z.string(),
  name: z.string(),
  status: z.enum(['lead', 'active', 'suspended', 'ended']),
  phone: z.string().nullable(),
  /** What is open, by currency. */
  open: z.array(z.object({ currency: z.string(), open: minor, overdue: minor })),
  /** What he brought this agent so far, by currency. */
  earned: z.array(z.object({ currency: z.string(), amount: minor })),
})
export type AgentCustomer = z.output<typeof customer>

const customers = z.object({ customers: z.array(customer), total: z.int() })

const transfer = z.object({
  id: uuid,
  kind: z.enum(agentTransferKinds),
  number: z.string(),
  currency: z.string(),
  amount: minor,
  on: z.string(),
  method: z.enum(enteredMethods),
  reference: z.string(),
  note: z.string(),
  at: z.number(),
  by: z.string().nullable(),
  reversedOn: z.string().nullable(),
  reversalReason: z.string().nullable(),
})
export type AgentTransfer = z.output<typeof transfer>

const settledDocument = z.object({ invoiceId: uuid, number: z.string(), amount: minor })

const moneyMoved = {
  /** Chosen by who enters it: the same one twice is refused. */
  transferId: uuid,
  accountId: uuid,
  currency,
  amount: price.min(1),
  on: day,
  method: z.enum(enteredMethods),
  /** Of the bank; '': none. Of one method each is taken once. */
  reference: z.string().trim().max(140).default(''),
  note: noteText.default(''),
} as const

const moved = z.object({ number: z.string(), balance: minor })

export const billingAgentsQueries = {
  'billing.agents': query({
    access: read,
    input: nothing,
    output: z.object({
      agents: z.array(
        agentProfile.extend({
          customers: z.int(),
          balances: z.array(balance),
          ratePpm: z.int().nullable(),
        }),
      ),
      /** Accounts that are nobody's agent yet; those that subscribers name come first. */
      candidates: z.array(z.object({ accountId: uuid, name: z.string(), customers: z.int() })),
    }),
  }),
  'billing.agent': query({
    access: read,
    input: z.strictObject({ accountId: uuid }),
    output: z.object({
      agent: agentProfile,
      customers: z.int(),
      balances: z.array(balance),
      /** The latest first; those that have not begun among them. */
      terms: z.array(termsVersion),
      /** Of `terms`, which holds today. */
      termsId: uuid.nullable(),
      /** New terms may begin on this day and later: no settlement stands from it on. */
      termsFirstOn: z.string(),
      today: z.string(),
      transfers: z.array(transfer),
    }),
  }),
  'billing.agentCustomers': query({
    access: read,
    input: z.strictObject({ accountId: uuid, ...customersAsked }),
    output: customers,
  }),
  /** Of [fromOn, untilOn). */
  'billing.agentStatement': query({
    access: read,
    input: z.strictObject({ accountId: uuid, ...statementAsked, ...page }),
    output: statement,
  }),
  /** What is whose who asks. */
  'billing.ownAgent': query({
    access: own,
    scope: 'narrowed',
    input: nothing,
    output: z.object({
      /** Null: he is nobody's agent; he may have customers all the same. */
      agent: agentProfile.omit({ note: true, version: true }).nullable(),
      customers: z.int(),
      balances: z.array(balance),
      terms: agentTerms
        .extend({ planRates: z.array(z.object({ planName: z.string(), ratePpm: z.int() })) })
        .nullable(),
      today: z.string(),
    }),
  }),
  'billing.ownCustomers': query({
    access: own,
    scope: 'narrowed',
    input: z.strictObject(customersAsked),
    output: customers,
  }),
  /** Another's is `not-found`. */
  'billing.ownCustomer': query({
    access: own,
    scope: 'narrowed',
    input: z.strictObject({ subscriberId: uuid }),
    output: z.object({
      customer,
      documents: z.array(
        z.object({
          id: uuid,
          number: z.string(),
          currency: z.string(),
          dueOn: z.string(),
          total: minor,
          open: minor,
        }),
      ),
    }),
  }),
  'billing.ownStatement': query({
    access: own,
    scope: 'narrowed',
    input: z.strictObject({ ...statementAsked, ...page }),
    output: statement,
  }),
}

export const billingAgentsCommands = {
  /** Errors: `not-found`, `conflict`, `agent-self`, `agent-kind-fixed`. */
  'billing.saveAgent': command({
    access: manage,
    input: z.strictObject({
      accountId: uuid,
      /** 0: a new one. */
      baseVersion: z.int().min(0),
      kind: z.enum(agentKinds),
      currency,
      active: z.boolean(),
      note: noteText.default(''),
    }),
    output: z.object({ version: z.int() }),
  }),
  /** From a day on that nothing was settled on yet. Errors: `not-found`, `agent-self`, `agent-terms-day`. */
  'billing.saveAgentTerms': command({
    access: manage,
    input: z.strictObject({ accountId: uuid, validFromOn: day, terms: agentTerms }),
    output: z.object({ id: uuid }),
  }),
  /**
   * He pays us: a reseller's balance, or what an agent owes. Errors: `not-found`, `agent-self`,
   * `agent-transfer-known`, `day-in-future`, `day-too-early`.
   */
  'billing.topUpAgent': command({
    access: pay,
    input: z.strictObject(moneyMoved),
    output: moved,
  }),
  /** We pay him, never more than is owed. Errors: those of a top-up, `agent-payout-beyond`. */
  'billing.payAgent': command({
    access: pay,
    stepUp: true,
    input: z.strictObject(moneyMoved),
    output: moved,
  }),
  /** Errors: `not-found`, `agent-self`, `agent-transfer-reversed`. */
  'billing.reverseAgentTransfer': command({
    access: pay,
    stepUp: true,
    input: z.strictObject({ transferId: uuid, reason: line(300) }),
    output: done,
  }),
  /**
   * A reseller takes the money of a customer of his: paid here at once, out of his balance. Errors:
   * `not-found`, `agent-no-reseller`, `agent-inactive`, `agent-balance`, and those of a payment.
   */
  'billing.ownTake': command({
    access: take,
    scope: 'narrowed',
    input: z.strictObject({
      /** Chosen by who takes it: the same one twice is one payment. */
      paymentId: uuid,
      subscriberId: uuid,
      currency,
      amount: price.min(1),
      note: noteText.default(''),
    }),
    output: z.object({
      number: z.string(),
      amount: minor,
      settles: z.array(settledDocument),
      credit: minor,
      /** What he earned by it, and his balance now. */
      earned: minor,
      balance: minor,
    }),
  }),
}
