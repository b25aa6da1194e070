import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()
const oltId = '01930000-0000-7000-8000-000000000001'
const onu = `/onus/${oltId}/1-2-1-4`
const sibling = `${oltId}/1-2-1-5`

const hashOf = (page: Page): Promise<string> => page.evaluate(() => window.location.hash)

/** Waits until the charts stand still: nothing is being read. */
const stackOf = async (page: Page): Promise<Locator> => {
  const stack = page.getByRole('application', { name: /^Charts over time/ })
  await stack.waitFor()
  await page.waitForFunction(
    () =>
      document.querySelector('.nc-stack')?.getAttribute('aria-busy') === 'false' &&
      document.querySelector('.nc-plot canvas') !== null,
  )
  return stack
}

const untilHash = (page: Page, part: string): Promise<unknown> =>
  page.waitForFunction((text) => window.location.hash.includes(text), part)

const untilNoRange = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => !/[?&](range|from)=/.test(window.location.hash))

/** x of the plot by share, y in its middle, in the viewport. */
const pointIn = async (page: Page, share: number): Promise<{ x: number; y: number }> => {
  const plot = page.locator('.nc-plot .u-over').first()
  await plot.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const box = await plot.boundingBox()
  if (box === null) throw new Error('no plot')
  return { x: box.x + box.width * share, y: box.y + box.height / 2 }
}

