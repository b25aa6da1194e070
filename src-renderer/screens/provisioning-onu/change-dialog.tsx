import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuChange, OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import type { Pace } from '../../../src-shared/contract/provisioning-plans.ts'
import type { OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useFormat } from '../../components/use-format.ts'
import { defaultPace, PaceFields } from '../provisioning/pace-fields.tsx'
import type { PlanInput } from '../provisioning/provisioning-acts.ts'
import { usePlanMaking } from '../provisioning/use-plan-making.tsx'
import { CatalogueNote } from '../provisioning-form/catalogue-note.tsx'
import { SettingsFields } from '../provisioning-form/settings-fields.tsx'
import { cleanSerial, isSerial, settingsProblems } from '../provisioning-form/settings-model.ts'
import { SpeedSelect } from '../provisioning-form/speed-select.tsx'
import { useChoices } from '../provisioning-form/use-choices.ts'
import { groupOf, plainChange, type OnuAct } from './act-rules.ts'
import { settingsOf } from './settings-of.ts'

export interface ChangeDialogProps {
  readonly act: Exclude<OnuAct, 'move'>
  readonly targets: PlanInput['targets']
  readonly count: number
  /** Where all of them are; null: on several OLTs. */
  readonly oltId: string | null
  /** What a single one is set to. */
  readonly config?: OnuConfig | null
  readonly onPlan: (planId: string) => void
  readonly onClose: () => void
}

const careful: Pace = { ...defaultPace, canary: 0 }

/** What an act still needs to be told; then the plan is made. */
export const ChangeDialog = (props: ChangeDialogProps) => {
  const { act, targets, count, oltId, config = null, onPlan, onClose } = props
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const choices = useChoices(oltId)
  const making = usePlanMaking()
  const group = groupOf(act)
  const [settings, setSettings] = useState<OnuSettings>(
    group === null ? {} : settingsOf(config, group),
  )
  const [speedId, setSpeedId] = useState<string | null>(null)
  const [serial, setSerial] = useState('')
  const [reason, setReason] = useState('')
  const [passwords, setPasswords] = useState<Readonly<Record<string, string>>>({})
  const [pace, setPace] = useState<Pace>(count > 10 ? defaultPace : careful)

  const change = (): OnuChange | null => {
    const plain = plainChange(act)
    if (plain !== null) return plain
    if (act === 'speed') return speedId === null ? null : { kind: 'set-speed', speedId }
    if (act === 'replace') {
      return isSerial(serial) ? { kind: 'replace', serial: cleanSerial(serial) } : null
    }
    return Object.keys(settings).length === 0 ||
      settingsProblems(settings, choices.abilities?.limits).length > 0
      ? null
      : { kind: 'configure', settings }
  }
  const submit = async (): Promise<boolean> => {
    const wanted = change()
    if (wanted === null) return false
    const made = await making.make({
      targets,
      change: wanted,
      reason: reason.trim(),
      pace,
      passwords: Object.fromEntries(Object.entries(passwords).filter(([, value]) => value !== '')),
    })
    if (made !== null) onPlan(made.id)
    return made !== null
  }
  const wide =
    group === 'services' || group === 'ethPorts' || group === 'profiles' || group === 'wifi'
  return (
    <FormDialog
      title={t('act.dialogTitle', {
        act: t(`act.${act}`).replace('…', ''),
        count,
        number: format.number(count),
      })}
      button={t('form.makePlan')}
      size={wide ? 'lg' : 'md'}
      ready={change() !== null}
      onClose={onClose}
      onSubmit={submit}
    >
      {group !== null && (
        <>
          {oltId !== null && group !== 'texts' && <CatalogueNote oltId={oltId} choices={choices} />}
          <SettingsFields
            settings={settings}
            onSettings={setSettings}
            choices={choices}
            groups={[group]}
            passwords={passwords}
            onPasswords={setPasswords}
          />
        </>
      )}
      {act === 'speed' && (
        <SpeedSelect speedId={speedId} onSpeed={setSpeedId} required oltId={oltId} />
      )}
      {act === 'replace' && (
        <TextInput
          label={t('replace.newSerial')}
          placeholder="HWTC11E70E9A"
          spellCheck={false}
          data-autofocus
          value={serial}
          error={serial !== '' && !isSerial(serial) ? t('form.badSerial') : undefined}
          onChange={(event) => setSerial(event.currentTarget.value)}
        />
      )}
      <TextInput
        label={t('act.reason')}
        placeholder={t('act.reasonHint')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {count > 1 && <PaceFields pace={pace} onPace={setPace} />}
      {making.node ?? <p className="nc-soft nc-small">{t('form.makePlanHint')}</p>}
    </FormDialog>
  )
}
