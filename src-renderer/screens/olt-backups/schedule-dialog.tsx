import { NumberInput, Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltBackupState } from '../../../src-shared/contract/olt-backups.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useHourWords } from './schedule-words.ts'

type Schedule = OltBackupState['schedule']

const whole = (value: number | string, from: number, to: number): boolean =>
  value !== '' && Number.isInteger(Number(value)) && Number(value) >= from && Number(value) <= to

export interface ScheduleDialogProps {
  readonly state: OltBackupState
  readonly onClose: () => void
}

/** How often, at what hour, and how much is kept; can be taken back. */
export const ScheduleDialog = ({ state, onClose }: ScheduleDialogProps) => {
  const { t } = useTranslation('olt-backups')
  const { t: common } = useTranslation()
  const hourOf = useHourWords()
  const before = state.schedule
  const [on, setOn] = useState(before.everyHours !== null)
  const [every, setEvery] = useState<number | string>(before.everyHours ?? 24)
  const [atHour, setAtHour] = useState<number | null>(before.atHour)
  const [keep, setKeep] = useState<number | string>(before.keep)
  const everyOk = !on || whole(every, 1, 8760)
  const keepOk = whole(keep, 2, 1000)

  const set = async (schedule: Schedule, title: string, undoable: boolean): Promise<boolean> => {
    try {
      await runCommand('olt-backups.setSchedule', { oltId: state.oltId, schedule })
      showToast({
        kind: 'done',
        title,
        ...(undoable
          ? { undo: () => void set(before, t('schedule.restored', { name: state.oltName }), false) }
          : {}),
      })
      return true
    } catch (error) {
      showFailure(failureOf(error))
      return false
    }
  }

  return (
    <FormDialog
      title={t('schedule.title', { name: state.oltName })}
      button={common('button.save')}
      ready={everyOk && keepOk}
      onClose={onClose}
      onSubmit={() =>
        set(
          { everyHours: on ? Number(every) : null, atHour, keep: Number(keep) },
          t('schedule.saved', { name: state.oltName }),
          true,
        )
      }
    >
      <Switch
        label={t('schedule.on')}
        description={t('schedule.onHint')}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      <NumberInput
        label={t('schedule.everyHours')}
        value={every}
        disabled={!on}
        error={everyOk ? null : t('schedule.wrongHours')}
        onChange={setEvery}
        min={1}
        max={8760}
        allowDecimal={false}
        clampBehavior="none"
      />
      <Select
        label={t('schedule.atHour')}
        disabled={!on}
        value={atHour === null ? 'any' : String(atHour)}
        allowDeselect={false}
        onChange={(value) => setAtHour(value === null || value === 'any' ? null : Number(value))}
        data={[
          { value: 'any', label: t('schedule.anyHour') },
          ...Array.from({ length: 24 }, (_, hour) => ({
            value: String(hour),
            label: hourOf(hour),
          })),
        ]}
      />
      <NumberInput
        label={t('schedule.keep')}
        description={t('schedule.keepHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={keep}
        error={keepOk ? null : t('schedule.wrongKeep')}
        onChange={setKeep}
        min={2}
        max={1000}
        allowDecimal={false}
        clampBehavior="none"
      />
    </FormDialog>
  )
}
