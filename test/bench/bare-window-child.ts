import { app, BrowserWindow } from 'electron'

/** The least that an app on this host can be: one window, one empty page, no engine. */

await app.whenReady()
const window = new BrowserWindow({ width: 1440, height: 900 })
await window.loadURL('data:text/html,<title>bare</title><p>bare')
process.on('SIGTERM', () => app.exit(0))
