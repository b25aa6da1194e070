import { join } from 'node:path'
import { classify } from '../../src-main/audit/classify.ts'
import { createCashDesk } from '../../src-main/billing/counter/cash-desk.ts'
import { putDraft, issueDraft } from '../../src-main/billing/documents/write-document.ts'
import { sellerOf } from '../../src-main/billing/documents/seller-tables.ts'
import { balanceOf } from '../../src-main/billing/ledger/ledger-tables.ts'
import type { createAccrual } from '../../src-main/billing/agents/accrue.ts'
import type { OnMoved } from '../../src-main/billing/payments/payment-desk.ts'
import { createPaymentHandlers } from '../../src-main/billing/payments/payment-handlers.ts'
import { settleAccount } from '../../src-main/billing/payments/settle-account.ts'
import { freeSources, openDocuments } from '../../src-main/billing/payments/payment-tables.ts'
import { createWriteOffHandlers } from '../../src-main/billing/write-offs/write-off-handlers.ts'
import { readsOf } from '../../src-main/billing/plans/plan-tables.ts'
import type { CallContext, CommandPlan } from '../../src-main/engine/handlers.ts'
import { everything } from '../../src-main/engine/reach.ts'
import { runCommand, type Transaction } from '../../src-main/store/write-path.ts'
import { commands } from '../../src-shared/contract/index.ts'
import type { CallInput, Output } from '../../src-shared/contract/index.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import { currencyCode, type CurrencyCode } from '../../src-shared/domain/currencies.ts'
import { nobodyElse } from '../support/nobody-else.ts'
import { idOf, openTestStore, systemActor, temporaryFolder } from '../support/store-workspace.ts'

/** The payments of billing on a real store, with documents as the billing run makes them. */

type Command =
  | 'billing.takePayment'
  | 'billing.reversePayment'
  | 'billing.refundPayment'
  | 'billing.writeOff'
  | 'billing.reverseWriteOff'

export const budi = idOf(0xb0d1)
export const ani = idOf(0xa01)
const euro = currencyCode('EUR')

