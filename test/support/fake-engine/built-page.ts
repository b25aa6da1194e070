import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { builtFiles } from './build-once.ts'

/**
 * The console on the fake engine, built as for production once a run and served from memory under the
 * production content security policy. For tests that need a real browser.
 */

export const chromiumPath = '/usr/bin/chromium'

/** Empty where a browser is at hand; otherwise why the tests are skipped. */
export const whyNoBrowser = (): string =>
  existsSync(chromiumPath) ? '' : ` (skipped: no browser at ${chromiumPath})`

const origin = 'https://console.invalid'
const nonce = 'bm9jdHVybmU'

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${nonce}'`,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

export interface BuiltConsole {
  /** Opens the page; `query` as test/support/fake-engine/README.md says, `route` begins with `/`. */
  open(query: string, route?: string): Promise<OpenedConsole>
  close(): Promise<void>
}

export interface OpenedConsole {
  readonly page: Page
  /** Violations of the policy, page errors and requests that left the console's own origin. */
  readonly complaints: string[]
}

export const startBuiltConsole = async (): Promise<BuiltConsole> => {
  const files = await builtFiles()
  const browser: Browser = await chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    open: async (query, route = '/') => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      const complaints: string[] = []
      page.on('pageerror', (error) => complaints.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text())
      })
      await page.route('**/*', async (request) => {
        const url = new URL(request.request().url())
        const path = url.pathname === '/' ? '/index.html' : url.pathname
        const body = files.get(path)
        if (url.origin !== origin || body === undefined) {
          complaints.push(`request to ${url.href}`)
          await request.abort()
          return
        }
        const text = path.endsWith('.html')
          ? Buffer.from(body).toString().replace('content="fake"', `content="${nonce}"`)
          : Buffer.from(body)
        await request.fulfill({
          body: text,
          headers: {
            'content-type': types[extname(path)] ?? 'application/octet-stream',
            'content-security-policy': policy,
          },
        })
      })
      await page.goto(`${origin}/?${query}#${route}`)
      return { page, complaints }
    },
    close: () => browser.close(),
  }
}
