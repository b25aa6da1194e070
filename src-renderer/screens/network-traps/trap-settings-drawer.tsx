import { Button, Checkbox, Group, NumberInput, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { showToast } from '../../components/toast.tsx'
import { SendHere } from './send-here.tsx'
import { configureTraps } from './trap-actions.ts'
import {
  defaultTrapPort,
  sameSettings,
  settingsOf,
  trapStateOf,
  type TrapForm,
  type TrapStatus,
} from './trap-state.ts'

export interface TrapSettingsDrawerProps {
  readonly status: TrapStatus
  readonly onClose: () => void
  readonly onChanged: () => void
}

export const TrapSettingsDrawer = ({ status, onClose, onChanged }: TrapSettingsDrawerProps) => {
  const { t } = useTranslation('traps')
  const [form, setForm] = useState<TrapForm>(status.settings)
  const [failure, setFailure] = useState<Failure | undefined>()
  const [saving, setSaving] = useState(false)
  const settings = settingsOf(form)
  const change = (part: Partial<TrapForm>): void => setForm((before) => ({ ...before, ...part }))

  const save = async (): Promise<void> => {
    if (settings === null || saving) return
    const state = trapStateOf(status)
    if (sameSettings(settings, status.settings) && state.kind !== 'problem') {
      showToast({ kind: 'info', title: t('form.nothing') })
      onClose()
      return
    }
    setSaving(true)
    setFailure(undefined)
    const refused = await configureTraps(status.settings, settings, onChanged)
    setSaving(false)
    if (refused === undefined) onClose()
    else setFailure(refused)
  }

  const low = settings !== null && settings.port < 1024
  return (
    <RecordDrawer title={t('form.title')} onClose={onClose}>
      <form
        className="ntr-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          <Switch
            label={t('form.enabled')}
            description={t('form.enabledHint')}
            checked={form.enabled}
            onChange={(event) => change({ enabled: event.currentTarget.checked })}
          />
          <NumberInput
            label={t('form.port')}
            description={
              low
                ? t('form.portLow', { port: defaultTrapPort })
                : t('form.portHint', { port: defaultTrapPort })
            }
            error={settings === null ? t('form.portInvalid') : null}
            value={form.port}
            onChange={(port) => change({ port })}
            min={1}
            max={65_535}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="none"
            hideControls
            inputMode="numeric"
          />
          <Checkbox
            label={t('form.onlyKnown')}
            description={t('form.onlyKnownHint')}
            checked={form.onlyKnownCommunities}
            onChange={(event) => change({ onlyKnownCommunities: event.currentTarget.checked })}
          />
          {failure === undefined ? null : <FailureState failure={failure} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('form.cancel')}
            </Button>
            <Button type="submit" loading={saving} disabled={settings === null}>
              {t('form.save')}
            </Button>
          </Group>
          <SendHere status={status} />
        </Stack>
      </form>
    </RecordDrawer>
  )
}
