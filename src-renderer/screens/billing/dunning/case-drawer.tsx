import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DunningEntry } from '../../../../src-shared/contract/billing-dunning-model.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day, dayText } from '../../../components/day.tsx'
import { Money } from '../../../components/money.tsx'
import { RecordDrawer } from '../../../components/record-drawer.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'
import { LaterDialog, PromiseDialog, ReasonDialog, SuspendDialog } from './case-dialogs.tsx'
import { CaseState, NextStep } from './dunning-words.tsx'
import './dunning.css'

type Doing =
  | { readonly kind: 'promise' | 'move' | 'resume' | 'suspend' | 'freeze' }
  | { readonly kind: 'dispute'; readonly documentId: string; readonly frozen: boolean }

/** One case: what is owed, what was done and said, and what can be done now. */
export const CaseDrawer = ({
  caseId,
  onClose,
}: {
  readonly caseId: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-dunning')
  const may = usePermissions()
  const { value, failure, refresh } = useQuery(
    'billing.dunningCase',
    { caseId },
    { on: ['billing.changed', 'billing.documentsChanged'] },
  )
  const [doing, setDoing] = useState<Doing | null>(null)
  const close = (): void => setDoing(null)
  if (value === undefined) {
    return (
      <RecordDrawer title={t('title')} onClose={onClose}>
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      </RecordDrawer>
    )
  }
  const { case: shown, documents, entries } = value
  const isLive = shown.closedOn === null
  const isCut = shown.cut !== 'none'
  const isFrozen = value.frozenReason !== null
  const runs = isLive && may.includes('billing.dunning.run')
  return (
    <RecordDrawer
      title={t('record', { name: shown.subscriberName })}
      subtitle={[shown.subscriberCode, shown.phone].filter(Boolean).join(' · ')}
      onClose={onClose}
    >
      <div className="nbl-stack">
        <p>
          <b>
            <Money minor={shown.debt} currency={shown.currency} />
          </b>{' '}
          {shown.oldestOn !== null && <Day on={shown.oldestOn} />} <CaseState of={shown} />
        </p>
        <p>
          {t('column.next')}: <NextStep of={shown} />
        </p>
        <div className="ndu-tools">
          {isLive && may.includes('billing.dunning.promise') && (
            <Button size="xs" onClick={() => setDoing({ kind: 'promise' })}>
              {t('promise')}
            </Button>
          )}
          {runs && (
            <>
              <Button size="xs" variant="default" onClick={() => setDoing({ kind: 'move' })}>
                {t('move')}
              </Button>
              <Button size="xs" variant="default" onClick={() => setDoing({ kind: 'freeze' })}>
                {t(isFrozen ? 'unfreeze' : 'freeze')}
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() => setDoing({ kind: isCut ? 'resume' : 'suspend' })}
              >
                {t(isCut ? 'resumeNow' : 'suspendNow')}
              </Button>
            </>
          )}
          <RouteLink to={paths.subscriber(shown.subscriberId)}>{t('openFile')}</RouteLink>
        </div>
        <h3>{t('documents')}</h3>
        <table className="nc-table" aria-label={t('documents')}>
          <tbody>
            {documents.map((document) => (
              <tr key={document.id}>
                <th scope="row" className="nc-mono">
                  {document.number}
                </th>
                <td>
                  <Day on={document.dueOn} />
                  {document.disputed && (
                    <span className="nbl-chip" data-tone="off">
                      {t('disputed')}
                    </span>
                  )}
                </td>
                <td className="nc-num">
                  <Money minor={document.open} currency={document.currency} />
                </td>
                <td>
                  {may.includes('billing.dunning.run') && (
                    <button
                      type="button"
                      className="nbl-open"
                      onClick={() =>
                        setDoing({
                          kind: 'dispute',
                          documentId: document.id,
                          frozen: !document.disputed,
                        })
                      }
                    >
                      {t(document.disputed ? 'undispute' : 'dispute')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <h3>{t('timeline')}</h3>
        <Entries entries={entries} />
      </div>
      {doing?.kind === 'promise' && <PromiseDialog caseId={caseId} isCut={isCut} onClose={close} />}
      {(doing?.kind === 'move' || doing?.kind === 'resume') && (
        <LaterDialog caseIds={[caseId]} resume={doing.kind === 'resume'} onClose={close} />
      )}
      {doing?.kind === 'suspend' && <SuspendDialog caseIds={[caseId]} onClose={close} />}
      {doing?.kind === 'freeze' && (
        <ReasonDialog
          title={t(isFrozen ? 'unfreeze' : 'freeze')}
          onClose={close}
          onSubmit={async (reason) =>
            (await act('billing.freezeDunning', { caseId, frozen: !isFrozen, reason }, () => ({
              title: t(isFrozen ? 'unfrozen' : 'frozenDone'),
            }))) !== undefined
          }
        />
      )}
      {doing?.kind === 'dispute' && (
        <ReasonDialog
          title={t(doing.frozen ? 'dispute' : 'undispute')}
          onClose={close}
          onSubmit={async (reason) => {
            const { documentId, frozen } = doing
            const out = await act(
              'billing.disputeDocument',
              { documentId, frozen, reason },
              () => ({
                title: t(frozen ? 'frozenDone' : 'unfrozen'),
              }),
            )
            return out !== undefined
          }}
        />
      )}
    </RecordDrawer>
  )
}

const Entries = ({ entries }: { readonly entries: readonly DunningEntry[] }) => {
  const { t } = useTranslation('billing-dunning')
  const format = useFormat()
  return (
    <ol className="ndu-entries">
      {entries.map((entry) => (
        <li key={`${entry.at} ${entry.kind} ${entry.stageKey ?? ''} ${entry.attempt ?? 0}`}>
          <time className="nc-soft">{format.instant(entry.at)}</time>
          <span>
            {t(`entry.${entry.kind}`, {
              on: entry.untilOn === null ? '' : dayText(entry.untilOn, format.locale),
              action: entry.action === null ? '' : t(`action.${entry.action}`),
            })}
            {entry.reason !== '' && <span className="nc-soft"> · {entry.reason}</span>}
          </span>
          <span className="nc-soft">{entry.by ?? t('console')}</span>
        </li>
      ))}
    </ol>
  )
}
