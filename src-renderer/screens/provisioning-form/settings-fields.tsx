import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import type { Choice } from './choice.ts'
import { ChoiceInput } from './choice-input.tsx'
import { EthRows } from './eth-rows.tsx'
import { ServiceRows } from './service-rows.tsx'
import { settingsProblems, withPart } from './settings-model.ts'
import type { Choices } from './use-choices.ts'
import { WanFields } from './wan-fields.tsx'
import { WifiRows } from './wifi-rows.tsx'
import './form.css'

export const settingsGroups = ['profiles', 'texts', 'services', 'ethPorts', 'wan', 'wifi'] as const
export type SettingsGroup = (typeof settingsGroups)[number]

export interface SettingsFieldsProps {
  readonly settings: OnuSettings
  readonly onSettings: (settings: OnuSettings) => void
  readonly choices: Choices
  /** Of an ONU that is not set up yet: what is left empty is not set. */
  readonly fresh?: boolean
  /** Left out: all that the family can. */
  readonly groups?: readonly SettingsGroup[]
  /** Of the WAN (`pppoe`) and the Wi-Fi (`wifi1`…); left out: none are asked for here. */
  readonly passwords?: Readonly<Record<string, string>>
  readonly onPasswords?: (passwords: Readonly<Record<string, string>>) => void
}

const can = (choices: Choices, step: 'set-eth-port' | 'set-wan' | 'set-wifi' | 'add-service') =>
  choices.abilities == null || choices.abilities.steps.includes(step)

/** Every setting of an ONU; what is left empty stays as it is, or as the family has it. */
export const SettingsFields = (props: SettingsFieldsProps) => {
  const { settings, onSettings, choices, fresh = false, groups = settingsGroups } = props
  const { t } = useTranslation('provisioning')
  const problems = new Set(settingsProblems(settings, choices.abilities?.limits))
  const has = (group: SettingsGroup): boolean => groups.includes(group)
  const needs = choices.abilities?.needs ?? []
  const limits = choices.abilities?.limits
  const unset = t(fresh ? 'form.unset' : 'form.asIs')
  const word = (key: 'onuType' | 'lineProfile' | 'serviceProfile', list: readonly Choice[]) => (
    <ChoiceInput
      label={t(`part.${key}`)}
      withAsterisk={needs.includes(key)}
      placeholder={fresh && needs.includes(key) ? t('form.speedChoose') : unset}
      choices={list}
      value={settings[key] ?? ''}
      error={problems.has(key) ? t('form.badWord') : undefined}
      onValue={(value) => onSettings(withPart(settings, key, value.trim()))}
    />
  )
  const text = (key: 'name' | 'description') => (
    <TextInput
      label={t(`part.${key}`)}
      description={t('form.templates')}
      placeholder={unset}
      maxLength={128}
      value={settings[key] ?? ''}
      error={
        !problems.has(key)
          ? undefined
          : settingsProblems(settings).includes(key)
            ? t('form.badText')
            : limits?.[key] === 0
              ? t('form.longNone')
              : t('form.long', { max: limits?.[key] })
      }
      onChange={(event) => onSettings(withPart(settings, key, event.currentTarget.value))}
    />
  )
  return (
    <div className="npv-settings">
      {has('profiles') && (
        <div className="npv-grid">
          {(choices.onuTypes.length > 0 ||
            settings.onuType !== undefined ||
            needs.includes('onuType')) &&
            word('onuType', choices.onuTypes)}
          {word('lineProfile', choices.lineProfiles)}
          {word('serviceProfile', choices.serviceProfiles)}
        </div>
      )}
      {has('texts') && (
        <div className="npv-grid" data-two>
          {(limits?.name !== 0 || settings.name !== undefined) && text('name')}
          {(limits?.description !== 0 || settings.description !== undefined) && text('description')}
        </div>
      )}
      {has('services') && can(choices, 'add-service') && (
        <ServiceRows
          rows={settings.services ?? []}
          choices={choices}
          bad={problems.has('services')}
          onRows={(rows) => onSettings(withPart(settings, 'services', [...rows]))}
        />
      )}
      {has('ethPorts') && can(choices, 'set-eth-port') && (
        <EthRows
          rows={settings.ethPorts ?? []}
          bad={problems.has('ethPorts')}
          unset={unset}
          onRows={(rows) => onSettings(withPart(settings, 'ethPorts', [...rows]))}
        />
      )}
      {has('wan') && can(choices, 'set-wan') && (
        <WanFields
          wan={settings.wan}
          bad={problems.has('wan')}
          unset={unset}
          unproven={choices.abilities?.unprovenSteps.includes('set-wan') ?? false}
          onWan={(wan) => onSettings(withPart(settings, 'wan', wan))}
          {...secretOf(props, 'pppoe')}
        />
      )}
      {has('wifi') && can(choices, 'set-wifi') && (
        <WifiRows
          rows={settings.wifi ?? []}
          bad={problems.has('wifi')}
          unset={unset}
          unproven={choices.abilities?.unprovenSteps.includes('set-wifi') ?? false}
          onRows={(rows) => onSettings(withPart(settings, 'wifi', [...rows]))}
          passwords={props.passwords}
          onPasswords={props.onPasswords}
        />
      )}
    </div>
  )
}

const secretOf = ({ passwords, onPasswords }: SettingsFieldsProps, key: string) =>
  passwords === undefined || onPasswords === undefined
    ? {}
    : {
        password: passwords[key] ?? '',
        onPassword: (value: string) => onPasswords({ ...passwords, [key]: value }),
      }
