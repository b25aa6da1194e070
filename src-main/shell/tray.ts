import type { App, BrowserWindow, Menu, NativeImage, Tray } from 'electron'
import type { DesktopBadge, EnginePort } from './engine-port.ts'

/** The icon in the system's tray and the number on the app's own icon. */
export const showTray = (options: {
  readonly engine: Pick<EnginePort, 'onDesktop' | 'openRoute'>
  readonly app: Pick<App, 'setBadgeCount'>
  readonly Tray: new (
    image: string,
  ) => Pick<Tray, 'setImage' | 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate'>
  readonly createImage: (path: string) => NativeImage
  /** PNG files: all is calm, and something waits. */
  readonly icons: { readonly calm: string; readonly alarm: string }
  readonly platform: NodeJS.Platform
  readonly window: () => Pick<BrowserWindow, 'setOverlayIcon' | 'isDestroyed'> | null
  readonly clientId: () => number | null
  readonly focus: () => void
  readonly quit: () => void
  readonly log: (message: string) => void
}): (() => void) => {
  const { engine, icons } = options
  let tray: InstanceType<(typeof options)['Tray']> | null = null
  try {
    tray = new options.Tray(icons.calm)
    tray.on('click', options.focus)
  } catch {
    // Some desktops have no tray: the console works without.
    options.log('this desktop has no tray')
  }

  const openAlarms = (): void => {
    options.focus()
    const clientId = options.clientId()
    if (clientId !== null) engine.openRoute(clientId, '/alarms')
  }

  const show = (badge: DesktopBadge): void => {
    if (tray !== null) {
      tray.setImage(badge.count > 0 ? icons.alarm : icons.calm)
      tray.setToolTip(badge.tooltip)
      tray.setContextMenu(
        options.Menu.buildFromTemplate([
          { label: badge.open, click: options.focus },
          { label: badge.alarms, click: openAlarms },
          { type: 'separator' },
          { label: badge.quit, click: options.quit },
        ]),
      )
    }
    options.app.setBadgeCount(badge.count)
    const window = options.window()
    // Windows knows no number on an icon: a mark lies over it, with the words for screen readers.
    if (options.platform === 'win32' && window !== null && !window.isDestroyed()) {
      const mark = badge.count > 0 ? options.createImage(icons.alarm) : null
      window.setOverlayIcon(mark, badge.count > 0 ? badge.tooltip : '')
    }
  }

  const stop = engine.onDesktop({ notice: () => undefined, badge: show })
  return () => {
    stop()
    tray?.destroy()
    tray = null
  }
}
