import { showToast } from '../components/toast.tsx'
import { copyText } from '../components/copy-button.tsx'
import { useShortcut } from './keyboard-hooks.ts'
import { navigate } from './location.ts'
import { paths } from './paths.ts'
import { lockScreen } from './session-actions.ts'
import i18next from 'i18next'

export interface GlobalShortcutActions {
  readonly onPalette: () => void
  readonly onHelp: () => void
  readonly onToggleRail: () => void
}

/** What works on every page. */
export const useGlobalShortcuts = (actions: GlobalShortcutActions): void => {
  useShortcut('palette', actions.onPalette)
  useShortcut('help', actions.onHelp)
  useShortcut('toggleRail', actions.onToggleRail)
  useShortcut('lock', lockScreen)
  useShortcut('copyAddress', copyPageAddress)
  useShortcut('back', () => window.history.back())
  useShortcut('goDashboard', () => navigate(paths.dashboard()))
  useShortcut('goOutages', () => navigate(paths.outages()))
  useShortcut('goAlarms', () => navigate(paths.alarms()))
  useShortcut('goOlts', () => navigate(paths.olts()))
  useShortcut('goOnus', () => navigate(paths.onus()))
  useShortcut('goUnconfigured', () => navigate(paths.unconfigured()))
  useShortcut('goTraps', () => navigate(paths.traps()))
  useShortcut('goFamilies', () => navigate(paths.families()))
  useShortcut('goSettings', () => navigate(paths.settings()))
  useShortcut('addOlt', () => navigate(paths.addOlt()))
}

export const copyPageAddress = (): void => {
  copyText(window.location.href).then(
    () => showToast({ kind: 'info', title: i18next.t('toast.addressCopied') }),
    () => showToast({ kind: 'info', title: i18next.t('button.copyFailed') }),
  )
}
