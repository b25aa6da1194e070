import type { Guard } from './guards.ts'

const approvals = 'src-main/approvals/rules.ts'
const approvalTests = ['approvals']

/** What no setting takes away of the second person. */
export const approvalGuards: readonly Guard[] = [
  {
    name: 'approval-own',
    file: approvals,
    text: `  if (isOwn(asked, [decider], facts)) return { code: 'approval-own', params: {} }`,
    instead: '',
    tests: approvalTests,
  },
  {
    name: 'approval-own-hand',
    file: approvals,
    text: `  if (shareHand(wills, [decider.accountId], since, facts)) {`,
    instead: '  if (since < 0) {',
    tests: approvalTests,
  },
  {
    name: 'approval-content',
    file: approvals,
    text: `  if (asked.contentHash !== contentHash) return needed('fallen')`,
    instead: '',
    tests: approvalTests,
  },
  {
    name: 'approval-approver-still-may',
    file: approvals,
    text: `  if (!mayNow(facts, asked.decider.accountId, facts.approve)) return needed('approver-gone')`,
    instead: '',
    tests: approvalTests,
  },
  {
    name: 'approval-needed-at-apply',
    file: 'src-main/provisioning/plans/plan-commands.ts',
    text: "          deps.approval.use(tx, now, approved, context.session?.accountId ?? '')",
    instead: '',
    tests: approvalTests,
  },
  {
    name: 'approval-rule-loosened-by-owner',
    file: 'src-main/approvals/commands.ts',
    text: `if (looser && !session.isOwner) throw`,
    instead: `if (looser && session === null) throw`,
    tests: approvalTests,
  },
  {
    name: 'role-own',
    file: 'src-main/access/role-commands.ts',
    text: `if (id === own && id !== 'owner') throw`,
    instead: `if (id === '' && id !== own) throw`,
    tests: ['access/nobody-over-himself.test.ts'],
  },
]
