import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { JournalEntry } from '../chromium-host/journal.ts'
import { launchFixture } from './fixture-console.ts'
import type { FixtureConsole } from './fixture-console.ts'

// One refusal each, on a real Chromium: the shell's own policy, preload and headers.

let fixture: FixtureConsole
let page: Page
beforeAll(async () => {
  fixture = await launchFixture()
  page = fixture.page
})
afterAll(async () => {
  await fixture?.stop()
})

const journal = async (kind: JournalEntry['kind']): Promise<string[]> =>
  (await fixture.state()).journal.filter((entry) => entry.kind === kind).map((e) => e.subject)

/** Does something and returns what the journal has gained of one kind, once it has gained any. */
const gained = async (kind: JournalEntry['kind'], act: () => Promise<unknown>) => {
  const before = (await journal(kind)).length
  await act()
  return vi.waitFor(
    async () => {
      const after = await journal(kind)
      expect(after.length, `nothing noted as ${kind}`).toBeGreaterThan(before)
      return after.slice(before)
    },
    { timeout: 10_000 },
  )
}

const attempt = (name: string): Promise<{ value?: unknown; error?: string }> =>
  page.evaluate(`attempt(${JSON.stringify(name)})`)

const reloaded = async (): Promise<void> => {
  const load = page.waitForEvent('load')
  await fixture.ask('reload')
  await load
}

const expectStillThere = async (): Promise<void> => {
  expect((await fixture.state()).url).toBe('app://console/')
  expect(await page.evaluate('location.href')).toBe('https://console.invalid/')
  expect(await page.evaluate('document.title')).toBe('Fixture')
}

