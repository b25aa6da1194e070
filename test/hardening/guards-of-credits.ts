import type { Guard } from './guards.ts'

const commands = 'src-main/billing/documents/credit-commands.ts'
const approval = 'src-main/billing/documents/credit-approval.ts'
const tests = ['approvals/credit-notes.test.ts']

/** What keeps one person from crediting alone above the limit. */
export const creditGuards: readonly Guard[] = [
  {
    name: 'credit-limit',
    file: commands,
    text: 'if (approval.isNeeded(tx, { ...draft, documentId: wanted.documentId })) {',
    instead: 'if (approval.isNeeded(tx, { ...draft, documentId: wanted.documentId }) && false) {',
    tests,
  },
  {
    name: 'credit-approval-used',
    file: approval,
    text: '        gate.use(tx, creditKindName, id, contentOf(standing), by)',
    instead: '        contentOf(standing).concat(by)',
    tests,
  },
  {
    name: 'credit-small-ones-add-up',
    file: approval,
    text: '      of.total + creditedLately(reads, of.documentId, now)',
    instead: '      of.total',
    tests,
  },
  {
    name: 'credit-wish-is-no-draft',
    file: 'src-main/billing/documents/draft-tables.ts',
    text: " AND kind <> 'credit-note'",
    instead: '',
    tests,
  },
  {
    name: 'write-off-limit',
    file: 'src-main/billing/write-offs/write-off-handlers.ts',
    text: '        if (approval.isNeeded(tx, input)) {',
    instead: '        if (approval.isNeeded(tx, input) && input.reason === "") {',
    tests: ['approvals/write-offs.test.ts'],
  },
  {
    name: 'write-off-approval-used',
    file: 'src-main/billing/write-offs/write-off-handlers.ts',
    text: "        approval.use(tx, wish, by ?? '')",
    instead: '',
    tests: ['approvals/write-offs.test.ts'],
  },
  {
    name: 'write-off-small-ones-add-up',
    file: 'src-main/billing/write-offs/write-off-approval.ts',
    text: '        amountOf(wanted.documents) + writtenOffSince(reads, wanted, now() - dayMs)',
    instead: '        amountOf(wanted.documents)',
    tests: ['approvals/write-offs.test.ts'],
  },
  {
    name: 'credit-limit-currency',
    file: 'src-main/billing/plans/settings-handlers.ts',
    text: 'if (before !== next.currency && hasMoneyLimit(deps.approvals)) {',
    instead: 'if (before === currency && hasMoneyLimit(deps.approvals)) {',
    tests,
  },
]
