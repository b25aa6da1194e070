import { showToast } from '../components/toast.tsx'
import { copyText } from '../components/copy-button.tsx'
import { useShortcut, useShortcuts } from './keyboard-hooks.ts'
import { navigate } from './location.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'
import { lockScreen } from './session-actions.ts'
import i18next from 'i18next'

export interface GlobalShortcutActions {
  readonly onPalette: () => void
  readonly onHelp: () => void
  readonly onToggleRail: () => void
}

/** Every page that there is has a key that leads to it. */
const jumps = pages.map(({ shortcut, route }) => ({ name: shortcut, run: () => navigate(route) }))

/** What works on every page. */
export const useGlobalShortcuts = (actions: GlobalShortcutActions): void => {
  useShortcut('palette', actions.onPalette)
  useShortcut('help', actions.onHelp)
  useShortcut('toggleRail', actions.onToggleRail)
  useShortcut('lock', lockScreen)
  useShortcut('copyAddress', copyPageAddress)
  useShortcut('back', () => window.history.back())
  useShortcuts(jumps)
  useShortcut('addOlt', () => navigate(paths.addOlt()))
}

export const copyPageAddress = (): void => {
  copyText(window.location.href).then(
    () => showToast({ kind: 'info', title: i18next.t('toast.addressCopied') }),
    () => showToast({ kind: 'info', title: i18next.t('button.copyFailed') }),
  )
}
