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
const first = '/subscribers/01930000-0000-7000-a000-000000000001'

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`subscribers${reason}`, () => {
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
    const found = (await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
    )) as { id: string; impact: string; nodes: { html: string }[] }[]
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  }

  it('say what to do where there are none, why they cannot be shown, and are not for everybody', async () => {
    const empty = await open('fake=0', '/subscribers')
    await empty.getByText('No subscribers yet').waitFor()
    await empty.getByRole('button', { name: 'Import…' }).first().waitFor()
    await empty.close()
    const failed = await open('fake=3&fail=subscribers.list:store-damaged', '/subscribers')
    await failed.getByRole('button', { name: 'Try again' }).waitFor()
    await failed.close()
    const gone = await open('fake=3', '/subscribers/01930000-0000-7000-a000-00000000ffff')
    await gone.getByText('There is no such subscriber').waitFor()
    await gone.close()
    // Who runs the network sees who is behind an ONU, and no file of his.
    const noc = await open('fake=3&role=noc-engineer', '/subscribers')
    await noc.getByText('Who is', { exact: false }).or(noc.locator('main')).first().waitFor()
    expect(await noc.getByRole('columnheader', { name: 'Phone' }).count()).toBe(0)
    await noc.close()
  })

  it('are found however their number is typed, sorted, and opened by keys', async () => {
    const page = await open('fake=1500', '/subscribers')
    await page.getByText('1,503').first().waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.keyboard.press('/')
    await page.keyboard.type('0812 1000 0037')
    await page.getByText('1 of 1,503').waitFor()
    const name = await page.locator('tr[data-row] a').first().textContent()
    await page.keyboard.press('Escape')
    await page.locator('h1').first().click()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor()
    await page.close()
  })

  it('lead to their ONU and back by one key', async () => {
    const page = await open('fake=1500', first)
    const name = (await page.locator('h1').first().textContent()) ?? ''
    await page.getByRole('link', { name: /^Harbour 1/u }).waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.keyboard.press('b')
    await page.getByRole('heading', { level: 2, name: 'Subscriber' }).waitFor()
    await page.getByRole('link', { name, exact: true }).waitFor()
    await page.keyboard.press('b')
    await page.getByRole('heading', { level: 1, name }).waitFor()
    await page.close()
  })

  it('are added with what one is told on the telephone, and who looks the same is shown', async () => {
    const page = await open('fake=3', '/subscribers')
    await page.getByRole('button', { name: 'New subscriber' }).click()
    const dialog = page.getByRole('dialog', { name: 'New subscriber' })
    await dialog.getByLabel('Name').fill('Ratna Sari')
    await dialog.getByLabel('Phone').fill('0812 1000 0000')
    await dialog.getByText('same number').waitFor()
    await dialog.getByLabel('Phone').fill('0811 222 333')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Ratna Sari' }).waitFor()
    // A number that is none is told where it was typed, and nothing is lost.
    await page.getByRole('tab', { name: /^Contacts/u }).click()
    await page.getByRole('button', { name: 'Edit contacts…' }).click()
    const contacts = page.getByRole('dialog', { name: 'Contacts' })
    await contacts.getByLabel('Phone').fill('call me')
    await contacts.getByText('No telephone number').waitFor()
    expect(await contacts.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    await page.close()
  })

  it('are given to an agent, many at once, after a preview, and back', async () => {
    const page = await open('fake=3', '/subscribers')
    await page.getByRole('checkbox', { name: 'Choose all on this page' }).click()
    await page.getByRole('button', { name: 'Set agent…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Give subscribers to an agent' })
    await dialog.getByRole('combobox', { name: 'Agent' }).click()
    await page.getByRole('option', { name: 'Dewi Lestari' }).click()
    await dialog
      .getByRole('button', { name: 'Change 4' })
      .or(dialog.getByRole('button', { name: 'Change 5' }))
      .click()
    await page
      .getByText(/subscribers given to Dewi Lestari/u)
      .first()
      .waitFor()
    await page.close()
  })

  it('come in by a table whose columns are mapped, and what is left out is told', async () => {
    const page = await open('fake=3', '/subscribers')
    await page.getByRole('button', { name: 'Import…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import subscribers' })
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'pelanggan.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('Nama,No HP\nSri,0812\n'),
    })
    await dialog.getByText('The code belongs to a subscriber').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Add 12' }).click()
    await page.getByText('12 subscribers added').first().waitFor()
    await page.close()
  })
})
