import type { Guard } from './guards.ts'

const handlers = 'src-main/billing/bank/bank-handlers.ts'
const staging = 'src-main/billing/bank/stage-file.ts'
const taking = 'src-main/billing/bank/take-line.ts'
const tables = 'src-main/store/migrations/0330-bank.ts'
const tests = ['billing-bank']

/** What keeps a movement of the bank from being money twice, and a payer's account from being kept. */
export const bankGuards: readonly Guard[] = [
  {
    name: 'bank-account-hashed',
    file: staging,
    text: '      counterpartyAccount: account === null ? null : payerHash(account),',
    instead: '      counterpartyAccount: account,',
    tests,
  },
  {
    name: 'bank-line-once',
    file: tables,
    text: '      line_key TEXT NOT NULL UNIQUE,',
    instead: '      line_key TEXT NOT NULL,',
    tests: ['billing-bank/import.test.ts'],
  },
  {
    name: 'bank-line-never-changed',
    file: tables,
    text: "    ${refuse('what the bank said is never changed')}",
    instead: '    BEGIN SELECT 1; END;',
    tests,
  },
  {
    name: 'bank-line-decided-once',
    file: taking,
    text: "  if (kept.state === 'taken' || kept.state === 'ignored') {",
    instead: "  if (kept.state === 'taken' && kept.id === '') {",
    tests,
  },
  {
    name: 'bank-parts-make-it-up',
    file: taking,
    text: '  if (sum !== kept.left || new Set',
    instead: '  if (new Set',
    tests,
  },
  {
    name: 'bank-sure-is-what-was-seen',
    file: handlers,
    text: "            if (!isSame) throw new NocturneError('conflict', { what: 'bank-lines' })",
    instead: '',
    tests,
  },
  {
    name: 'bank-sure-looked-at-again',
    file: taking,
    text: "  if (proposal.strength !== 'certain' || kept.left !== kept.line.minor) return false",
    instead: '  return true',
    tests,
  },
]