describe.skipIf(reason !== '')(
  `charts of the history in Chromium${reason}`,
  { timeout: 90_000 },
  () => {
    let built: BuiltConsole

    beforeAll(async () => {
      built = await startBuiltConsole()
    }, 120_000)
    afterAll(() => built?.close())

    it('draws under the production policy and says what it shows in its address', async () => {
      const { page, complaints } = await built.open('fake=1500&still=1', onu)
      await stackOf(page)
      await page.getByRole('button', { name: '7 d' }).click()
      await untilHash(page, '?range=7d')
      await stackOf(page)
      const inked = await page
        .locator('.nc-plot canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const { width, height } = canvas
          const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
          return Array.from(pixels).filter((value, index) => index % 4 === 3 && value > 0).length
        })
      expect(inked).toBeGreaterThan(1000)
      expect(complaints).toEqual([])
      await page.close()
    })

    it('opens an address as it was copied, a second ONU laid over the first', async () => {
      const { page, complaints } = await built.open(
        'fake=1500&still=1',
        `${onu}?range=30d&with=${sibling}`,
      )
      await stackOf(page)
      expect(await page.getByRole('button', { name: '30 d' }).getAttribute('aria-pressed')).toBe(
        'true',
      )
      const remove = page.getByRole('button', { name: /^Remove .* from the charts$/ })
      await remove.waitFor()
      const readouts = page.locator('[data-metric="onuRxDbm"] .nc-readout')
      expect(await readouts.count()).toBe(2)
      await remove.click()
      await page.waitForFunction(() => !window.location.hash.includes('with='))
      expect(await readouts.count()).toBe(1)
      expect(complaints).toEqual([])
      await page.close()
    })

    it('zooms, moves, goes back and returns to now by keys alone', async () => {
      const { page } = await built.open('fake=1500&still=1', onu)
      const stack = await stackOf(page)
      await stack.focus()
      await page.keyboard.press('+')
      await untilHash(page, '?range=57600s')
      await page.keyboard.press('ArrowLeft')
      await untilHash(page, '?from=')
      await page.keyboard.press('0')
      await untilHash(page, '?range=57600s')
      await page.waitForTimeout(700)
      await page.keyboard.press('Backspace')
      await untilHash(page, '?from=')
      await page.keyboard.press('Backspace')
      await untilHash(page, '?range=57600s')
      await page.keyboard.press('Backspace')
      await untilNoRange(page)
      await page.close()
    })

    it('reads values and events to a screen reader', async () => {
      const { page } = await built.open('fake=1500&still=1', `${onu}?range=30d`)
      const stack = await stackOf(page)
      await stack.focus()
      await page.keyboard.press('Shift+ArrowLeft')
      await page.keyboard.press('Shift+ArrowLeft')
      const said = page.locator('.nc-history > [role="status"].nc-hidden')
      await page.waitForFunction(
        () => document.querySelector('.nc-history > .nc-hidden')?.textContent !== '',
      )
      expect(await said.textContent()).toMatch(/2026.*Receive power at the ONU: −\d+\.\d\d dBm/)
      await page.keyboard.press(',')
      await page.locator('.nc-event-words').waitFor()
      expect(await said.textContent()).toMatch(/ONU|OLT|PON/)
      await page.keyboard.press('Escape')
      await page.locator('.nc-event-words').waitFor({ state: 'detached' })
      expect(await hashOf(page)).toContain('range=30d')
      await page.close()
    })

    it('zooms into what is dragged over, and a double click goes back', async () => {
      const { page } = await built.open('fake=1500&still=1', onu)
      await stackOf(page)
      const [a, b] = [await pointIn(page, 0.2), await pointIn(page, 0.6)]
      await page.mouse.move(a.x, a.y)
      await page.mouse.down()
      await page.mouse.move(b.x, b.y, { steps: 4 })
      await page.mouse.up()
      await untilHash(page, '?from=')
      const params = new URLSearchParams((await hashOf(page)).split('?')[1])
      const span = Date.parse(params.get('to') ?? '') - Date.parse(params.get('from') ?? '')
      expect(span / (0.4 * 86_400_000)).toBeCloseTo(1, 1)
      await page.mouse.dblclick(b.x, b.y)
      await untilNoRange(page)
      await page.close()
    })

    it('zooms by a pinch of the trackpad, and by the wheel only once it has the focus', async () => {
      const { page } = await built.open('fake=1500&still=1', onu)
      const stack = await stackOf(page)
      const middle = await pointIn(page, 0.5)
      await page.mouse.move(middle.x, middle.y)
      await page.mouse.wheel(0, -100)
      await page.waitForTimeout(400)
      expect(await hashOf(page)).not.toMatch(/from=|range=/)
      const there = await pointIn(page, 0.5)
      await page.mouse.move(there.x, there.y)
      await page.keyboard.down('Control')
      await page.mouse.wheel(0, -40)
      await page.keyboard.up('Control')
      await untilHash(page, '?from=')
      await stack.focus()
      const before = await hashOf(page)
      const again = await pointIn(page, 0.5)
      await page.mouse.move(again.x, again.y)
      await page.mouse.wheel(0, -100)
      await page.waitForFunction((hash) => window.location.hash !== hash, before)
      await page.close()
    })

    it('zooms with two fingers', async () => {
      const { page } = await built.open('fake=1500&still=1', onu)
      const stack = await stackOf(page)
      const [a, b] = [await pointIn(page, 0.4), await pointIn(page, 0.6)]
      const touch = (type: string, pointerId: number, x: number): Promise<void> =>
        stack.dispatchEvent(type, {
          pointerId,
          pointerType: 'touch',
          clientX: x,
          clientY: a.y,
          bubbles: true,
        })
      await touch('pointerdown', 11, a.x)
      await touch('pointerdown', 12, b.x)
      await touch('pointermove', 11, a.x - 100)
      await touch('pointermove', 12, b.x + 100)
      await touch('pointerup', 11, a.x - 100)
      await touch('pointerup', 12, b.x + 100)
      await untilHash(page, '?from=')
      const params = new URLSearchParams((await hashOf(page)).split('?')[1])
      const span = Date.parse(params.get('to') ?? '') - Date.parse(params.get('from') ?? '')
      expect(span).toBeLessThan(0.75 * 86_400_000)
      await page.close()
    })

    it('writes what is drawn into a file that is named after the ONU', async () => {
      const { page } = await built.open('fake=1500&still=1', onu)
      await stackOf(page)
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: /^Points as drawn/ }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^ZTEG\w+_[\dT-]+_[\dT-]+_points\.csv$/)
      const text = await readFile((await download.path()) ?? '', 'utf8')
      const [head, row] = text.split('\r\n')
      expect(head).toContain('Receive power at the ONU (dBm), mean')
      expect(row).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d,/)
      await page.close()
    })

    it('keeps the charts that one has folded', async () => {
      const { page } = await built.open('fake=1500&still=1', onu)
      await stackOf(page)
      const name = page.getByRole('button', { name: /^Receive power at the ONU/ })
      await name.click()
      expect(await name.getAttribute('aria-expanded')).toBe('false')
      expect(await page.locator('[data-metric="onuRxDbm"] .nc-plot').count()).toBe(0)
      await page.evaluate(() => {
        window.location.hash = '/settings'
      })
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.evaluate((hash) => {
        window.location.hash = hash
      }, onu)
      await name.waitFor()
      expect(await name.getAttribute('aria-expanded')).toBe('false')
      await page.close()
    })

    it('says what failed, with a way to try again, and since when something is kept', async () => {
      const failed = await built.open(
        'fake=1500&still=1&fail=history.series:history-unavailable',
        onu,
      )
      await failed.page.getByText('The history cannot be read or kept at present.').waitFor()
      expect(await failed.page.getByRole('button', { name: 'Try again' }).count()).toBe(1)
      await failed.page.close()
      const { page } = await built.open(
        'fake=1500&still=1',
        `${onu}?from=2015-01-01T00:00:00Z&to=2015-02-01T00:00:00Z`,
      )
      await page.getByText(/^Nothing was kept in this time. Readings are kept since/).waitFor()
      await page.getByRole('button', { name: 'Go to the beginning' }).click()
      await untilHash(page, 'from=202')
      await page.close()
    })

    it('shows a PON port and its history, and leads there from its OLT', async () => {
      const { page, complaints } = await built.open('fake=1500&still=1', `/olts/${oltId}`)
      // A document taller than the window would move the whole frame when a chart takes the focus.
      const stack = await stackOf(page)
      await stack.focus()
      expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(0)
      expect(await page.evaluate(() => document.body.scrollTop)).toBe(0)
      await page.getByRole('link', { name: 'History of PON 1/2/4' }).click()
      await page.getByRole('heading', { name: /^PON 1\/2\/4/ }).waitFor()
      await stackOf(page)
      expect(await page.locator('.nc-chart').count()).toBe(3)
      await page.evaluate((hash) => {
        window.location.hash = hash
      }, `/olts/${oltId}/pon/9-9-9`)
      await page.getByText('This PON port is not known').waitFor()
      expect(complaints).toEqual([])
      await page.close()
    })
  },
)
