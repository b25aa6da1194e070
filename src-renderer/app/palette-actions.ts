import {
  IconActivity,
  IconAdjustments,
  IconArrowBackUp,
  IconBuildingCommunity,
  IconBook,
  IconDatabaseExport,
  IconFlask,
  IconIdBadge2,
  IconMapPins,
  IconKeyboard,
  IconLanguage,
  IconLayoutSidebar,
  IconLink,
  IconListDetails,
  IconLock,
  IconLogout,
  IconPlus,
  IconRowInsertBottom,
  IconShieldLock,
  IconSunMoon,
  IconTool,
  type Icon,
} from '@tabler/icons-react'
import { failureOf } from '../client/hooks.ts'
import { showFailure } from '../components/toast.tsx'
import { changePreferences, usePreferences } from '../state/preferences.ts'
import { backUpNow } from './back-up.ts'
import { copyPageAddress } from './global-shortcuts.ts'
import { navigate } from './location.ts'
import { paths } from './paths.ts'
import { openWorkspaces } from '../state/workspaces.ts'
import { leaveLookAround, lockScreen, lookAround, signOut } from './session-actions.ts'
import { shortcuts } from './shortcuts.ts'

export type ActionName =
  | 'lock'
  | 'signOut'
  | 'switchWorkspace'
  | 'themeLight'
  | 'themeDark'
  | 'themeSystem'
  | 'languageEn'
  | 'languageId'
  | 'densityCompact'
  | 'densityComfortable'
  | 'toggleRail'
  | 'shortcuts'
  | 'addOlt'
  | 'copyAddress'
  | 'alarmLoad'
  | 'alarmRules'
  | 'alarmGuide'
  | 'maintenance'
  | 'transcripts'
  | 'backUp'
  | 'employees'
  | 'regions'
  | 'roles'
  | 'lookAround'
  | 'returnHome'

export interface PaletteAction {
  readonly name: ActionName
  readonly icon: Icon
  readonly keys?: string
  /** Offered to those alone who may; the engine has the last word. */
  readonly needs?: string
  /** About the whole workspace. */
  readonly whole?: true
  readonly run: () => void
}

export interface ActionContext {
  readonly simulated: boolean
  readonly onHelp: () => void
}

/** Everything the palette can do besides going somewhere. */
export const paletteActions = ({ simulated, onHelp }: ActionContext): readonly PaletteAction[] => {
  const { preferences } = usePreferences.getState()
  const report = (work: Promise<void>): void => {
    work.catch((error: unknown) => showFailure(failureOf(error)))
  }
  return [
    {
      name: 'addOlt',
      whole: true,
      icon: IconPlus,
      keys: shortcuts.addOlt.keys,
      needs: 'network.olt.manage',
      run: () => navigate(paths.addOlt()),
    },
    {
      name: 'copyAddress',
      icon: IconLink,
      keys: shortcuts.copyAddress.keys,
      run: copyPageAddress,
    },
    {
      name: 'alarmLoad',
      needs: 'alarms.alarm.read',
      icon: IconActivity,
      run: () => navigate(paths.alarmLoad()),
    },
    {
      name: 'alarmRules',
      needs: 'alarms.alarm.read',
      icon: IconAdjustments,
      run: () => navigate(paths.alarmRules()),
    },
    {
      name: 'alarmGuide',
      needs: 'alarms.alarm.read',
      icon: IconBook,
      run: () => navigate(paths.alarmGuide()),
    },
    {
      name: 'maintenance',
      needs: 'alarms.alarm.read',
      icon: IconTool,
      run: () => navigate(paths.maintenance()),
    },
    {
      name: 'transcripts',
      needs: 'olt-cli.transcript.read',
      icon: IconListDetails,
      run: () => navigate(paths.transcripts()),
    },
    {
      name: 'backUp',
      needs: 'workspace.backup.make',
      icon: IconDatabaseExport,
      run: () => void backUpNow(),
    },
    {
      name: 'employees',
      needs: 'access.account.read',
      icon: IconIdBadge2,
      run: () => navigate(paths.employees()),
    },
    {
      name: 'regions',
      needs: 'access.account.read',
      icon: IconMapPins,
      run: () => navigate(paths.regions()),
    },
    {
      name: 'roles',
      needs: 'access.account.read',
      icon: IconShieldLock,
      run: () => navigate(paths.roles()),
    },
    { name: 'lock', icon: IconLock, keys: shortcuts.lock.keys, run: lockScreen },
    { name: 'signOut', icon: IconLogout, run: signOut },
    ...(simulated
      ? []
      : [{ name: 'switchWorkspace' as const, icon: IconBuildingCommunity, run: openWorkspaces }]),
    ...(['light', 'dark', 'system'] as const)
      .filter((theme) => theme !== preferences.theme)
      .map((theme) => ({
        name: ({ light: 'themeLight', dark: 'themeDark', system: 'themeSystem' } as const)[theme],
        icon: IconSunMoon,
        run: () => changePreferences({ theme }),
      })),
    preferences.language === 'en'
      ? {
          name: 'languageId',
          icon: IconLanguage,
          run: () => changePreferences({ language: 'id' }),
        }
      : {
          name: 'languageEn',
          icon: IconLanguage,
          run: () => changePreferences({ language: 'en' }),
        },
    preferences.density === 'compact'
      ? {
          name: 'densityComfortable',
          icon: IconRowInsertBottom,
          run: () => changePreferences({ density: 'comfortable' }),
        }
      : {
          name: 'densityCompact',
          icon: IconRowInsertBottom,
          run: () => changePreferences({ density: 'compact' }),
        },
    {
      name: 'toggleRail',
      icon: IconLayoutSidebar,
      keys: shortcuts.toggleRail.keys,
      run: () => changePreferences({ railCollapsed: !preferences.railCollapsed }),
    },
    { name: 'shortcuts', icon: IconKeyboard, keys: shortcuts.help.keys, run: onHelp },
    simulated
      ? { name: 'returnHome', icon: IconArrowBackUp, run: () => report(leaveLookAround()) }
      : { name: 'lookAround', icon: IconFlask, run: () => report(lookAround()) },
  ]
}
