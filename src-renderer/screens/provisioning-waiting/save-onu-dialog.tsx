import { Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import { formatPon, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { act } from '../provisioning/provisioning-acts.ts'
import { parsePon } from '../provisioning-form/parse-pon.ts'
import { SettingsFields } from '../provisioning-form/settings-fields.tsx'
import { cleanSerial, isSerial, settingsProblems } from '../provisioning-form/settings-model.ts'
import { SpeedSelect } from '../provisioning-form/speed-select.tsx'
import { useChoices } from '../provisioning-form/use-choices.ts'
import type { SavedOnu } from './waiting-rules.ts'

export interface SaveStart {
  readonly serial?: string
  readonly oltId?: string
  readonly pon?: PonAddress | null
  /** One that is changed. */
  readonly saved?: SavedOnu
}

/** An ONU that will be plugged in later, by its serial number. */
export const SaveOnuDialog = ({
  start,
  onClose,
}: {
  readonly start: SaveStart
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('provisioning')
  const { saved } = start
  const olts = useQuery('network.olts', {}).value?.olts ?? []
  const presets = useQuery('provisioning.presets', {}).value?.presets ?? []
  const startPon = saved?.pon ?? start.pon ?? null
  const [serial, setSerial] = useState(saved?.serial ?? start.serial ?? '')
  const [oltId, setOltId] = useState<string | null>(saved?.oltId ?? start.oltId ?? null)
  const [ponWords, setPonWords] = useState(startPon === null ? '' : formatPon(startPon))
  const [settings, setSettings] = useState<OnuSettings>(saved?.settings ?? {})
  const [speedId, setSpeedId] = useState<string | null>(saved?.speedId ?? null)
  const [auto, setAuto] = useState(saved?.auto ?? false)
  const [note, setNote] = useState(saved?.note ?? '')
  const choices = useChoices(oltId)
  const pon = parsePon(ponWords)
  return (
    <FormDialog
      title={t(saved === undefined ? 'saved.addTitle' : 'saved.editTitle')}
      button={t('saved.button')}
      size="xl"
      ready={
        isSerial(serial) &&
        (ponWords === '' || pon !== null) &&
        settingsProblems(settings, choices.abilities?.limits).length === 0
      }
      onClose={onClose}
      onSubmit={() =>
        act(
          'provisioning.saveOnu',
          {
            savedId: saved?.id ?? null,
            serial: cleanSerial(serial),
            settings,
            speedId,
            oltId,
            pon: oltId === null ? null : pon,
            auto,
            note: note.trim(),
          },
          t('saved.done', { serial: cleanSerial(serial) }),
        )
      }
    >
      <div className="npv-grid">
        <TextInput
          label={t('waiting.serial')}
          placeholder="HWTC11E70E9A"
          spellCheck={false}
          data-autofocus
          value={serial}
          error={serial !== '' && !isSerial(serial) ? t('form.badSerial') : undefined}
          onChange={(event) => setSerial(event.currentTarget.value)}
        />
        <Select
          label={t('waiting.olt')}
          searchable
          clearable
          placeholder={t('saved.anywhere')}
          value={oltId}
          onChange={setOltId}
          data={olts.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextInput
          label={t('waiting.pon')}
          placeholder={t('saved.anyPon')}
          disabled={oltId === null}
          value={ponWords}
          error={ponWords !== '' && pon === null ? t('form.badPon') : undefined}
          onChange={(event) => setPonWords(event.currentTarget.value)}
        />
        <Select
          label={t('form.preset')}
          searchable
          placeholder={t('form.presetNone')}
          value={null}
          onChange={(id) => {
            const preset = presets.find((each) => each.id === id)
            if (preset === undefined) return
            setSettings(preset.settings)
            setSpeedId(preset.speedId)
          }}
          data={presets.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SpeedSelect fresh speedId={speedId} onSpeed={setSpeedId} oltId={oltId} />
      </div>
      <SettingsFields
        fresh
        settings={settings}
        onSettings={setSettings}
        choices={choices}
        groups={['profiles', 'texts', 'services']}
      />
      <Textarea
        label={t('saved.note')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Switch
        label={t('saved.auto')}
        checked={auto}
        onChange={(event) => setAuto(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
