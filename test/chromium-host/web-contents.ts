/** `webContents` of the stand-in: one page of Chromium, its preload, its messages, its events. */
import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { CdpConnection, CdpEvent } from './cdp-pipe.ts'
import { keepDownload } from './downloads.ts'
import type { Host, PageTarget } from './host.ts'
import { ipcMain } from './ipc-main.ts'
import { noteInJournal } from './journal.ts'
import { nativeImageOfPng } from './native-image.ts'
import { isolatedWorldShim, mainWorldShim } from './page-shims.ts'
import type { HostMessage, PageMessage, ShimConfig } from './page-shims.ts'
import { applyPermissions } from './permissions.ts'
import { defaultSession } from './session.ts'
import { toChromiumUrl, toShellUrl } from './url-map.ts'
import { createValueCodec } from './value-codec.ts'
import { createWebFrames } from './web-frames.ts'
import type { FrameTree, WebFrames } from './web-frames.ts'

const worldName = 'nocturne-preload'
const shimConfig: ShimConfig = {
  handshake: `nocturne-${randomBytes(12).toString('hex')}`,
  binding: '__nocturneToHost',
  deliver: '__nocturneFromHost',
}
const codec = createValueCodec()

type Live = Readonly<{ cdp: CdpConnection; page: PageTarget; frames: WebFrames }>

/** An Electron event that can be prevented, with its details on it. */
const preventable = <Details extends object>(details: Details) => {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
  }
  return event
}

export class StandInWebContents extends EventEmitter {
  static #lastId = 0
  readonly id = ++StandInWebContents.#lastId
  readonly session = defaultSession
  readonly #preloadPath: string | undefined
  readonly #live = Promise.withResolvers<Live>()
  #attached: Live | null = null
  #ownNavigation: string | null = null
  #startLoader = ''
  #windowOpenUrl: string | null = null
  /** Allowed, on their way: names by Chromium's id. */
  readonly #downloads = new Map<string, string>()
  #isDestroyed = false
  #isCrashed = false
  #openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null

  constructor(preloadPath: string | undefined) {
    super()
    this.#preloadPath = preloadPath
    this.#live.promise.catch(() => undefined)
  }

