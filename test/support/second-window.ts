/**
 * The built console with a second window, as a second client of the same engine: for what two people
 * do at once. The console itself opens one window; on the stand-in alone (test/chromium-host).
 */
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'
import { startUrl } from '../../src-main/shell/app-address.ts'
import { defaultWindowSize, windowOptions } from '../../src-main/shell/window.ts'

const out = join(import.meta.dirname, '..', '..', 'out')

app.once('browser-window-created', (_event, first) => {
  first.once('ready-to-show', () => {
    const second = new BrowserWindow(
      windowOptions({
        preloadPath: join(out, 'preload', 'preload.cjs'),
        packaged: false,
        size: defaultWindowSize,
      }),
    )
    second.loadURL(startUrl).catch(() => process.exit(1))
  })
})

await import(join(out, 'main', 'main.js'))
