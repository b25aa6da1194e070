import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { useFormat } from '../../components/use-format.ts'

/** In the rail: changes that run or wait for somebody. */
export const RunningChanges = () => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { value } = useQuery(
    'provisioning.plans',
    { states: ['running', 'canary-wait', 'paused', 'interrupted'], limit: 1 },
    { on: ['provisioning.changed', 'provisioning.planChanged'], everyMs: 2000 },
  )
  const count = value?.total ?? 0
  return count === 0 ? null : (
    <span className="nc-rail__count" title={t('changes.railCount', { count })}>
      {format.number(count)}
    </span>
  )
}
