import type { Guard } from './guards.ts'

const handlers = 'src-main/billing/dunning/dunning-handlers.ts'
const cutting = 'src-main/billing/dunning/lines-to-cut.ts'
const prepaid = 'src-main/billing/prepaid/prepaid-desk.ts'
const dunningTests = ['billing-dunning']
const prepaidTests = ['billing-prepaid/prepaid.test.ts']
const agentTests = ['billing-agents']

/** What keeps a line on that nobody may cut, a balance whole and an agent honest. */
export const dunningGuards: readonly Guard[] = [
  {
    name: 'suspend-confirmed',
    file: cutting,
    text: "  if (!confirmed) throw new NocturneError('confirmation-refused')\n",
    instead: '',
    tests: ['billing-dunning/cut-by-hand.test.ts'],
  },
  {
    name: 'suspend-same-lines',
    file: cutting,
    text: '    if (!isDeepStrictEqual(linesOf(tx, deps, debtors), lines)) {',
    instead: '    if (!isDeepStrictEqual(lines, lines)) {',
    tests: ['billing-dunning/cut-by-hand.test.ts'],
  },
  {
    name: 'suspend-never',
    file: handlers,
    text: '    if (party?.neverSuspend === true) {',
    instead: '    if (party === undefined) {',
    tests: dunningTests,
  },
  {
    name: 'suspend-owes',
    file: 'src-main/billing/dunning/dunning-desk.ts',
    text: "      if (looked.debt === null) throw new NocturneError('dunning-closed')",
    instead: '      if (looked.debt === null) return 0',
    tests: dunningTests,
  },
  {
    name: 'promise-limit',
    file: handlers,
    text: 'dayAhead(untilOn, manages ? mostDaysAhead : promiseDays)',
    instead: 'dayAhead(untilOn, mostDaysAhead)',
    tests: dunningTests,
  },
  {
    name: 'prepaid-clock-back',
    file: prepaid,
    text: '      if (problem !== null && !isDoubted) {',
    instead: '      if (problem === undefined) {',
    tests: prepaidTests,
  },
  {
    name: 'prepaid-clock-doubted',
    file: prepaid,
    text: "      if (of.isDoubted && !isMoved && look.step.kind !== 'restore') break",
    instead: '',
    tests: prepaidTests,
  },
  {
    name: 'prepaid-covered',
    file: prepaid,
    text: "        if (missing > 0) throw new NocturneError('prepaid-short', { missing, currency })",
    instead: '',
    tests: prepaidTests,
  },
  {
    name: 'agent-self',
    file: 'src-main/billing/agents/agent-handlers.ts',
    text: "    if (accountOf(context) === accountId) throw new NocturneError('agent-self', {})",
    instead: '',
    tests: agentTests,
  },
  {
    name: 'agent-own-customer',
    file: 'src-main/billing/agents/own-desk.ts',
    text: "          if (ownCustomer(tx, accountId, subscriberId) === null) throw gone('subscriber')",
    instead: '',
    tests: agentTests,
  },
  {
    name: 'agent-no-commission-on-fees',
    file: 'src-main/billing/agents/settled-documents.ts',
    text: "i.reason IN ('dunning', 'balance-expired')",
    instead: "i.reason IN ('dunning')",
    tests: prepaidTests,
  },
]