describe('a page cannot run what is not its own script', () => {
  it.each(['eval', 'newFunction'])('%s is blocked', async (name) => {
    expect((await attempt(name)).error).toMatch(/^EvalError/)
  })

  it('an inline script does not run', async () => {
    expect(await page.evaluate('document.documentElement.dataset.inlineRan')).toBeUndefined()
    expect(await page.evaluate('violations')).toContain('script-src-elem')
  })

  it.each(['stringTimer', 'scriptElement', 'foreignScript'])('%s is blocked', async (name) => {
    expect((await attempt(name)).error).toMatch(/Trusted(Script|ScriptURL)'/)
  })

  it('an alias with markup shows as text, and is no markup even where code is careless', async () => {
    expect((await attempt('inlineHandler')).error).toMatch(/TrustedHTML/)
    const alias = '<img src=x onerror="window.handlerRan = true">'
    await page.evaluate(`document.getElementById('alias').textContent = ${JSON.stringify(alias)}`)
    expect(await page.locator('#alias').textContent()).toBe(alias)
    expect(await page.locator('#alias img').count()).toBe(0)
    expect(await page.evaluate('window.handlerRan')).toBeUndefined()
  })

  it('a style needs the nonce of this load', async () => {
    expect(await attempt('styleWithNonce')).toEqual({ value: '31px' })
    expect(await attempt('styleWithoutNonce')).toEqual({ value: '31px' })
  })

  it('a second Trusted Types policy is refused', async () => {
    expect((await attempt('secondPolicy')).error).toMatch(/disallowed/)
  })
})

describe('a page finds nothing of Node', () => {
  const names = ['require', 'process', 'module', 'Buffer', 'global', '__dirname']

  it('in itself', async () => {
    const types = await page.evaluate(`[${names.map((name) => `typeof ${name}`).join()}]`)
    expect(types).toEqual(names.map(() => 'undefined'))
  })

  it('in a worker, which has no bridge either', async () => {
    const nothing = { require: 'undefined', process: 'undefined', nocturne: 'undefined' }
    expect(await attempt('worker')).toEqual({ value: nothing })
  })

  it('in a frame, which has no bridge either', async () => {
    const found = await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe')
      frame.onload = () => {
        const inner = frame.contentWindow
        resolve([typeof inner.require, typeof inner.process, typeof inner.nocturne])
        frame.remove()
      }
      document.body.append(frame)
    })`)
    expect(found).toEqual(['undefined', 'undefined', 'undefined'])
  })

  it('a <webview> is an element without meaning', async () => {
    const found = await page.evaluate(`(() => {
      const view = document.createElement('webview')
      view.setAttribute('src', 'https://example.invalid/webview')
      document.body.append(view)
      const { name } = view.constructor
      return { name, isGuest: 'getWebContentsId' in view || 'loadURL' in view || 'src' in view }
    })()`)
    // Chromium itself keeps the name for its own pages and calls it a plain HTMLElement.
    expect(found).toEqual({
      name: expect.stringMatching(/^HTML(Unknown)?Element$/),
      isGuest: false,
    })
    expect((await fixture.state()).pages).toHaveLength(1)
  })
})

describe('a page cannot reach the world outside', () => {
  const fetchOutside = `fetch('https://example.invalid/').then(() => 'answered', () => 'failed')`
  const imageOutside = `new Promise((resolve) => {
    const image = new Image()
    image.onload = () => resolve('answered')
    image.onerror = () => resolve('failed')
    image.src = 'https://example.invalid/x.png'
  })`

  it('by fetch, image, beacon or socket: the content security policy', async () => {
    expect(await page.evaluate(fetchOutside)).toBe('failed')
    expect(await page.evaluate(imageOutside)).toBe('failed')
    await page.evaluate(`navigator.sendBeacon('https://example.invalid/', 'x')`)
    expect(
      await page.evaluate(`new Promise((resolve) => {
        try {
          const socket = new WebSocket('wss://example.invalid/')
          socket.onopen = () => resolve('answered')
          socket.onerror = () => resolve('failed')
        } catch { resolve('failed') }
      })`),
    ).toBe('failed')
    expect(await page.evaluate('violations')).toEqual(
      expect.arrayContaining(['connect-src', 'img-src']),
    )
  })

  it('nor where that policy fails: the shell cancels the request', async () => {
    const session = await page.context().newCDPSession(page)
    await session.send('Page.setBypassCSP', { enabled: true })
    await reloaded()
    try {
      const cancelled = await gained('request-cancelled', async () => {
        expect(await page.evaluate(fetchOutside)).toBe('failed')
        expect(await page.evaluate(imageOutside)).toBe('failed')
      })
      expect(new Set(cancelled)).toEqual(
        new Set(['https://example.invalid/', 'https://example.invalid/x.png']),
      )
    } finally {
      await session.send('Page.setBypassCSP', { enabled: false })
      await session.detach()
      await reloaded()
    }
    expect(await journal('request-let-through')).toEqual([])
  })

  it('by a download', async () => {
    const refused = await gained('download-refused', () =>
      page.evaluate(`{
        const link = document.createElement('a')
        link.href = URL.createObjectURL(new Blob(['x']))
        link.download = 'x.exe'
        link.click()
      }`),
    )
    expect(refused[0]).toMatch(/^blob:app:\/\/console\//)
  })
})

describe('a page stays where it is', () => {
  const link = (href: string, more = '') => `{
    const link = document.createElement('a')
    link.href = ${JSON.stringify(href)}
    link.id = 'link'
    link.textContent = 'away'
    ${more}
    document.getElementById('link')?.remove()
    document.body.append(link)
  }`

  it.each([
    ['https', 'https://example.invalid/', 'https://example.invalid/'],
    ['its own scheme', '/elsewhere', 'app://console/elsewhere'],
    ['about:blank', 'about:blank', 'about:blank'],
    ['another scheme', 'mailto:a@example.invalid', 'mailto:a@example.invalid'],
  ])('location = %s', async (_name, target, seen) => {
    const refused = await gained('navigation-refused', () =>
      page.evaluate(`location = ${JSON.stringify(target)}`),
    )
    expect(refused).toEqual([seen])
    await expectStillThere()
  })

  it('location = blob', async () => {
    const refused = await gained('navigation-refused', () =>
      page.evaluate(
        `location = URL.createObjectURL(new Blob(['<p>x'], { type: 'text/html' })); undefined`,
      ),
    )
    expect(refused[0]).toMatch(/^blob:app:\/\/console\//)
    await expectStillThere()
  })

  it('location = data, which Chromium refuses by itself', async () => {
    await page.evaluate(`location = 'data:text/html,x'; undefined`)
    await expectStillThere()
  })

  it('a link', async () => {
    await page.evaluate(link('https://example.invalid/link'))
    await gained('navigation-refused', () => page.click('#link'))
    await expectStillThere()
  })

  it('a form, at the latest by the content security policy', async () => {
    await page.evaluate(`{
      const form = document.createElement('form')
      form.action = 'https://example.invalid/form'
      form.method = 'post'
      document.body.append(form)
      form.submit()
    }`)
    await vi.waitFor(async () => {
      expect(await page.evaluate('violations')).toContain('form-action')
    })
    await expectStillThere()
  })

  it('a refresh that the document asks for', async () => {
    const refused = await gained('navigation-refused', () =>
      page.evaluate(`{
        const meta = document.createElement('meta')
        meta.httpEquiv = 'refresh'
        meta.content = '0;url=https://example.invalid/refresh'
        document.head.append(meta)
      }`),
    )
    expect(refused).toEqual(['https://example.invalid/refresh'])
    await expectStillThere()
  })

  it('a redirect, even of a load that main itself began', async () => {
    const refused = await gained('navigation-refused', async () => {
      expect(await fixture.tell('load-redirect')).toMatch(/ERR_ABORTED/)
    })
    expect(refused).toEqual(['https://example.invalid/'])
    await expectStillThere()
  })

  it('a reload that the page asks for; places behind # are free', async () => {
    await gained('navigation-refused', () => page.evaluate('location.reload()'))
    await page.evaluate(`location.hash = '#/onus'`)
    expect((await fixture.state()).url).toBe('app://console/#/onus')
    await page.evaluate(`history.replaceState(null, '', '/')`)
    await expectStillThere()
  })
})

describe('a page opens no window', () => {
  const expectOneWindow = async (): Promise<void> => {
    await vi.waitFor(
      async () => {
        const state = await fixture.state()
        expect(state.windows).toBe(1)
        expect(state.pages).toEqual(['https://console.invalid/'])
      },
      { timeout: 10_000 },
    )
    expect(await journal('window-allowed')).toEqual([])
  }
  const blankLink = `{
    const link = document.createElement('a')
    link.href = 'https://example.invalid/blank'
    link.target = '_blank'
    link.id = 'blank'
    link.textContent = 'blank'
    document.getElementById('blank')?.remove()
    document.body.append(link)
  }`

  it.each(['https://example.invalid/popup', 'about:blank', '/'])('window.open %s', async (url) => {
    await gained('window-refused', () =>
      page.evaluate(`window.open(${JSON.stringify(url)}); undefined`),
    )
    await expectOneWindow()
  })

  it('target=_blank', async () => {
    await page.evaluate(blankLink)
    await gained('window-refused', () => page.click('#blank'))
    await expectOneWindow()
  })

  it.each([
    ['a middle click', { button: 'middle' as const }],
    ['a click with Ctrl', { modifiers: ['Control' as const] }],
    ['a click with Shift', { modifiers: ['Shift' as const] }],
  ])('%s', async (_name, options) => {
    await page.evaluate(blankLink)
    await gained('window-refused', () => page.click('#blank', options))
    await expectOneWindow()
  })
})

describe('a page is given no permission', () => {
  it.each(['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'])(
    '%s is denied',
    async (name) => {
      const query = `navigator.permissions.query({ name: ${JSON.stringify(name)} })`
      expect(await page.evaluate(`${query}.then(({ state }) => state)`)).toBe('denied')
    },
  )

  it.each([
    ['a position', `new Promise((_, no) => navigator.geolocation.getCurrentPosition(no, no))`],
    ['a camera', `navigator.mediaDevices.getUserMedia({ video: true })`],
    ['the screen', `navigator.mediaDevices.getDisplayMedia({ video: true })`],
    ['a USB device', `navigator.usb.requestDevice({ filters: [] })`],
    ['a serial port', `navigator.serial.requestPort()`],
    ['a HID device', `navigator.hid.requestDevice({ filters: [] })`],
    ['the clipboard', `navigator.clipboard.readText()`],
  ])('%s is not handed over', async (_name, code) => {
    const outcome = await page.evaluate(
      `(async () => { try { await (${code}); return 'given' } catch (e) { return 'refused' } })()`,
    )
    expect(outcome).toBe('refused')
  })

  it('but one: to write to the clipboard; the shell was asked for each', async () => {
    expect(await journal('permission-granted')).toContain('clipboard-sanitized-write')
    expect(new Set(await journal('permission-granted')).size).toBe(1)
    expect(await journal('permission-refused')).toEqual(
      expect.arrayContaining(['geolocation', 'media', 'notifications', 'clipboard-read']),
    )
  })
})
