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
describe.skipIf(reason !== '')(`documents${reason}`, () => {
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
  const rowsOf = (page: Page) => page.getByRole('table', { name: 'Documents' }).locator('tbody tr')

  it('are listed with their sums, narrowed, sorted as chosen last, and opened by keyboard', async () => {
    const page = await open('fake=30&theme=dark', '/billing/documents')
    await rowsOf(page).first().waitFor()
    expect(await rowsOf(page).count()).toBe(37)
    await page.getByText('37 documents').waitFor()
    await page.getByText('7,400,000.00').first().waitFor()
    expect(await seriousOf(page)).toEqual([])
    await shot(page, 'documents-dark')

    await page.getByText('Draft', { exact: true }).first().click()
    await page.getByText('1 document', { exact: true }).waitFor()
    expect(page.url()).toContain('state=draft')
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await page.getByPlaceholder('Number, name or code').fill('000036')
    await page.getByText('1 document', { exact: true }).waitFor()
    await page.getByPlaceholder('Number, name or code').fill('nothing is called so')
    await page.getByText('No document matches').waitFor()
    await page.getByRole('button', { name: 'Clear filter' }).last().click()
    await page.getByText('37 documents').waitFor()

    const total = page.getByRole('columnheader', { name: 'Total' })
    await total.getByRole('button').click()
    await expect.poll(() => total.getAttribute('aria-sort'), { timeout: 20_000 }).toBe('descending')
    await expect
      .poll(() => rowsOf(page).first().locator('td').nth(8).textContent(), { timeout: 20_000 })
      .toContain('444,000.00')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /^Invoice INV-A-/u }).waitFor()
    // Two plans in one month, in words.
    await page.getByText(/: 12 at Home 20, \d+ at Home 50; tax 11 %/u).waitFor()
    await page.goBack()
    await rowsOf(page).first().waitFor()
    await expect.poll(() => total.getAttribute('aria-sort'), { timeout: 20_000 }).toBe('descending')
    await page.close()
  }, 60_000)

  it('say what settles them; a credit note takes a part and then the rest', async () => {
    const page = await open('fake=30', '/billing/documents?q=000036')
    await rowsOf(page).first().getByRole('link').first().click()
    await page.getByText('Nothing settles it yet.').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.getByRole('button', { name: 'PDF (A4)' }).click()
    await page.getByText('/exports/INV-A-2026-000036-a4-id.pdf').waitFor()
    await page.getByRole('button', { name: 'Credit note…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Chosen lines').click()
    await dialog.getByRole('checkbox').check()
    const amount = dialog.getByRole('textbox', { name: 'Credit of Home 20' })
    await amount.fill('250000.01')
    await dialog.getByText('At most IDR 250,000.00').waitFor()
    await amount.fill('100000')
    await dialog.getByLabel('Reason').fill('three days without light')
    const sums = dialog.getByRole('table', { name: 'Afterwards' })
    await sums.getByText('11,000.00', { exact: true }).waitFor()
    await sums.getByText('166,500.00', { exact: true }).waitFor()
    await shot(page, 'credit-light')
    expect(await seriousOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Issue credit of IDR 111,000.00' }).click()
    // The note is shown, and leads back.
    await page.getByRole('heading', { name: 'Credit note CN-A-' }).waitFor()
    await page.getByRole('table', { name: 'Settles' }).getByText('111,000.00').waitFor()
    await page.getByRole('link', { name: 'INV-A-2026-000036' }).first().click()
    await page.getByText('Partly settled').or(page.getByText('past due')).first().waitFor()
    await page.getByRole('table', { name: 'Corrected by' }).getByRole('link').waitFor()
    await page.getByText('IDR 100,000.00 of it credited').waitFor()
    await page.close()
  }, 60_000)

  it('are written by hand: sums as they will be issued, refusals at their line, and issued once', async () => {
    const page = await open('fake=30', '/billing/documents/new')
    await page.getByRole('button', { name: 'Save draft' }).click()
    expect(await page.getByText('Missing').count()).toBe(2)
    await page.getByRole('combobox', { name: 'Subscriber' }).fill('Dewi')
    await page.getByRole('option').first().click()
    const line = page.getByRole('group', { name: 'Line 1' })
    await line.getByLabel('What for').fill('Cable, outdoor')
    await line.getByLabel('Quantity').fill('12.5')
    await line.getByLabel('Unit price').fill('4000')
    await page.getByRole('table', { name: 'Totals' }).getByText('55,500.00').waitFor()
    await line.getByLabel('Discount').fill('50000.01')
    await line.getByText('The discount is larger than the line.').waitFor()
    await page.getByText('Sums without the lines that are refused.').waitFor()
    await page.getByRole('button', { name: 'Save draft' }).click()
    expect(page.url()).toContain('/new')
    await line.getByLabel('Discount').fill('5000')
    await page.getByRole('table', { name: 'Totals' }).getByText('49,950.00').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await shot(page, 'draft-light')
    await page.getByRole('button', { name: 'Save and issue' }).click()
    await page.getByRole('dialog').getByText('IDR 49,950.00 for').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    // It was kept, and can be typed on.
    await page.getByRole('heading', { name: 'Draft: Invoice' }).waitFor()
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    expect(await line.getByLabel('Quantity').inputValue()).toBe('12.5')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await page.getByRole('button', { name: 'Issue', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Issue' }).click()
    await page.getByRole('heading', { name: 'Invoice INV-A-2026-000037' }).waitFor()
    expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).toBe(0)
    await page.close()
  }, 60_000)

  it('are shown to who may see them, and changed by who may', async () => {
    const finance = await open('fake=30&lang=id', '/billing/documents')
    await finance.getByRole('table', { name: 'Dokumen' }).locator('tbody tr').first().waitFor()
    await finance
      .getByText('lewat tempo', { exact: false })
      .or(finance.getByText('Lewat tempo'))
      .first()
      .waitFor()
    await finance.close()
    const technician = await open('fake=30&role=technician', '/billing/documents')
    await technician.getByText('billing.document.read').waitFor()
    await technician.close()
  }, 60_000)
})
