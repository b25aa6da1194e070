/** `BrowserWindow` of the stand-in: one app window (or headless page) of Chromium. */
import { EventEmitter } from 'node:events'
import { noteInJournal } from './journal.ts'
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { app } from './app.ts'
import { defaultWindowSize, host } from './host.ts'
import type { Host, PageTarget } from './host.ts'
import { startRequestBroker } from './request-broker.ts'
import { StandInWebContents } from './web-contents.ts'

type Bounds = Partial<Rectangle> & { windowState?: string }

const windows = new Set<StandInBrowserWindow>()

export class StandInBrowserWindow extends EventEmitter {
  static #lastId = 0
  readonly id = ++StandInBrowserWindow.#lastId
  readonly webContents: StandInWebContents
  readonly #ready: Promise<{ host: Host; page: PageTarget }>
  #bounds: Rectangle
  #targetId: string | null = null
  #isDestroyed = false
  #isMinimized = false

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super()
    this.webContents = new StandInWebContents(options.webPreferences?.preload)
    const { width = defaultWindowSize.width, height = defaultWindowSize.height } = options
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width, height }
    windows.add(this)
    this.#ready = this.#open(options.useContentSize === true)
    this.#ready.catch((error: unknown) => {
      this.#gone(error)
    })
    this.webContents.once('did-finish-load', () => {
      this.emit('ready-to-show')
    })
    app.emit('browser-window-created', {}, this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  async #open(useContentSize: boolean): Promise<{ host: Host; page: PageTarget }> {
    const running = await host
    await brokerStarted()
    const page = await running.takePage()
    this.#targetId = page.targetId
    await this.#applyBounds(running, page, useContentSize)
    await this.webContents.attach(running, page)
    return { host: running, page }
  }

  /** Headless Chromium counts a title bar that nobody sees; the content gets the size instead. */
  async #applyBounds(running: Host, page: PageTarget, useContentSize: boolean): Promise<void> {
    const { windowId } = await running.cdp.send<{ windowId: number }>(
      'Browser.getWindowForTarget',
      {
        targetId: page.targetId,
      },
    )
    const { width, height } = this.#bounds
    if (useContentSize || running.chromium.headless) {
      await running.cdp.send('Browser.setContentsSize', { windowId, width, height })
    } else {
      await this.#setWindowBounds({ width, height }, running, page)
    }
  }

  async #setWindowBounds(bounds: Bounds, running: Host, page: PageTarget): Promise<void> {
    const { windowId } = await running.cdp.send<{ windowId: number }>(
      'Browser.getWindowForTarget',
      {
        targetId: page.targetId,
      },
    )
    const renamed: Record<string, unknown> = { ...bounds }
    if (bounds.x !== undefined) renamed['left'] = bounds.x
    if (bounds.y !== undefined) renamed['top'] = bounds.y
    delete renamed['x']
    delete renamed['y']
    await running.cdp.send('Browser.setWindowBounds', { windowId, bounds: renamed })
  }

  #change(bounds: Bounds): void {
    this.#ready
      .then(({ host: running, page }) => this.#setWindowBounds(bounds, running, page))
      .catch(() => undefined)
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  show(): void {
    this.emit('show')
  }

  focus(): void {
    this.#ready
      .then(({ host: running, page }) =>
        running.cdp.send('Target.activateTarget', { targetId: page.targetId }),
      )
      .catch(() => undefined)
  }

  minimize(): void {
    this.#isMinimized = true
    this.#change({ windowState: 'minimized' })
  }

  restore(): void {
    this.#isMinimized = false
    this.#change({ windowState: 'normal' })
  }

  maximize(): void {
    this.#change({ windowState: 'maximized' })
  }

  isMinimized(): boolean {
    return this.#isMinimized
  }

  isMaximized(): boolean {
    return false
  }

  getBounds(): Rectangle {
    return this.#bounds
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.#change(bounds)
  }

  setTitle(_title: string): void {
    // The document's title shows in Chromium's app window.
  }

  setContentProtection(enable: boolean): void {
    // Chromium offers none from outside (and Electron none on Linux).
    noteInJournal('content-protection', String(enable))
  }

  close(): void {
    let prevented = false
    this.emit('close', {
      preventDefault: () => {
        prevented = true
      },
    })
    if (!prevented) this.destroy()
  }

  destroy(): void {
    if (this.#isDestroyed) return
    this.#ready
      .then(({ host: running, page }) =>
        running.cdp.send('Target.closeTarget', { targetId: page.targetId }),
      )
      .catch(() => undefined)
    this.#gone()
  }

  /** Chromium's page is gone, by our doing or because a person closed the window. */
  #gone(reason: unknown = 'by its owner'): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    windows.delete(this)
    this.webContents.destroyed(reason)
    this.emit('closed')
    if (windows.size === 0) app.allWindowsClosed()
  }

  targetGone(targetId: string): void {
    if (this.#targetId === targetId) this.#gone()
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  static getAllWindows(): StandInBrowserWindow[] {
    return [...windows]
  }

  static getFocusedWindow(): StandInBrowserWindow | null {
    return [...windows][0] ?? null
  }

  static fromWebContents(contents: unknown): StandInBrowserWindow | null {
    return [...windows].find((window) => window.webContents === contents) ?? null
  }
}

let broker: Promise<void> | undefined

const brokerStarted = (): Promise<void> => (broker ??= startBroker())

const startBroker = async (): Promise<void> => {
  const running = await host
  const contents = (): StandInWebContents[] => [...windows].map((window) => window.webContents)
  running.onPopup(({ openerId, url }) => {
    const opener = contents().find((owner) => openerId === null || owner.ownsFrame(openerId))
    opener?.judgeWindowOpen(url)
  })
  running.onTargetGone((targetId) => {
    for (const window of windows) window.targetGone(targetId)
  })
  void (async () => {
    await running.cdp.closed
    for (const window of windows) window.destroy()
  })()
  await startRequestBroker(running.cdp, (navigation) => {
    const owner = contents().find(
      (candidate) =>
        candidate.ownsFrame(navigation.frameId) || candidate.isMainFrame(navigation.frameId),
    )
    // A frame of nobody is a window that is being closed.
    return owner?.judgeNavigation(navigation) ?? true
  })
}

app.setCloseWindows(() => {
  for (const window of windows) window.close()
  return windows.size === 0
})
