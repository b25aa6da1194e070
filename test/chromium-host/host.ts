/**
 * The one Chromium of this process and who lives in it. Started as soon as `electron` is imported,
 * while the rest of main.js is still loading.
 */
import type { CdpConnection } from './cdp-pipe.ts'
import { startChromium } from './chromium-process.ts'
import type { ChromiumProcess } from './chromium-process.ts'
import { downloadStaging } from './downloads.ts'

export type PageTarget = Readonly<{ targetId: string; sessionId: string }>

type TargetInfo = Readonly<{ targetId: string; type: string; url: string; openerId?: string }>

/** `openerId` is null where Chromium names none (middle click, `noopener`). */
export type Popup = Readonly<{ openerId: string | null; url: string }>

export type Host = Readonly<{
  chromium: ChromiumProcess
  cdp: CdpConnection
  /** A fresh page: the window Chromium started with, then new windows. */
  takePage: () => Promise<PageTarget>
  onPopup: (listener: (popup: Popup) => void) => void
  onTargetGone: (listener: (targetId: string) => void) => void
}>

export const defaultWindowSize = { width: 1440, height: 900 } as const

const startHost = async (): Promise<Host> => {
  const chromium = await startChromium({
    environment: process.env,
    windowSize: defaultWindowSize,
  })
  const { cdp } = chromium
  const popupListeners = new Set<(popup: Popup) => void>()
  const goneListeners = new Set<(targetId: string) => void>()
  const sessions = new Map<string, string>()
  const firstPage = Promise.withResolvers<PageTarget>()
  let hasFirstPage = false
  let awaitedPage: ((page: PageTarget) => void) | undefined

  const onAttached = (sessionId: string, info: TargetInfo): void => {
    sessions.set(info.targetId, sessionId)
    const resume = (): void => {
      cdp.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => undefined)
    }
    if (info.type !== 'page') {
      resume()
      return
    }
    const page = { targetId: info.targetId, sessionId }
    if (!hasFirstPage) {
      hasFirstPage = true
      firstPage.resolve(page)
    } else if (awaitedPage !== undefined && info.openerId === undefined) {
      awaitedPage(page)
      awaitedPage = undefined
    } else {
      // A page asked for a window. It never gets one here: see README.md.
      for (const listener of popupListeners) {
        listener({ openerId: info.openerId ?? null, url: info.url })
      }
      cdp.send('Target.closeTarget', { targetId: info.targetId }).catch(() => undefined)
    }
    resume()
  }

  cdp.onEvent(({ method, params }) => {
    if (method === 'Target.attachedToTarget') {
      onAttached(params['sessionId'] as string, params['targetInfo'] as TargetInfo)
    } else if (method === 'Target.detachedFromTarget') {
      const targetId = [...sessions].find(([, session]) => session === params['sessionId'])?.[0]
      if (targetId === undefined) return
      sessions.delete(targetId)
      for (const listener of goneListeners) listener(targetId)
    }
  })
  await cdp.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
  })
  await cdp.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: downloadStaging(),
  })

  let firstPageTaken = false
  return {
    chromium,
    cdp,
    takePage: async () => {
      if (!firstPageTaken) {
        firstPageTaken = true
        return firstPage.promise
      }
      const created = Promise.withResolvers<PageTarget>()
      awaitedPage = created.resolve
      await cdp.send('Target.createTarget', { url: 'about:blank', newWindow: true })
      return created.promise
    },
    onPopup: (listener) => popupListeners.add(listener),
    onTargetGone: (listener) => goneListeners.add(listener),
  }
}

export const host: Promise<Host> = startHost()
host.catch(() => undefined) // reported by app.whenReady()
