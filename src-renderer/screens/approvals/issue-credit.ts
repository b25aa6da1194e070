import i18next from 'i18next'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

/** A credit note that was approved is issued by who wanted it. */
export const issueCredit = async (
  request: Pick<ApprovalRow, 'subjectId' | 'revision'>,
): Promise<void> => {
  try {
    const { number } = await runCommand('billing.issueCredit', {
      documentId: request.subjectId,
      baseVersion: request.revision,
    })
    showToast({
      kind: 'done',
      title: i18next.t('credit.issued', { ns: 'approvals', number }),
    })
  } catch (error) {
    showFailure(failureOf(error))
  }
}
