import { Tooltip } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useFormat } from '../components/use-format.ts'
import { AlarmRailCount } from '../screens/alarms/alarm-rail-count.tsx'
import { ApprovalCount } from '../screens/approvals/approval-count.tsx'
import { RunningChanges } from '../screens/provisioning/running-count.tsx'
import { useLive } from '../state/live.ts'
import { usePermissions, useReachesAll } from '../state/workspace.ts'
import { BrandMark } from './brand-mark.tsx'
import { isPageOf, mayOpen, pages, type Page } from './pages.ts'

export interface RailProps {
  readonly collapsed: boolean
  readonly onToggle: () => void
}

export const Rail = ({ collapsed, onToggle }: RailProps) => {
  const { t } = useTranslation()
  const [path] = useLocation()
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const label = t(collapsed ? 'frame.expand' : 'frame.collapse')
  const Toggle = collapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <nav
      className="nc-rail"
      data-collapsed={collapsed ? '' : undefined}
      aria-label={t('frame.navigation')}
    >
      <div className="nc-rail__brand">
        <BrandMark size={20} />
        {!collapsed && t('appName')}
      </div>
      <div className="nc-rail__pages">
        {railPages
          .filter((page) => mayOpen(page, permissions, reachesAll))
          .map((page) => (
            <RailItem
              key={page.name}
              page={page}
              collapsed={collapsed}
              current={isPageOf(page, path)}
            />
          ))}
      </div>
      <div className="nc-rail__foot">
        <Tooltip label={label} position="right" disabled={!collapsed}>
          <button type="button" className="nc-rail__item" onClick={onToggle} aria-label={label}>
            <Toggle size={18} stroke={1.6} aria-hidden="true" className="nc-icon" />
          </button>
        </Tooltip>
      </div>
    </nav>
  )
}

const railPages = pages.filter(({ inRail }) => inRail !== false)

interface RailItemProps {
  readonly page: Page
  readonly collapsed: boolean
  readonly current: boolean
}

const RailItem = ({ page, collapsed, current }: RailItemProps) => {
  const { t } = useTranslation()
  const word = t(`page.${page.name}`)
  const PageIcon = page.icon
  return (
    <Tooltip label={word} position="right" disabled={!collapsed}>
      <Link
        href={page.route}
        className="nc-rail__item"
        aria-current={current ? 'page' : undefined}
        aria-label={collapsed ? word : undefined}
      >
        <PageIcon size={18} stroke={1.6} aria-hidden="true" className="nc-icon" />
        {!collapsed && <span>{word}</span>}
        {!collapsed && page.name === 'alarms' && <AlarmRailCount />}
        {!collapsed && page.name === 'unconfigured' && <UnconfiguredCount />}
        {!collapsed && page.name === 'changes' && <RunningChanges />}
        {!collapsed && page.name === 'approvals' && <ApprovalCount />}
      </Link>
    </Tooltip>
  )
}

const UnconfiguredCount = () => {
  const format = useFormat()
  const count = useLive((state) => state.counts?.unconfigured ?? 0)
  return count === 0 ? null : <span className="nc-rail__count">{format.number(count)}</span>
}
