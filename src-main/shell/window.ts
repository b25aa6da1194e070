import type { BrowserWindowConstructorOptions } from 'electron'

export interface WindowSize {
  readonly width: number
  readonly height: number
}

export const defaultWindowSize: WindowSize = { width: 1440, height: 900 }

/** Every setting that security depends on is stated, also where it is Electron's default today. */
export const windowOptions = (options: {
  readonly preloadPath: string
  readonly packaged: boolean
  readonly size: WindowSize
}): BrowserWindowConstructorOptions => ({
  width: options.size.width,
  height: options.size.height,
  minWidth: 960,
  minHeight: 600,
  useContentSize: true,
  show: false, // until there is something to see
  title: 'Nocturne',
  backgroundColor: '#16181d',
  autoHideMenuBar: true,
  webPreferences: {
    preload: options.preloadPath,
    // SECURITY: rows 2 to 4, the page is a web page and nothing more.
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    // SECURITY: rows 6, 8, 9 and 10.
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    disableBlinkFeatures: 'Auxclick',
    // SECURITY: rows 11 to 13.
    webviewTag: false,
    navigateOnDragDrop: false,
    // SECURITY: row 36.
    devTools: !options.packaged,
    plugins: false,
    safeDialogs: true,
    spellcheck: false, // would load dictionaries from the network
  },
})
