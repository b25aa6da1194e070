import type { Guard } from './guards.ts'

const sessions = 'src-main/billing/counter/session-handlers.ts'
const tests = ['billing-counter']

/** What keeps a drawer honest, and a card from being taken twice or guessed. */
export const counterGuards: readonly Guard[] = [
  {
    name: 'cash-own-receipt-pdf',
    file: 'src-main/billing/pdf/paper-handlers.ts',
    text: "        if (paid === null || paid.accountId !== context.session?.accountId) throw gone('payment')",
    instead: "        if (paid === null) throw gone('payment')",
    tests: ['billing-papers/handed-out.test.ts'],
  },
  {
    name: 'cash-own-session',
    file: sessions,
    text: "    if (session.accountId === by) throw new NocturneError('cash-own-session', {})",
    instead: '',
    tests,
  },
  {
    name: 'cash-foreign-session',
    file: sessions,
    text: "        if (session === null || (!isOwn && !may(context, 'billing.cash.read'))) {",
    instead: '        if (session === null || (!isOwn && false)) {',
    tests,
  },
  {
    name: 'cash-foreign-receipt',
    file: 'src-main/billing/counter/counter-handlers.ts',
    text: "    if (!isOwn && session?.permissions.has('billing.cash.read') !== true) throw gone('payment')",
    instead: '',
    tests,
  },
  {
    name: 'voucher-void',
    file: 'src-main/billing/vouchers/redeem.ts',
    text: "          if (card === null || card.state === 'void') {",
    instead: '          if (card === null) {',
    tests,
  },
  {
    name: 'voucher-guesses-wait',
    file: 'src-main/billing/vouchers/redeem.ts',
    text: '      guard.refuse(who)',
    instead: '',
    tests,
  },
]
