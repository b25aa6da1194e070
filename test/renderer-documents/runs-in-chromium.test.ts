import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()
const axe = readFileSync(
  join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
)

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`billing runs, statement and seller${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  const open = async (search: string, route: string) =>
    (await built.open(`${search}&still=1`, route)).page
  type Page = Awaited<ReturnType<typeof open>>

  const seriousOf = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe)
    const found = (await page.evaluate(`axe.run({ resultTypes: ['violations'] })`)) as {
      violations: { id: string; impact: string }[]
    }
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id }) => id)
  }
  const shot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['NOCTURNE_SHOTS']
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
  }

  it('a run is looked at, then issued, and tells who could not be billed and where that is mended', async () => {
    const page = await open('fake=30', '/billing/runs')
    await page.getByRole('table', { name: 'Runs so far' }).waitFor()
    await page.getByRole('button', { name: 'Look what would be issued' }).click()
    const rows = page.getByRole('table', { name: 'Subscriptions of this look' })
    await rows.locator('tbody tr').first().waitFor()
    expect(await rows.locator('tbody tr').count()).toBe(12)
    await page.getByText('1 cannot be billed').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await shot(page, 'dry-run-light')

    await rows.locator('tbody tr').first().getByRole('button').click()
    await page.getByText('30 days at Home 20; tax 11 %').waitFor()
    await shot(page, 'dry-run-row-light')
    await page.keyboard.press('Escape')
    await page.getByText('Cannot be billed 1').click()
    await expect.poll(() => rows.locator('tbody tr').count(), { timeout: 20_000 }).toBe(1)

    await page.getByRole('button', { name: 'Issue 11 documents' }).click()
    await page.getByRole('dialog').getByText('1 subscription that cannot be billed').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Issue 11 documents' }).click()
    await page.getByRole('button', { name: 'Call off' }).waitFor()
    await page.getByText('Done', { exact: true }).waitFor()
    const failures = page.getByRole('table', { name: 'Could not be billed' })
    await failures.getByRole('link', { name: 'Enter the rate' }).waitFor()
    expect(await seriousOf(page)).toEqual([])
    await shot(page, 'run-light')

    await page.getByRole('button', { name: 'PDFs of all' }).click()
    await page.getByText('1 PDF is in a folder of its own').waitFor()
    await page.getByText('/exports/documents-1').waitFor()
    await page.close()
  }, 90_000)

  it('a statement is what stood before, the entries and what stands after', async () => {
    const page = await open(
      'fake=3&theme=dark',
      '/subscribers/01930000-0000-7000-a000-000000000001?tab=statement',
    )
    const table = page.getByRole('table', { name: 'Statement' })
    await table.waitFor()
    // Head, before, three invoices, after.
    expect(await table.getByRole('row').count()).toBe(6)
    await table.getByText('499,500.00').first().waitFor()
    await page.getByRole('button', { name: 'This month' }).click()
    await expect.poll(() => table.getByRole('row').count(), { timeout: 20_000 }).toBe(4)
    expect(await table.getByRole('row').nth(1).textContent()).toContain('333,000.00')
    expect(await seriousOf(page)).toEqual([])
    await shot(page, 'statement-dark')
    await page.close()
  }, 60_000)

  it('the seller is entered, and what is no code is refused at its field', async () => {
    const page = await open('fake=3', '/billing/seller')
    await page.getByText('The next invoice is like INV-A-').waitFor()
    await page.getByRole('button', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Installation code').fill('b-2')
    await dialog.getByText('Capitals and digits', { exact: true }).waitFor()
    expect(await dialog.getByRole('button', { name: 'Save' }).isEnabled()).toBe(false)
    await dialog.getByLabel('Installation code').fill('b2')
    await dialog.getByLabel('Days', { exact: true }).fill('400')
    await dialog.getByText('A whole number, 0 to 365').waitFor()
    await dialog.getByLabel('Days', { exact: true }).fill('20')
    await dialog.getByText('A whole number, 0 to 365').waitFor({ state: 'hidden' })
    // Save is on again, and its colour is on the way: what is asked is where it ends.
    await expect.poll(() => seriousOf(page), { timeout: 20_000 }).toEqual([])
    await shot(page, 'seller-dialog-light')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('20 days after issue').waitFor()
    await page.getByText('The next invoice is like INV-B2-').waitFor()
    await page.close()
  }, 60_000)
})
