import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'

const answers = ['approved', 'declined', 'expired', 'fallen'] as const
export type Answer = (typeof answers)[number]

/** State by id, as it was shown last. */
export type Known = ReadonlyMap<string, ApprovalRow['state']>

/** What was waiting and is not any more, by somebody else's doing. */
export const answersSince = (
  before: Known,
  requests: readonly Pick<ApprovalRow, 'id' | 'state'>[],
): readonly { readonly id: string; readonly answer: Answer }[] =>
  requests.flatMap(({ id, state }) => {
    const answer = answers.find((one) => one === state)
    return answer !== undefined && before.get(id) === 'waiting' ? [{ id, answer }] : []
  })
