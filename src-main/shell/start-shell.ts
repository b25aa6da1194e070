import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  Notification,
  powerMonitor,
  protocol,
  session,
  shell,
  Tray,
} from 'electron'
import { startUrl } from './app-address.ts'
import { appSchemes, serveRenderer } from './app-protocol.ts'
import { showConfirmations } from './confirm-window.ts'
import { showNotices } from './desktop-notices.ts'
import { chooseFile } from './file-dialog.ts'
import type { EnginePort } from './engine-port.ts'
import { createSecretClipboard } from './secret-clipboard.ts'
import { routeEvents, routeInvocations } from './ipc.ts'
import { watchLockEvents } from './lock-events.ts'
import { menuTemplate } from './menu.ts'
import { openSignInPage } from './open-external.ts'
import { installPolicy } from './policy.ts'
import { restartLimit } from './restart-limit.ts'
import { showTray } from './tray.ts'
import { defaultWindowSize, windowOptions } from './window.ts'
import type { WindowSize } from './window.ts'

export interface ShellOptions {
  readonly engine: EnginePort
  readonly rendererDir: string
  readonly preloadPath: string
  /** Of the confirmation window. */
  readonly confirmPreloadPath: string
  /** Holds tray.png and tray-alarm.png. */
  readonly iconsDir: string
  readonly packaged: boolean
  readonly windowSize?: WindowSize
  /** The person has closed the window or chosen "quit": end the engine, then `app.exit`. */
  readonly onAllWindowsClosed: () => void
  readonly log: (message: string) => void
}

export interface Shell {
  readonly window: BrowserWindow
  /** Loads the page anew from its start, as after a change of workspace. */
  reload(): void
  /** Brings the window to the front. */
  focus(): void
  /** Writes a PNG of the window's content to the path. */
  capture(path: string): Promise<void>
  stop(): Promise<void>
}

// Both have to be said before Electron is ready, so they are said when this file is loaded.
// SECURITY: row 4, for every renderer that could ever be.
app.enableSandbox()
protocol.registerSchemesAsPrivileged(appSchemes)

/** Opens the console's window on the engine. Resolves when the page has loaded. */
export const startShell = async (options: ShellOptions): Promise<Shell> => {
  await app.whenReady()
  const { engine, packaged, log } = options
  const refused = (what: string): void => {
    log(`refused: ${what}`)
  }
  const stops: (() => void)[] = [
    installPolicy({ app, session: session.defaultSession, packaged, refused }),
    serveRenderer(protocol, options.rendererDir),
    routeInvocations({ ipcMain, engine, refused }),
    routeEvents({
      engine,
      contents: () => BrowserWindow.getAllWindows().map((window) => window.webContents),
    }),
    watchLockEvents({
      powerMonitor,
      lock: (reason) => {
        engine.lock(reason)
      },
      idleFor: (seconds) => {
        engine.idleFor(seconds)
      },
      wake: () => {
        engine.wake()
      },
    }),
  ]
  let stopped = false
  watchClosing(() => {
    if (!stopped) options.onAllWindowsClosed()
  })
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate({ platform: process.platform, packaged })),
  )

  const window = new BrowserWindow(
    windowOptions({
      preloadPath: options.preloadPath,
      packaged,
      size: options.windowSize ?? defaultWindowSize,
    }),
  )
  const contents = window.webContents
  const clientId = contents.id
  const mayRestart = restartLimit(() => Date.now())
  window.once('ready-to-show', () => {
    window.show()
  })
  contents.on('destroyed', () => {
    engine.clientGone(clientId)
  })
  contents.on('render-process-gone', (_event, { reason }) => {
    engine.clientGone(clientId)
    log(`the page ended: ${reason}`)
    if (reason !== 'clean-exit' && mayRestart()) contents.reload()
  })
  const focus = (): void => {
    if (window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.focus()
  }
  const secrets = createSecretClipboard({ clipboard, log })
  stops.push(
    engine.onTurnedAway(() => void secrets.clear()),
    engine.onOpenInBrowser(({ address, loopback }) => openSignInPage(shell, address, loopback)),
    showConfirmations({
      engine,
      copy: secrets.copy,
      chooseFile: chooseFile({ dialog, parent: () => window }),
      ipcMain,
      BrowserWindow,
      parent: () => window,
      preloadPath: options.confirmPreloadPath,
      packaged,
      refused,
      log,
    }),
    showNotices({ engine, Notification, clientId: () => clientId, focus, log }),
    showTray({
      engine,
      app,
      Tray,
      Menu,
      createImage: (path) => nativeImage.createFromPath(path),
      icons: {
        calm: join(options.iconsDir, 'tray.png'),
        alarm: join(options.iconsDir, 'tray-alarm.png'),
      },
      platform: process.platform,
      window: () => window,
      clientId: () => clientId,
      focus,
      quit: options.onAllWindowsClosed,
      log,
    }),
  )
  await window.loadURL(startUrl)

  return {
    window,
    reload: () => {
      window.loadURL(startUrl).catch(() => {
        log('the page could not be loaded anew')
      })
    },
    focus,
    capture: async (path) => {
      const image = await contents.capturePage()
      await writeFile(path, image.toPNG())
    },
    stop: () => {
      stopped = true
      for (const stop of stops.toReversed()) stop()
      if (!window.isDestroyed()) window.destroy()
      return secrets.clear()
    },
  }
}

/**
 * Whichever way a person leaves (last window, "quit" of the menu or the dock), the owner of the
 * engine ends it in order and calls `app.exit`; Electron must not quit before. So this stays in
 * force after `stop`: without a listener, Electron would quit when the window goes.
 */
const watchClosing = (onClosing: () => void): void => {
  app.on('before-quit', (event) => {
    event.preventDefault()
    onClosing()
  })
  app.on('window-all-closed', onClosing)
}
