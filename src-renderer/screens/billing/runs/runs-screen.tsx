import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { pageSize } from '../../provisioning/pager.tsx'
import { BillingTabs } from '../billing-tabs.tsx'
import { DryRunPanel } from './dry-run-panel.tsx'
import { RunHistory } from './run-history.tsx'
import './runs.css'

/** What would be billed today, and the runs so far. */
export const RunsScreen = () => {
  const { t } = useTranslation('billing-runs')
  const [offset, setOffset] = useState(0)
  const { value, failure, refresh } = useQuery(
    'billing.runs',
    { offset, limit: pageSize },
    { on: ['billing.documentsChanged', 'billing.runProgress'], everyMs: 1000 },
  )
  useShortcut('refresh', refresh)
  const runningId = value?.runningId ?? null
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {runningId !== null && (
          <RouteLink to={paths.billingRun(runningId)}>{t('refusal.toRun')}</RouteLink>
        )}
      </header>
      <BillingTabs />
      <p className="nc-soft">{t('intro')}</p>
      <DryRunPanel runningId={runningId} />
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={5} />
      ) : (
        <RunHistory value={value} offset={offset} onOffset={setOffset} />
      )}
    </div>
  )
}
