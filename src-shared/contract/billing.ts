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
import { billingPaymentsCommands, billingPaymentsQueries } from './billing-payments.ts'
import { billingPlansCommands, billingPlansQueries } from './billing-plans.ts'
import {
  billingSubscriptionsCommands,
  billingSubscriptionsEvents,
  billingSubscriptionsQueries,
} from './billing-subscriptions.ts'
import { billingRunsCommands, billingRunsEvents, billingRunsQueries } from './billing-runs.ts'
import { billingVouchersCommands, billingVouchersQueries } from './billing-vouchers.ts'

/** Billing: what is sold, who has it, what is owed. Each part has a file of its own. */

export const billingQueries = {
  ...billingPaymentsQueries,
  ...billingCounterQueries,
  ...billingPlansQueries,
  ...billingSubscriptionsQueries,
  ...billingVouchersQueries,
  ...billingDocumentsQueries,
  ...billingRunsQueries,
}

export const billingCommands = {
  ...billingPaymentsCommands,
  ...billingCounterCommands,
  ...billingPlansCommands,
  ...billingSubscriptionsCommands,
  ...billingVouchersCommands,
  ...billingDocumentsCommands,
  ...billingRunsCommands,
}

export const billingEvents = {
  ...billingCounterEvents,
  ...billingSubscriptionsEvents,
  ...billingDocumentsEvents,
  ...billingRunsEvents,
}
