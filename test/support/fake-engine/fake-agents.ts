import type { AgentTerms } from '../../../src-shared/contract/billing-agents.ts'
import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import {
  addDays,
  startOfMonth,
  type CalendarDate,
} from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakePlant } from './fake-plant.ts'

type Names = Extract<
  ProcedureName,
  `billing.${'agent' | 'own' | 'saveAgent' | 'topUp' | 'payAgent' | 'reverseAgent'}${string}`
>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}
type Detail = Output<'billing.agent'>
type Entry = Output<'billing.agentStatement'>['rows'][number]
type Customer = Output<'billing.ownCustomers'>['customers'][number]
type Document = Output<'billing.ownCustomer'>['documents'][number]

interface FakeAgent {
  agent: Detail['agent']
  readonly terms: Detail['terms'][number][]
  readonly entries: Entry[]
  readonly transfers: Detail['transfers'][number][]
  readonly customers: readonly Customer[]
}

const idr = 'IDR'
const none: AgentTerms = { ratePpm: 0, planRates: [], months: null, bonus: 0, creditLimit: 0 }

/** An agent, a reseller (who is signed in), and one who has ended. */
export const createFakeAgents = (deps: {
  readonly plant: FakePlant
  readonly today: () => CalendarDate
  readonly now: () => number
  readonly newId: () => string
  readonly me: () => string
  readonly plans: () => readonly { readonly id: string; readonly name: string }[]
  readonly subscriber: (at: number) => Output<'subscribers.record'> | undefined
  readonly changed: () => void
}): Handlers => {
  const { newId, now, today } = deps
  const agents: FakeAgent[] = []
  let [topUps, payouts] = [0, 0]
  const candidates: Output<'billing.agents'>['candidates'] = []

  const add = (
    of: FakeAgent,
    entry: Pick<Entry, 'kind' | 'amount' | 'number'> & Partial<Entry>,
  ): number => {
    const balanceAfter = (of.entries.at(-1)?.balanceAfter ?? 0) + entry.amount
    const rest = { on: today(), subscriberId: null, subscriberName: null }
    of.entries.push({ id: newId(), ...rest, ...entry, balanceAfter })
    return balanceAfter
  }
  const customersFrom = (first: number, count: number): Customer[] =>
    Array.from({ length: count }, (_, index): Customer[] => {
      const record = deps.subscriber(first + index)
      if (record === undefined) return []
      const owes = index % 4 === 1 ? 22_200_000 : index % 4 === 3 ? 33_300_000 : 0
      const open =
        owes === 0 ? [] : [{ currency: idr, open: owes, overdue: index % 4 === 3 ? owes : 0 }]
      const earned =
        index % 5 === 4 ? [] : [{ currency: idr, amount: 2_000_000 * (1 + (index % 3)) }]
      const { id, code, name, status } = record
      return [{ id, code, name, status, phone: record.contacts[0]?.phone ?? null, open, earned }]
    }).flat()
  const seed = (
    name: string,
    kind: 'agent' | 'reseller',
    terms: AgentTerms | null,
    customers: readonly Customer[],
  ): FakeAgent => {
    const agent = {
      accountId: newId(),
      name,
      version: 1,
      kind,
      currency: idr,
      active: true,
      note: '',
    }
    const made: FakeAgent = { agent, terms: [], entries: [], transfers: [], customers }
    if (terms !== null) made.terms.push(version(terms, addDays(startOfMonth(today()), -200)))
    agents.push(made)
    return made
  }
  const version = (terms: AgentTerms, validFromOn: string): Detail['terms'][number] => ({
    ...terms,
    id: newId(),
    validFromOn,
    planRates: terms.planRates.map((rate) => ({
      ...rate,
      planName: deps.plans().find(({ id }) => id === rate.planId)?.name ?? '',
    })),
    at: now(),
    by: deps.me(),
  })
  const transfer = (
    of: FakeAgent,
    kind: 'top-up' | 'payout',
    input: Pick<Detail['transfers'][number], 'amount' | 'on' | 'method' | 'reference' | 'note'> & {
      readonly id: string
      readonly currency: string
    },
  ): { number: string; balance: number } => {
    const sequence = kind === 'payout' ? (payouts += 1) : (topUps += 1)
    const year = today().slice(0, 4)
    const number = `${kind === 'payout' ? 'AP' : 'AT'}-A-${year}-${String(sequence).padStart(6, '0')}`
    const stands = { at: now(), by: deps.me(), reversedOn: null, reversalReason: null }
    of.transfers.unshift({ ...input, ...stands, kind, number })
    const amount = kind === 'payout' ? -input.amount : input.amount
    return { number, balance: add(of, { kind, amount, number, on: input.on }) }
  }

  if (deps.plant.size > 0) {
    const [plan] = deps.plans()
    const planRates = plan === undefined ? [] : [{ planId: plan.id, ratePpm: 75_000 }]
    const money = { id: '', currency: idr, method: 'transfer', note: '' } as const
    const month = startOfMonth(today())
    const wayan = seed(
      'Wayan Sudarma',
      'agent',
      { ...none, ratePpm: 100_000, planRates, months: 24, bonus: 5_000_000 },
      customersFrom(12, 9),
    )
    const melati = seed(
      deps.me(),
      'reseller',
      { ...none, ratePpm: 80_000, creditLimit: 50_000_000 },
      customersFrom(40, 14),
    )
    seed('Rizky Hidayat', 'agent', null, [])
    const first = { on: addDays(month, -24), reference: 'TRX 88120', amount: 250_000_000 }
    transfer(melati, 'top-up', { ...money, ...first, id: newId() })
    for (const of of [wayan, melati]) {
      of.customers.forEach(({ id, name }, at) => {
        const day = addDays(month, at < 5 ? at - 20 : 0)
        const on = day > today() ? today() : day
        const who = { subscriberId: id, subscriberName: name, on }
        const number = `INV-A-2026-${String(120 + at).padStart(6, '0')}`
        if (of === melati) {
          add(of, { ...who, kind: 'commission', amount: 1_600_000, number })
          add(of, {
            ...who,
            kind: 'sale',
            amount: -22_200_000,
            number: number.replace('INV', 'RC'),
          })
        } else {
          if (at % 4 === 0) add(of, { ...who, kind: 'bonus', amount: 5_000_000, number: null })
          add(of, { ...who, kind: 'commission', amount: 2_000_000, number })
        }
      })
    }
    const paid = { on: month, reference: 'BCA 7712', amount: 12_000_000 }
    transfer(wayan, 'payout', { ...money, ...paid, id: newId() })
    candidates.push(
      { accountId: newId(), name: 'Dewi Lestari', customers: 4 },
      { accountId: newId(), name: 'Putu Ayu', customers: 0 },
    )
  }

  const find = (accountId: string): FakeAgent => {
    const found = agents.find(({ agent }) => agent.accountId === accountId)
    if (found === undefined) throw new NocturneError('not-found')
    return found
  }
  const own = (): FakeAgent | undefined => agents.find(({ agent }) => agent.name === deps.me())
  const balancesOf = ({ entries }: FakeAgent) => {
    const month = startOfMonth(today())
    const earned = entries
      .filter(({ on, kind }) => on >= month && (kind === 'commission' || kind === 'bonus'))
      .reduce((sum, { amount }) => sum + amount, 0)
    return [{ currency: idr, balance: entries.at(-1)?.balanceAfter ?? 0, earned }]
  }
  const statement = (
    of: FakeAgent | undefined,
    asked: Input<'billing.ownStatement'>,
  ): Output<'billing.ownStatement'> => {
    const all = (of?.entries ?? []).filter(({ on }) => on < asked.untilOn)
    const rows = all.filter(({ on }) => on >= asked.fromOn)
    const sum = (list: readonly Entry[]): number =>
      list.reduce((total, { amount }) => total + amount, 0)
    return {
      opening: sum(all) - sum(rows),
      closing: sum(all),
      rows: rows.slice(asked.offset, asked.offset + asked.limit),
      total: rows.length,
    }
  }
  const customers = (
    of: FakeAgent | undefined,
    { text, offset, limit }: Input<'billing.ownCustomers'>,
  ): Output<'billing.ownCustomers'> => {
    const found = (of?.customers ?? []).filter(({ name, code }) =>
      `${name} ${code}`.toLowerCase().includes(text.toLowerCase()),
    )
    return { customers: found.slice(offset, offset + limit), total: found.length }
  }
  const termsOf = (of: FakeAgent) =>
    of.terms.find(({ validFromOn }) => validFromOn <= today()) ?? null

  return {
    'billing.agents': () => ({
      agents: agents.map((of) => ({
        ...of.agent,
        customers: of.customers.length,
        balances: balancesOf(of),
        ratePpm: termsOf(of)?.ratePpm ?? null,
      })),
      candidates: [...candidates],
    }),
    'billing.agent': ({ accountId }) => {
      const of = find(accountId)
      return {
        agent: of.agent,
        customers: of.customers.length,
        balances: balancesOf(of),
        terms: [...of.terms],
        termsId: termsOf(of)?.id ?? null,
        termsFirstOn: today(),
        today: today(),
        transfers: [...of.transfers],
      }
    },
    'billing.agentCustomers': ({ accountId, ...asked }) => customers(find(accountId), asked),
    'billing.agentStatement': ({ accountId, ...asked }) => statement(find(accountId), asked),
    'billing.ownAgent': () => {
      const of = own()
      if (of === undefined) {
        return { agent: null, customers: 0, balances: [], terms: null, today: today() }
      }
      const { note: _, version: __, ...agent } = of.agent
      const held = termsOf(of)
      return {
        agent,
        customers: of.customers.length,
        balances: balancesOf(of),
        terms:
          held === null
            ? null
            : {
                ratePpm: held.ratePpm,
                planRates: held.planRates.map(({ planName, ratePpm }) => ({ planName, ratePpm })),
                months: held.months,
                bonus: held.bonus,
                creditLimit: held.creditLimit,
              },
        today: today(),
      }
    },
    'billing.ownCustomers': (asked) => customers(own(), asked),
    'billing.ownCustomer': ({ subscriberId }) => {
      const customer = own()?.customers.find(({ id }) => id === subscriberId)
      if (customer === undefined) throw new NocturneError('not-found')
      return {
        customer,
        documents: customer.open.map(({ currency, open }): Document => ({
          id: newId(),
          number: 'INV-A-2026-000301',
          currency,
          dueOn: addDays(today(), -3),
          total: open,
          open,
        })),
      }
    },
    'billing.ownStatement': (asked) => statement(own(), asked),
    'billing.saveAgent': ({ accountId, baseVersion, ...input }) => {
      const of = agents.find(({ agent }) => agent.accountId === accountId)
      const name = candidates.find((one) => one.accountId === accountId)?.name ?? ''
      if (of === undefined) {
        agents.push({
          agent: { ...input, accountId, name, version: 1 },
          terms: [],
          entries: [],
          transfers: [],
          customers: [],
        })
        candidates.splice(
          candidates.findIndex((one) => one.accountId === accountId),
          1,
        )
      } else {
        if (of.agent.version !== baseVersion) throw new NocturneError('conflict')
        if (of.agent.kind !== input.kind && of.entries.length > 0)
          throw new NocturneError('agent-kind-fixed')
        of.agent = { ...of.agent, ...input, version: baseVersion + 1 }
      }
      deps.changed()
      return { version: baseVersion + 1 }
    },
    'billing.saveAgentTerms': ({ accountId, validFromOn, terms }) => {
      const made = version(terms, validFromOn)
      find(accountId).terms.unshift(made)
      deps.changed()
      return { id: made.id }
    },
    'billing.topUpAgent': ({ transferId: id, accountId, ...input }) => {
      const made = transfer(find(accountId), 'top-up', { ...input, id })
      deps.changed()
      return made
    },
    'billing.payAgent': ({ transferId: id, accountId, ...input }) => {
      const of = find(accountId)
      const owed = balancesOf(of)[0]?.balance ?? 0
      if (input.amount > owed) throw new NocturneError('agent-payout-beyond', { owed })
      const made = transfer(of, 'payout', { ...input, id })
      deps.changed()
      return made
    },
    'billing.reverseAgentTransfer': ({ transferId, reason }) => {
      for (const of of agents) {
        const at = of.transfers.findIndex(({ id }) => id === transferId)
        const found = of.transfers[at]
        if (found === undefined) continue
        of.transfers[at] = { ...found, reversedOn: today(), reversalReason: reason }
        const amount = found.kind === 'payout' ? found.amount : -found.amount
        add(of, { kind: `${found.kind}-reversal`, amount, number: found.number })
      }
      deps.changed()
      return {}
    },
    'billing.ownTake': ({ subscriberId, amount }) => {
      const of = own()
      const customer = of?.customers.find(({ id }) => id === subscriberId)
      if (of === undefined || customer === undefined) throw new NocturneError('not-found')
      const earned = Math.round((amount / 1.11) * 0.08)
      const has = balancesOf(of)[0]?.balance ?? 0
      const limit = termsOf(of)?.creditLimit ?? 0
      if (has + earned - amount < -limit) throw new NocturneError('agent-balance')
      const who = { subscriberId, subscriberName: customer.name }
      add(of, { ...who, kind: 'commission', amount: earned, number: 'INV-A-2026-000301' })
      const number = 'RC-A-2026-000900'
      const balance = add(of, { ...who, kind: 'sale', amount: -amount, number })
      deps.changed()
      const settles = [{ invoiceId: newId(), number: 'INV-A-2026-000301', amount }]
      return { number, amount, settles, credit: 0, earned, balance }
    },
  }
}
