import { isPageOf, pages } from './pages.ts'
import { paths } from './paths.ts'

/** Pages below another page that ask for a permission of their own. */
const below: readonly (readonly [RegExp, string])[] = [
  [/^\/olts\/add$/, 'network.olt.manage'],
  [/^\/olts\/[^/]+\/terminal$/, 'olt-cli.terminal.use'],
  [/^\/olts\/[^/]+\/catalogue$/, 'provisioning.plan.read'],
  [/^\/olts\/[^/]+\/pon\//, 'network.onu.read'],
  [/^\/transcripts(\/|$)/, 'olt-cli.transcript.read'],
  [/^\/billing\/reports$/, 'billing.report.read'],
  [/^\/billing\/reconciliation$/, 'billing.reconciliation.read'],
  [/^\/billing\/bank$/, 'billing.bank.read'],
  [/^\/billing\/paypal$/, 'billing.payment.read'],
  [/^\/billing\/documents\/(new|[^/]+\/edit)$/, 'billing.document.issue'],
  [/^\/billing\/(documents|seller)(\/|$)/, 'billing.document.read'],
  [/^\/billing\/runs(\/|$)/, 'billing.run.start'],
  [/^\/billing\/vouchers$/, 'billing.voucher.read'],
  [/^\/fieldwork\/settings$/, 'fieldwork.settings.manage'],
  [/^\/fieldwork(\/|$)/, 'fieldwork.order.read'],
  [/^\/tickets\/report$/, 'tickets.report.read'],
  [/^\/tickets\/settings$/, 'tickets.settings.manage'],
  [/^\/tickets(\/|$)/, 'tickets.ticket.read'],
  [/^\/counter\/sessions(\/|$)/, 'billing.cash.read'],
  [/^\/counter\/tills$/, 'billing.cash.manage'],
]

/** What an address asks for; undefined: whoever is signed in may open it. */
export const neededFor = (path: string): string | undefined =>
  below.find(([pattern]) => pattern.test(path))?.[1] ??
  pages.find((page) => isPageOf(page, path))?.needs

/** About the whole workspace: nothing for those who reach a part of it. */
export const asksForEverything = (path: string): boolean =>
  path === '/olts/add' ||
  path === '/billing/bank' ||
  path === '/billing/paypal' ||
  path === '/billing/vouchers' ||
  path === '/billing/reports' ||
  path === '/fieldwork/settings' ||
  path === '/tickets/report' ||
  path === '/tickets/settings' ||
  /^\/billing\/runs(\/|$)/u.test(path) ||
  /^\/counter\/(sessions|tills)(\/|$)/u.test(path) ||
  pages.find((page) => isPageOf(page, path))?.whole === true

/** Where somebody begins who may not see the dashboard. */
export const firstPage = (permissions: readonly string[], otherwise: string): string =>
  // Who runs a till and looks after nothing of billing works at the counter.
  permissions.includes('billing.cash.run') && !permissions.includes('billing.plan.read')
    ? paths.counter()
    : firstOfRail(permissions, otherwise)

const firstOfRail = (permissions: readonly string[], otherwise: string): string =>
  pages.find(
    ({ needs, inRail }) => inRail !== false && needs !== undefined && permissions.includes(needs),
  )?.route ?? otherwise
