/**
 * The rest of the desktop, as far as the shell touches it. There is no menu bar, no tray, no message
 * box and no notification here; what was asked for is kept, noted or written to stderr, and a question
 * is answered as if the person had cancelled.
 */
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { MenuItemConstructorOptions } from 'electron'
import { noteInJournal } from './journal.ts'
import { nativeImageOfPng } from './native-image.ts'

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

/** Not drawn: the journal says what would have been shown. A test clicks through `control.ts`. */
class StandInNotification extends EventEmitter {
  static latest: StandInNotification | null = null
  readonly #options: Electron.NotificationConstructorOptions

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    this.#options = options
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    noteInJournal('notification-shown', `${this.#options.title ?? ''}\n${this.#options.body ?? ''}`)
    StandInNotification.latest = this
    this.emit('show', {})
  }

  close(): void {
    this.emit('close')
  }
}

/** The clipboard of this process alone: a build server has no other. */
let clipboardText = ''
export const clipboard = {
  readText: (): Promise<string> => Promise.resolve(clipboardText),
  writeText: (text: string): Promise<void> => {
    clipboardText = text
    return Promise.resolve()
  },
  clear: (): void => {
    clipboardText = ''
  },
}

/** Nothing is opened; the journal says what would have been. */
export const shell = {
  openExternal: (url: string): Promise<void> => {
    noteInJournal('opened-externally', url)
    return Promise.resolve()
  },
  showItemInFolder: (_path: string): void => undefined,
}

let nextFile: string | null = null

export const dialog = {
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`${title}\n${content}\n`)
  },
  showMessageBox: (...args: unknown[]): Promise<Electron.MessageBoxReturnValue> => {
    const options = args.at(-1) as Electron.MessageBoxOptions
    process.stderr.write(`${options.message}\n`)
    return Promise.resolve({ response: options.cancelId ?? 0, checkboxChecked: false })
  },
  /** Of a test: a browser that Playwright drives knows no path of what it is given. */
  answerWith: (path: string): void => {
    nextFile = path
  },
  /** Chromium's own, before the page of that window. */
  showOpenDialog: async (
    window: { readonly webContents: { chooseFile(accept: string): Promise<string | null> } },
    options: Electron.OpenDialogOptions,
  ): Promise<Electron.OpenDialogReturnValue> => {
    const extensions = (options.filters ?? []).flatMap((filter) => filter.extensions)
    const accept = extensions.map((extension) => `.${extension}`).join(',')
    const path = nextFile ?? (await window.webContents.chooseFile(accept))
    nextFile = null
    return { canceled: path === null, filePaths: path === null ? [] : [path] }
  },
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

/** There is no tray here: what it would say is in the journal. */
class StandInTray extends EventEmitter {
  setImage(_image: unknown): void {
    // nothing to draw on
  }

  setToolTip(text: string): void {
    noteInJournal('tray-says', text)
  }

  setContextMenu(_menu: unknown): void {
    // no tray, no menu
  }

  destroy(): void {
    this.removeAllListeners()
  }
}

export const nativeImage = {
  createFromPath: (path: string) => nativeImageOfPng(readFileSync(path)),
}

export { StandInMenu as Menu, StandInNotification as Notification, StandInTray as Tray }
