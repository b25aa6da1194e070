import { NumberInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { wanModes } from '../../../src-shared/domain/onu-config.ts'
import { newWan, type Wan } from './settings-model.ts'
import { Unproven } from './unproven.tsx'

export interface WanFieldsProps {
  readonly wan: Wan | undefined
  readonly bad: boolean
  /** What stands where nothing is said. */
  readonly unset: string
  readonly unproven: boolean
  readonly onWan: (wan: Wan | undefined) => void
  readonly password?: string
  readonly onPassword?: (password: string) => void
}

const asIs = 'as-is'

export const WanFields = (props: WanFieldsProps) => {
  const { wan, bad, unset, unproven, onWan, password, onPassword } = props
  const { t } = useTranslation('provisioning')
  const text = (key: 'ip' | 'mask' | 'gateway' | 'userName') => (
    <TextInput
      label={t(`wan.${key}`)}
      value={wan?.[key] ?? ''}
      maxLength={64}
      spellCheck={false}
      onChange={(event) => {
        const value = event.currentTarget.value.trim()
        if (wan !== undefined) onWan({ ...wan, [key]: value === '' ? null : value })
      }}
    />
  )
  return (
    <fieldset className="npv-rows">
      <legend>
        {t('part.wan')} {unproven && <Unproven />}
      </legend>
      <div className="npv-grid">
        <Select
          label={t('wan.mode')}
          allowDeselect={false}
          value={wan?.mode ?? asIs}
          onChange={(value) => {
            const mode = wanModes.find((each) => each === value)
            onWan(mode === undefined ? undefined : { ...(wan ?? newWan()), mode })
          }}
          data={[
            { value: asIs, label: unset },
            ...wanModes.map((mode) => ({ value: mode, label: t(`wan.modes.${mode}`) })),
          ]}
        />
        {wan !== undefined && (
          <NumberInput
            label={t('wan.vlan')}
            hideControls
            min={1}
            max={4094}
            value={wan.vlan ?? ''}
            onChange={(value) => onWan({ ...wan, vlan: typeof value === 'number' ? value : null })}
          />
        )}
        {wan?.mode === 'static' && (
          <>
            {text('ip')}
            {text('mask')}
            {text('gateway')}
          </>
        )}
        {wan?.mode === 'pppoe' && (
          <>
            {text('userName')}
            {onPassword !== undefined && (
              <PasswordInput
                size="xs"
                label={t('wan.password')}
                autoComplete="off"
                value={password ?? ''}
                onChange={(event) => onPassword(event.currentTarget.value)}
              />
            )}
          </>
        )}
      </div>
      {bad && (
        <p className="npv-bad nc-small" role="alert">
          {t('wan.bad')}
        </p>
      )}
    </fieldset>
  )
}
