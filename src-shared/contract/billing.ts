import {
  billingDocumentsCommands,
  billingDocumentsEvents,
  billingDocumentsQueries,
} from './billing-documents.ts'
import { billingCreditCommands, billingCreditQueries } from './billing-credit.ts'
import { billingPaymentsCommands, billingPaymentsQueries } from './billing-payments.ts'
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
  ...billingPaymentsQueries,
  ...billingWriteOffsQueries,
  ...billingPlansQueries,
  ...billingSubscriptionsQueries,
  ...billingVouchersQueries,
  ...billingDocumentsQueries,
  ...billingCreditQueries,
  ...billingRunsQueries,
}

export const billingCommands = {
  ...billingPaymentsCommands,
  ...billingWriteOffsCommands,
  ...billingPlansCommands,
  ...billingSubscriptionsCommands,
  ...billingVouchersCommands,
  ...billingDocumentsCommands,
  ...billingCreditCommands,
  ...billingRunsCommands,
}

export const billingEvents = {
  ...billingSubscriptionsEvents,
  ...billingDocumentsEvents,
  ...billingRunsEvents,
}
