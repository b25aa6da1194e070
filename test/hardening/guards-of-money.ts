import type { Guard } from './guards.ts'

const giveBack = 'src-main/billing/payments/give-back.ts'
const desk = 'src-main/billing/payments/payment-desk.ts'
const tables = 'src-main/store/migrations/0260-payments.ts'
const tests = ['billing-payments']

/** What keeps money from being taken twice, or settling more than there is. */
export const moneyGuards: readonly Guard[] = [
  {
    name: 'payment-reference-once',
    file: desk,
    text: '      if (known !== null) {',
    instead: '      if (known?.number === undefined && known !== null) {',
    tests,
  },
  {
    name: 'payment-day',
    file: desk,
    text: '      dayProblem(on, addDays(today, -oldestDays), today)',
    instead: '',
    tests,
  },
  {
    name: 'payment-chosen-fits',
    file: desk,
    text: '      if (problem !== null) throw refusalOf(problem)',
    instead: '',
    tests,
  },
  {
    name: 'payment-reversed-once',
    file: giveBack,
    text: '  if (payment.reversal !== null) {',
    instead: "  if (payment.reversal === 'mistake' && payment.number === '') {",
    tests,
  },
  {
    name: 'refund-within-payment',
    file: giveBack,
    text: '      if (amount > left) {',
    instead: '      if (amount > left * 1000) {',
    tests,
  },
  {
    name: 'money-never-changed',
    file: tables,
    text: "    CREATE TRIGGER ${table}_stays BEFORE UPDATE ON ${table} ${refuse('money that moved is never changed')}",
    instead: '',
    tests,
  },
  {
    name: 'money-never-removed',
    file: tables,
    text: "    CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} ${refuse('money that moved is never removed')}`",
    instead: '`',
    tests,
  },
]
