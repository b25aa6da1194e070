import {
  IconBellRinging,
  IconBook2,
  IconBroadcast,
  IconCashRegister,
  IconDeviceTv,
  IconFileDiff,
  IconGauge,
  IconHistoryToggle,
  IconLayoutDashboard,
  IconMap2,
  IconPlugConnected,
  IconReceipt2,
  IconRouter,
  IconServer2,
  IconSettings,
  IconShieldCheck,
  IconSitemap,
  IconTargetArrow,
  IconTicket,
  IconTruckDelivery,
  IconTransferVertical,
  IconTemplate,
  IconVersions,
  IconWand,
  IconUrgent,
  IconUsers,
  IconUserShield,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react'
import { paths } from './paths.ts'
import type { ShortcutName } from './shortcuts.ts'

/** The pages of the rail, the palette and the jumps. Only pages that exist. */
export interface Page {
  readonly name:
    | 'dashboard'
    | 'outages'
    | 'alarms'
    | 'olts'
    | 'onus'
    | 'unconfigured'
    | 'subscribers'
    | 'tickets'
    | 'fieldwork'
    | 'changes'
    | 'approvals'
    | 'presets'
    | 'mismatches'
    | 'services'
    | 'configurations'
    | 'speeds'
    | 'traps'
    | 'plant'
    | 'map'
    | 'handover'
    | 'counter'
    | 'billing'
    | 'wallboard'
    | 'families'
    | 'people'
    | 'me'
    | 'audit'
    | 'settings'
  readonly route: string
  readonly icon: Icon
  readonly shortcut: ShortcutName
  /** False: rarely wanted, so that the palette, its key and the settings lead there. */
  readonly inRail?: false
  /** Shown to those alone who may; the engine has the last word. */
  readonly needs?: string
  /** About the whole workspace: not for those who reach a part of it. */
  readonly whole?: true
}

export const mayOpen = (
  { needs, whole }: Page,
  permissions: readonly string[],
  reachesAll: boolean,
): boolean => (needs === undefined || permissions.includes(needs)) && (reachesAll || whole !== true)

export const pages: readonly Page[] = [
  {
    name: 'dashboard',
    route: paths.dashboard(),
    icon: IconLayoutDashboard,
    shortcut: 'goDashboard',
    needs: 'network.olt.read',
  },
  {
    name: 'outages',
    route: paths.outages(),
    icon: IconUrgent,
    shortcut: 'goOutages',
    needs: 'alarms.alarm.read',
  },
  {
    name: 'alarms',
    route: paths.alarms(),
    icon: IconBellRinging,
    shortcut: 'goAlarms',
    needs: 'alarms.alarm.read',
  },
  {
    name: 'olts',
    route: paths.olts(),
    icon: IconServer2,
    shortcut: 'goOlts',
    needs: 'network.olt.read',
  },
  {
    name: 'onus',
    route: paths.onus(),
    icon: IconRouter,
    shortcut: 'goOnus',
    needs: 'network.onu.read',
  },
  {
    name: 'subscribers',
    route: paths.subscribers(),
    icon: IconUsers,
    shortcut: 'goSubscribers',
    needs: 'subscribers.subscriber.read',
  },
  {
    name: 'tickets',
    route: paths.tickets(),
    icon: IconTicket,
    shortcut: 'goTickets',
    needs: 'tickets.ticket.read',
  },
  {
    name: 'fieldwork',
    route: paths.workOrders(),
    icon: IconTruckDelivery,
    shortcut: 'goFieldwork',
    needs: 'fieldwork.order.read',
  },
  {
    name: 'unconfigured',
    route: paths.unconfigured(),
    icon: IconPlugConnected,
    shortcut: 'goUnconfigured',
    needs: 'provisioning.plan.read',
  },
  {
    name: 'changes',
    route: paths.changes(),
    icon: IconWand,
    shortcut: 'goChanges',
    needs: 'provisioning.plan.read',
  },
  {
    name: 'approvals',
    route: paths.approvals(),
    icon: IconShieldCheck,
    shortcut: 'goApprovals',
    needs: 'provisioning.plan.read',
  },
  {
    name: 'presets',
    route: paths.presets(),
    icon: IconTemplate,
    shortcut: 'goPresets',
    inRail: false,
    needs: 'provisioning.plan.read',
  },
  {
    name: 'mismatches',
    route: paths.mismatches(),
    icon: IconVersions,
    shortcut: 'goMismatches',
    inRail: false,
    needs: 'provisioning.plan.read',
  },
  {
    name: 'services',
    route: paths.services(),
    icon: IconTargetArrow,
    shortcut: 'goServices',
    inRail: false,
    needs: 'provisioning.plan.read',
  },
  {
    name: 'configurations',
    route: paths.configurations(),
    icon: IconFileDiff,
    shortcut: 'goConfigurations',
    needs: 'olt-backups.config.read',
  },
  {
    name: 'speeds',
    route: paths.speeds(),
    icon: IconGauge,
    shortcut: 'goSpeeds',
    inRail: false,
    needs: 'provisioning.plan.read',
  },
  {
    name: 'traps',
    route: paths.traps(),
    icon: IconBroadcast,
    shortcut: 'goTraps',
    whole: true,
    needs: 'network.olt.read',
  },
  {
    name: 'plant',
    route: paths.plant(),
    icon: IconSitemap,
    shortcut: 'goPlant',
    needs: 'plant.node.read',
  },
  { name: 'map', route: paths.map(), icon: IconMap2, shortcut: 'goMap', needs: 'plant.node.read' },
  {
    name: 'handover',
    route: paths.handover(),
    icon: IconTransferVertical,
    shortcut: 'goHandover',
    needs: 'alarms.alarm.read',
  },
  {
    name: 'counter',
    route: paths.counter(),
    icon: IconCashRegister,
    shortcut: 'goCounter',
    needs: 'billing.cash.run',
  },
  {
    name: 'billing',
    route: paths.billing(),
    icon: IconReceipt2,
    shortcut: 'goBilling',
    needs: 'billing.plan.read',
  },
  {
    name: 'wallboard',
    route: paths.wallboard(),
    icon: IconDeviceTv,
    shortcut: 'goWallboard',
    inRail: false,
    needs: 'alarms.alarm.read',
  },
  {
    name: 'families',
    route: paths.families(),
    icon: IconBook2,
    shortcut: 'goFamilies',
    inRail: false,
    needs: 'network.olt.read',
  },
  {
    name: 'people',
    route: paths.people(),
    icon: IconUsersGroup,
    shortcut: 'goPeople',
    needs: 'access.account.read',
  },
  { name: 'me', route: paths.me(), icon: IconUserShield, shortcut: 'goMe', inRail: false },
  {
    name: 'audit',
    route: paths.audit(),
    icon: IconHistoryToggle,
    shortcut: 'goAudit',
    needs: 'audit.trail.read',
  },
  { name: 'settings', route: paths.settings(), icon: IconSettings, shortcut: 'goSettings' },
]

/** The dashboard is `/` alone; every other page owns what lies below it. */
export const isPageOf = (page: Page, path: string): boolean =>
  page.route === '/' ? path === '/' : path === page.route || path.startsWith(`${page.route}/`)
