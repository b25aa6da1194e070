import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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
const first = '/tickets/one/01930000-0000-7000-9a0a-000000000001'

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`tickets${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterEach(() => built.closePages())
  afterAll(() => built?.close())

  const open = async (route: string, search = 'fake=1500') =>
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

  it('lists them by state, whose and words, with the filter in the address', async () => {
    const page = await open('/tickets')
    const table = page.getByRole('table', { name: 'Tickets' })
    await table.getByRole('link', { name: 'T-000001' }).waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.getByText(/^Solved \d/u).click()
    await table.getByRole('link', { name: 'T-000004' }).waitFor()
    expect(page.url()).toContain('state=solved')
    expect(await table.getByRole('link', { name: 'T-000001' }).count()).toBe(0)
    await page.getByText(/^All \d/u).click()
    await page.keyboard.press('/')
    await page.keyboard.type('T-000003')
    await page.waitForURL(/q=T-000003/u)
    await table.getByRole('link', { name: 'T-000003' }).click()
    await page.waitForURL(/tickets\/one/u)
  })

  it('shows what was told, promised and seen, and keeps words for staff apart', async () => {
    const page = await open(first)
    await page.getByRole('heading', { name: 'No light since this morning' }).waitFor()
    await page.getByText('We see that your line has no light.', { exact: false }).waitFor()
    const promised = page.getByRole('region', { name: 'Promised' })
    expect(await promised.innerText()).toContain('missed')
    const seen = page.getByRole('region', { name: 'Network when it was opened' })
    expect(await seen.innerText()).toMatch(/ONU without light[\s\S]*Single drop/u)
    expect(await seriousOf(page)).toEqual([])
    await page.getByText('Note for staff', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Note for staff' }).fill('Splitter box is wet')
    await page.keyboard.press('Control+Enter')
    const line = page.getByRole('region', { name: 'Time line' })
    await line.getByText('Splitter box is wet').waitFor()
    await line.getByText('With the customer', { exact: true }).click()
    await expect.poll(() => line.getByText('Splitter box is wet').count()).toBe(0)
    // What was typed and not sent stays while one looks elsewhere.
    await page.getByText('To the customer', { exact: true }).click()
    await page.getByRole('textbox', { name: 'To the customer' }).fill('We come at ten')
    await page.getByRole('link', { name: 'Tickets', exact: true }).first().click()
    await page.goBack()
    const box = page.getByRole('textbox', { name: 'To the customer' })
    await expect.poll(() => box.inputValue()).toBe('We come at ten')
  })

  it('moves with a reason, is taken and merged', async () => {
    const page = await open(first)
    await page.getByRole('button', { name: 'Wait for customer' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Why').fill('he is not at home')
    await dialog.getByRole('button', { name: 'Move' }).click()
    await page.getByText('T-000001: waits for customer').waitFor()
    await page.getByRole('main').getByText('waits for customer', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Take it' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Take it' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Merge…' }).click()
    await page.getByRole('combobox', { name: 'Other ticket' }).fill('T-000002')
    await page.getByRole('option', { name: /T-000002/u }).click()
    await page.getByRole('button', { name: 'Merge', exact: true }).click()
    await page.waitForURL(/9a0a-000000000002/u)
    await page.getByText('came from').waitFor()
  })

  it('begins one from the list, and from an alarm in one key', async () => {
    const page = await open('/tickets')
    await page.getByRole('link', { name: 'T-000001' }).waitFor()
    await page.keyboard.press('n')
    await page.keyboard.press('t')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Subject' }).fill('No picture on television')
    expect(await seriousOf(page)).toEqual([])
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'No picture on television' }).waitFor()
    await page.getByRole('link', { name: 'Alarms' }).first().click()
    await page.waitForURL(/alarms/u)
    await page.locator('[role=row][aria-rowindex="2"]').click()
    await page.keyboard.press('t')
    await page.getByRole('heading', { name: 'Ticket for this alarm' }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Subject' }).inputValue()).not.toBe('')
    await page.keyboard.press('Enter')
    await page.waitForURL(/tickets\/one/u)
    await page.getByRole('region', { name: 'About' }).getByText('Alarm').waitFor()
  })

  it('is nothing for who may not see tickets', async () => {
    const page = await open(first, 'fake=1500&role=auditor')
    await page.getByText('Your role can’t open this page').waitFor()
  })
})
