import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { BuiltSite } from './built-site.ts'

/**
 * A browser context of its own with one page, lent to one test after another: a new renderer process
 * costs more than the console in it. Each lending begins in a new document with the usual window
 * and without storage, history, pointer or anything else of the lending before; a page that cannot
 * be brought back to that for certain is closed instead.
 */

export interface PageSlot {
  readonly page: Page
  /** Opens an address of the site; `complaints` receives what goes wrong there. */
  lend(url: string, complaints: string[]): Promise<void>
}

const viewport = { width: 1440, height: 900 }
const defaultTimeoutMs = 30_000
const storages = 'cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage'

/** What leaves something behind that only a new page is free of. */
const lastingOfPage = [
  'addInitScript',
  'addListener',
  'addLocatorHandler',
  'clock',
  'coverage',
  'emulateMedia',
  'exposeBinding',
  'exposeFunction',
  'on',
  'once',
  'pause',
  'prependListener',
  'route',
  'routeFromHAR',
  'routeWebSocket',
  'screencast',
  'setDefaultNavigationTimeout',
  'setExtraHTTPHeaders',
] as const satisfies readonly (keyof Page)[]
const lastingOfContext = [
  'addInitScript',
  'addListener',
  'clock',
  'exposeBinding',
  'exposeFunction',
  'grantPermissions',
  'newCDPSession',
  'on',
  'once',
  'prependListener',
  'route',
  'routeFromHAR',
  'routeWebSocket',
  'setDefaultNavigationTimeout',
  'setDefaultTimeout',
  'setExtraHTTPHeaders',
  'setGeolocation',
  'setOffline',
  'tracing',
] as const satisfies readonly (keyof BrowserContext)[]

/** `whenFree` is called when the page was given back (`page.close()`) and may be lent again. */
export const openPageSlot = async (
  browser: Browser,
  site: BuiltSite,
  whenFree: (slot: PageSlot) => void,
): Promise<PageSlot> => {
  // Without motion a dialog is there at once; e2e sees the console move.
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  let complaints: string[] = []
  let isLent = false
  let isSpoilt = false
  const held = new Set<string>()

  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('request', (request) => {
    const { origin, protocol, href } = new URL(request.url())
    const isInside = origin === site.origin || protocol === 'blob:' || protocol === 'data:'
    if (!isInside) complaints.push(`request to ${href}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`request to ${response.url()}`)
  })

  const spoil = (): void => {
    isSpoilt = true
  }
  watchUse(page, lastingOfPage, spoil)
  watchUse(context, lastingOfContext, spoil)
  watchHeld(page, held)

  const reset = async (): Promise<void> => {
    await page.goto(site.restUrl)
    complaints = []
    await page.evaluate(() => {
      window.localStorage.clear()
      window.sessionStorage.clear()
      window.name = ''
    })
    await devtools.send('Storage.clearDataForOrigin', {
      origin: site.origin,
      storageTypes: storages,
    })
    await devtools.send('Page.resetNavigationHistory')
    await page.mouse.move(-1, -1)
    const size = page.viewportSize()
    if (size?.width !== viewport.width || size.height !== viewport.height) {
      await page.setViewportSize(viewport)
    }
    page.setDefaultTimeout(defaultTimeoutMs)
  }

  const takeBack = async (): Promise<boolean> => {
    if (isSpoilt || held.size > 0 || context.pages().length !== 1) return false
    try {
      await reset()
      return true
    } catch {
      return false
    }
  }

  const slot: PageSlot = {
    page,
    lend: async (url, into) => {
      complaints = into
      isLent = true
      await page.goto(url)
    },
  }
  page.close = async () => {
    if (!isLent) return
    isLent = false
    if (await takeBack()) whenFree(slot)
    else await context.close()
  }
  return slot
}

/** Calls `used` when somebody reaches for one of the named members. */
const watchUse = <Target extends object>(
  target: Target,
  names: readonly (keyof Target)[],
  used: () => void,
): void => {
  for (const name of names) {
    const own = target[name]
    const get = (): typeof own => {
      used()
      return own
    }
    Object.defineProperty(target, name, { configurable: true, get })
  }
}

/** Keys and buttons that are down at the moment. */
const watchHeld = ({ keyboard, mouse }: Page, held: Set<string>): void => {
  const keyDown = keyboard.down.bind(keyboard)
  const keyUp = keyboard.up.bind(keyboard)
  const buttonDown = mouse.down.bind(mouse)
  const buttonUp = mouse.up.bind(mouse)
  keyboard.down = (key) => {
    held.add(key)
    return keyDown(key)
  }
  keyboard.up = (key) => {
    held.delete(key)
    return keyUp(key)
  }
  mouse.down = (options) => {
    held.add(options?.button ?? 'left')
    return buttonDown(options)
  }
  mouse.up = (options) => {
    held.delete(options?.button ?? 'left')
    return buttonUp(options)
  }
}
