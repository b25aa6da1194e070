import { createAccrual } from '../../src-main/billing/agents/accrue.ts'
import { createAgentHandlers } from '../../src-main/billing/agents/agent-handlers.ts'
import { agentBalance } from '../../src-main/billing/agents/agent-ledger.ts'
import { createOwnDesk } from '../../src-main/billing/agents/own-desk.ts'
import { createPaymentDesk } from '../../src-main/billing/payments/payment-desk.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { commands, queries } from '../../src-shared/contract/index.ts'
import type { CallInput, Input, Output } from '../../src-shared/contract/index.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import { ani, budi, createPaymentsBench } from '../billing-payments/payments-bench.ts'
import { idOf } from '../support/store-workspace.ts'

/** Agents on the payments' own bench: their ledger moves with the customers' money. */

export const [wati, joko, boss] = [idOf(0xa1), idOf(0xa2), idOf(0xa9)]
const names = new Map([
  [wati, 'Wati'],
  [joko, 'Joko'],
  [boss, 'Nadia'],
])
const euro = currencyCode('EUR')

export const createAgentsBench = (today = '2026-06-15') => {
  const bench = createPaymentsBench(today, createAccrual)
  const { deps, newId, reads, write } = bench
  write((tx) => {
    for (const [id, name] of names) {
      tx.run(
        `INSERT INTO account (id, name, login, role, created_at, updated_at)
          VALUES (?, ?, ?, 'sales-agent', 0, 0)`,
        id,
        name,
        name,
      )
    }
  })
  const shared = {
    ...deps,
    nameOfAccount: (id: string) => names.get(id) ?? null,
    accounts: () => [...names].map(([id, name]) => ({ id, name })),
  }
  const handlers = createAgentHandlers(shared)
  const desk = createOwnDesk({ ...shared, desk: createPaymentDesk(shared) })
  const queriesOf = { ...handlers.queries, ...desk.queries }
  const commandsOf = { ...handlers.commands, ...desk.commands }
  const contextOf = (accountId: string): CallContext => ({
    ...bench.context,
    session: { sessionId: 's', accountId, name: '', role: 'finance', permissions: new Set() },
  })

  /** As the router calls it; `onStatement` may throw, as a machine may stop. */
  const act = async <Name extends keyof typeof commandsOf>(
    name: Name,
    input: CallInput<Name>,
    by = boss,
    onStatement: () => void = () => undefined,
  ): Promise<Output<Name>> => {
    const handler = commandsOf[name] as unknown as (
      given: Input<Name>,
      context: CallContext,
    ) => CommandPlan<Output<Name>>
    const plan = handler(commands[name].input.parse(input) as Input<Name>, contextOf(by))
    return write((tx) =>
      plan.apply({
        ...tx,
        run: (sql, ...parameters) => {
          onStatement()
          return tx.run(sql, ...parameters)
        },
      }),
    )
  }
  const ask = async <Name extends keyof typeof queriesOf>(
    name: Name,
    input: CallInput<Name>,
    by = boss,
  ): Promise<Output<Name>> => {
    const handler = queriesOf[name] as unknown as (
      given: Input<Name>,
      context: CallContext,
    ) => Output<Name>
    const answer = handler(queries[name].input.parse(input) as Input<Name>, contextOf(by))
    return queries[name].output.parse(answer) as Output<Name>
  }

  const terms = (
    accountId: string,
    validFromOn: string,
    over: Partial<CallInput<'billing.saveAgentTerms'>['terms']> = {},
  ) =>
    act('billing.saveAgentTerms', {
      accountId,
      validFromOn,
      terms: { ratePpm: 100_000, planRates: [], months: null, bonus: 0, creditLimit: 0, ...over },
    })

  return {
    ...bench,
    act,
    ask,
    terms,
    give: (subscriberId: string, accountId: string | null): void =>
      write((tx) => {
        tx.run(`UPDATE subscriber SET agent_id = ? WHERE id = ?`, accountId, subscriberId)
      }),
    /** An agent with terms from the first of the year, and Budi as his customer. */
    agent: async (kind: 'agent' | 'reseller' = 'agent', over: Parameters<typeof terms>[2] = {}) => {
      await act('billing.saveAgent', {
        accountId: wati,
        baseVersion: 0,
        kind,
        currency: 'EUR',
        active: true,
      })
      await terms(wati, '2026-01-01', over)
      write((tx) => {
        tx.run(`UPDATE subscriber SET agent_id = ? WHERE id = ?`, wati, budi)
      })
    },
    /** `kind amount`, in the order in which they were entered. */
    entries: (accountId = wati): readonly string[] =>
      reads
        .all<{ kind: string; amount: number }>(
          `SELECT kind, amount FROM agent_ledger WHERE account_id = ? ORDER BY seq`,
          accountId,
        )
        .map(({ kind, amount }) => `${kind} ${amount}`),
    owed: (accountId = wati): number => agentBalance(reads, accountId, 'EUR'),
    /** Looks once more; nothing may come of it. */
    again: (subscriberId = budi): void =>
      write((tx) => {
        deps.moved(tx, subscriberId, euro)
      }),
    rows: (): unknown =>
      ['payment', 'payment_reversal', 'allocation', 'ledger_entry', 'agent_ledger', 'number_series']
        .concat('agent_transfer')
        .map((table) => reads.all(`SELECT * FROM ${table} ORDER BY 1, 2`)),
    transfer: (amount: number, over: Partial<CallInput<'billing.payAgent'>> = {}) => ({
      transferId: newId(),
      accountId: wati,
      currency: 'EUR',
      amount,
      on: today,
      method: 'transfer' as const,
      ...over,
    }),
  }
}

export { ani, budi }
