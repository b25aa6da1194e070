import { NumberInput, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Pace } from '../../../src-shared/contract/provisioning-plans.ts'

export const defaultPace: Pace = {
  canary: 5,
  canaryWaitS: 60,
  perMinute: null,
  stopAtFailedShare: 0.1,
  stopAtAlarms: 1,
}

export interface PaceFieldsProps {
  readonly pace: Pace
  readonly onPace: (pace: Pace) => void
}

const numberOf = (value: string | number, fallback: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback

/** How carefully a plan over many ONUs is run. */
export const PaceFields = ({ pace, onPace }: PaceFieldsProps) => {
  const { t } = useTranslation('provisioning')
  const set = (part: Partial<Pace>): void => onPace({ ...pace, ...part })
  return (
    <fieldset className="npv-fields npv-pace">
      <legend>{t('pace.title')}</legend>
      <NumberInput
        label={t('pace.canary')}
        description={t('pace.canaryHint')}
        min={0}
        max={1000}
        clampBehavior="strict"
        value={pace.canary}
        onChange={(value) => set({ canary: numberOf(value, 0) })}
      />
      <NumberInput
        label={t('pace.wait')}
        description={t('pace.waitHint')}
        min={0}
        max={3600}
        clampBehavior="strict"
        suffix=" s"
        disabled={pace.canary === 0}
        value={pace.canaryWaitS}
        onChange={(value) => set({ canaryWaitS: numberOf(value, 60) })}
      />
      <NumberInput
        label={t('pace.perMinute')}
        description={t('pace.perMinuteHint')}
        min={1}
        max={600}
        clampBehavior="strict"
        placeholder={t('pace.unlimited')}
        value={pace.perMinute ?? ''}
        onChange={(value) => set({ perMinute: typeof value === 'number' ? value : null })}
      />
      <NumberInput
        label={t('pace.failedShare')}
        description={t('pace.failedShareHint')}
        min={0}
        max={100}
        clampBehavior="strict"
        suffix=" %"
        value={Math.round(pace.stopAtFailedShare * 100)}
        onChange={(value) => set({ stopAtFailedShare: numberOf(value, 10) / 100 })}
      />
      <Switch
        label={t('pace.alarms')}
        checked={pace.stopAtAlarms !== null}
        onChange={(event) => set({ stopAtAlarms: event.currentTarget.checked ? 1 : null })}
      />
    </fieldset>
  )
}
