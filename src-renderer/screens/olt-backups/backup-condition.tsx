import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClockExclamation,
  IconLoader2,
  IconLockX,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltBackupState } from '../../../src-shared/contract/olt-backups.ts'
import { errorText } from '../../components/error-text.ts'
import { conditionOf, type BackupCondition } from './backup-model.ts'

const icons: Readonly<Record<BackupCondition, Icon>> = {
  unknownChange: IconAlertTriangle,
  overdue: IconClockExclamation,
  problem: IconAlertOctagon,
  never: IconCircleDashed,
  cannot: IconLockX,
  current: IconCircleCheck,
}

/** How an OLT's backups stand: word and icon, and beside it what is in the way. */
export const BackupConditionMark = ({ state }: { readonly state: OltBackupState }) => {
  const { t } = useTranslation('olt-backups')
  const { t: tError } = useTranslation('error')
  const condition = conditionOf(state)
  const why = state.obstacle ?? (condition === 'current' ? null : state.lastProblem)
  const ConditionIcon = state.running ? IconLoader2 : icons[condition]
  return (
    <span className="nb-condition" data-condition={state.running ? 'running' : condition}>
      <ConditionIcon size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {t(state.running ? 'condition.running' : `condition.${condition}`)}
      {why === null || state.running ? null : (
        <span className="nc-soft nc-small nc-cut">{errorText(tError, why).what}</span>
      )}
    </span>
  )
}
