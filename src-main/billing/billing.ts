import type { CalendarDate } from '../../src-shared/domain/calendar-date.ts'
import type { Payload } from '../../src-shared/contract/index.ts'
import { currencyCode } from '../../src-shared/domain/currencies.ts'
import type { Money } from '../../src-shared/domain/money.ts'
import { calendarDate } from '../../src-shared/domain/calendar-date.ts'
import type { ApprovalKind } from '../engine/approval-ports.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { Belongs } from '../engine/reach.ts'
import { createFindNumbers, type FindNumbers } from './documents/find-numbers.ts'
import { createFinance } from './finance/finance.ts'
import { nextTurn } from './next-turn.ts'
import { createAccrual } from './agents/accrue.ts'
import { createAgentHandlers, type AgentCommand, type AgentQuery } from './agents/agent-handlers.ts'
import { createOwnDesk, type OwnCommand, type OwnQuery } from './agents/own-desk.ts'
import { createBankHandlers, type BankCommand, type BankQuery } from './bank/bank-handlers.ts'
import { caseById } from './dunning/case-tables.ts'
import { createDunning } from './dunning/dunning.ts'
import { createCashDesk } from './counter/cash-desk.ts'
import {
  createCounterHandlers,
  type CounterCommand,
  type CounterQuery,
} from './counter/counter-handlers.ts'
import { createPrinterLine } from './counter/printer.ts'
import {
  createSessionHandlers,
  type CashCommand,
  type CashQuery,
} from './counter/session-handlers.ts'
import type { DunningCommand } from './dunning/dunning-handlers.ts'
import type { DunningQuery } from './dunning/dunning-queries.ts'
import {
  createPaymentHandlers,
  type PaymentCommand,
  type PaymentQuery,
} from './payments/payment-handlers.ts'
import { createGiveBack } from './payments/give-back.ts'
import { createPaymentDesk, type OnMoved } from './payments/payment-desk.ts'
import { paymentById } from './payments/payment-tables.ts'
import type { PayPalCommand, PayPalQuery } from './paypal/paypal-handlers.ts'
import { createPayPal } from './paypal/paypal.ts'
import { startDemo } from './demo/start-demo.ts'
import { fillSimulatedPlans } from './plans/fill-simulated.ts'
import { planExample } from './plans/plan-example.ts'
import { createPlanHandlers } from './plans/plan-handlers.ts'
import { readsOf } from './plans/plan-tables.ts'
import { createSettingsHandlers } from './plans/settings-handlers.ts'
import { billingSettings, taxRates } from './plans/settings-tables.ts'
import type { BillingDependencies } from './ports.ts'
import { createPrepaid, type PrepaidCommand, type PrepaidQuery } from './prepaid/prepaid.ts'
import {
  createPapers,
  type CreditCommand,
  type CreditQuery,
  type DocumentCommand,
  type DocumentQuery,
  type OutCommand,
  type PaperQuery,
  type RunCommand,
  type RunQuery,
} from './papers.ts'
import {
  createReconciliation,
  type ReconciliationCommand,
  type ReconciliationQuery,
} from './reconciliation/reconciliation-handlers.ts'
import { livePeriods } from './run/billed-periods.ts'
import { createServiceLines, type ServiceLines } from './service-state/service-state.ts'
import type { BilledRow } from './subscription-facts.ts'
import { monthlyOf } from './subscriptions/monthly.ts'
import { createMoveHandlers, type MoveQuery } from './subscriptions/move.ts'
import { createSettler } from './subscriptions/settle.ts'
import {
  createSubscriptionCommands,
  type SubscriptionCommand,
} from './subscriptions/subscription-commands.ts'
import {
  createSubscriptionQueries,
  type SubscriptionQuery,
} from './subscriptions/subscription-queries.ts'
import { subscriptionById } from './subscriptions/subscription-tables.ts'
import { dayIn } from './today.ts'
import { createRedeem } from './vouchers/redeem.ts'
import {
  createWriteOffHandlers,
  type WriteOffCommand,
  type WriteOffQuery,
} from './write-offs/write-off-handlers.ts'
import { createVoucherHandlers } from './vouchers/voucher-handlers.ts'

type BillingQuery =
  | 'billing.settings'
  | 'billing.taxRates'
  | 'billing.plans'
  | 'billing.plan'
  | 'billing.planExample'
  | 'billing.voucherBatches'
  | 'billing.vouchers'
  | AgentQuery
  | OwnQuery
  | DunningQuery
  | CashQuery
  | CounterQuery
  | MoveQuery
  | PaymentQuery
  | PayPalQuery
  | PrepaidQuery
  | ReconciliationQuery
  | 'billing.finance'
  | BankQuery
  | WriteOffQuery
  | SubscriptionQuery
  | CreditQuery
  | DocumentQuery
  | PaperQuery
  | RunQuery
