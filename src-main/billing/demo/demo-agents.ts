import { commands } from '../../../src-shared/contract/index.ts'
import type { CallInput, CommandName } from '../../../src-shared/contract/index.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { everything } from '../../engine/reach.ts'
import type { CallContext, CommandPlan } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { createAccrual } from '../agents/accrue.ts'
import { createAgentHandlers } from '../agents/agent-handlers.ts'
import { agentBalance } from '../agents/agent-ledger.ts'
import { createOwnDesk } from '../agents/own-desk.ts'
import { createPaymentDesk, type OnMoved } from '../payments/payment-desk.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies, SimulatedAgents } from '../ports.ts'

export type DemoAgentsDependencies = Pick<BillingDependencies, 'clock' | 'newId' | 'write'> &
  Pick<BillingDependencies, 'subscribers'> & {
    readonly reads: Reads
    readonly nameOfAccount?: BillingDependencies['nameOfAccount']
    readonly accounts?: BillingDependencies['accounts']
    readonly simulatedAgents?: SimulatedAgents
    /** What else follows when what is owed moves. */
    readonly moved?: OnMoved
  }

interface Customer {
  readonly subscriberId: string
}

export interface DemoAgents {
  /** Of a day: commissions are dated on it. */
  readonly movedOn: (on: CalendarDate) => OnMoved
  /** Takes a payment at the reseller's desk; false: he is no customer of a reseller. */
  readonly sold: (
    tx: Transaction,
    subscriberId: string,
    amount: number,
    on: CalendarDate,
  ) => boolean
  /** What the agent is owed is paid out. */
  readonly payOut: (tx: Transaction, on: CalendarDate) => void
}

const currency = 'IDR'

const contextOf = (accountId: string | null): CallContext => ({
  clientId: 0,
  session:
    accountId === null
      ? null
      : { sessionId: '', accountId, name: '', role: 'sales-agent', permissions: new Set() },
  reach: everything,
  traceId: 'simulated',
  signal: new AbortController().signal,
  progress: () => undefined,
})

/**
 * An agent and a reseller of a simulated workspace, by the product's own commands; none where the house
 * makes no accounts for them (a bench). Made before the first document, so that each of it says whose
 * customer he was.
 */
export const fillAgents = (
  deps: DemoAgentsDependencies,
  customers: readonly Customer[],
  first: CalendarDate,
): DemoAgents => {
  const { newId, simulatedAgents, write } = deps
  const movedOn = (on: CalendarDate): OnMoved => {
    const accrue = createAccrual({ ...deps, today: () => on })
    return (tx, subscriberId, of) => {
      accrue(tx, subscriberId, of)
      deps.moved?.(tx, subscriberId, of)
    }
  }
  const sellers = new Set<string>()
  if (simulatedAgents === undefined) {
    return { movedOn, sold: () => false, payOut: () => undefined }
  }
  const shared = (on: CalendarDate) => ({
    ...deps,
    nameOfAccount: deps.nameOfAccount ?? (() => null),
    accounts: deps.accounts ?? (() => []),
    today: () => on,
    moved: movedOn(on),
    changed: () => undefined,
  })
  const run = <Name extends CommandName>(
    tx: Transaction,
    name: Name,
    handler: unknown,
    input: CallInput<Name>,
    by: string | null = null,
  ): void => {
    const made = (handler as (given: unknown, context: CallContext) => CommandPlan<unknown>)(
      commands[name].input.parse(input),
      contextOf(by),
    )
    made.apply(tx)
  }
  const office = (on: CalendarDate) => createAgentHandlers(shared(on)).commands
  const none = { planRates: [], months: null, bonus: 0, creditLimit: 0 }

  let [agentId, resellerId] = ['', '']
  const mine = (rest: number): readonly string[] => [
    ...new Set(customers.filter((_, at) => at % 6 === rest).map((one) => one.subscriberId)),
  ]
  write('billing.fillSimulated', { agents: 2 }, (tx) => {
    agentId = simulatedAgents.makeAccount(tx, 'Wayan Sudarma', 'wayan')
    resellerId = simulatedAgents.makeAccount(tx, 'Toko Melati', 'toko.melati')
  })
  write('billing.fillSimulated', { agents: 2, terms: true }, (tx) => {
    const save = office(first)
    const who = { baseVersion: 0, currency, active: true } as const
    run(tx, 'billing.saveAgent', save['billing.saveAgent'], {
      ...who,
      accountId: agentId,
      kind: 'agent',
    })
    run(tx, 'billing.saveAgent', save['billing.saveAgent'], {
      ...who,
      accountId: resellerId,
      kind: 'reseller',
    })
    run(tx, 'billing.saveAgentTerms', save['billing.saveAgentTerms'], {
      accountId: agentId,
      validFromOn: first,
      terms: { ...none, ratePpm: 100_000, months: 24, bonus: 2_500_000 },
    })
    run(tx, 'billing.saveAgentTerms', save['billing.saveAgentTerms'], {
      accountId: resellerId,
      validFromOn: first,
      terms: { ...none, ratePpm: 80_000, creditLimit: 50_000_000 },
    })
    run(tx, 'billing.topUpAgent', save['billing.topUpAgent'], {
      transferId: newId(),
      accountId: resellerId,
      currency,
      amount: 1_000_000_000,
      on: first,
      method: 'transfer',
    })
    const [ofAgent, ofReseller] = [mine(1), mine(3)]
    simulatedAgents.giveCustomers(tx, agentId, ofAgent)
    simulatedAgents.giveCustomers(tx, resellerId, ofReseller)
    for (const id of ofReseller) sellers.add(id)
  })
  return {
    movedOn,
    sold: (tx, subscriberId, amount, on) => {
      if (!sellers.has(subscriberId)) return false
      const of = shared(on)
      const desk = createOwnDesk({ ...of, desk: createPaymentDesk(of) })
      const input = { paymentId: newId(), subscriberId, currency, amount }
      run(tx, 'billing.ownTake', desk.commands['billing.ownTake'], input, resellerId)
      return true
    },
    payOut: (tx, on) => {
      const amount = agentBalance(tx, agentId, currency)
      if (amount <= 0) return
      run(tx, 'billing.payAgent', office(on)['billing.payAgent'], {
        transferId: newId(),
        accountId: agentId,
        currency,
        amount,
        on,
        method: 'transfer',
        reference: `KOMISI ${on.slice(0, 7)}`,
      })
    },
  }
}
