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
describe.skipIf(reason !== '')(`the counter${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  const open = async (search: string, route = '/counter') =>
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
  const openTill = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Open till' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Float: what is in the drawer').fill('200000')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Find subscriber' }).waitFor()
  }

  it('a cashier lands at it, and all of a day goes by keyboard', async () => {
    const page = await open('fake=3&role=cashier&theme=dark', '/')
    await page.getByText('No till is open').waitFor()
    expect(await seriousOf(page)).toEqual([])
    // One page, and no way to lists.
    expect(await page.getByRole('link', { name: 'Billing' }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Sessions' }).count()).toBe(0)
    await openTill(page)

    // Find by a part of the name; Enter takes who is marked.
    await page.keyboard.type('a')
    await page.getByRole('option').first().waitFor()
    await shot(page, 'counter-find-dark')
    expect(await seriousOf(page)).toEqual([])
    const name = await page.getByRole('option').first().locator('.nct-found__name').innerText()
    await page.keyboard.press('Enter')
    const form = page.getByRole('form', { name })
    await form.waitFor()
    const amount = form.getByRole('textbox', { name: 'Amount' })
    // Typed on without the mouse.
    expect(await amount.evaluate((field) => field === document.activeElement)).toBe(true)
    await amount.fill('199500')
    // Coins of 100 alone: 199,500 needs none; one sen more does.
    await amount.fill('199520')
    await form.getByText('by coins', { exact: false }).waitFor()
    await form.getByRole('textbox', { name: 'Handed over' }).fill('199400')
    await form.getByText('is missing', { exact: false }).waitFor()
    await form.getByRole('textbox', { name: 'Handed over' }).fill('200000')
    await form.getByText('IDR 500.00').waitFor()
    await shot(page, 'counter-pay-dark')
    expect(await seriousOf(page)).toEqual([])

    // Once is not enough, and a change in between begins anew.
    await page.keyboard.press('Enter')
    await form.getByRole('button', { name: 'Enter once more takes IDR 199,500.00' }).waitFor()
    await amount.fill('199500')
    await form.getByRole('button', { name: 'Take IDR 199,500.00' }).waitFor()
    await page.keyboard.press('Enter')
    await form.getByRole('button', { name: 'Enter once more takes' }).waitFor()
    await page.keyboard.press('Enter')
    const receipt = page.getByRole('region', { name: 'Receipt RC-A-' })
    await receipt.waitFor()
    await page.getByText('Receipt sent to the printer').waitFor()
    await receipt.getByText('Give back').waitFor()
    // The PDF of what he took himself; of others he has none (test/billing-papers).
    expect(await receipt.getByRole('button', { name: 'Receipt (PDF)' }).count()).toBe(1)
    await shot(page, 'counter-receipt-dark')
    expect(await seriousOf(page)).toEqual([])
    const session = page.getByRole('complementary', { name: 'Session' })
    await session.getByText('IDR 399,500.00').waitFor()
    // The next one.
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Find subscriber' }).waitFor()

    // To the safe, with its key.
    await page.keyboard.press('F4')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('399501')
    expect(await dialog.getByRole('button', { name: 'Move' }).isEnabled()).toBe(false)
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('300000')
    await page.keyboard.press('Enter')
    await session.getByText('IDR 99,500.00').waitFor()

    // A receipt once more.
    await session.getByRole('button', { name: /^RC-A-/u }).click()
    await dialog.getByRole('button', { name: 'Print again' }).click()
    await page.keyboard.press('Escape')

    // The end: counted first, then compared; a difference says why.
    await page.keyboard.press('F8')
    await dialog.getByRole('textbox', { name: 'Counted' }).fill('99000')
    await page.keyboard.press('Enter')
    await dialog.getByText('Should be').waitFor()
    const close = dialog.getByRole('button', { name: 'Close till' })
    expect(await close.isEnabled()).toBe(false)
    await shot(page, 'counter-close-dark')
    await dialog.getByLabel('Why it differs').fill('a coin fell')
    await close.click()
    await page.getByText('Closed: report 1').waitFor()
    await page.getByText('No till is open').waitFor()
    await page.close()
  }, 90_000)

  it('what is typed in the palette stays there when the page behind it comes late', async () => {
    const page = await open('fake=3&role=cashier&slow=1500', '/')
    await page.getByRole('heading', { name: 'Counter' }).waitFor()
    await page.keyboard.press('Control+k')
    const palette = page.getByRole('combobox', { name: 'Go to, search, act' })
    await palette.waitFor()
    await page.keyboard.type('set')
    expect(await page.getByText('No till is open').count()).toBe(0)
    // Behind an open window nothing has a role: by its text.
    await page.getByText('No till is open').waitFor()
    await page.keyboard.type('tings')
    expect(await palette.inputValue()).toBe('settings')
    await page.close()
  }, 60_000)

  it('sessions are signed and corrected by another; tills are kept, in Indonesian too', async () => {
    const page = await open('fake=3', '/counter/sessions')
    const table = page.getByRole('table', { name: 'Cash sessions' })
    await table.getByRole('button', { name: 'Back office' }).click()
    const dialog = page.getByRole('dialog', { name: /^Report 1/u })
    await dialog.getByText('a note was torn').waitFor()
    await shot(page, 'counter-report')
    await dialog.getByRole('button', { name: 'Correct…' }).click()
    const correct = page.getByRole('dialog', { name: 'Correct report 1' })
    await correct.getByRole('textbox', { name: 'Amount' }).fill('100')
    await correct.getByLabel('Reason').fill('the note was taken by the bank')
    await correct.getByRole('button', { name: 'Write correction' }).click()
    await dialog.getByText('Difference with corrections').waitFor()
    await dialog.getByRole('button', { name: 'Sign', exact: true }).click()
    await dialog.getByText(/^Signed by/u).waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.close()

    const tills = await open('fake=3&lang=id', '/counter/tills')
    await tills.getByRole('button', { name: 'Front counter' }).click()
    await tills.getByLabel('Alamat pencetak').fill('10.0.0.1/x')
    expect(await tills.getByRole('button', { name: 'Simpan kas' }).isEnabled()).toBe(false)
    await tills.getByLabel('Alamat pencetak').fill('10.0.0.1')
    await shot(tills, 'counter-tills-id')
    await tills.getByRole('button', { name: 'Simpan kas' }).click()
    await tills.getByText('10.0.0.1:9100').waitFor()
    expect(await seriousOf(tills)).toEqual([])
    await tills.close()
  }, 90_000)

  it('is closed to who runs no till', async () => {
    const page = await open('fake=3&role=technician', '/counter')
    await page.getByText('Run a till and take money at the counter', { exact: false }).waitFor()
    await page.close()
  }, 60_000)
})