type BillingCommand =
  | 'billing.configure'
  | 'billing.saveTaxRate'
  | 'billing.savePlan'
  | 'billing.saveVersion'
  | 'billing.removeVersion'
  | 'billing.moveToVersion'
  | 'billing.makeVouchers'
  | 'billing.voidVouchers'
  | 'billing.redeemVoucher'
  | AgentCommand
  | OwnCommand
  | SubscriptionCommand
  | CashCommand
  | CounterCommand
  | PaymentCommand
  | PayPalCommand
  | PrepaidCommand
  | WriteOffCommand
  | CreditCommand
  | ReconciliationCommand
  | BankCommand
  | DunningCommand
  | DocumentCommand
  | OutCommand
  | RunCommand

/** Billing: what is sold, who has it. */
export interface Billing {
  readonly queries: QueryHandlers<BillingQuery>
  readonly commands: CommandHandlers<BillingCommand>
  /** Acts of billing that may need a second person. */
  readonly approvalKinds: readonly ApprovalKind[]
  readonly belongs: {
    readonly subscription: (id: string) => Belongs | null
    readonly payment: (id: string) => Belongs | null
    readonly document: (id: string) => Belongs | null
    readonly 'dunning-case': (id: string) => Belongs | null
    readonly 'write-off': (id: string) => Belongs | null
  }
  /** What services bring a month by the prices of their plans; null: not known, or not of one currency. */
  readonly monthlyOf: (serviceIds: readonly string[]) => Money | null
  readonly findNumbers: FindNumbers
  /** What its subscriptions mean for a line. */
  readonly lines: Pick<ServiceLines, 'settle' | 'followed' | 'heldFor' | 'committed'>
  /** Something that is sold runs at this speed. */
  readonly sellsSpeed: (speedId: string) => boolean
  start(): void
  /** After a sleep: the day may be another one. */
  wake(): void
  stop(): void
}

