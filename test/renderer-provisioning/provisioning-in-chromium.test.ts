import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`changes in Chromium${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  it('authorise an unconfigured ONU from the dashboard with three presses of Enter, and the plan is seen first', async () => {
    const { page } = await built.open('fake=1500', '/')
    await page.locator('main a[href="#/unconfigured"]').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('tr[data-row]:focus').waitFor()
    const row = (await page.locator('tr[data-row]:focus').getAttribute('data-row')) ?? ''
    const waits = page.locator(`tr[data-row="${row}"]`)
    await page.keyboard.press('Enter')
    await page.locator('button:focus', { hasText: 'Apply' }).waitFor()
    expect(await page.locator('.npv-lines').first().textContent()).toContain('interface')
    // What will be sent is seen whole: nothing of a line is behind an edge.
    const cut = await page
      .locator('.npv-lines')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).length)
    expect(cut).toBe(0)
    expect(await waits.count()).toBe(1)
    await page.keyboard.press('Enter')
    await page.locator('button', { hasText: 'Undo' }).waitFor()
    await page.keyboard.press('Escape')
    await waits.waitFor({ state: 'detached' })
    // What was under the keyboard is gone: the line that took its place is.
    await page.locator('tr[data-row]:focus').waitFor()
    await page.close()
  }, 60_000)

  it('stand above the history on the page of an ONU, the way back in sight', async () => {
    const { page } = await built.open('fake=1500', '/changes')
    await page
      .getByRole('link', { name: /: one ONU$/ })
      .first()
      .click()
    await page.locator('.npv-target h2 a').click()
    const journal = page.getByRole('region', { name: 'Journal of changes' })
    await journal.waitFor()
    const box = async (selector: string) => (await page.locator(selector).boundingBox())!
    const changes = await box('.npo-changes')
    expect(changes.y + changes.height).toBeLessThanOrEqual((await box('[data-area=history]')).y)
    const panel = (await journal.boundingBox())!
    const back = (await journal.locator('tbody td').last().boundingBox())!
    expect(back.x + back.width).toBeLessThanOrEqual(panel.x + panel.width + 1)
    await page.close()
  }, 60_000)

  it('go on comparing when the page of the mismatches is left', async () => {
    const { page } = await built.open('fake=1500', '/mismatches')
    await page.getByRole('button', { name: 'Scan all OLTs' }).click()
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
    await page.evaluate(() => {
      location.hash = '#/presets'
    })
    await page.getByRole('heading', { level: 1, name: /Presets/ }).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Cancel' }).waitFor()
    await page.close()
  }, 60_000)
})
