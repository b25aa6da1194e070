import type { Guard } from './guards.ts'

const tables = 'src-main/store/migrations/0250-billing.ts'
const documents = ['billing/documents.test.ts']

/** What keeps issued documents as they are, days from being billed twice, and money from strangers. */
export const documentGuards: readonly Guard[] = [
  {
    name: 'document-stays',
    file: tables,
    text: "WHEN OLD.status = 'issued' ${refuse('an issued document is never changed')}",
    instead: "WHEN 0 ${refuse('an issued document is never changed')}",
    tests: documents,
  },
  {
    name: 'document-credit-limit',
    file: tables,
    text: "OR NEW.net + ${creditedOf('net')} > ${correctedOf('net')}",
    instead: '',
    tests: documents,
  },
  {
    name: 'document-number-without-gap',
    file: tables,
    text: 'NEW.sequence <> 1 + (SELECT coalesce(max(sequence), 0)',
    instead: 'NEW.sequence < 1 + (SELECT coalesce(max(sequence), 0)',
    tests: documents,
  },
  {
    name: 'day-billed-once',
    file: tables,
    text: 'AND period_start_on < NEW.period_end_on AND period_end_on > NEW.period_start_on)',
    instead: 'AND 0)',
    tests: documents,
  },
  {
    name: 'documents-within-reach',
    file: 'src-main/billing/documents/document-list.ts',
    text: 'const list: Condition[] = [...reachCondition(reach)]',
    instead: 'const list: Condition[] = []',
    tests: documents,
  },
  {
    name: 'draft-of-another-subscriber',
    file: 'src-main/billing/documents/document-commands.ts',
    text: 'if (before.subscriberId !== typed.subscriberId) throw notThere()',
    instead: '',
    tests: documents,
  },
  {
    name: 'time-line-without-money',
    file: 'src-main/billing/run/bill-one.ts',
    text: '        data: { number },',
    instead: '        data: { number, total: draft.total },',
    tests: documents,
  },
  {
    name: 'run-clock-back',
    file: 'src-main/billing/run/run-guard.ts',
    text: 'if (today < lastOn) return',
    instead: 'if (today > today) return',
    tests: ['billing/run-handlers.test.ts'],
  },
]