  /** Called by BrowserWindow once Chromium has a page for it. */
  async attach({ cdp }: Host, page: PageTarget): Promise<void> {
    const frames = createWebFrames(page.targetId, worldName)
    const live: Live = { cdp, page, frames }
    const send = <Result>(method: string, params = {}): Promise<Result> =>
      cdp.send<Result>(method, params, page.sessionId)
    cdp.onEvent((event) => {
      if (event.sessionId === page.sessionId) this.#follow(live, event)
    })
    await send('Page.enable')
    const { frameTree } = await send<{ frameTree: FrameTree }>('Page.getFrameTree')
    this.#startLoader = frameTree.frame.loaderId
    frames.load(frameTree)
    await send('Page.setLifecycleEventsEnabled', { enabled: true })
    await send('Runtime.enable')
    await send('Runtime.addBinding', { name: shimConfig.binding, executionContextName: worldName })
    const preload = this.#preloadPath === undefined ? '' : readFileSync(this.#preloadPath, 'utf8')
    const config = JSON.stringify(shimConfig)
    await send('Page.addScriptToEvaluateOnNewDocument', {
      worldName,
      source: `(${isolatedWorldShim.toString()})(${config}, (${createValueCodec.toString()})(),
        function (require, module, exports) {${preload}\n})`,
    })
    await send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${mainWorldShim.toString()})(${config})`,
    })
    this.#attached = live
    this.#live.resolve(live)
  }

  #follow(live: Live, event: CdpEvent): void {
    live.frames.follow(event)
    const { method, params } = event
    switch (method) {
      case 'Runtime.bindingCalled':
        if (params['name'] === shimConfig.binding) {
          const message = JSON.parse(params['payload'] as string) as PageMessage
          this.#receive(live, message, params['executionContextId'] as number)
        }
        break
      case 'Runtime.consoleAPICalled': {
        const values = params['args'] as readonly { value?: unknown; description?: string }[]
        const text = values.map((value) => String(value.value ?? value.description)).join(' ')
        this.emit('console-message', { level: String(params['type']), message: text })
        break
      }
      case 'Runtime.exceptionThrown': {
        const { text, exception } = params['exceptionDetails'] as {
          text: string
          exception?: { description?: string }
        }
        const message = `${text} ${exception?.description ?? ''}`
        this.emit('console-message', { level: 'error', message })
        break
      }
      case 'Page.windowOpen':
        this.#windowOpenUrl = params['url'] as string
        break
      case 'Page.downloadWillBegin':
        this.#judgeDownload(live, {
          guid: params['guid'] as string,
          url: toShellUrl(params['url'] as string),
          name: params['suggestedFilename'] as string,
        })
        break
      case 'Page.downloadProgress':
        this.#followDownload(params['guid'] as string, params['state'] as string)
        break
      case 'Page.domContentEventFired':
        this.emit('dom-ready', {})
        break
      case 'Page.lifecycleEvent':
        if (params['name'] !== 'load' || params['frameId'] !== live.page.targetId) break
        this.#isCrashed = false
        this.emit('stand-in-loaded', params['loaderId'])
        // The blank page that Chromium started with is nobody's load.
        if (params['loaderId'] !== this.#startLoader) this.emit('did-finish-load', {})
        break
      case 'Page.javascriptDialogOpening':
        // `safeDialogs` aside, an alert that nobody can press would stop the page for good.
        void live.cdp.send('Page.handleJavaScriptDialog', { accept: false }, event.sessionId)
        break
      case 'Inspector.targetCrashed':
        this.#isCrashed = true
        this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
        break
      default:
    }
  }

  #receive(live: Live, message: PageMessage, contextId: number): void {
    const senderFrame = live.frames.frameOfContext(contextId)
    if (message.kind === 'navigate') {
      const frameId = senderFrame?.frameToken ?? ''
      const url = toShellUrl(message.url)
      const refused = this.judgeNavigation({ frameId, url, isRedirect: false })
      noteInJournal(refused ? 'navigation-refused' : 'navigation-allowed', url)
      if (!refused) this.loadURL(url).catch(() => undefined)
      return
    }
    const event = { sender: this, senderFrame, frameId: contextId, processId: 0 }
    const args = codec.decode(message.args) as unknown[]
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...args)
      return
    }
    void this.#answerInvoke(live, contextId, message.id, () =>
      ipcMain.dispatchInvoke(event, message.channel, args),
    )
  }

  async #answerInvoke(
    live: Live,
    contextId: number,
    id: number,
    invoke: () => Promise<unknown>,
  ): Promise<void> {
    try {
      const value = codec.encode(await invoke())
      this.#deliver(live, contextId, { kind: 'settle', id, ok: true, value })
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      this.#deliver(live, contextId, { kind: 'settle', id, ok: false, message: text })
    }
  }

  #deliver(live: Live, contextId: number, message: HostMessage): void {
    const call = {
      functionDeclaration: `(message) => globalThis.${shimConfig.deliver}?.(message)`,
      arguments: [{ value: message }],
      executionContextId: contextId,
      silent: true,
    }
    // The document may be gone by now, and with it whoever waited.
    live.cdp.send('Runtime.callFunctionOn', call, live.page.sessionId).catch(() => undefined)
  }

  /** As in Electron: reaches the document that is there now, or nobody. */
  send(channel: string, ...args: unknown[]): void {
    const live = this.#attached
    const contextId = live?.frames.preloadContext() ?? null
    const message: HostMessage = { kind: 'event', channel, args: codec.encode(args) }
    if (live !== null && contextId !== null) this.#deliver(live, contextId, message)
  }

  ownsFrame(frameId: string): boolean {
    return this.#attached?.frames.has(frameId) === true
  }

  isMainFrame(frameId: string): boolean {
    return this.#attached?.page.targetId === frameId
  }

  /** Emits Electron's navigation events; true when the shell prevented one of them. */
  judgeNavigation(navigation: { frameId: string; url: string; isRedirect: boolean }): boolean {
    const { frameId, url, isRedirect } = navigation
    const isMainFrame = this.isMainFrame(frameId)
    if (isMainFrame && !isRedirect && this.#ownNavigation === url) {
      this.#ownNavigation = null
      return false
    }
    const frame = this.#attached?.frames.frame(frameId) ?? null
    const details = { url, isMainFrame, isSameDocument: false, frame, initiator: frame }
    const emitted = (name: string): boolean => {
      const event = preventable(details)
      this.emit(name, event, url, false, isMainFrame, 0, 0)
      return event.defaultPrevented
    }
    if (isRedirect) return emitted('will-redirect')
    const frameRefused = emitted('will-frame-navigate')
    return (isMainFrame && emitted('will-navigate')) || frameRefused
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.#openHandler = handler
  }

  /** A page asked for a window; Chromium has held it back, and it is closed whatever comes. */
  judgeWindowOpen(url: string): void {
    const asked = toShellUrl(this.#windowOpenUrl ?? url)
    this.#windowOpenUrl = null
    const details = { url: asked, frameName: '', features: '', disposition: 'new-window' }
    const action = this.#openHandler?.(details as Electron.HandlerDetails).action ?? 'allow'
    noteInJournal(action === 'deny' ? 'window-refused' : 'window-allowed', asked)
  }

  /** The shell decides; the dialog that Electron would show is answered with its proposal. */
  #judgeDownload(live: Live, file: { guid: string; url: string; name: string }): void {
    const event = preventable({})
    const item = {
      getURL: () => file.url,
      getFilename: () => file.name,
      setSaveDialogOptions: () => undefined,
    }
    this.session.emit('will-download', event, item, this)
    noteInJournal(event.defaultPrevented ? 'download-refused' : 'download-allowed', file.url)
    if (event.defaultPrevented) {
      live.cdp.send('Browser.cancelDownload', { guid: file.guid }).catch(() => undefined)
    } else this.#downloads.set(file.guid, file.name)
  }

  #followDownload(guid: string, state: string): void {
    const name = this.#downloads.get(guid)
    if (name === undefined || state === 'inProgress') return
    this.#downloads.delete(guid)
    const path = state === 'completed' ? keepDownload(guid, name) : null
    if (path !== null) process.stderr.write(`nocturne: saved ${path}\n`)
  }

  async loadURL(url: string): Promise<void> {
    const { cdp, page } = await this.#live.promise
    const chromiumUrl = toChromiumUrl(url)
    if (chromiumUrl !== url) await applyPermissions(cdp, this, new URL(chromiumUrl).origin)
    const loaded = new Set<string>()
    const load = Promise.withResolvers<undefined>()
    let awaited = ''
    const onLoaded = (loaderId: string): void => {
      loaded.add(loaderId)
      if (loaderId === awaited) load.resolve(undefined)
    }
    this.on('stand-in-loaded', onLoaded)
    this.#ownNavigation = url
    try {
      const result = await cdp.send<{ errorText?: string; loaderId?: string }>(
        'Page.navigate',
        { url: chromiumUrl },
        page.sessionId,
      )
      if (result.errorText !== undefined) throw new Error(`${result.errorText} loading '${url}'`)
      awaited = result.loaderId ?? ''
      // Without a loader it was a move within the document that is there.
      if (awaited !== '' && !loaded.has(awaited)) await Promise.race([load.promise, cdp.closed])
    } finally {
      this.off('stand-in-loaded', onLoaded)
    }
    // The blank page that Chromium started with is no place to go back to.
    await cdp.send('Page.resetNavigationHistory', {}, page.sessionId).catch(() => undefined)
  }

  reload(): void {
    const live = this.#attached
    if (live === null) return
    this.#ownNavigation = this.getURL()
    void live.cdp.send('Page.reload', {}, live.page.sessionId).catch(() => undefined)
  }

  forcefullyCrashRenderer(): void {
    const live = this.#attached
    // Page.crash never answers: who would.
    void live?.cdp.send('Page.crash', {}, live.page.sessionId).catch(() => undefined)
  }

  async capturePage(): Promise<ReturnType<typeof nativeImageOfPng>> {
    const { cdp, page } = await this.#live.promise
    const { data } = await cdp.send<{ data: string }>(
      'Page.captureScreenshot',
      { format: 'png' },
      page.sessionId,
    )
    return nativeImageOfPng(Buffer.from(data, 'base64'))
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { cdp, page } = await this.#live.promise
    const { result, exceptionDetails } = await cdp.send<{
      result: { value?: unknown }
      exceptionDetails?: { text: string; exception?: { description?: string } }
    }>(
      'Runtime.evaluate',
      { expression: code, awaitPromise: true, returnByValue: true, userGesture },
      page.sessionId,
    )
    if (exceptionDetails === undefined) return result.value
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  }

  /** As the system's dialog would: the path of what was chosen in Chromium's; null: nothing. */
  async chooseFile(accept: string): Promise<string | null> {
    const { cdp, page } = await this.#live.promise
    const expression = `new Promise((resolve) => {
      const input = document.createElement('input')
      input.type = 'file'
      input.accept = ${JSON.stringify(accept)}
      input.onchange = () => resolve(input.files[0] ?? null)
      input.oncancel = () => resolve(null)
      input.click()
    })`
    const { result } = await cdp.send<{ result: { objectId?: string } }>(
      'Runtime.evaluate',
      { expression, awaitPromise: true, userGesture: true },
      page.sessionId,
    )
    if (result.objectId === undefined) return null
    const { objectId } = result
    const file = await cdp.send<{ path: string }>('DOM.getFileInfo', { objectId }, page.sessionId)
    return file.path
  }

  get mainFrame(): { url: string } {
    return { url: this.getURL() }
  }

  getURL(): string {
    const live = this.#attached
    return live?.frames.frame(live.page.targetId)?.url ?? ''
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  isCrashed(): boolean {
    return this.#isCrashed
  }

  openDevTools(): void {
    // Playwright or chrome://inspect connect to NOCTURNE_HOST_DEBUG_PORT instead.
  }

  /** Called by BrowserWindow when Chromium's page is gone. */
  destroyed(reason: unknown): void {
    if (this.#isDestroyed) return
    this.#isDestroyed = true
    this.#live.reject(new Error(`the window has been closed: ${String(reason)}`))
    this.emit('destroyed')
  }
}
