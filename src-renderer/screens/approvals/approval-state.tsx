import {
  IconArrowBackUp,
  IconCircleCheck,
  IconCircleX,
  IconClockOff,
  IconFileAlert,
  IconHourglass,
  IconShieldCheck,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'

const icons: Readonly<Record<ApprovalRow['state'], Icon>> = {
  waiting: IconHourglass,
  approved: IconShieldCheck,
  declined: IconCircleX,
  withdrawn: IconArrowBackUp,
  expired: IconClockOff,
  fallen: IconFileAlert,
  used: IconCircleCheck,
}

export const ApprovalState = ({ state }: Pick<ApprovalRow, 'state'>) => {
  const { t } = useTranslation('approvals')
  const StateIcon = icons[state]
  return (
    <span className="nap-state" data-state={state}>
      <StateIcon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t(`state.${state}`)}
    </span>
  )
}

const reasons = ['expired', 'fallen', 'approver-gone', 'asker-gone', 'own'] as const

/** Why one that was approved does not hold now. */
export const NotHolding = ({ problem }: { readonly problem: ApprovalRow['notHolding'] }) => {
  const { t } = useTranslation('approvals')
  if (problem === null) return null
  const why = reasons.find((one) => one === problem.params['state']) ?? 'other'
  return <p className="nap-warning">{t(`notHolding.${why}`)}</p>
}
