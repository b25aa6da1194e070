import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  OnuSettings,
  Preset,
  WaitingOnu,
} from '../../../src-shared/contract/provisioning-model.ts'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { makePlan } from '../provisioning/provisioning-acts.ts'
import { ProblemLine } from '../provisioning/problem-line.tsx'
import { CatalogueNote } from '../provisioning-form/catalogue-note.tsx'
import { parsePon } from '../provisioning-form/parse-pon.ts'
import { SettingsFields } from '../provisioning-form/settings-fields.tsx'
import { cleanSerial, isSerial, settingsProblems } from '../provisioning-form/settings-model.ts'
import { SpeedSelect } from '../provisioning-form/speed-select.tsx'
import { useChoices } from '../provisioning-form/use-choices.ts'
import '../provisioning-form/form.css'

export interface AuthoriseDrawerProps {
  readonly onu: WaitingOnu
  readonly presets: readonly Preset[]
  readonly onPlan: (planId: string) => void
  readonly onClose: () => void
}

/** How one ONU shall be authorised; it makes a plan, and sends nothing. */
export const AuthoriseDrawer = ({ onu, presets, onPlan, onClose }: AuthoriseDrawerProps) => {
  const { t } = useTranslation('provisioning')
  const choices = useChoices(onu.oltId)
  const first = presets.find(({ id }) => id === onu.preset?.id)
  const [presetId, setPresetId] = useState<string | null>(first?.id ?? null)
  const [settings, setSettings] = useState<OnuSettings>(first?.settings ?? {})
  const [speedId, setSpeedId] = useState<string | null>(first?.speedId ?? null)
  const [onuId, setOnuId] = useState<number | null>(null)
  const [serial, setSerial] = useState(onu.serial ?? '')
  const [ponWords, setPonWords] = useState(onu.pon === null ? '' : formatPon(onu.pon))
  const [passwords, setPasswords] = useState<Readonly<Record<string, string>>>({})
  const [busy, setBusy] = useState(false)
  const pon = parsePon(ponWords)
  const { abilities, obstacle } = choices
  const missing = (abilities?.needs ?? []).filter(
    (key) => settings[key] === undefined && !(speedId !== null && key !== 'onuType'),
  )
  const isReady =
    pon !== null &&
    isSerial(serial) &&
    missing.length === 0 &&
    settingsProblems(settings, abilities?.limits).length === 0

  const take = (id: string | null): void => {
    const preset = presets.find((each) => each.id === id)
    setPresetId(id)
    if (preset === undefined) return
    setSettings(preset.settings)
    setSpeedId(preset.speedId)
  }
  const submit = async (): Promise<void> => {
    if (!isReady || busy || pon === null) return
    setBusy(true)
    const made = await makePlan({
      targets: { list: [{ oltId: onu.oltId, pon, serial: cleanSerial(serial) }] },
      change: { kind: 'authorise', settings, speedId, onuId },
      passwords: Object.fromEntries(Object.entries(passwords).filter(([, value]) => value !== '')),
    })
    setBusy(false)
    if (made !== null) onPlan(made.id)
  }
  return (
    <RecordDrawer
      title={t('authorise.title', { serial: onu.serial ?? '' })}
      subtitle={`${onu.oltName} ${onu.pon === null ? '' : formatPon(onu.pon)}`}
      onClose={onClose}
    >
      <form
        className="npv-form"
        aria-label={t('authorise.title', { serial: onu.serial ?? '' })}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {obstacle !== null && <ProblemLine problem={obstacle} />}
        {onu.elsewhere.map((one) => (
          <p key={`${one.oltId} ${formatOnu(one.address)}`} className="npw-warn">
            <IconArrowsExchange size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
            {t('authorise.elsewhere', { olt: one.oltName, place: formatOnu(one.address) })}
          </p>
        ))}
        <div className="npv-grid">
          <TextInput
            label={t('waiting.serial')}
            value={serial}
            readOnly={onu.serial !== null}
            spellCheck={false}
            error={serial !== '' && !isSerial(serial) ? t('form.badSerial') : undefined}
            onChange={(event) => setSerial(event.currentTarget.value)}
          />
          <TextInput
            label={t('waiting.pon')}
            value={ponWords}
            placeholder="0/1/3"
            error={ponWords !== '' && pon === null ? t('form.badPon') : undefined}
            onChange={(event) => setPonWords(event.currentTarget.value)}
          />
          <NumberInput
            label={t('form.onuId')}
            placeholder={t('form.onuIdAuto')}
            min={abilities?.onuIds.first ?? 0}
            max={abilities?.onuIds.last ?? 1023}
            value={onuId ?? ''}
            onChange={(value) => setOnuId(typeof value === 'number' ? value : null)}
          />
        </div>
        <div className="npv-grid" data-two>
          <Select
            label={t('form.preset')}
            searchable
            clearable
            data-autofocus
            placeholder={t('form.presetNone')}
            value={presetId}
            onChange={take}
            data={presets.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SpeedSelect fresh speedId={speedId} onSpeed={setSpeedId} oltId={onu.oltId} />
        </div>
        <CatalogueNote oltId={onu.oltId} choices={choices} />
        <SettingsFields
          fresh
          settings={settings}
          onSettings={setSettings}
          choices={choices}
          passwords={passwords}
          onPasswords={setPasswords}
        />
        <footer className="npv-form__foot">
          <Button type="submit" disabled={!isReady} loading={busy}>
            {t('form.makePlan')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <span className="nc-small nc-soft">
            {missing.length > 0
              ? t('form.needs', { parts: missing.map((key) => t(`part.${key}`)).join(', ') })
              : t('form.makePlanHint')}
          </span>
        </footer>
      </form>
    </RecordDrawer>
  )
}
