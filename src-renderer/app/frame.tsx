import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AsOfBanner } from '../components/as-of/as-of-banner.tsx'
import { AsOfStage } from '../components/as-of/as-of-stage.tsx'
import { drawerSlotId } from '../components/record-drawer.tsx'
import { changePreferences, usePreferences } from '../state/preferences.ts'
import { NoticeBanner } from '../screens/access-own/notice-banner.tsx'
import { AlarmBanner } from '../screens/alarms/alarm-banner.tsx'
import { MaintenanceHost } from '../screens/alarms/maintenance-host.tsx'
import { CliBanner } from '../screens/olt-cli/cli-banner.tsx'
import { Banner } from './banner.tsx'
import { ClockBackBanner } from './clock-back-banner.tsx'
import { useGlobalShortcuts } from './global-shortcuts.ts'
import { KeyboardHelp } from './keyboard-help.tsx'
import { Palette } from './palette.tsx'
import { StandingBanner } from './standing-banner.tsx'
import { Rail } from './rail.tsx'
import { Routes } from './routes.tsx'
import { TopBar } from './top-bar.tsx'
import { useNotices } from './use-notices.ts'
import './frame.css'

/** Rail, top bar, banner, content and the slot for the record beside it. */
export const Frame = () => {
  const { t } = useTranslation()
  const collapsed = usePreferences((state) => state.preferences.railCollapsed)
  const [open, setOpen] = useState<'palette' | 'help' | null>(null)
  const toggleRail = (): void => changePreferences({ railCollapsed: !collapsed })
  useGlobalShortcuts({
    onPalette: () => setOpen('palette'),
    onHelp: () => setOpen('help'),
    onToggleRail: toggleRail,
  })
  useNotices()
  return (
    <div className="nc-frame" data-collapsed={collapsed ? '' : undefined}>
      <a className="nc-skip" href="#nc-content" onClick={skipToContent}>
        {t('frame.skip')}
      </a>
      <Rail collapsed={collapsed} onToggle={toggleRail} />
      <div className="nc-frame__main">
        <TopBar onPalette={() => setOpen('palette')} onHelp={() => setOpen('help')} />
        <Banner />
        <StandingBanner />
        <ClockBackBanner />
        <AsOfBanner />
        <NoticeBanner />
        <AlarmBanner />
        <CliBanner />
        <div className="nc-frame__stage">
          <main id="nc-content" className="nc-frame__content" tabIndex={-1}>
            <AsOfStage>
              <Routes />
            </AsOfStage>
          </main>
          <div id={drawerSlotId} />
        </div>
      </div>
      <MaintenanceHost />
      {open === 'palette' && (
        <Palette onClose={() => setOpen(null)} onHelp={() => setOpen('help')} />
      )}
      {open === 'help' && <KeyboardHelp onClose={() => setOpen(null)} />}
    </div>
  )
}

/** The hash holds the route, so the jump is made by hand. */
const skipToContent = (event: { preventDefault(): void }): void => {
  event.preventDefault()
  document.getElementById('nc-content')?.focus()
}
