import { billingPlansCommands, billingPlansQueries } from './billing-plans.ts'
import {
  billingSubscriptionsCommands,
  billingSubscriptionsEvents,
  billingSubscriptionsQueries,
} from './billing-subscriptions.ts'
import { billingVouchersCommands, billingVouchersQueries } from './billing-vouchers.ts'

/** Billing: what is sold, who has it, what is owed. Each part has a file of its own. */

export const billingQueries = {
  ...billingPlansQueries,
  ...billingSubscriptionsQueries,
  ...billingVouchersQueries,
}

export const billingCommands = {
  ...billingPlansCommands,
  ...billingSubscriptionsCommands,
  ...billingVouchersCommands,
}

export const billingEvents = { ...billingSubscriptionsEvents }
