/**
 * The face of the stand-in: what `import … from 'electron'` gives when register.ts is loaded. The
 * part of Electron's API that src-main/shell uses, and no more; README.md says where it differs.
 */
import { listenToParent } from './control.ts'

listenToParent()

export { app } from './app.ts'
export { StandInBrowserWindow as BrowserWindow } from './browser-window.ts'
export {
  clipboard,
  dialog,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  screen,
  shell,
  Tray,
} from './desktop.ts'
export { ipcMain } from './ipc-main.ts'
export { protocol, session } from './session.ts'
