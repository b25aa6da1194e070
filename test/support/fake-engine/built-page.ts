import { existsSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import { serveBuiltSite } from './built-site.ts'
import { openPageSlot, type PageSlot } from './page-slot.ts'

/**
 * The console on the fake engine, built as for production once a run and served on the loopback under
 * the production content security policy. For tests that need a real browser.
 */

export const chromiumPath = '/usr/bin/chromium'

/** Empty where a browser is at hand; otherwise why the tests are skipped. */
export const whyNoBrowser = (): string =>
  existsSync(chromiumPath) ? '' : ` (skipped: no browser at ${chromiumPath})`

export interface BuiltConsole {
  /**
   * Opens a page that nobody used before, as far as it can tell; `query` as
   * test/support/fake-engine/README.md says, `route` begins with `/`. Close it when done with it:
   * the next one is opened much faster then.
   */
  open(query: string, route?: string): Promise<OpenedConsole>
  /** Closes every page that is still open, as `page.close()` does. */
  closePages(): Promise<void>
  close(): Promise<void>
}

export interface OpenedConsole {
  readonly page: Page
  /** Violations of the policy, page errors and requests that left the console's own origin. */
  readonly complaints: string[]
}

export const startBuiltConsole = async (): Promise<BuiltConsole> => {
  const site = await serveBuiltSite()
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Nothing but the site is reached, whatever the console asks for.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  })
  const free: PageSlot[] = []
  const lent = new Set<PageSlot>()
  const whenFree = (slot: PageSlot): void => {
    lent.delete(slot)
    free.push(slot)
  }
  let opened = 0
  return {
    open: async (query, route = '/') => {
      const slot = free.pop() ?? (await openPageSlot(browser, site, whenFree))
      lent.add(slot)
      const complaints: string[] = []
      // The number makes it another document, also where only the route differs.
      await slot.lend(`${site.origin}/?${query}&opened=${(opened += 1)}#${route}`, complaints)
      return { page: slot.page, complaints }
    },
    closePages: async () => {
      await Promise.all([...lent].map(({ page }) => page.close()))
      lent.clear()
    },
    close: async () => {
      await browser.close()
      await site.close()
    },
  }
}
