import type { Guard } from './guards.ts'

const books = 'src-main/billing/paypal/paypal-books.ts'
const steps = 'src-main/billing/paypal/paypal-steps.ts'
const settings = 'src-main/billing/paypal/paypal-settings.ts'
const tables = 'src-main/store/migrations/0370-paypal.ts'
const links = ['billing-paypal/links.test.ts']
const refunds = ['billing-paypal/refunds.test.ts']
const setUp = ['billing-paypal/settings.test.ts']

/** What keeps PayPal's money from being booked twice, wrongly or not at all, and its secret in the vault. */
export const payPalGuards: readonly Guard[] = [
  {
    name: 'paypal-credentials-of-a-mode',
    file: settings,
    text: '    return kept(before.mode === mode ? before : none)',
    instead: '    return kept(before)',
    tests: setUp,
  },
  {
    name: 'paypal-credentials-sealed',
    file: settings,
    text: '      sealed: seal(plain, vaultKey, credentialsPlace),',
    instead: '      sealed: Buffer.from(plain),',
    tests: setUp,
  },
  {
    name: 'paypal-trial-books-nothing',
    file: books,
    text: "      if (seen.mode === 'trial') {",
    instead: "      if (seen.mode === 'trial' && seen.id === '') {",
    tests: links,
  },
  {
    name: 'paypal-amount-as-asked',
    file: books,
    text: 'if (got !== seen.providerAmount || capture.currency !== seen.providerCurrency) {',
    instead: "if (got === null && capture.currency === '') {",
    tests: links,
  },
  {
    name: 'paypal-refused-looked-at-again',
    file: steps,
    text: 'reference === refund.id)',
    instead: "reference === '')",
    tests: refunds,
  },
  {
    name: 'paypal-link-forward',
    file: tables,
    text: "    ${refuse('a payment link only moves on')}",
    instead: '    BEGIN SELECT 1; END;',
    tests: links,
  },
]
