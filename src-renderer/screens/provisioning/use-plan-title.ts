import { useTranslation } from 'react-i18next'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { useFormat } from '../../components/use-format.ts'

type Titled = Pick<PlanRow, 'change' | 'counts' | 'undoes' | 'leftOut'>

/** "Suspend 6 ONUs", "Undo: Suspend one ONU". */
export const usePlanTitle = (): ((plan: Titled) => string) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  return (plan) => {
    const what = t('plan.title', {
      act: t(`kind.${plan.change.kind}`),
      count: plan.counts.total,
      number: format.number(plan.counts.total),
    })
    return plan.undoes === null ? what : t('plan.undoTitle', { what })
  }
}
