import { MultiSelect, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuSettings, Preset } from '../../../src-shared/contract/provisioning-model.ts'
import { useQuery } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { act } from '../provisioning/provisioning-acts.ts'
import { CatalogueNote } from '../provisioning-form/catalogue-note.tsx'
import { SettingsFields } from '../provisioning-form/settings-fields.tsx'
import { settingsProblems } from '../provisioning-form/settings-model.ts'
import { SpeedSelect } from '../provisioning-form/speed-select.tsx'
import { useChoices } from '../provisioning-form/use-choices.ts'
import { isModelPattern, isSerialPattern, parsePons, parseSlots, ponsText } from './preset-rules.ts'

export interface PresetDialogProps {
  /** Null: a new one. */
  readonly preset: Preset | null
  readonly onClose: () => void
}

/** Conditions on one side, settings on the other. */
export const PresetDialog = ({ preset, onClose }: PresetDialogProps) => {
  const { t } = useTranslation('provisioning')
  const olts = useQuery('network.olts', {}).value?.olts ?? []
  const [name, setName] = useState(preset?.name ?? '')
  const [oltIds, setOltIds] = useState<string[]>(preset?.when.oltIds ?? [])
  const [slotWords, setSlotWords] = useState((preset?.when.slots ?? []).join(', '))
  const [ponWords, setPonWords] = useState(ponsText(preset?.when.pons ?? []))
  const [serialPattern, setSerialPattern] = useState(preset?.when.serialPattern ?? '')
  const [model, setModel] = useState(preset?.when.model ?? '')
  const [settings, setSettings] = useState<OnuSettings>(preset?.settings ?? {})
  const [speedId, setSpeedId] = useState<string | null>(preset?.speedId ?? null)
  const [enabled, setEnabled] = useState(preset?.enabled ?? true)
  const [auto, setAuto] = useState(preset?.auto ?? false)
  const [first] = oltIds
  const choices = useChoices(first ?? null)
  const slots = parseSlots(slotWords)
  const pons = parsePons(ponWords)
  const ready =
    name.trim() !== '' &&
    slots !== null &&
    pons !== null &&
    isSerialPattern(serialPattern) &&
    isModelPattern(model) &&
    settingsProblems(settings).length === 0
  return (
    <FormDialog
      title={preset === null ? t('presets.new') : t('presets.editOne', { name: preset.name })}
      button={t('saved.button')}
      size="xl"
      ready={ready}
      onClose={onClose}
      onSubmit={() =>
        act(
          'provisioning.savePreset',
          {
            presetId: preset?.id ?? null,
            baseVersion: preset?.version ?? 0,
            preset: {
              name: name.trim(),
              enabled,
              auto: auto && enabled,
              when: {
                oltIds,
                slots: [...(slots ?? [])],
                pons: [...(pons ?? [])],
                serialPattern: serialPattern.trim(),
                model: model.trim(),
              },
              settings,
              speedId,
            },
          },
          t('presets.saved', { name: name.trim() }),
        )
      }
    >
      <div className="npv-grid" data-two>
        <TextInput
          label={t('presets.name')}
          withAsterisk
          maxLength={80}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SpeedSelect fresh speedId={speedId} onSpeed={setSpeedId} oltId={first ?? null} />
      </div>
      <fieldset className="npv-rows">
        <legend>{t('presets.when')}</legend>
        <div className="npv-grid">
          <MultiSelect
            label={t('waiting.olt')}
            searchable
            clearable
            placeholder={oltIds.length === 0 ? t('presets.anyOlt') : ''}
            value={oltIds}
            onChange={setOltIds}
            data={olts.map(({ id, name: oltName }) => ({ value: id, label: oltName }))}
          />
          <TextInput
            label={t('presets.slots')}
            placeholder={t('presets.anySlot')}
            value={slotWords}
            error={slots === null ? t('presets.badSlots') : undefined}
            onChange={(event) => setSlotWords(event.currentTarget.value)}
          />
          <TextInput
            label={t('presets.pons')}
            placeholder={t('presets.anyPon')}
            value={ponWords}
            error={pons === null ? t('form.badPon') : undefined}
            onChange={(event) => setPonWords(event.currentTarget.value)}
          />
          <TextInput
            label={t('presets.serial')}
            placeholder="HWTC*"
            description={t('presets.patternHint')}
            spellCheck={false}
            value={serialPattern}
            error={isSerialPattern(serialPattern) ? undefined : t('presets.badPattern')}
            onChange={(event) => setSerialPattern(event.currentTarget.value)}
          />
          <TextInput
            label={t('presets.model')}
            placeholder="F6??"
            description={t('presets.patternHint')}
            spellCheck={false}
            value={model}
            error={isModelPattern(model) ? undefined : t('presets.badPattern')}
            onChange={(event) => setModel(event.currentTarget.value)}
          />
        </div>
      </fieldset>
      {first !== undefined && <CatalogueNote oltId={first} choices={choices} />}
      <SettingsFields fresh settings={settings} onSettings={setSettings} choices={choices} />
      <Switch
        label={t('presets.enabledLong')}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      <Switch
        label={t('presets.autoLong')}
        checked={auto}
        disabled={!enabled}
        onChange={(event) => setAuto(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
