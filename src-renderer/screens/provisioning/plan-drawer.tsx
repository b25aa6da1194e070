import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { PlanStateMark, RiskMark } from './marks.tsx'
import { PlanView } from './plan-view.tsx'
import { usePlanTitle } from './use-plan-title.ts'
import { usePlan } from './use-plan.ts'

export interface PlanDrawerProps {
  readonly planId: string
  readonly onPlan: (planId: string) => void
  readonly onClose: () => void
}

/** A plan beside the list it came from, which keeps its place. */
export const PlanDrawer = ({ planId, onPlan, onClose }: PlanDrawerProps) => {
  const { t } = useTranslation('provisioning')
  const { plan } = usePlan(planId)
  const titleOf = usePlanTitle()
  return (
    <RecordDrawer
      title={plan === undefined ? t('plan.word') : titleOf(plan)}
      subtitle={
        plan === undefined ? null : (
          <span className="npv-cell">
            <PlanStateMark state={plan.state} />
            <RiskMark risk={plan.risk} />
          </span>
        )
      }
      href={paths.change(planId)}
      onClose={onClose}
    >
      <PlanView key={planId} planId={planId} narrow onPlan={onPlan} onDiscarded={onClose} />
    </RecordDrawer>
  )
}

/** Shows plans beside the page: `show` opens one, `node` stands somewhere in the page. */
export const usePlanDrawer = (
  onClosed?: () => void,
): {
  readonly show: (planId: string) => void
  readonly open: boolean
  readonly node: ReactNode
} => {
  const [planId, setPlanId] = useState<string | null>(null)
  return {
    show: setPlanId,
    open: planId !== null,
    node:
      planId === null ? null : (
        <PlanDrawer
          planId={planId}
          onPlan={setPlanId}
          onClose={() => {
            setPlanId(null)
            onClosed?.()
          }}
        />
      ),
  }
}
