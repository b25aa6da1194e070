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
describe.skipIf(reason !== '')(`reconciliation, finance, reports${reason}`, () => {
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

  it('compares by itself, filters by kind, mends several with a preview, ignores with a reason', async () => {
    const page = await open('fake=1500', '/billing/reconciliation')
    const table = page.getByRole('table', { name: 'Reconciliation' })
    await table.waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.getByRole('button', { name: /^Suspended, but online/u }).click()
    await page.waitForURL(/kind=suspended-online/u)
    await table.getByText('Billed, no ONU').waitFor({ state: 'detached' })
    const rows = table.locator('tbody tr')
    const count = await rows.count()
    await rows.nth(0).getByRole('checkbox').check()
    await rows.nth(1).getByRole('checkbox').check()
    const bulk = page.getByRole('toolbar', { name: 'Mend' })
    await bulk.getByText('2 selected').waitFor()
    await bulk.getByRole('button', { name: 'Switch off…' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('listitem').count()).toBe(2)
    expect(await dialog.getByLabel('Reason').inputValue()).toContain('Suspended, but online')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })

    await bulk.getByRole('button', { name: 'Ignore…' }).click()
    expect(await dialog.getByRole('button', { name: 'Ignore', exact: true }).isEnabled()).toBe(
      false,
    )
    await dialog.getByLabel('Reason').fill('a clinic')
    await dialog.getByRole('button', { name: 'Ignore', exact: true }).click()
    await page.getByText('2 findings are ignored.').waitFor()
    await rows.nth(count - 2).waitFor({ state: 'detached' })
    await page.getByText('Ignored', { exact: true }).click()
    await table.getByText('a clinic').first().waitFor()
    await page.close()
  }, 60_000)

  it('says so where nothing differs, and is not opened for who may not see it', async () => {
    const page = await open('fake=3', '/billing/reconciliation')
    await page.getByText('Nothing differs').waitFor()
    await page.getByText('Every OLT answers.', { exact: false }).waitFor()
    await page.close()
    const support = await open('fake=3&role=support', '/billing/reconciliation')
    await support.getByText('Your role can’t open this page').waitFor()
    await support.close()
  }, 60_000)

  it('billing begins with how it stands: figures, drawn and as tables, each with what is behind it', async () => {
    const page = await open('fake=1500&theme=dark', '/billing')
    await page.getByText('Recurring a month').waitFor()
    expect(await seriousOf(page)).toEqual([])
    const revenue = page.getByRole('region', { name: 'Revenue by month' })
    await revenue.locator('.recharts-bar-rectangle').first().waitFor()
    await revenue.getByText('As a table').click()
    expect(await revenue.getByRole('row').count()).toBe(13)
    await revenue.getByRole('link', { name: 'Report' }).click()
    await page.waitForURL(/billing\/reports\?from=/u)
    await page.getByRole('heading', { name: /^Taxes and revenue/u }).waitFor()
    await page.close()
  }, 60_000)

  it('receivables of any day lead to the accounts, in Indonesian as well', async () => {
    const page = await open('fake=1500&lang=id', '/billing/reports?show=aged')
    const table = page.getByRole('table', { name: 'Piutang menurut umur' })
    await table.waitFor()
    expect(await seriousOf(page)).toEqual([])
    await table.getByRole('link').first().click()
    await page.waitForURL(/tab=account/u)
    await page.close()
  }, 60_000)
})
