import type { AgentTransferKind } from '../../../src-shared/contract/billing-agents.ts'
import type { Input } from '../../../src-shared/contract/index.ts'
import {
  addDays,
  calendarDate,
  laterDate,
  startOfMonth,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { sellerOf } from '../documents/seller-tables.ts'
import { dayProblem, oldestDays } from '../payments/payment-desk.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import { allPlans, type Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { countCustomers, customersOf } from './agent-customers.ts'
import {
  agentBalance,
  agentBalances,
  agentStatement,
  appendAgentEntry,
  hasEntries,
} from './agent-ledger.ts'
import {
  agentById,
  allAgents,
  customersByAgent,
  lastSettledOn,
  putAgent,
  putTerms,
  termsOf,
  type AgentRecord,
} from './agent-tables.ts'
import { termsOn } from './rules.ts'
import {
  putTransfer,
  putTransferReversal,
  transferById,
  transferByReference,
  transfersOf,
} from './transfer-tables.ts'

export type AgentQuery =
  | 'billing.agents'
  | 'billing.agent'
  | 'billing.agentCustomers'
  | 'billing.agentStatement'
export type AgentCommand =
  | 'billing.saveAgent'
  | 'billing.saveAgentTerms'
  | 'billing.topUpAgent'
  | 'billing.payAgent'
  | 'billing.reverseAgentTransfer'

/** Agents as the office sees them: who they are, what they are given, what is paid to them. */
export const createAgentHandlers = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'nameOfAccount' | 'accounts'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<AgentQuery>
  readonly commands: CommandHandlers<AgentCommand>
} => {
  const { clock, newId, reads, today } = deps
  const nameOf = (accountId: string): string => deps.nameOfAccount(accountId) ?? ''

  const known = (from: Reads, accountId: string): AgentRecord => {
    const agent = agentById(from, accountId)
    if (agent === null) throw gone('agent')
    return agent
  }

  /** SECURITY: nobody says what he is given himself, or pays it to himself. Errors: `agent-self`. */
  const refuseOwn = (accountId: string, context: CallContext): void => {
    if (accountOf(context) === accountId) throw new NocturneError('agent-self', {})
  }

  /** Nothing stands settled from this day on, so new terms change nothing that was earned. */
  const termsFirstOn = (from: Reads, accountId: string): CalendarDate => {
    const last = lastSettledOn(from, accountId)
    return last === null ? addDays(today(), -oldestDays) : addDays(last, 1)
  }

  const shown = (agent: AgentRecord) => ({ ...agent, name: nameOf(agent.accountId) })
  const balancesOf = (agent: AgentRecord) => agentBalances(reads, agent, startOfMonth(today()))

  const transfer = (
    kind: AgentTransferKind,
    tx: Transaction,
    input: Input<'billing.payAgent'>,
    context: CallContext,
  ): { number: string; balance: number } => {
    const { transferId, accountId, amount, method, reference, note } = input
    refuseOwn(accountId, context)
    known(tx, accountId)
    const same = transferById(tx, transferId) ?? transferByReference(tx, kind, method, reference)
    if (same !== null) {
      throw new NocturneError('agent-transfer-known', {
        number: same.number,
        on: same.on,
        name: nameOf(same.accountId),
      })
    }
    const on = calendarDate(input.on)
    const now = today()
    dayProblem(on, addDays(now, -oldestDays), now)
    const currency = currencyCode(input.currency)
    const owed = agentBalance(tx, accountId, currency)
    // Never more than is owed: what he was given in advance would be a loan.
    if (kind === 'payout' && amount > owed) {
      throw new NocturneError('agent-payout-beyond', { owed: Math.max(0, owed) })
    }
    const seller = sellerOf(tx)
    const [at, by] = [clock.now(), accountOf(context)]
    const number = putTransfer(tx, {
      id: transferId,
      kind,
      accountId,
      currency,
      amount,
      on,
      method,
      reference,
      note,
      installation: seller.installation,
      year: seller.yearly ? Number(on.slice(0, 4)) : 0,
      at,
      by,
    })
    const entry = { id: newId(), accountId, currency, today: now, at, kind, refId: transferId }
    const signed = kind === 'payout' ? -amount : amount
    const balance = appendAgentEntry(tx, { ...entry, subscriberId: null, amount: signed })
    tx.about({ objectKind: 'account', objectId: accountId, reason: note })
    tx.change({
      entity: 'agent-transfer',
      entityId: transferId,
      kind: 'created',
      version: 1,
      data: { accountId, kind, number, amount, currency, on },
    })
    return { number, balance }
  }

  return {
    queries: {
      'billing.agents': () => {
        const customers = customersByAgent(reads)
        const agents = allAgents(reads)
        const taken = new Set(agents.map(({ accountId }) => accountId))
        return {
          agents: agents.map((agent) => ({
            ...shown(agent),
            customers: customers.get(agent.accountId) ?? 0,
            balances: balancesOf(agent),
            ratePpm: termsOn(termsOf(reads, agent.accountId), today())?.ratePpm ?? null,
          })),
          candidates: deps
            .accounts()
            .filter(({ id }) => !taken.has(id))
            .map(({ id, name }) => ({ accountId: id, name, customers: customers.get(id) ?? 0 }))
            .toSorted((a, b) => b.customers - a.customers || a.name.localeCompare(b.name)),
        }
      },

      'billing.agent': ({ accountId }) => {
        const agent = known(reads, accountId)
        const terms = termsOf(reads, accountId)
        const plans = new Map(allPlans(reads).map(({ id, name }) => [id, name]))
        return {
          agent: shown(agent),
          customers: countCustomers(reads, accountId),
          balances: balancesOf(agent),
          terms: terms
            .map((one) => ({
              ...one,
              by: one.by === null ? null : nameOf(one.by),
              planRates: one.planRates.map((rate) => ({
                ...rate,
                planName: plans.get(rate.planId) ?? '',
              })),
            }))
            .toReversed()
            .toSorted((a, b) => (a.validFromOn < b.validFromOn ? 1 : -1)),
          termsId: termsOn(terms, today())?.id ?? null,
          termsFirstOn: termsFirstOn(reads, accountId),
          today: today(),
          transfers: transfersOf(reads, accountId).map((one) => ({
            ...one,
            by: one.by === null ? null : nameOf(one.by),
          })),
        }
      },

      'billing.agentCustomers': (asked) => customersOf(reads, { ...asked, today: today() }),
      'billing.agentStatement': (asked) => agentStatement(reads, asked),
    },

    commands: {
      'billing.saveAgent': (input, context) => ({
        apply: (tx) => {
          const { accountId, baseVersion, kind, currency } = input
          refuseOwn(accountId, context)
          const before = agentById(tx, accountId)
          // One whose account was switched off since can still be closed.
          if (before === null && !deps.accounts().some(({ id }) => id === accountId)) {
            throw gone('account')
          }
          if ((before?.version ?? 0) !== baseVersion) {
            throw new NocturneError('conflict', { what: 'agent', version: before?.version ?? 0 })
          }
          const isOther = before !== null && (before.kind !== kind || before.currency !== currency)
          // His bonus and his balance are in it, and what he sold was sold as what he was.
          if (isOther && hasEntries(tx, accountId)) throw new NocturneError('agent-kind-fixed', {})
          const { active, note } = input
          const version = baseVersion + 1
          const agent = { accountId, version, kind, currency, active, note }
          putAgent(tx, agent, { at: clock.now(), by: accountOf(context) })
          tx.about({ objectKind: 'account', objectId: accountId, subjectId: accountId })
          tx.change({
            entity: 'agent',
            entityId: accountId,
            kind: version === 1 ? 'created' : 'updated',
            version,
            data: { kind, currency, active },
          })
          return { version }
        },
        after: deps.changed,
      }),

      'billing.saveAgentTerms': ({ accountId, validFromOn, terms }, context) => ({
        apply: (tx) => {
          refuseOwn(accountId, context)
          known(tx, accountId)
          const first = termsFirstOn(tx, accountId)
          const from = calendarDate(validFromOn)
          if (from < first) throw new NocturneError('agent-terms-day', { on: from, first })
          const plans = new Set(allPlans(tx).map(({ id }) => id))
          if (terms.planRates.some(({ planId }) => !plans.has(planId))) throw gone('plan')
          const [id, at, by] = [newId(), clock.now(), accountOf(context)]
          putTerms(tx, accountId, { ...terms, id, validFromOn: from, at, by })
          tx.about({ objectKind: 'account', objectId: accountId, subjectId: accountId })
          tx.change({
            entity: 'agent-terms',
            entityId: id,
            kind: 'created',
            version: 1,
            data: { accountId, validFromOn: from, ratePpm: terms.ratePpm },
          })
          return { id }
        },
        after: deps.changed,
      }),

      'billing.topUpAgent': (input, context) => ({
        apply: (tx) => transfer('top-up', tx, input, context),
        after: deps.changed,
      }),

      'billing.payAgent': (input, context) => ({
        apply: (tx) => transfer('payout', tx, input, context),
        after: deps.changed,
      }),

      'billing.reverseAgentTransfer': ({ transferId, reason }, context) => ({
        apply: (tx) => {
          const found = transferById(tx, transferId)
          if (found === null) throw gone('agent-transfer')
          const { accountId, currency, amount, kind } = found
          refuseOwn(accountId, context)
          if (found.reversedOn !== null) {
            throw new NocturneError('agent-transfer-reversed', { number: found.number })
          }
          const [id, at, by] = [newId(), clock.now(), accountOf(context)]
          const now = today()
          const on = laterDate(now, calendarDate(found.on))
          putTransferReversal(tx, { id, transferId, on, reason, at, by })
          appendAgentEntry(tx, {
            id: newId(),
            accountId,
            currency,
            today: now,
            at,
            kind: `${kind}-reversal`,
            refId: id,
            subscriberId: null,
            amount: kind === 'payout' ? amount : -amount,
          })
          tx.about({ objectKind: 'account', objectId: accountId, reason })
          tx.change({
            entity: 'agent-transfer',
            entityId: transferId,
            kind: 'updated',
            version: 2,
            data: { reversed: on },
          })
          return {}
        },
        after: deps.changed,
      }),
    },
  }
}
