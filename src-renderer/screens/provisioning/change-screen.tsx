import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { PlanStateMark, RiskMark } from './marks.tsx'
import { PlanView } from './plan-view.tsx'
import { usePlanTitle } from './use-plan-title.ts'
import { usePlan } from './use-plan.ts'

const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** One change, on a page of its own. */
export const ChangeScreen = () => {
  const { t } = useTranslation('provisioning')
  const { planId } = useParams<{ readonly planId: string }>()
  if (planId === undefined || !idShape.test(planId)) {
    return <EmptyState title={t('plan.goneTitle')} text={t('plan.goneText')} />
  }
  return <ChangePage key={planId} planId={planId} />
}

const ChangePage = ({ planId }: { readonly planId: string }) => {
  const { t } = useTranslation('provisioning')
  const { plan } = usePlan(planId)
  const titleOf = usePlanTitle()
  const title = plan === undefined ? t('plan.word') : titleOf(plan)
  useEffect(() => {
    document.querySelector('main')?.scrollTo({ top: 0 })
  }, [])
  return (
    <div className="nc-page npv-page">
      <header className="nc-page__head">
        <div className="npv-title">
          <nav className="nc-small nc-soft" aria-label={t('changes.title')}>
            <RouteLink to={paths.changes()}>{t('changes.title')}</RouteLink>
            {plan !== undefined && (
              <>
                {' › '}
                <OltLinks plan={plan} />
              </>
            )}
          </nav>
          <h1 className="nc-cut">{title}</h1>
        </div>
        {plan !== undefined && (
          <>
            <RiskMark risk={plan.risk} />
            <PlanStateMark state={plan.state} />
          </>
        )}
      </header>
      {plan !== undefined && <Made plan={plan} />}
      <PlanView
        planId={planId}
        onPlan={(next) => navigate(paths.change(next))}
        onDiscarded={() => navigate(paths.changes())}
      />
    </div>
  )
}

const mostOlts = 4

const OltLinks = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  return (
    <>
      {plan.olts.slice(0, mostOlts).map(({ oltId, oltName }, at) => (
        <span key={oltId}>
          {at > 0 && ', '}
          <RouteLink to={paths.olt(oltId)}>{oltName}</RouteLink>
        </span>
      ))}
      {plan.olts.length > mostOlts && t('plan.moreOlts', { count: plan.olts.length - mostOlts })}
    </>
  )
}

const Made = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { by, origin, createdAt, startedAt, reason } = plan
  return (
    <p className="nc-soft npv-made">
      <span title={format.instant(createdAt)}>
        {t('plan.madeBy', { by: by ?? t(`origin.${origin}`), time: format.instant(createdAt) })}
        {by !== null && origin !== 'person' && ` (${t(`origin.${origin}`)})`}
      </span>
      {startedAt !== null && (
        <span>
          {t('plan.startedAt', { time: format.instant(startedAt, 'time') })} (
          <Since at={startedAt} />)
        </span>
      )}
      {reason !== '' && <span className="npv-made__why">{reason}</span>}
    </p>
  )
}
