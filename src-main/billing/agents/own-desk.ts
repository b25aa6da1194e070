import type { Output } from '../../../src-shared/contract/index.ts'
import { startOfMonth } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { PaymentDesk } from '../payments/payment-desk.ts'
import { openDocuments, paymentById, settledByPayment } from '../payments/payment-tables.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import { allPlans, type Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { countCustomers, customerOf, customersOf, ownCustomer } from './agent-customers.ts'
import { agentBalance, agentBalances, agentStatement, appendAgentEntry } from './agent-ledger.ts'
import { agentById, termsOf, type AgentRecord } from './agent-tables.ts'
import { termsOn } from './rules.ts'

export type OwnQuery =
  | 'billing.ownAgent'
  | 'billing.ownCustomers'
  | 'billing.ownCustomer'
  | 'billing.ownStatement'
export type OwnCommand = 'billing.ownTake'

/**
 * The desk of whoever is signed in as an agent. SECURITY: whose customers they are is never asked of
 * the page: it is the account of the session, however far that reaches otherwise.
 */
export const createOwnDesk = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'nameOfAccount'> & {
    readonly reads: Reads
    readonly today: Today
    readonly desk: Pick<PaymentDesk, 'take'>
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<OwnQuery>
  readonly commands: CommandHandlers<OwnCommand>
} => {
  const { clock, newId, reads, today } = deps
  const selfOf = (context: CallContext): string => accountOf(context) ?? ''

  const reseller = (from: Reads, accountId: string): AgentRecord => {
    const agent = agentById(from, accountId)
    if (agent?.kind !== 'reseller') throw new NocturneError('agent-no-reseller', {})
    if (!agent.active) throw new NocturneError('agent-inactive', {})
    return agent
  }

  const earnedBy = (from: Reads, accountId: string, currency: string): number =>
    from.all<{ readonly earned: number }>(
      `SELECT coalesce(sum(amount), 0) AS earned FROM agent_ledger WHERE account_id = ?
        AND currency = ? AND kind IN ('commission', 'bonus')`,
      accountId,
      currency,
    )[0]?.earned ?? 0

  const answer = (
    from: Reads,
    paymentId: string,
    self: { readonly accountId: string; readonly earned: number },
  ): Output<'billing.ownTake'> => {
    const payment = paymentById(from, paymentId)
    if (payment === null) throw gone('payment')
    return {
      number: payment.number,
      amount: payment.amount,
      settles: settledByPayment(from, paymentId).map(({ invoiceId, number, amount }) => ({
        invoiceId,
        number,
        amount,
      })),
      credit: payment.amount - payment.refunded - payment.settled,
      earned: self.earned,
      balance: agentBalance(from, self.accountId, payment.currency),
    }
  }

  return {
    queries: {
      'billing.ownAgent': (_input, context) => {
        const self = selfOf(context)
        const agent = agentById(reads, self)
        const terms = agent === null ? null : termsOn(termsOf(reads, self), today())
        const plans = new Map(allPlans(reads).map(({ id, name }) => [id, name]))
        return {
          agent: agent === null ? null : { ...agent, name: deps.nameOfAccount(self) ?? '' },
          customers: countCustomers(reads, self),
          balances: agent === null ? [] : agentBalances(reads, agent, startOfMonth(today())),
          terms:
            terms === null
              ? null
              : {
                  ratePpm: terms.ratePpm,
                  months: terms.months,
                  bonus: terms.bonus,
                  creditLimit: terms.creditLimit,
                  planRates: terms.planRates.map(({ planId, ratePpm }) => ({
                    planName: plans.get(planId) ?? '',
                    ratePpm,
                  })),
                },
          today: today(),
        }
      },

      'billing.ownCustomers': (asked, context) =>
        customersOf(reads, { ...asked, accountId: selfOf(context), today: today() }),

      'billing.ownCustomer': ({ subscriberId }, context) => {
        const self = selfOf(context)
        const row = ownCustomer(reads, self, subscriberId)
        if (row === null) throw gone('subscriber')
        return {
          customer: customerOf(reads, self, row, today()),
          documents: openDocuments(reads, subscriberId).map(
            ({ id, number, currency, dueOn, total, open }) => ({
              id,
              number,
              currency,
              dueOn,
              total,
              open,
            }),
          ),
        }
      },

      'billing.ownStatement': (asked, context) =>
        agentStatement(reads, { ...asked, accountId: selfOf(context) }),
    },

    commands: {
      'billing.ownTake': (input, context) => ({
        apply: (tx) => {
          const { paymentId, subscriberId, amount, note } = input
          const accountId = selfOf(context)
          // SECURITY: another's customer is not there for him, whatever he may read elsewhere.
          if (ownCustomer(tx, accountId, subscriberId) === null) throw gone('subscriber')
          const agent = reseller(tx, accountId)
          const currency = currencyCode(input.currency)
          if (currency !== agent.currency) {
            throw new NocturneError('agent-currency', { is: agent.currency })
          }
          const before = paymentById(tx, paymentId)
          // Pressed twice, or sent again after the line broke: one payment, one answer.
          if (
            before !== null &&
            before.method === 'agent' &&
            before.takenBy === accountId &&
            before.subscriberId === subscriberId &&
            before.amount === amount &&
            before.currency === currency
          ) {
            return answer(tx, paymentId, { accountId, earned: 0 })
          }
          const had = agentBalance(tx, accountId, currency)
          const earned = earnedBy(tx, accountId, currency)
          const money = { paymentId, subscriberId, method: 'agent', currency, amount } as const
          const rest = { receivedOn: today(), reference: '', payer: '', note, settles: [] } as const
          deps.desk.take(tx, { ...money, ...rest }, accountId)
          const balance = appendAgentEntry(tx, {
            id: newId(),
            accountId,
            currency,
            today: today(),
            at: clock.now(),
            kind: 'sale',
            refId: paymentId,
            subscriberId,
            amount: -amount,
          })
          // What he earns by it counts: he has handed over the rest alone.
          const limit = termsOn(termsOf(tx, accountId), today())?.creditLimit ?? 0
          if (balance < -limit) {
            throw new NocturneError('agent-balance', {
              available: Math.max(0, had + limit),
              needed: had - balance,
            })
          }
          const got = earnedBy(tx, accountId, currency) - earned
          return answer(tx, paymentId, { accountId, earned: got })
        },
        after: deps.changed,
      }),
    },
  }
}
