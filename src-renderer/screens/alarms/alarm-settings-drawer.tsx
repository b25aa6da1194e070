import { Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { AlarmSettings } from '../../../src-shared/contract/alarms-model.ts'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { severities } from '../../../src-shared/domain/severity.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { readSteps, sameAlarmSettings, type Typed } from './rule-model.ts'
import { useMayManageRules } from './use-permissions.ts'
import { useSpeaker } from './use-speaker.ts'

export interface AlarmSettingsDrawerProps {
  readonly settings: AlarmSettings
  readonly onClose: () => void
  readonly onSaved: () => void
}

const whole = (value: Typed, min: number, max: number): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
    ? value
    : null

/** How noise is kept down, who is told when nobody comes, and how long alarms are kept. */
export const AlarmSettingsDrawer = (props: AlarmSettingsDrawerProps): ReactNode => {
  const { settings, onClose, onSaved } = props
  const { t } = useSpeaker()
  const mayManage = useMayManageRules()
  const [grouping, setGrouping] = useState<Typed>(settings.groupingS)
  const [steps, setSteps] = useState(settings.escalateAfterMinutes.join(', '))
  const [from, setFrom] = useState(settings.escalateFrom)
  const [keep, setKeep] = useState<Typed>(settings.keepDays)
  const [failure, setFailure] = useState<Failure>()
  const groupingS = whole(grouping, 0, 300)
  const keepDays = whole(keep, 7, 3660)
  const minutes = readSteps(steps)
  const next: AlarmSettings | null =
    groupingS === null || keepDays === null || minutes === null
      ? null
      : { groupingS, keepDays, escalateAfterMinutes: [...minutes], escalateFrom: from }

  const save = async (): Promise<void> => {
    if (next === null) return
    try {
      await runCommand('alarms.configure', next)
      onSaved()
      showToast({
        kind: 'done',
        title: t('settings.saved'),
        undo: () => {
          runCommand('alarms.configure', settings).then(onSaved, (error: unknown) =>
            showFailure(failureOf(error)),
          )
        },
      })
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
    }
  }

  return (
    <RecordDrawer title={t('settings.title')} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <fieldset className="na-fieldset" disabled={!mayManage}>
          <Stack gap="md">
            <NumberInput
              label={t('settings.grouping')}
              description={t('settings.groupingHint')}
              error={groupingS === null ? t('rules.range', { min: 0, max: 300 }) : null}
              value={grouping}
              onChange={setGrouping}
              clampBehavior="none"
              allowDecimal={false}
              suffix=" s"
            />
            <TextInput
              label={t('settings.steps')}
              description={t('settings.stepsHint')}
              error={minutes === null ? t('settings.stepsWrong') : null}
              value={steps}
              onChange={(event) => setSteps(event.currentTarget.value)}
            />
            <Select
              label={t('settings.from')}
              description={t('settings.fromHint')}
              data={severities.map((each) => ({
                value: each,
                label: t(`severity.${each}`, { ns: 'common' }),
              }))}
              value={from}
              allowDeselect={false}
              onChange={(value) => setFrom(severities.find((each) => each === value) ?? from)}
            />
            <NumberInput
              label={t('settings.keep')}
              description={t('settings.keepHint')}
              error={keepDays === null ? t('rules.range', { min: 7, max: 3660 }) : null}
              value={keep}
              onChange={setKeep}
              clampBehavior="none"
              allowDecimal={false}
              suffix={` ${t('unit.days')}`}
            />
            {failure === undefined ? null : <FailureState failure={failure} />}
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('button.cancel', { ns: 'common' })}
              </Button>
              <Button type="submit" disabled={next === null || sameAlarmSettings(next, settings)}>
                {t('button.save', { ns: 'common' })}
              </Button>
            </Group>
          </Stack>
        </fieldset>
      </form>
    </RecordDrawer>
  )
}
