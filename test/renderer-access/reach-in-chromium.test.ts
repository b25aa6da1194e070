import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(
  `how far an account reaches, in Chromium${reason}`,
  { timeout: 180_000 },
  () => {
    let built: BuiltConsole

    beforeAll(async () => {
      built = await startBuiltConsole()
    }, 300_000)
    afterAll(() => built?.close())
    afterEach(() => built.closePages())

    const open = async (route: string, query = ''): Promise<Page> => {
      const { page } = await built.open(`fake=3&still=1&${query}`, route)
      page.setDefaultTimeout(60_000)
      await page.locator('main').waitFor()
      return page
    }

    it('is said of each, kept to regions, and undone where a region is removed', async () => {
      const page = await open('/people')
      await page.getByRole('button', { name: 'Dewi Lestari' }).click()
      await page
        .getByRole('region', { name: 'What you can do' })
        .getByRole('button', { name: 'Reach', exact: true })
        .click()
      const dialog = page.getByRole('dialog', { name: 'How far does Dewi Lestari reach?' })
      await dialog.getByRole('radio', { name: 'Some regions' }).check()
      // Without a region it would be nothing at all.
      expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
      await dialog.getByRole('combobox', { name: 'Regions' }).click()
      await page.getByRole('option', { name: 'Harbour' }).click()
      await page.keyboard.press('Escape')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await page
        .getByRole('row', { name: /Dewi Lestari/ })
        .getByText('Harbour')
        .waitFor()
      await page.getByRole('link', { name: 'Regions' }).click()
      await page.getByRole('button', { name: 'Remove Harbour' }).click()
      await page.getByText('Accounts still reach this region.').waitFor()
    })

    it('hides what concerns the whole workspace, and says why where a link leads there', async () => {
      const page = await open('/traps', 'reach=regions')
      await page.getByText('Beyond your reach').waitFor()
      const rail = page.getByRole('navigation', { name: 'Pages' })
      expect(await rail.getByRole('link', { name: 'Traps' }).count()).toBe(0)
      expect(await rail.getByRole('link', { name: 'Alarms' }).count()).toBe(1)
    })
  },
)