export const createPaymentsBench = (
  today = '2026-06-15',
  /** What else follows when what is owed moves, made of the bench's own dependencies. */
  follows: (deps: Parameters<typeof createAccrual>[0]) => OnMoved = () => () => undefined,
) => {
  const store = openTestStore(join(temporaryFolder(), 'ws', 'store.db'), { classify })
  const reads = readsOf(store.reader)
  let next = 0x1000
  const newId = (): string => idOf(next++)
  let day = today
  const noted: string[] = []
  /** Of whom dunning was told that what he owes has moved, and how much it was then. */
  const moved: [string, number][] = []
  const write = <Result>(apply: (tx: Transaction) => Result): Result => {
    const call = {
      commandId: newId(),
      name: 'billing.takePayment',
      actor: systemActor,
      auditInput: {},
      at: 1_800_000_000_000,
    }
    return runCommand(store, call, (tx) => ({ result: apply(tx) })).result
  }
  write((tx) => {
    for (const [id, code] of [
      [budi, 'S-1'],
      [ani, 'S-2'],
    ] as const) {
      tx.run(
        `INSERT INTO subscriber (id, version, code, code_key, kind, name, name_key, status,
          status_since, language, created_at, updated_at)
          VALUES (?, 1, ?, ?, 'person', ?, ?, 'active', 0, 'en', 0, 0)`,
        id,
        code,
        code,
        code,
        code,
      )
    }
  })

  const clock = {
    now: () => 1_800_000_000_000,
    monotonic: () => 0,
    after: () => () => undefined,
  }
  const following = follows({ clock, newId, today: () => calendarDate(day) })
  const deps = {
    approvals: nobodyElse,
    clock,
    newId,
    reads,
    today: () => calendarDate(day),
    changed: () => undefined,
    moved: (tx: Transaction, subscriberId: string, currency: CurrencyCode) => {
      moved.push([subscriberId, balanceOf(tx, subscriberId, currency)])
      following(tx, subscriberId, currency)
    },
    cash: createCashDesk({ now: () => 1_800_000_000_000, newId }),
    nameOfAccount: () => null,
    subscribers: {
      party: (id: string) => (id === budi || id === ani ? ({ id } as never) : null),
      services: () => [],
      note: (_: unknown, { kind }: { readonly kind: string }) => {
        noted.push(kind)
      },
      belongs: () => null,
    },
  } satisfies Parameters<typeof createWriteOffHandlers>[0] &
    Parameters<typeof createPaymentHandlers>[0]
  const handlers = createPaymentHandlers(deps)
  const writeOffs = createWriteOffHandlers(deps)
  const context: CallContext = {
    clientId: 1,
    session: null,
    reach: everything,
    traceId: 't',
    signal: new AbortController().signal,
    progress: () => undefined,
  }
  /** `onStatement`: may throw, as a machine may stop, before each statement that writes. */
  const call = async <Name extends Command>(
    name: Name,
    input: CallInput<Name>,
    onStatement: () => void = () => undefined,
  ): Promise<Output<Name>> => {
    const parsed = commands[name].input.parse(input)
    const handler = { ...handlers.commands, ...writeOffs.commands }[name] as unknown as (
      given: unknown,
      with_: CallContext,
    ) => CommandPlan<Output<Name>>
    const plan = handler(parsed, context)
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

  const documentOf = (
    kind: 'invoice' | 'credit-note',
    total: number,
    issuedOn: string,
    dueOn: string,
    corrects: { readonly id: string; readonly lineId: string } | null,
    subscriberId: string,
    tax = 0,
    priceId: string | null = null,
  ) =>
    write((tx) => {
      const [id, lineId] = [newId(), newId()]
      const line = {
        id: lineId,
        kind: corrects === null ? 'recurring' : 'credit',
        description: 'Home 20',
        chargeKind: null,
        priceId,
        period: null,
        quantity: 1,
        quantityScale: 0,
        unitPrice: total,
        unitScale: 2,
        gross: total,
        discount: 0,
        amount: total,
        net: total - tax,
        tax,
        taxIncluded: true,
        taxGroup: 0,
        taxCodes: [],
        explanation: [],
        correctsLineId: corrects?.lineId ?? null,
      } as const
      const draft = {
        id,
        kind,
        subscriberId,
        subscriptionId: null,
        runId: null,
        reason: 'r',
        note: '',
        correctsId: corrects?.id ?? null,
        currency: euro,
        lines: [line],
        taxes:
          tax === 0
            ? []
            : [
                {
                  taxGroup: 0,
                  tax: { code: 'VAT', name: 'VAT', ratePpm: 100_000, baseNum: 1, baseDen: 1 },
                  included: true,
                  base: total - tax,
                  amount: tax,
                },
              ],
        net: total - tax,
        tax,
        rounding: 0,
        total,
      } as const
      putDraft(tx, draft, { accountId: null, at: 0 })
      const on = calendarDate(issuedOn)
      const days = { issuedOn: on, taxPointOn: on, dueOn: calendarDate(dueOn) }
      const buyer = { code: 'S', kind: 'person', name: 'B', taxId: '', language: 'en' } as const
      const number = issueDraft(tx, draft, {
        days,
        seller: sellerOf(tx),
        buyer: { ...buyer, taxTreatment: 'standard', address: null },
        newId,
        at: 0,
      })
      settleAccount(tx, { subscriberId, currency: euro, on, at: 0, newId })
      following(tx, subscriberId, euro)
      return { id, lineId, number }
    })

  return {
    deps,
    store,
    reads,
    handlers,
    writeOffs,
    call,
    write,
    noted,
    moved,
    context,
    newId,
    setDay: (on: string) => {
      day = on
    },
    invoice: (total: number, issuedOn: string, dueOn = issuedOn, subscriberId = budi) =>
      documentOf('invoice', total, issuedOn, dueOn, null, subscriberId),
    /** With tax in its total, of a plan. */
    taxedInvoice: (total: number, tax: number, issuedOn: string, priceId: string | null = null) =>
      documentOf('invoice', total, issuedOn, issuedOn, null, budi, tax, priceId),
    creditNote: (
      corrects: { readonly id: string; readonly lineId: string },
      total: number,
      issuedOn: string,
    ) => documentOf('credit-note', total, issuedOn, issuedOn, corrects, budi),
    pay: (
      amount: number,
      receivedOn: string,
      over: Partial<CallInput<'billing.takePayment'>> = {},
    ) =>
      call('billing.takePayment', {
        paymentId: newId(),
        subscriberId: budi,
        method: 'cash',
        currency: 'EUR',
        amount,
        receivedOn,
        ...over,
      }),
    /** Open amounts by the number of the document. */
    open: (subscriberId = budi): Readonly<Record<string, number>> =>
      Object.fromEntries(
        openDocuments(reads, subscriberId).map(({ number, open }) => [number, open]),
      ),
    credit: (subscriberId = budi): number =>
      freeSources(reads, subscriberId).reduce((sum, { free }) => sum + free, 0),
    balance: (subscriberId = budi): number => balanceOf(reads, subscriberId, 'EUR'),
  }
}

/** The code of what was refused; null: nothing was. */
export const codeOf = async (run: () => Promise<unknown>): Promise<string | null> => {
  try {
    await run()
    return null
  } catch (error) {
    if (isNocturneError(error)) return error.code
    throw error
  }
}

export type PaymentsBench = ReturnType<typeof createPaymentsBench>

/** Receivables as they stood on a day. */
export const aged = async (
  bench: PaymentsBench,
  asOfOn: string,
): Promise<Record<string, unknown>> => {
  const { totals } = await bench.handlers.queries['billing.aged'](
    { asOfOn, limit: 100, offset: 0 },
    bench.context,
  )
  return { ...totals[0] }
}
