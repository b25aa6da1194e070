import { Button } from '@mantine/core'
import {
  IconFileOff,
  IconPencil,
  IconReceiptRefund,
  IconRowInsertBottom,
  IconTrash,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentRecord } from '../../../../src-shared/contract/billing-documents-model.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { navigate } from '../../../app/location.ts'
import { useOfferedActions } from '../../../app/page-actions.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { confirm } from '../../../components/confirm.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'
import { PaperButtons } from '../papers/paper-buttons.tsx'
import { CreditDialog } from './credit-dialog.tsx'
import { DocumentLines } from './document-lines.tsx'
import {
  DocumentCorrections,
  DocumentFacts,
  DocumentParties,
  DocumentSettlement,
} from './document-side.tsx'
import { StandBadge } from './document-words.tsx'
import { useIssue } from './use-issue.ts'
import './documents.css'

/** One document, whole: what stands on it, why, what settles it, and what can be done with it. */
export const DocumentScreen = ({ documentId }: { readonly documentId: string }) => {
  const { t } = useTranslation('billing-documents')
  const { value, failure, refresh } = useQuery(
    'billing.document',
    { documentId },
    { on: ['billing.documentsChanged', 'billing.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  if (value === undefined || failure?.code === 'not-found') {
    return (
      <div className="nc-page">
        {failure?.code === 'not-found' || failure?.code === 'invalid-input' ? (
          <EmptyState
            icon={IconFileOff}
            title={t('gone')}
            text={t('goneText')}
            action={<RouteLink to={paths.documents()}>{t('toList')}</RouteLink>}
          />
        ) : (
          <Awaiting failure={failure} onRetry={refresh} rows={12} />
        )}
      </div>
    )
  }
  return (
    <div className="nc-page">
      <Head document={value} />
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      <div className="nbd-columns">
        <div className="nbd-stack">
          <DocumentLines document={value} />
          <DocumentParties document={value} />
        </div>
        <div className="nbd-stack">
          <PaperButtons document={value} />
          <DocumentFacts document={value} />
          <DocumentSettlement document={value} />
          <DocumentCorrections document={value} />
        </div>
      </div>
    </div>
  )
}

const Head = ({ document }: { readonly document: DocumentRecord }) => {
  const { t } = useTranslation('billing-documents')
  const kind = t(`kind.${document.kind}`)
  const { number } = document
  const title = number === null ? t('draftOf', { kind }) : t('titleOf', { kind, number })
  return (
    <header className="nc-page__head">
      <div>
        <nav className="nc-small nc-soft" aria-label={t('title')}>
          <RouteLink to={paths.documents()}>{t('title')}</RouteLink>
          {' › '}
          <RouteLink to={paths.documents(`subscriber=${document.subscriberId}`)}>
            {document.subscriberName}
          </RouteLink>
        </nav>
        <h1>
          {title} {number !== null && <CopyButton text={number} label={t('copyNumber')} />}
        </h1>
      </div>
      <StandBadge document={document} />
      <Acts document={document} />
    </header>
  )
}

const Acts = ({ document }: { readonly document: DocumentRecord }) => {
  const { t } = useTranslation('billing-documents')
  const money = useMoneyText()
  const permissions = usePermissions()
  const issue = useIssue()
  const [crediting, setCrediting] = useState(false)
  const mayIssue = permissions.includes('billing.document.issue')
  const isDraft = document.state === 'draft'
  const corrects = document.kind === 'invoice' || document.kind === 'debit-note'
  const mayCredit =
    !isDraft &&
    corrects &&
    document.credited < document.total &&
    permissions.includes('billing.document.credit')
  const mayAdd = !isDraft && corrects && mayIssue
  const debit = (): void => {
    const query = new URLSearchParams({
      kind: 'debit-note',
      corrects: document.id,
      subscriber: document.subscriberId,
      currency: document.currency,
    })
    navigate(paths.newDocument(query.toString()))
  }
  const edit = (): void => navigate(paths.editDocument(document.id))
  const remove = async (): Promise<void> => {
    const yes = await confirm({
      title: t('act.removeTitle'),
      text: t('act.removeText'),
      confirmLabel: t('act.remove'),
      danger: true,
    })
    if (!yes) return
    const out = await act(
      'billing.removeDraft',
      { documentId: document.id, baseVersion: document.version },
      () => ({ title: t('act.removed') }),
    )
    if (out !== undefined) navigate(paths.documents())
  }
  useOfferedActions([
    ...(mayCredit
      ? [
          {
            id: 'document-credit',
            label: t('act.credit'),
            icon: IconReceiptRefund,
            run: () => setCrediting(true),
          },
        ]
      : []),
    ...(mayAdd
      ? [{ id: 'document-debit', label: t('act.debit'), icon: IconRowInsertBottom, run: debit }]
      : []),
  ])
  return (
    <>
      {isDraft && mayIssue && (
        <>
          <Button
            variant="default"
            leftSection={<IconTrash size={15} aria-hidden="true" />}
            onClick={() => void remove()}
          >
            {t('act.remove')}
          </Button>
          {document.typed !== null && (
            <Button
              variant="default"
              leftSection={<IconPencil size={15} aria-hidden="true" />}
              onClick={edit}
            >
              {t('act.edit')}
            </Button>
          )}
          <Button
            onClick={() =>
              void issue({
                id: document.id,
                version: document.version,
                kind: document.kind,
                total: money(document.total, document.currency),
                name: document.subscriberName,
              })
            }
          >
            {t('act.issue')}
          </Button>
        </>
      )}
      {mayAdd && (
        <Button
          variant="default"
          leftSection={<IconRowInsertBottom size={15} aria-hidden="true" />}
          onClick={debit}
        >
          {t('act.debit')}
        </Button>
      )}
      {mayCredit && (
        <Button
          variant="default"
          leftSection={<IconReceiptRefund size={15} aria-hidden="true" />}
          onClick={() => setCrediting(true)}
        >
          {t('act.credit')}
        </Button>
      )}
      {crediting && <CreditDialog document={document} onClose={() => setCrediting(false)} />}
    </>
  )
}
