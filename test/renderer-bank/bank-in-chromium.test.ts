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
describe.skipIf(reason !== '')(`bank${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  const open = async (search: string) =>
    (await built.open(`${search}&still=1`, '/billing/bank')).page
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

  it('movements are taken by keyboard, one after the other, and all certain ones at once', async () => {
    const page = await open('fake=3')
    const table = page.getByRole('table', { name: 'Movements of the bank' })
    await table.getByText('BUDI SANTOSO').waitFor()
    expect(await seriousOf(page)).toEqual([])
    // Down to the first, Enter opens it, Enter takes what is proposed first.
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const drawer = page.getByRole('complementary')
    await drawer.getByText('names the document').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByText('Taken: receipt RC-A-').waitFor()
    // The next one that waits is open.
    await drawer.getByText('names the subscriber').waitFor()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Take 1 certain one' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('1 movement').waitFor()
    await dialog.getByRole('button', { name: 'Take 1' }).click()
    await table.getByText('SITI AMINAH').waitFor({ state: 'detached' })
    await page.close()
  })

  it('a movement that nobody fits is split by hand, or ignored with a reason', async () => {
    const page = await open('fake=3')
    const table = page.getByRole('table', { name: 'Movements of the bank' })
    await table.getByText('transfer dari agus').waitFor()
    await table
      .getByRole('row', { name: /transfer dari agus/ })
      .getByRole('button')
      .click()
    await page.getByRole('button', { name: 'Choose by hand' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('All of it is given out.').waitFor()
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('100000')
    await dialog.getByText('IDR 23,456.00 is not given out.').waitFor()
    // Nobody is chosen: it can't be taken.
    expect(await dialog.getByRole('button', { name: 'Take', exact: true }).isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Ignore' }).click()
    await dialog.getByLabel('Reason').fill('own money')
    await dialog.getByRole('button', { name: 'Ignore' }).click()
    await table.getByText('transfer dari agus').waitFor({ state: 'detached' })
    await page.close()
  })

  it('a file shows what it would bring and what it leaves out, and is brought in', async () => {
    const page = await open('fake=3')
    await page.getByRole('button', { name: 'Bring in a file' }).click()
    const dialog = page.getByRole('dialog')
    const file = (text: string) => ({
      name: 'june.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    })
    await dialog.locator('input[type=file]').setInputFiles(file(''))
    await dialog.getByText('This file is empty.').waitFor()
    await dialog.locator('input[type=file]').setInputFiles(file('a,b'))
    await dialog.getByText('no day of the calendar').waitFor()
    await dialog.getByText('TRSF E-BANKING SARI S-000004').first().waitFor()
    expect(await seriousOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Bring in 2' }).click()
    await page.getByText('1 new movement').waitFor()
    await page.close()
  })

  it('whoever may only read decides nothing; without a file it says what to do', async () => {
    const page = await open('fake=0')
    await page.getByText('No file of the bank yet').waitFor()
    await page.close()
    const cashier = await open('fake=3&role=cashier')
    await cashier.getByText('Your role').first().waitFor()
    await cashier.close()
  })
})
