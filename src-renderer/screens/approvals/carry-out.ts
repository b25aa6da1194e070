import i18next from 'i18next'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

/** What was approved is carried out by who wanted it; a plan is applied on its own page. */
export const carryOut = async ({
  kind,
  subjectId,
  revision: baseVersion,
}: Pick<ApprovalRow, 'kind' | 'subjectId' | 'revision'>): Promise<void> => {
  const t = i18next.getFixedT(i18next.language, 'approvals')
  try {
    if (kind === 'billing.credit-note') {
      const input = { documentId: subjectId, baseVersion }
      const { number } = await runCommand('billing.issueCredit', input)
      showToast({ kind: 'done', title: t('credit.issued', { number }) })
    } else if (kind === 'billing.write-off') {
      await runCommand('billing.carryOutWriteOff', { writeOffId: subjectId, baseVersion })
      showToast({ kind: 'done', title: t('writeOff.issued') })
    }
  } catch (error) {
    showFailure(failureOf(error))
  }
}
