import type { SecretText } from '../../src-shared/contract/confirm-text.ts'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { encode } from 'uqr'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { build } from 'vite'
import { contentSecurityPolicy } from '../../src-main/shell/response-headers.ts'
import { secretText } from '../../src-main/notices/secret-words.ts'
import { totpKeyText, totpUri } from '../../src-main/access/totp.ts'
import { newRecoveryCodes } from '../../src-main/access/recovery-codes.ts'
import { chromiumPath, whyNoBrowser } from '../support/fake-engine/built-page.ts'

/** The page that shows a secret, built as for production, under the production policy. */

const reason = whyNoBrowser()
const axe = readFileSync(
  resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
)
const origin = 'https://console.invalid'
const key = Buffer.from('12345678901234567890')
const uri = totpUri(key, 'sari')

const look = { language: 'en', theme: 'light' } as const
const factor = secretText(
  { kind: 'second-factor', qr: uri, lines: [totpKeyText(key)], of: 'Sari', until: null },
  look,
  'linux',
)
const codes = newRecoveryCodes()
const recovery = secretText(
  { kind: 'recovery-codes', qr: null, lines: codes, of: '<img src=x>', until: null },
  { language: 'id', theme: 'dark' },
  'win32',
)

describe.skipIf(reason !== '')(`the page of a secret in Chromium${reason}`, () => {
  const files = new Map<string, string | Uint8Array>()
  let browser: Browser

  beforeAll(async () => {
    const built = await build({
      configFile: false,
      root: resolve(import.meta.dirname, '../../src-renderer'),
      logLevel: 'silent',
      build: {
        write: false,
        assetsInlineLimit: 0,
        rollupOptions: {
          input: resolve(import.meta.dirname, '../../src-renderer/confirm.html'),
        },
      },
    })
    for (const { output } of Array.isArray(built) ? built : 'output' in built ? [built] : []) {
      for (const file of output) {
        files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source)
      }
    }
    browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
    })
  }, 120_000)
  afterAll(() => browser?.close())

  const open = async (text: SecretText): Promise<{ page: Page; complaints: string[] }> => {
    const page = await browser.newPage({ viewport: { width: 620, height: 600 } })
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    await page.addInitScript((shown) => {
      const calls: unknown[] = []
      Object.assign(window, {
        calls,
        confirmation: {
          question: () => Promise.resolve(shown),
          answer: (typed: unknown) => calls.push(typed),
          copy: () => {
            calls.push('copy')
            return Promise.resolve(true)
          },
        },
      })
    }, text)
    const types: Readonly<Record<string, string>> = {
      html: 'text/html',
      js: 'text/javascript',
      css: 'text/css',
    }
    await page.route('**/*', async (request) => {
      const path = new URL(request.request().url()).pathname
      const body = files.get(path)
      if (body === undefined) return request.abort()
      return request.fulfill({
        body: typeof body === 'string' ? body : Buffer.from(body),
        headers: {
          'content-type': types[path.split('.').at(-1) ?? ''] ?? 'font/woff2',
          'content-security-policy': contentSecurityPolicy(null),
        },
      })
    })
    await page.goto(`${origin}/confirm.html`)
    await page.getByRole('heading', { name: text.title }).waitFor()
    return { page, complaints }
  }

  const findings = async (page: Page): Promise<unknown> => {
    await page.evaluate(axe)
    return page.evaluate(
      'axe.run(document).then(({ violations }) => violations.map(({ id, impact }) => [id, impact]))',
    )
  }

  const callsOf = (page: Page): Promise<unknown> => page.evaluate('window.calls')

  it('draws the very QR code of the key, dark on light, without markup', async () => {
    const { page, complaints } = await open(factor)
    const path = await page.locator('#secret-qr svg path').getAttribute('d')
    const drawn = [...(path ?? '').matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x} ${y}`)
    const { data, size } = encode(uri, { ecc: 'M', border: 4 })
    const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`${x} ${y}`] : [])))
    expect(drawn.toSorted()).toEqual(dark.toSorted())
    expect(await page.locator('#secret-qr svg').getAttribute('viewBox')).toBe(`0 0 ${size} ${size}`)
    expect(await page.locator('#secret-lines li').allTextContents()).toEqual(factor.lines)
    // Scanned and put away: nothing to print.
    expect(await page.locator('#secret-print').isVisible()).toBe(false)
    expect(complaints).toEqual([])
    expect(await findings(page)).toEqual([])
    await page.close()
  })

  it('shows ten codes as text, and fits its window', async () => {
    const { page, complaints } = await open(recovery)
    expect(await page.locator('#secret-lines li').allTextContents()).toEqual(codes)
    expect(await page.locator('#secret img').count()).toBe(0)
    expect(await page.locator('#secret-qr').isVisible()).toBe(false)
    expect(await page.evaluate('document.documentElement.lang')).toBe('id')
    expect(await page.evaluate('document.documentElement.scrollHeight <= window.innerHeight')).toBe(
      true,
    )
    expect(complaints).toEqual([])
    expect(await findings(page)).toEqual([])
    await page.close()
  })

  it('is put away by its button alone: not by Enter, not by Escape', async () => {
    const { page } = await open(recovery)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    expect(await callsOf(page)).toEqual([])
    await page.getByRole('button', { name: recovery.close }).click()
    expect(await callsOf(page)).toEqual([''])
    await page.close()
  })

  it('has main copy it, and says so', async () => {
    const { page } = await open(recovery)
    await page.getByRole('button', { name: recovery.copy }).click()
    await page.getByRole('status').getByText(recovery.copied).waitFor()
    expect(await callsOf(page)).toEqual(['copy'])
    await page.close()
  })
})
