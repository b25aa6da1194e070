import { useTranslation } from 'react-i18next'
import type { Pace } from '../../../src-shared/contract/provisioning-plans.ts'
import { useFormat } from '../../components/use-format.ts'

/** The pace in one line. */
export const PlanPace = ({ pace }: { readonly pace: Pace }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const parts = [
    pace.canary === 0
      ? t('pace.saysNoCanary')
      : t('pace.saysCanary', {
          count: pace.canary,
          wait: format.duration(pace.canaryWaitS),
        }),
    pace.perMinute === null
      ? t('pace.saysUnlimited')
      : t('pace.saysPerMinute', { number: format.number(pace.perMinute) }),
    t('pace.saysFailed', { share: format.percent(pace.stopAtFailedShare) }),
    pace.stopAtAlarms === null ? t('pace.saysAlarmsNo') : t('pace.saysAlarms'),
  ]
  return (
    <p className="nc-small nc-soft npv-pace-line">
      <strong>{t('pace.title')}</strong> {parts.join(' · ')}
    </p>
  )
}
