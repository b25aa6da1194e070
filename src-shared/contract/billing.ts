import {
  billingCounterCommands,
  billingCounterEvents,
  billingCounterQueries,
} from './billing-counter.ts'
import {
  billingDocumentsCommands,
  billingDocumentsEvents,
  billingDocumentsQueries,
} from './billing-documents.ts'
import { billingCreditCommands, billingCreditQueries } from './billing-credit.ts'
import { billingPapersCommands, billingPapersQueries } from './billing-papers.ts'
import { billingDunningCommands, billingDunningQueries } from './billing-dunning.ts'
import { billingPaymentsCommands, billingPaymentsQueries } from './billing-payments.ts'
import { billingPayPalCommands, billingPayPalQueries } from './billing-paypal.ts'
import { billingPrepaidCommands, billingPrepaidQueries } from './billing-prepaid.ts'
import { billingFinanceQueries } from './billing-finance.ts'
import {
  billingReconciliationCommands,
  billingReconciliationQueries,
} from './billing-reconciliation.ts'
import { billingBankCommands, billingBankEvents, billingBankQueries } from './billing-bank.ts'
import { billingAgentsCommands, billingAgentsQueries } from './billing-agents.ts'
import { billingPlansCommands, billingPlansQueries } from './billing-plans.ts'
import {
  billingSubscriptionsCommands,
  billingSubscriptionsEvents,
  billingSubscriptionsQueries,
} from './billing-subscriptions.ts'
import { billingRunsCommands, billingRunsEvents, billingRunsQueries } from './billing-runs.ts'
import { billingWriteOffsCommands, billingWriteOffsQueries } from './billing-write-offs.ts'
import { billingVouchersCommands, billingVouchersQueries } from './billing-vouchers.ts'

/** Billing: what is sold, who has it, what is owed. Each part has a file of its own. */

export const billingQueries = {
  ...billingPapersQueries,
  ...billingPaymentsQueries,
  ...billingPayPalQueries,
  ...billingPrepaidQueries,
  ...billingFinanceQueries,
  ...billingReconciliationQueries,
  ...billingBankQueries,
  ...billingDunningQueries,
  ...billingCounterQueries,
  ...billingWriteOffsQueries,
  ...billingAgentsQueries,
  ...billingPlansQueries,
  ...billingSubscriptionsQueries,
  ...billingVouchersQueries,
  ...billingDocumentsQueries,
  ...billingCreditQueries,
  ...billingRunsQueries,
}

export const billingCommands = {
  ...billingPapersCommands,
  ...billingPaymentsCommands,
  ...billingPayPalCommands,
  ...billingPrepaidCommands,
  ...billingReconciliationCommands,
  ...billingBankCommands,
  ...billingDunningCommands,
  ...billingCounterCommands,
  ...billingWriteOffsCommands,
  ...billingAgentsCommands,
  ...billingPlansCommands,
  ...billingSubscriptionsCommands,
  ...billingVouchersCommands,
  ...billingDocumentsCommands,
  ...billingCreditCommands,
  ...billingRunsCommands,
}

export const billingEvents = {
  ...billingCounterEvents,
  ...billingSubscriptionsEvents,
  ...billingBankEvents,
  ...billingDocumentsEvents,
  ...billingRunsEvents,
}
