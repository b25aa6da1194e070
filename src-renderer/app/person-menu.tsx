import { ActionIcon, Menu } from '@mantine/core'
import {
  IconBuildingCommunity,
  IconCheck,
  IconKeyboard,
  IconLock,
  IconLogout,
  IconSettings,
  IconUserCircle,
  IconUserShield,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../components/kbd.tsx'
import { changePreferences, usePreferences } from '../state/preferences.ts'
import { useEntrance, useSimulated } from '../state/workspace.ts'
import { openWorkspaces } from '../state/workspaces.ts'
import { languageNames, languages } from './locale.ts'
import { navigate } from './location.ts'
import { paths } from './paths.ts'
import { lockScreen, signOut } from './session-actions.ts'
import { shortcuts } from './shortcuts.ts'

export interface PersonMenuProps {
  readonly onHelp: () => void
}

const themes = [
  ['system', 'frame.themeSystem'],
  ['light', 'frame.themeLight'],
  ['dark', 'frame.themeDark'],
] as const

export const PersonMenu = ({ onHelp }: PersonMenuProps) => {
  const { t } = useTranslation()
  const name = useEntrance((state) => state.session?.account.name ?? '')
  const simulated = useSimulated()
  const { theme, language } = usePreferences((state) => state.preferences)
  const check = (chosen: boolean) =>
    chosen ? <IconCheck size={14} aria-hidden="true" /> : <span className="nc-menu__gap" />
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <ActionIcon size={28} aria-label={t('frame.person', { name })}>
          <IconUserCircle size={20} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('frame.person', { name })}</Menu.Label>
        <Menu.Item
          leftSection={<IconLock size={15} aria-hidden="true" />}
          rightSection={<Kbd keys={shortcuts.lock.keys} />}
          onClick={lockScreen}
        >
          {t('frame.lock')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={15} aria-hidden="true" />} onClick={signOut}>
          {t('frame.signOut')}
        </Menu.Item>
        {!simulated && (
          <Menu.Item
            leftSection={<IconBuildingCommunity size={15} aria-hidden="true" />}
            onClick={openWorkspaces}
          >
            {t('frame.switchWorkspace')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>{t('frame.theme')}</Menu.Label>
        {themes.map(([value, label]) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={theme === value}
            leftSection={check(theme === value)}
            closeMenuOnClick={false}
            onClick={() => changePreferences({ theme: value })}
          >
            {t(label)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('frame.language')}</Menu.Label>
        {languages.map((value) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={language === value}
            leftSection={check(language === value)}
            closeMenuOnClick={false}
            lang={value}
            onClick={() => changePreferences({ language: value })}
          >
            {languageNames[value]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconUserShield size={15} aria-hidden="true" />}
          rightSection={<Kbd keys={shortcuts.goMe.keys} />}
          onClick={() => navigate(paths.me())}
        >
          {t('page.me')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSettings size={15} aria-hidden="true" />}
          rightSection={<Kbd keys={shortcuts.goSettings.keys} />}
          onClick={() => navigate(paths.settings())}
        >
          {t('page.settings')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconKeyboard size={15} aria-hidden="true" />}
          rightSection={<Kbd keys={shortcuts.help.keys} />}
          onClick={onHelp}
        >
          {t('frame.shortcuts')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
