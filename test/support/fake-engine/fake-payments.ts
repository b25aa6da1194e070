import type {
  DocumentHead,
  DocumentRecord,
} from '../../../src-shared/contract/billing-documents-model.ts'
import type { PaymentRow } from '../../../src-shared/contract/billing-payments.ts'
import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import { calendarDate, daysBetween } from '../../../src-shared/domain/calendar-date.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { chosenProblem, settlementsOf, takenBack } from '../../../src-shared/domain/settlements.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeBillingDeps } from './fake-billing.ts'
import type { LedgerLine } from './fake-documents.ts'

type Names = Extract<
  ProcedureName,
  | `billing.${'account' | 'payment' | 'payments'}`
  | `billing.${'take' | 'reverse' | 'refund'}Payment`
>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

interface Kept {
  row: PaymentRow
  readonly settles: { readonly id: string; readonly invoiceId: string; amount: number }[]
  readonly refunds: Output<'billing.payment'>['refunds']
}

/** Payments of the fake subscribers; what settles what is the product's own rule. */
export const createFakePayments = (
  deps: Pick<FakeBillingDeps, 'now' | 'me' | 'subscriber'> & {
    readonly today: () => CalendarDate
    readonly newId: () => string
    readonly changed: () => void
    readonly issuedOf: (subscriberId: string) => readonly DocumentHead[]
    readonly writtenOff: (documentId: string) => number
  },
): {
  readonly handlers: Handlers
  readonly settledBy: (documentId: string) => DocumentRecord['settledBy']
  readonly paidBy: (subscriberId: string) => readonly LedgerLine[]
} => {
  const { newId, now, today } = deps
  const kept: Kept[] = []

  const settledOf = (invoiceId: string): number =>
    kept
      .flatMap(({ settles }) => settles)
      .filter((one) => one.invoiceId === invoiceId)
      .reduce((sum, { amount }) => sum + amount, 0)

  const openOf = (subscriberId: string): Output<'billing.account'>['open'] =>
    deps.issuedOf(subscriberId).flatMap((head) => {
      const open = head.total - head.credited - settledOf(head.id) - deps.writtenOff(head.id)
      if (open <= 0 || (head.kind !== 'invoice' && head.kind !== 'debit-note')) return []
      const { id, kind, currency, total } = head
      const [issuedOn, dueOn] = [head.issuedOn ?? today(), head.dueOn ?? today()]
      const overdueDays = daysBetween(calendarDate(dueOn), today())
      return [
        {
          id,
          kind,
          number: head.number ?? '',
          currency,
          issuedOn,
          dueOn,
          total,
          open,
          overdueDays,
        },
      ]
    })

  const numberOf = (invoiceId: string, subscriberId: string): string =>
    deps.issuedOf(subscriberId).find(({ id }) => id === invoiceId)?.number ?? ''

  const found = (paymentId: string): Kept => {
    const one = kept.find(({ row }) => row.id === paymentId)
    if (one === undefined) throw new NocturneError('not-found', { what: 'payment' })
    return one
  }
  const shown = ({ row, settles }: Kept): PaymentRow => ({
    ...row,
    settled: settles.reduce((sum, { amount }) => sum + amount, 0),
  })
  const free = (one: Kept, amount: number) => {
    const { row } = one
    const left = row.amount - row.refunded - shown(one).settled
    const live = one.settles.filter((settled) => settled.amount > 0)
    return takenBack(amount, left, live).map((back) => {
      const settled = one.settles.find(({ id }) => id === back.id)!
      settled.amount -= back.amount
      const { invoiceId } = settled
      return { invoiceId, number: numberOf(invoiceId, row.subscriberId), amount: back.amount }
    })
  }
  const settle = (subscriberId: string): void => {
    const sources = kept
      .filter(({ row }) => row.subscriberId === subscriberId && row.reversal === null)
      .map((one) => ({
        kind: 'payment' as const,
        id: one.row.id,
        on: one.row.receivedOn,
        free: one.row.amount - one.row.refunded - shown(one).settled,
        correctsId: null,
      }))
      .filter((source) => source.free > 0)
    for (const { sourceId, documentId, amount } of settlementsOf(openOf(subscriberId), sources)) {
      found(sourceId).settles.push({ id: newId(), invoiceId: documentId, amount })
    }
  }

  const handlers: Handlers = {
    'billing.account': ({ subscriberId }) => {
      const open = openOf(subscriberId)
      const credit = kept
        .filter(({ row }) => row.subscriberId === subscriberId && row.reversal === null)
        .reduce((sum, one) => sum + one.row.amount - one.row.refunded - shown(one).settled, 0)
      const sum = (of: readonly { readonly open: number }[]): number =>
        of.reduce((total, one) => total + one.open, 0)
      const currency = open[0]?.currency ?? 'IDR'
      const has = deps.issuedOf(subscriberId).length > 0 || credit > 0
      return {
        today: today(),
        balances: has
          ? [
              {
                currency,
                balance: sum(open) - credit,
                open: sum(open),
                overdue: sum(open.filter(({ overdueDays }) => overdueDays > 0)),
                credit,
              },
            ]
          : [],
        open,
      }
    },
    'billing.payments': ({ subscriberId, limit, offset }) => {
      const own = kept.filter(({ row }) => row.subscriberId === subscriberId).toReversed()
      return { payments: own.slice(offset, offset + limit).map(shown), total: own.length }
    },
    'billing.payment': ({ paymentId }) => {
      const one = found(paymentId)
      return {
        payment: shown(one),
        settles: one.settles
          .filter(({ amount }) => amount > 0)
          .map(({ invoiceId, amount }) => ({
            invoiceId,
            number: numberOf(invoiceId, one.row.subscriberId),
            amount,
          })),
        refunds: one.refunds,
      }
    },
    'billing.takePayment': (input) => {
      const { paymentId, subscriberId, amount, currency, reference } = input
      const person = deps.subscriber(subscriberId)
      if (person === undefined) throw new NocturneError('not-found', { what: 'subscriber' })
      const known = kept.find(
        ({ row }) => row.id === paymentId || (reference !== '' && row.reference === reference),
      )
      if (known !== undefined)
        throw new NocturneError('payment-known', { number: known.row.number })
      const problem = chosenProblem(amount, input.settles, openOf(subscriberId))
      if (problem !== null) throw new NocturneError(problem.code, {})
      const number = `RC-A-${input.receivedOn.slice(0, 4)}-${String(kept.length + 1).padStart(6, '0')}`
      const one: Kept = {
        row: {
          id: paymentId,
          subscriberId,
          subscriberCode: person.code,
          subscriberName: person.name,
          method: input.method,
          reference: reference === '' ? null : reference,
          currency,
          amount,
          receivedOn: input.receivedOn,
          number,
          payer: input.payer,
          note: input.note,
          takenAt: now(),
          takenBy: deps.me(),
          refunded: 0,
          settled: 0,
          reversal: null,
          reversedOn: null,
          reversalReason: null,
        },
        settles: input.settles.map(({ documentId, amount: part }) => ({
          id: newId(),
          invoiceId: documentId,
          amount: part,
        })),
        refunds: [],
      }
      kept.push(one)
      settle(subscriberId)
      deps.changed()
      return {
        number,
        settles: one.settles.map((settled) => ({
          invoiceId: settled.invoiceId,
          number: numberOf(settled.invoiceId, subscriberId),
          amount: settled.amount,
        })),
        credit: amount - shown(one).settled,
      }
    },
    'billing.reversePayment': ({ paymentId, kind, on, reason }) => {
      const one = found(paymentId)
      if (one.row.reversal !== null) {
        throw new NocturneError('payment-reversed', { number: one.row.number })
      }
      const reopened = free(one, one.row.amount)
      one.row = { ...one.row, reversal: kind, reversedOn: on, reversalReason: reason }
      settle(one.row.subscriberId)
      deps.changed()
      return { reopened }
    },
    'billing.refundPayment': ({ refundId, paymentId, amount, on, method, reference, reason }) => {
      const one = found(paymentId)
      const left = one.row.amount - one.row.refunded
      if (amount > left) {
        throw new NocturneError('refund-beyond-payment', { number: one.row.number, left })
      }
      const reopened = free(one, amount)
      one.row = { ...one.row, refunded: one.row.refunded + amount }
      one.refunds.push({ id: refundId, amount, on, method, reference, reason })
      deps.changed()
      return { reopened }
    },
  }
  return {
    handlers,
    settledBy: (documentId) =>
      kept.flatMap(({ row, settles }) =>
        settles
          .filter(({ invoiceId, amount }) => invoiceId === documentId && amount > 0)
          .map(({ amount }) => ({
            kind: 'payment' as const,
            id: row.id,
            number: row.number,
            on: row.receivedOn,
            amount,
          })),
      ),
    paidBy: (subscriberId) =>
      kept
        .filter(({ row }) => row.subscriberId === subscriberId)
        .flatMap(({ row }) => {
          const entry = { docId: row.id, paymentId: row.id, number: row.number, at: row.takenAt }
          const paid = { ...entry, id: row.id, on: row.receivedOn, kind: 'payment' as const }
          const back =
            row.reversal === null
              ? []
              : [
                  {
                    ...entry,
                    id: newId(),
                    on: row.reversedOn ?? '',
                    kind: 'reversal' as const,
                    amount: row.amount,
                  },
                ]
          return [{ ...paid, amount: -row.amount }, ...back]
        }),
  }
}
