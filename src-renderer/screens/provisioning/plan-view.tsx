import { useTranslation } from 'react-i18next'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { paths } from '../../app/paths.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { PlanApproval } from '../approvals/plan-approval.tsx'
import { PlanBar } from './plan-bar.tsx'
import { PlanBatch } from './plan-batch.tsx'
import { PlanNotes } from './plan-notes.tsx'
import { PlanPace } from './plan-pace.tsx'
import { PlanProgress } from './plan-progress.tsx'
import { PlanTarget } from './plan-target.tsx'
import { usePlan } from './use-plan.ts'
import './plan.css'

export interface PlanViewProps {
  readonly planId: string
  /** In a drawer: one column. */
  readonly narrow?: boolean
  /** Another plan came of this one: its undo, or the same made anew. */
  readonly onPlan: (planId: string) => void
  readonly onDiscarded?: () => void
}

/** A plan: what will happen, what happens, what happened. The drawer and the page show the same. */
export const PlanView = ({ planId, narrow = false, onPlan, onDiscarded }: PlanViewProps) => {
  const { t } = useTranslation('provisioning')
  const { plan, moved, failure, refresh } = usePlan(planId)
  if (plan === undefined) {
    if (failure === undefined) return <LoadingState rows={8} />
    return failure.code === 'not-found' ? (
      <EmptyState title={t('plan.goneTitle')} text={t('plan.goneText')} />
    ) : (
      <FailureState failure={failure} onRetry={refresh} />
    )
  }
  const single = plan.counts.total === 1
  return (
    <div className="npv-plan" data-narrow={narrow || undefined}>
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      <PlanBar
        plan={plan}
        onPlan={onPlan}
        onChanged={refresh}
        {...(onDiscarded === undefined ? {} : { onDiscarded })}
      />
      <PlanApproval key={`${plan.id} ${plan.version}`} plan={plan} />
      <PlanLinks plan={plan} />
      <PlanProgress plan={plan} />
      <PlanNotes plan={plan} />
      {!single && plan.counts.total > 0 && <PlanPace pace={plan.pace} />}
      {single ? (
        <PlanTarget plan={plan} seq={0} revision={plan.version} narrow={narrow} />
      ) : plan.counts.total > 0 ? (
        <PlanBatch key={plan.id} plan={plan} moved={moved} narrow={narrow} />
      ) : null}
    </div>
  )
}

const PlanLinks = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  const { undoes, undoneBy } = plan
  if (undoes === null && undoneBy === null) return null
  return (
    <p className="nc-soft nc-small npv-links">
      {undoes !== null && <RouteLink to={paths.change(undoes)}>{t('plan.undoesLink')}</RouteLink>}
      {undoneBy !== null && (
        <RouteLink to={paths.change(undoneBy)}>{t('plan.undoneByLink')}</RouteLink>
      )}
    </p>
  )
}
