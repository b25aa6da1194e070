import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`unconfigured ONUs in Chromium${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  it('are authorised from the dashboard with three presses of Enter, and the plan is seen first', async () => {
    const { page } = await built.open('fake=1500', '/')
    await page.locator('main a[href="#/unconfigured"]').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('tr[data-row]:focus').waitFor()
    const row = (await page.locator('tr[data-row]:focus').getAttribute('data-row')) ?? ''
    const waits = page.locator(`tr[data-row="${row}"]`)
    await page.keyboard.press('Enter')
    await page.locator('button:focus', { hasText: 'Apply' }).waitFor()
    expect(await page.locator('.npv-lines').first().textContent()).toContain('interface')
    expect(await waits.count()).toBe(1)
    await page.keyboard.press('Enter')
    await page.locator('button', { hasText: 'Undo' }).waitFor()
    await page.keyboard.press('Escape')
    await waits.waitFor({ state: 'detached' })
    // What was under the keyboard is gone: the line that took its place is.
    await page.locator('tr[data-row]:focus').waitFor()
    await page.close()
  }, 60_000)
})
