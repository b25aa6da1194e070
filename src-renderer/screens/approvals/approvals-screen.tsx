import { Button, SegmentedControl } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { act } from './approval-acts.ts'
import { ApprovalCard } from './approval-card.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import './approvals.css'

const lists = ['waiting', 'mine', 'ended'] as const
const step = 50

/** What one person wants and another decides. */
export const ApprovalsScreen = () => {
  const { t } = useTranslation('approvals')
  const [which, setWhich] = useState<(typeof lists)[number]>('waiting')
  const [limit, setLimit] = useState(step)
  const [deciding, setDeciding] = useState<{
    readonly request: ApprovalRow
    readonly decision: 'approve' | 'decline'
  } | null>(null)
  const { value, failure, refresh } = useQuery(
    'approvals.list',
    { which, limit },
    {
      on: [
        'approvals.changed',
        'access.changed',
        'provisioning.changed',
        'billing.documentsChanged',
        'billing.changed',
      ],
      everyMs: 500,
    },
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        <span className="nc-soft">{t('intro')}</span>
        <SegmentedControl
          aria-label={t('lists')}
          value={which}
          onChange={(chosen) => {
            setWhich(chosen)
            setLimit(step)
          }}
          data={lists.map((name) => ({ value: name, label: t(`list.${name}`) }))}
        />
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : value.total === 0 ? (
        <EmptyState
          icon={IconShieldCheck}
          title={t(`empty.${which}`)}
          text={t(`empty.${which}Text`)}
        />
      ) : (
        <ul className="nap-list">
          {value.requests.map((request) => (
            <ApprovalCard
              key={request.id}
              request={request}
              onDecide={(decision) => setDeciding({ request, decision })}
            />
          ))}
        </ul>
      )}
      {value !== undefined && value.total > value.requests.length && (
        <Button variant="default" onClick={() => setLimit(Math.min(200, limit + step))}>
          {t('moreRows')}
        </Button>
      )}
      {deciding !== null && (
        <ReasonDialog
          title={t(`decideTitle.${deciding.decision}`)}
          text={t('decideText')}
          label={t('decideReason')}
          button={t(deciding.decision)}
          onClose={() => setDeciding(null)}
          onReason={(reason) => {
            const { decision, request } = deciding
            const { id: requestId, version } = request
            return act(
              'approvals.decide',
              { requestId, version, decision, reason },
              t(`decided.${decision}`, { name: request.askedBy ?? '–' }),
            )
          }}
        />
      )}
    </div>
  )
}