export const createBilling = (deps: BillingDependencies): Billing => {
  const { clock, emit, reader, subscribers } = deps
  const reads = readsOf(reader)
  const today = (): CalendarDate => dayIn(billingSettings(reads).timeZone, clock.now())
  const changed = (what: Payload<'billing.changed'>['what']) => (): void => {
    emit('billing.changed', { what }, { key: what })
    lines.committed()
  }
  const billedOf = (subscriptionId: string): readonly BilledRow[] =>
    livePeriods(reads, subscriptionId)

  const lines = createServiceLines({ ...deps, reads, today })
  const dunning = createDunning({
    ...deps,
    reads,
    today,
    serviceLines: lines,
    changed: changed('dunning'),
  })
  const accrue = createAccrual({ ...deps, today })
  const prepaid = createPrepaid({
    ...deps,
    reads,
    today,
    lines,
    issued: (tx, draft, number) => {
      dunning.issued(tx, draft, number)
      accrue(tx, draft.subscriberId, draft.currency)
    },
    changed: () => {
      changed('prepaid')()
      emit('billing.documentsChanged', {})
    },
  })
  /**
   * What is owed or had has moved: debts first, then what is paid for from what is left; what agents earn
   * by it last, for a fee that was taken back has settled otherwise by then.
   */
  const moved: OnMoved = (tx, subscriberId, currency) => {
    dunning.moved(tx, subscriberId, currency)
    prepaid.moved(tx, subscriberId, currency)
    accrue(tx, subscriberId, currency)
  }
  const shared = { ...deps, reads, today, lines, moved, acted: prepaid.acted, lacks: prepaid.lacks }
  const settings = createSettingsHandlers({ ...shared, changed: changed('settings') })
  const plans = createPlanHandlers({ ...shared, changed: changed('plans') })
  const moves = createMoveHandlers({ ...shared, changed: changed('subscriptions') })
  const vouchers = createVoucherHandlers({ ...shared, changed: changed('vouchers') })
  const cash = createCashDesk({ now: clock.now, newId: deps.newId })
  const payments = createPaymentHandlers({ ...shared, cash, changed: changed('payments') })
  const payPal = createPayPal({
    ...shared,
    desk: createPaymentDesk(shared),
    giveBack: createGiveBack({ ...shared, cash }),
    changed: () => {
      changed('paypal')()
      changed('payments')()
    },
  })
  const reconciliation = createReconciliation({
    ...shared,
    facts: { olts: deps.facts.olts, onus: deps.onus },
    nextTurn,
    changed: changed('reconciliation'),
  })
  const bank = createBankHandlers({
    ...shared,
    nextTurn,
    desk: createPaymentDesk(shared),
    reverse: payments.commands['billing.reversePayment'],
    changed: () => {
      changed('bank')()
      changed('payments')()
    },
    told: (progress) => emit('billing.bankProgress', progress),
  })
  const tills = createSessionHandlers({
    ...shared,
    changed: () => emit('billing.counterChanged', {}, { key: 'counter' }),
  })
  const counter = createCounterHandlers({
    ...shared,
    cash,
    prepaidOf: prepaid.rowsOf,
    send: createPrinterLine(clock),
    changed: () => {
      changed('payments')()
      emit('billing.counterChanged', {}, { key: 'counter' })
    },
  })
  const writeOffs = createWriteOffHandlers({ ...shared, changed: changed('payments') })
  const agents = createAgentHandlers({ ...shared, changed: changed('agents') })
  const ownDesk = createOwnDesk({
    ...shared,
    desk: createPaymentDesk(shared),
    changed: () => {
      changed('payments')()
      changed('agents')()
    },
  })
  const settler = createSettler({ ...shared, changed: changed('subscriptions') })

  const papers = createPapers({
    ...shared,
    issued: (tx, draft, number) => {
      dunning.issued(tx, draft, number)
      if (draft.kind !== 'proforma') prepaid.moved(tx, draft.subscriberId, draft.currency)
      accrue(tx, draft.subscriberId, draft.currency)
    },
    committed: lines.committed,
  })
  let stopDemo = (): void => undefined

  return {
    approvalKinds: [papers.approvalKind, writeOffs.approvalKind],
    belongs: {
      payment: (id) => {
        const payment = paymentById(reads, id)
        return payment === null ? null : subscribers.belongs(payment.subscriberId)
      },
      ...papers.belongs,
      'dunning-case': (id) => {
        const found = caseById(reads, id)
        return found === null ? null : subscribers.belongs(found.subscriberId)
      },
      'write-off': writeOffs.belongs,
      subscription: (id) => {
        const record = subscriptionById(reads, id)
        return record === null ? null : subscribers.belongs(record.subscriberId)
      },
    },
    lines,
    findNumbers: createFindNumbers({ reads, subscribers }),
    monthlyOf: (serviceIds) => monthlyOf(reads, serviceIds),
    sellsSpeed: (speedId) =>
      reads.all(`SELECT 1 FROM plan_version WHERE speed_id = ? LIMIT 1`, speedId).length > 0,
    queries: {
      ...settings.queries,
      ...plans.queries,
      ...moves.queries,
      ...vouchers.queries,
      ...payments.queries,
      ...payPal.queries,
      ...prepaid.queries,
      ...reconciliation.queries,
      ...createFinance({ reads, today, monotonic: clock.monotonic, nextTurn }),
      ...bank.queries,
      ...dunning.queries,
      ...tills.queries,
      ...counter.queries,
      ...writeOffs.queries,
      ...agents.queries,
      ...ownDesk.queries,
      ...papers.queries,
      ...createSubscriptionQueries({ ...shared, billedOf }),
      'billing.planExample': (input) => {
        const { bills, problem } = planExample({
          ...input,
          name: '',
          currency: currencyCode(input.currency),
          startOn: calendarDate(input.startOn),
          taxing: { rates: taxRates(reads), relief: null },
        })
        return { bills: [...bills], problem }
      },
    },
    commands: {
      ...settings.commands,
      ...plans.commands,
      ...moves.commands,
      ...vouchers.commands,
      ...createRedeem({
        ...shared,
        changed: () => {
          changed('payments')()
          changed('vouchers')()
        },
      }),
      ...payments.commands,
      ...payPal.commands,
      ...prepaid.commands,
      ...reconciliation.commands,
      ...bank.commands,
      ...dunning.commands,
      ...tills.commands,
      ...counter.commands,
      ...writeOffs.commands,
      ...agents.commands,
      ...ownDesk.commands,
      ...papers.commands,
      ...createSubscriptionCommands({ ...shared, changed: changed('subscriptions') }),
    },
    start: () => {
      if (deps.simulated === true) {
        fillSimulatedPlans(shared)
        stopDemo = startDemo({ ...shared, changed: changed('subscriptions') })
      }
      vouchers.start()
      settler.start()
      lines.start()
      dunning.start()
      prepaid.start()
      papers.start()
      payPal.start()
    },
    wake: () => {
      settler.look()
      lines.look()
      dunning.wake()
      payPal.wake()
      prepaid.wake()
    },
    stop: () => {
      stopDemo()
      settler.stop()
      lines.stop()
      bank.stop()
      dunning.stop()
      prepaid.stop()
      papers.stop()
      payPal.stop()
    },
  }
}
