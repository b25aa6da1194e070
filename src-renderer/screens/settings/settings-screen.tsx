import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languageNames, languages } from '../../app/locale.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { Kbd } from '../../components/kbd.tsx'
import { changePreferences, usePreferences } from '../../state/preferences.ts'
import { useEntrance, usePermissions, useReachesAll, useSimulated } from '../../state/workspace.ts'
import { ApprovalSettings } from '../approvals/approval-settings.tsx'
import { TransferSettings } from '../backups/transfer-settings.tsx'
import { VaultSettings } from '../backups/vault-settings.tsx'
import { FamiliesSetting } from '../families/families-setting.tsx'
import { WorkspaceSettings } from '../workspace/workspace-settings.tsx'
import { BackupSettings } from './backup-settings.tsx'
import { HistorySettings } from './history-settings.tsx'
import { NotifySettings } from './notify-settings.tsx'
import { KeysSettings } from './keys-settings.tsx'
import { LicencesDrawer } from './licences-drawer.tsx'
import { Setting } from './setting.tsx'
import './settings-screen.css'

export const SettingsScreen = () => {
  const { t } = useTranslation('settings')
  const permissions = usePermissions()
  const sees = permissions.includes('network.olt.read')
  const reachesAll = useReachesAll()
  const simulated = useSimulated()
  return (
    <div className="nc-page nc-settings">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
      </header>
      <Appearance />
      <Lock />
      <NotifySettings />
      {sees && reachesAll && <HistorySettings />}
      {reachesAll && permissions.includes('approvals.rule.manage') && <ApprovalSettings />}
      {permissions.includes('workspace.backup.make') && <BackupSettings />}
      {permissions.includes('workspace.vault.lock') && <VaultSettings />}
      {!simulated && permissions.includes('workspace.transfer.make') && <TransferSettings />}
      <WorkspaceSettings />
      <KeysSettings />
      {sees && <FamiliesSetting />}
      <About />
    </div>
  )
}

const Appearance = () => {
  const { t } = useTranslation('settings')
  const { t: tCommon } = useTranslation()
  const { theme, language, density } = usePreferences((state) => state.preferences)
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>{t('appearance.title')}</h2>
      </header>
      <Setting label={t('appearance.theme')}>
        <SegmentedControl
          aria-label={t('appearance.theme')}
          value={theme}
          onChange={(value) => changePreferences({ theme: value })}
          data={[
            { value: 'system', label: tCommon('frame.themeSystem') },
            { value: 'light', label: tCommon('frame.themeLight') },
            { value: 'dark', label: tCommon('frame.themeDark') },
          ]}
        />
      </Setting>
      <Setting label={t('appearance.language')}>
        <SegmentedControl
          aria-label={t('appearance.language')}
          value={language}
          onChange={(value) => changePreferences({ language: value })}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </Setting>
      <Setting label={t('appearance.density')} hint={t('appearance.densityHint')}>
        <SegmentedControl
          aria-label={t('appearance.density')}
          value={density}
          onChange={(value) => changePreferences({ density: value })}
          data={[
            { value: 'compact', label: t('appearance.compact') },
            { value: 'comfortable', label: t('appearance.comfortable') },
          ]}
        />
      </Setting>
    </section>
  )
}

const Lock = () => {
  const { t } = useTranslation('settings')
  const minutes = usePreferences((state) => state.preferences.lockAfterMinutes)
  const [typed, setTyped] = useState<number | string>(minutes)
  useEffect(() => setTyped(minutes), [minutes])
  // Kept when the field is left: half a typed number must not lock the screen.
  const keep = (): void => {
    if (typeof typed === 'number' && typed !== minutes) {
      changePreferences({ lockAfterMinutes: typed })
    } else setTyped(minutes)
  }
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>{t('security.title')}</h2>
      </header>
      <Setting label={t('security.lockAfter')} hint={t('security.lockHint')}>
        <NumberInput
          aria-label={t('security.lockAfter')}
          value={typed}
          onChange={setTyped}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep()
          }}
          min={0}
          max={480}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          w={120}
        />
      </Setting>
    </section>
  )
}

const About = () => {
  const { t } = useTranslation('settings')
  const { status, session } = useEntrance()
  const [showsLicences, setShowsLicences] = useState(false)
  if (status === undefined) return null
  const { host, mode, keychain } = status
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>{t('about.title')}</h2>
      </header>
      <div className="nc-panel__body">
        <dl className="nc-facts">
          <dt>{t('about.version')}</dt>
          <dd>{host.appVersion}</dd>
          <dt>{t('about.host')}</dt>
          <dd>
            {t(`hostName.${host.name}`)} {host.version === 'unknown' ? '' : host.version}
          </dd>
          <dt>{t('about.workspace')}</dt>
          <dd>{t(`about.${mode}`)}</dd>
          <dt>{t('about.key')}</dt>
          <dd>
            {t(keychain === 'available' ? 'about.keychainAvailable' : 'about.keychainUnavailable')}
          </dd>
          <dt>{t('about.owner')}</dt>
          <dd>{session?.account.name}</dd>
          <dt>{t('about.keys')}</dt>
          <dd>
            {t('about.keysAction')} <Kbd keys={shortcuts.help.keys} />
          </dd>
          <dt>{t('about.contract')}</dt>
          <dd>{t('about.licences')}</dd>
          <dt>{t('about.others')}</dt>
          <dd>
            <Button variant="default" size="xs" onClick={() => setShowsLicences(true)}>
              {t('about.showLicences')}
            </Button>
          </dd>
        </dl>
        {showsLicences && <LicencesDrawer onClose={() => setShowsLicences(false)} />}
      </div>
    </section>
  )
}
