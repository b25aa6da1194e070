/**
 * The rest of the desktop, as far as the shell touches it. There is no menu bar, no dialog and no
 * notification here; what was asked for is kept or written to stderr, and a question is answered
 * as if the person had cancelled.
 */
import { EventEmitter } from 'node:events'
import type { MenuItemConstructorOptions } from 'electron'
import { noteInJournal } from './journal.ts'

class StandInMenu {
  static #applicationMenu: StandInMenu | null = null
  readonly items: readonly MenuItemConstructorOptions[]

  constructor(items: readonly MenuItemConstructorOptions[] = []) {
    this.items = items
  }

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): StandInMenu {
    return new StandInMenu(template)
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.#applicationMenu = menu
  }

  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.#applicationMenu
  }
}

class StandInNotification extends EventEmitter {
  static isSupported(): boolean {
    return false
  }

  show(): void {
    this.emit('failed', {}, 'no notifications on the stand-in')
  }

  close(): void {
    this.emit('close')
  }
}

/** Nothing is opened; the journal says what would have been. */
export const shell = {
  openExternal: (url: string): Promise<void> => {
    noteInJournal('opened-externally', url)
    return Promise.resolve()
  },
  showItemInFolder: (_path: string): void => undefined,
}

export const dialog = {
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`${title}\n${content}\n`)
  },
  showMessageBox: (...args: unknown[]): Promise<Electron.MessageBoxReturnValue> => {
    const options = args.at(-1) as Electron.MessageBoxOptions
    process.stderr.write(`${options.message}\n`)
    return Promise.resolve({ response: options.cancelId ?? 0, checkboxChecked: false })
  },
  showOpenDialog: (): Promise<Electron.OpenDialogReturnValue> =>
    Promise.resolve({ canceled: true, filePaths: [] }),
  showSaveDialog: (): Promise<Electron.SaveDialogReturnValue> =>
    Promise.resolve({ canceled: true, filePath: '' }),
}

/** A test emits what the operating system would. */
export const powerMonitor = Object.assign(new EventEmitter(), {
  getSystemIdleTime: (): number => 0,
  getSystemIdleState: (_threshold: number): 'active' => 'active',
  isOnBatteryPower: (): boolean => false,
})

export const nativeTheme = Object.assign(new EventEmitter(), {
  themeSource: 'system' as Electron.NativeTheme['themeSource'],
  shouldUseDarkColors: false,
})

const workArea = { x: 0, y: 0, width: 1440, height: 900 }
export const screen = Object.assign(new EventEmitter(), {
  getPrimaryDisplay: () => ({ id: 1, bounds: workArea, workArea, size: workArea, scaleFactor: 1 }),
})

export { StandInMenu as Menu, StandInNotification as Notification }
