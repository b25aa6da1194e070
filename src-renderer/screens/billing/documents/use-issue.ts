import { useTranslation } from 'react-i18next'
import type { DocumentKind } from '../../../../src-shared/contract/billing-documents-model.ts'
import { confirm } from '../../../components/confirm.tsx'
import { act } from '../billing-acts.ts'

export interface ToIssue {
  readonly id: string
  readonly version: number
  readonly kind: DocumentKind
  /** With its currency. */
  readonly total: string
  readonly name: string
}

/** Asks, takes a number and issues; false: it is a draft still. */
export const useIssue = (): ((draft: ToIssue) => Promise<boolean>) => {
  const { t } = useTranslation('billing-documents')
  return async ({ id, version, kind, total, name }) => {
    const yes = await confirm({
      title: t('act.issueTitle', { kind: t(`kind.${kind}`).toLowerCase() }),
      text: t(kind === 'proforma' ? 'act.proformaText' : 'act.issueText', { total, name }),
      confirmLabel: t('act.issue'),
    })
    if (!yes) return false
    const out = await act(
      'billing.issueDraft',
      { documentId: id, baseVersion: version },
      ({ number }) => ({ title: t('act.issued', { number }) }),
    )
    return out !== undefined
  }
}
