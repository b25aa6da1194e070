import type {
  CashCount,
  CashMove,
  CashSession,
  CashTill,
  CounterReceipt,
} from '../../../src-shared/contract/billing-counter-model.ts'
import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { cashDifference } from '../../../src-main/billing/cash-rounding.ts'
import { cashReportOf } from '../../../src-main/billing/counter/cash-report.ts'
import type { FakeBillingDeps } from './fake-billing.ts'

type Names = Extract<
  ProcedureName,
  | 'billing.tills'
  | `billing.counter${'' | 'Find' | 'Subscriber' | 'Receipt' | 'Take'}`
  | `billing.cashSession${'' | 's'}`
  | 'billing.saveTill'
  | `billing.${'open' | 'move' | 'count' | 'close' | 'sign' | 'correct'}Cash`
  | 'billing.printReceipt'
  | 'billing.redeemVoucher'
>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

interface Kept {
  readonly session: CashSession
  readonly moves: CashMove[]
  readonly counts: CashCount[]
}

/** Tills of the fake provider; what a drawer comes to is the product's own rule. */
export const createFakeCounter = (
  deps: Pick<FakeBillingDeps, 'now' | 'me' | 'may' | 'subscriber' | 'find'> & {
    readonly today: () => CalendarDate
    readonly newId: () => string
    readonly changed: () => void
    readonly hasTills: boolean
    readonly account: (subscriberId: string) => Output<'billing.account'>
    readonly take: (input: Input<'billing.takePayment'>) => Output<'billing.takePayment'>
    readonly prepaidOf: (subscriberId: string) => Output<'billing.counterSubscriber'>['prepaid']
    readonly servicesOf: (subscriberId: string) => Output<'billing.counterSubscriber'>['services']
  },
): Handlers => {
  const { changed, newId, now, today } = deps
  const other = '01930000-0000-7000-b0ca-000000000001'
  const mine = '01930000-0000-7000-b0ca-000000000002'
  const tills: CashTill[] = deps.hasTills
    ? [
        {
          id: '01930000-0000-7000-b0cb-000000000001',
          version: 1,
          name: 'Front counter',
          currency: 'IDR',
          coin: 10_000,
          archived: false,
          printer: {
            host: '192.168.1.60',
            port: 9100,
            columns: 32,
            codePage: 16,
            cuts: true,
            opensDrawer: true,
          },
          openBy: null,
        },
        {
          id: '01930000-0000-7000-b0cb-000000000002',
          version: 1,
          name: 'Back office',
          currency: 'IDR',
          coin: 1,
          archived: false,
          printer: null,
          openBy: null,
        },
      ]
    : []
  const kept: Kept[] = []
  const receipts = new Map<string, CounterReceipt>()

  const reportOf = ({ session, moves }: Kept) =>
    session.closed === null
      ? cashReportOf(
          { float: session.report.float, openedAt: session.openedAt },
          moves.toReversed(),
        )
      : session.report
  const shown = (one: Kept): CashSession => ({ ...one.session, report: reportOf(one) })
  const change = (one: Kept, next: Partial<CashSession>): void => {
    kept[kept.indexOf(one)] = { ...one, session: { ...one.session, ...next } }
    changed()
  }
  const found = (id: string): Kept => {
    const one = kept.find(({ session }) => session.id === id)
    if (one === undefined) throw new NocturneError('not-found', { what: 'cash-session' })
    return one
  }
  const own = (): Kept => {
    const one = kept.find(({ session }) => session.accountId === mine && session.closed === null)
    if (one === undefined) throw new NocturneError('cash-session-needed', {})
    return one
  }
  const put = (one: Kept, move: Partial<CashMove> & Pick<CashMove, 'kind' | 'amount'>): void => {
    one.moves.unshift({
      id: newId(),
      method: 'cash',
      reason: '',
      at: now(),
      by: deps.me(),
      payment: null,
      ...move,
    })
  }
  const tillView = (till: CashTill): CashTill => ({
    ...till,
    openBy:
      kept.find(({ session }) => session.tillId === till.id && session.closed === null)?.session
        .person ?? null,
  })
  const begin = (till: CashTill, id: string, person: string, accountId: string, float: number) => {
    const one: Kept = {
      session: {
        id,
        tillId: till.id,
        tillName: till.name,
        currency: till.currency,
        accountId,
        person,
        openedAt: now(),
        openedOn: today(),
        report: cashReportOf({ float, openedAt: now() }, []),
        closed: null,
        signed: null,
        corrections: [],
      },
      moves: [],
      counts: [],
    }
    kept.push(one)
    return one
  }
  const end = (one: Kept, counted: number, reason: string, by: string): number => {
    const report = reportOf(one)
    const number =
      kept.filter(({ session }) => session.tillId === one.session.tillId && session.closed !== null)
        .length + 1
    const difference = counted - report.expected
    change(one, {
      report,
      closed: { number, at: now(), on: today(), by, counted, difference, reason, pieces: null },
    })
    return difference
  }
  const [, back] = tills
  if (back !== undefined) {
    const one = begin(back, other, 'Agus Pratama', other, 20_000_000)
    put(one, { kind: 'in', amount: 5_000_000, reason: 'change from the bank' })
    end(one, 24_990_000, 'a note was torn', 'Agus Pratama')
  }
  const closedOfOther = (id: string): Kept => {
    const one = found(id)
    if (one.session.closed === null) throw new NocturneError('cash-session-running', {})
    if (one.session.accountId === mine) throw new NocturneError('cash-own-session', {})
    return one
  }

  return {
    'billing.tills': () => ({ tills: tills.map(tillView) }),
    'billing.counter': () => {
      const one = kept.find(({ session }) => session.accountId === mine && session.closed === null)
      const till = tills.find(({ id }) => id === one?.session.tillId)
      return {
        today: today(),
        session: one === undefined ? null : shown(one),
        till: till === undefined ? null : tillView(till),
        moves: one?.moves ?? [],
        counts: one?.counts ?? [],
      }
    },
    'billing.counterFind': ({ text }) => deps.find(text, 12),
    'billing.counterSubscriber': ({ subscriberId }) => {
      const person = deps.subscriber(subscriberId)
      if (person === undefined) throw new NocturneError('not-found', { what: 'subscriber' })
      const address = person.addresses[0]
      return {
        id: subscriberId,
        code: person.code,
        name: person.name,
        phone: person.contacts[0]?.phone ?? null,
        address: address === undefined ? '' : `${address.lines}, ${address.city}`,
        status: person.status,
        ...deps.account(subscriberId),
        prepaid: deps.prepaidOf(subscriberId),
        services: deps.servicesOf(subscriberId),
      }
    },
    'billing.counterReceipt': ({ paymentId }) => {
      const receipt = receipts.get(paymentId)
      if (receipt === undefined) throw new NocturneError('not-found', { what: 'payment' })
      return receipt
    },
    'billing.cashSessions': ({ state, limit, offset }) => {
      const all = kept
        .map(shown)
        .filter(({ closed, signed }) =>
          state === 'all'
            ? true
            : state === 'open'
              ? closed === null
              : closed !== null && signed === null,
        )
        .toReversed()
      return { total: all.length, sessions: all.slice(offset, offset + limit) }
    },
    'billing.cashSession': ({ sessionId }) => {
      const one = found(sessionId)
      return { session: shown(one), moves: one.moves, counts: one.counts }
    },
    'billing.saveTill': ({ tillId, baseVersion, ...input }) => {
      const id = tillId ?? newId()
      const at = tills.findIndex((till) => till.id === id)
      const till = { ...input, id, version: baseVersion + 1, openBy: null }
      if (at < 0) tills.push(till)
      else tills[at] = till
      changed()
      return { tillId: id }
    },
    'billing.openCash': ({ sessionId, tillId, float }) => {
      const till = tills.find(({ id }) => id === tillId)
      if (till === undefined) throw new NocturneError('not-found', { what: 'till' })
      begin(till, sessionId, deps.me(), mine, float)
      changed()
      return {}
    },
    'billing.moveCash': ({ kind, amount, reason }) => {
      const one = own()
      put(one, { kind, amount: kind === 'in' ? amount : -amount, reason })
      changed()
      return { expected: reportOf(one).expected }
    },
    'billing.countCash': ({ countId, counted }) => {
      const one = own()
      const { expected } = reportOf(one)
      one.counts.unshift({ id: countId, counted, expected, at: now() })
      changed()
      return { expected, difference: counted - expected }
    },
    'billing.closeCash': ({ sessionId, counted, reason }) => {
      const difference = end(found(sessionId), counted, reason, deps.me())
      return { number: found(sessionId).session.closed?.number ?? 1, difference }
    },
    'billing.signCash': ({ sessionId, note }) => {
      change(closedOfOther(sessionId), { signed: { at: now(), by: deps.me(), note } })
      return {}
    },
    'billing.correctCash': ({ correctionId, sessionId, amount, reason }) => {
      const one = closedOfOther(sessionId)
      const row = { id: correctionId, amount, reason, at: now(), by: deps.me() }
      change(one, { corrections: [...one.session.corrections, row] })
      return {}
    },
    'billing.counterTake': ({ tendered, ...input }) => {
      const one = own()
      const before = receipts.get(input.paymentId)
      if (before !== undefined) return before
      const coin = tills.find(({ id }) => id === one.session.tillId)?.coin ?? 1
      const step = input.method === 'cash' ? coin : 1
      const rounding = cashDifference(input.amount, { step, rounding: 'half-away-from-zero' })
      if (tendered !== null && tendered < input.amount + rounding) {
        throw new NocturneError('tendered-too-little', { needed: input.amount + rounding })
      }
      const taken = deps.take({ ...input, receivedOn: today(), payer: '' })
      const person = deps.subscriber(input.subscriberId)!
      const payment = {
        id: input.paymentId,
        number: taken.number,
        subscriberCode: person.code,
        subscriberName: person.name,
        reversed: false,
      }
      const { method } = input
      put(one, { kind: 'payment', method, amount: input.amount, payment })
      if (rounding !== 0) put(one, { kind: 'rounding', amount: rounding, payment })
      const receipt: CounterReceipt = {
        paymentId: input.paymentId,
        number: taken.number,
        on: today(),
        at: now(),
        method,
        currency: input.currency,
        amount: input.amount,
        rounding,
        tendered,
        change: tendered === null ? 0 : tendered - input.amount - rounding,
        settles: taken.settles,
        credit: taken.credit,
        subscriberCode: person.code,
        subscriberName: person.name,
        by: deps.me(),
        reversed: false,
        printed: 0,
      }
      receipts.set(input.paymentId, receipt)
      changed()
      return receipt
    },
    // Any code with "GOOD" in it is worth 50,000.
    'billing.redeemVoucher': ({ code, paymentId, subscriberId, currency }) => {
      if (!code.toUpperCase().includes('GOOD')) throw new NocturneError('voucher-refused', {})
      const taken = deps.take({
        paymentId,
        subscriberId,
        currency,
        method: 'other',
        amount: 5_000_000,
        receivedOn: today(),
        reference: code,
        payer: '',
        note: '',
        settles: [],
      })
      return { number: taken.number, amount: 5_000_000, currency, credit: taken.credit }
    },
    'billing.printReceipt': ({ paymentId }) => {
      const receipt = receipts.get(paymentId)!
      receipts.set(paymentId, { ...receipt, printed: receipt.printed + 1 })
      changed()
      return { printed: receipt.printed + 1 }
    },
  }
}
