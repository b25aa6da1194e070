import { NumberInput, Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RoleDraft } from './role-model.ts'

export interface RoleRulesProps {
  readonly draft: RoleDraft
  readonly disabled: boolean
  readonly onChange: (part: Partial<RoleDraft>) => void
}

/** Second factor, lock and length of a session: also of the roles that come with the console. */
export const RoleRules = ({ draft, disabled, onChange }: RoleRulesProps) => {
  const { t } = useTranslation('access-people')
  const whole = { allowDecimal: false, allowNegative: false, clampBehavior: 'blur' } as const
  return (
    <section className="nc-panel" aria-label={t('rolePage.rules')}>
      <header className="nc-panel__head">
        <h2>{t('rolePage.rules')}</h2>
      </header>
      <div className="nc-panel__body">
        <Stack gap="md">
          <Switch
            label={t('rolePage.factorRequired')}
            description={t('rolePage.factorHint')}
            checked={draft.secondFactorRequired}
            disabled={disabled}
            onChange={(event) => onChange({ secondFactorRequired: event.currentTarget.checked })}
          />
          <NumberInput
            {...whole}
            label={t('rolePage.lock')}
            description={t('rolePage.lockHint')}
            suffix={` ${t('rolePage.minutes')}`}
            min={1}
            max={240}
            disabled={disabled}
            value={draft.lockAfterMinutes}
            onChange={(value) => {
              if (typeof value === 'number') onChange({ lockAfterMinutes: bounded(value, 240) })
            }}
          />
          <NumberInput
            {...whole}
            label={t('rolePage.session')}
            description={t('rolePage.sessionHint')}
            suffix={` ${t('rolePage.hours')}`}
            min={1}
            max={24}
            disabled={disabled}
            value={draft.sessionHours}
            onChange={(value) => {
              if (typeof value === 'number') onChange({ sessionHours: bounded(value, 24) })
            }}
          />
        </Stack>
      </div>
    </section>
  )
}

const bounded = (value: number, most: number): number =>
  Math.min(most, Math.max(1, Math.round(value)))
