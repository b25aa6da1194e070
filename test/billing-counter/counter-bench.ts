import { createCashDesk } from '../../src-main/billing/counter/cash-desk.ts'
import { createCounterHandlers } from '../../src-main/billing/counter/counter-handlers.ts'
import type { SendToPrinter } from '../../src-main/billing/counter/printer.ts'
import { createSessionHandlers } from '../../src-main/billing/counter/session-handlers.ts'
import { createPaymentHandlers } from '../../src-main/billing/payments/payment-handlers.ts'
import { createRedeem } from '../../src-main/billing/vouchers/redeem.ts'
import { roleMay } from './roles-of.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import type { Transaction } from '../../src-main/store/write-path.ts'
import type { BuiltInRole } from '../../src-shared/domain/roles.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import {
  commands,
  queries,
  type CallInput,
  type CommandName,
  type Output,
  type QueryName,
} from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { budi, createPaymentsBench } from '../billing-payments/payments-bench.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { idOf } from '../support/store-workspace.ts'

/** Tills on a real store, with the people who run them and the payments that go through them. */

export interface Person {
  readonly id: string
  readonly role: BuiltInRole
}
export const rina: Person = { id: idOf(0xca1), role: 'cashier' }
export const tono: Person = { id: idOf(0xca2), role: 'cashier' }
export const sari: Person = { id: idOf(0xf1a), role: 'finance' }
export const dewi: Person = { id: idOf(0xf1b), role: 'finance' }

const names: Readonly<Record<string, string>> = {
  [rina.id]: 'Rina',
  [tono.id]: 'Tono',
  [sari.id]: 'Sari',
  [dewi.id]: 'Dewi',
}

export const till = idOf(0x7111)

export const createCounterBench = (options: { readonly coin?: number } = {}) => {
  const bench = createPaymentsBench()
  const clock = createManualClock()
  let today = '2026-06-15'
  const { newId, reads, write } = bench
  const sent: { host: string; bytes: Uint8Array }[] = []
  const line: { fail: NocturneError | null } = { fail: null }
  /** What the customer speaks. */
  const spoken = { language: 'en' }
  const moved: string[] = []

  write((tx) => {
    for (const { id, role } of [rina, tono, sari, dewi]) {
      tx.run(
        `INSERT INTO account (id, name, login, password_hash, role, created_at, updated_at)
          VALUES (?, ?, ?, '$argon2id$x', ?, 0, 0)`,
        id,
        names[id] ?? '',
        id,
        role,
      )
    }
  })

  const send: SendToPrinter = ({ host }, bytes) => {
    if (line.fail !== null) return Promise.reject(line.fail)
    sent.push({ host, bytes })
    return Promise.resolve()
  }
  const cash = createCashDesk({ now: clock.now, newId })
  const shared = {
    clock,
    newId,
    reads,
    today: () => calendarDate(today),
    changed: () => undefined,
    moved: (_: Transaction, subscriberId: string, currency: string) =>
      void moved.push(`${subscriberId} ${currency}`),
    nameOfAccount: (id: string) => names[id] ?? null,
    cash,
    prepaidOf: () => [],
    send,
    findSubscribers: () => ({ total: 0, rows: [] }),
    subscribers: {
      party: (id: string) =>
        id === budi
          ? ({
              id,
              code: 'S-1',
              name: 'Budi',
              phone: null,
              status: 'active',
              address: null,
              language: spoken.language,
            } as never)
          : null,
      services: () => [],
      note: () => undefined,
      belongs: () => null,
    },
  }
  const payments = createPaymentHandlers(shared)
  const sessions = createSessionHandlers(shared)
  const counter = createCounterHandlers(shared)
  const table = {
    ...payments.queries,
    ...sessions.queries,
    ...counter.queries,
    ...payments.commands,
    ...sessions.commands,
    ...counter.commands,
    ...createRedeem(shared),
  } as Readonly<Record<string, (input: unknown, context: CallContext) => unknown>>

  const contextOf = ({ id, role }: Person): CallContext => ({
    ...bench.context,
    session: {
      sessionId: 's',
      accountId: id,
      name: names[id] ?? '',
      role,
      permissions: roleMay(role),
    },
  })
  /** As the router: role, input, handler. `onStatement` may throw before each statement that writes. */
  const run = async <Name extends CommandName>(
    person: Person,
    name: Name,
    input: CallInput<Name>,
    onStatement: () => void = () => undefined,
  ): Promise<Output<Name>> => {
    const definition = commands[name]
    if (!roleMay(person.role).has(definition.access)) throw new NocturneError('permission-denied')
    const parsed = definition.input.safeParse(input)
    if (!parsed.success) throw new NocturneError('invalid-input', {})
    const plan = (await table[name]!(parsed.data, contextOf(person))) as CommandPlan<Output<Name>>
    const result = write((tx: Transaction) =>
      plan.apply({
        ...tx,
        run: (sql, ...parameters) => {
          onStatement()
          return tx.run(sql, ...parameters)
        },
      }),
    )
    return definition.output.parse(result) as Output<Name>
  }
  const ask = async <Name extends QueryName>(
    person: Person,
    name: Name,
    input: CallInput<Name>,
  ): Promise<Output<Name>> => {
    const definition = queries[name]
    if (!roleMay(person.role).has(definition.access)) throw new NocturneError('permission-denied')
    const parsed = definition.input.parse(input)
    return definition.output.parse(await table[name]!(parsed, contextOf(person))) as Output<Name>
  }

  const make = (id: string, name: string, currency = 'EUR') =>
    write((tx) => {
      tx.run(
        `INSERT INTO cash_till (id, version, name, name_key, currency, coin, archived, printer,
          updated_at) VALUES (?, 1, ?, ?, ?, ?, 0, ?, 0)`,
        id,
        name,
        name.toLowerCase(),
        currency,
        options.coin ?? 1,
        '{"host":"10.0.0.9","port":9100,"columns":32,"codePage":16,"cuts":true,"opensDrawer":true}',
      )
    })
  make(till, 'Front')

  return {
    ...bench,
    /** Open amounts by the number of the document. */
    openOf: bench.open,
    clock,
    sent,
    line,
    spoken,
    moved,
    run,

    ask,
    make,
    setToday: (on: string) => {
      today = on
    },
    open: async (person: Person, float = 10_000, tillId = till): Promise<string> => {
      const sessionId = newId()
      await run(person, 'billing.openCash', { sessionId, tillId, float })
      return sessionId
    },
    take: (person: Person, amount: number, over: Partial<CallInput<'billing.counterTake'>> = {}) =>
      run(person, 'billing.counterTake', {
        paymentId: newId(),
        subscriberId: budi,
        method: 'cash',
        currency: 'EUR',
        amount,
        ...over,
      }),
    expected: async (person: Person): Promise<number> =>
      (await ask(person, 'billing.counter', {})).session!.report.expected,
    close: async (
      person: Person,
      sessionId: string,
      counted: number,
      over: Partial<CallInput<'billing.closeCash'>> = {},
    ) => {
      const { session } = await ask(person, 'billing.cashSession', { sessionId })
      return run(person, 'billing.closeCash', {
        sessionId,
        counted,
        expected: session.report.expected,
        ...over,
      })
    },
  }
}
