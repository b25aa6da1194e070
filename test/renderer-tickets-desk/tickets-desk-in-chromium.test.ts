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
describe.skipIf(reason !== '')(`the desk of tickets${reason}`, () => {
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

  it('moves a card by mouse and keys, says why it may not go there, and puts it back', async () => {
    const page = await open('fake=3', '/tickets/board')
    const column = (name: string) => page.getByRole('region', { name, exact: true })
    const card = (number: string) => page.getByRole('article', { name: new RegExp(number, 'u') })
    await card('T-000001').waitFor()
    expect(await seriousOf(page)).toEqual([])
    // Nothing goes back to new.
    await card('T-000002').dragTo(column('new'))
    await page.getByText('A ticket that is “open” can’t go to “new”.').waitFor()
    await card('T-000001').dragTo(column('open'))
    await column('open')
      .getByRole('article', { name: /T-000001/u })
      .waitFor()
    // What waits is asked why; by keys as well.
    await card('T-000001').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Where to' }).click()
    await page.getByRole('option', { name: 'waits for supplier' }).click()
    await dialog.getByLabel('Why').fill('a new adapter')
    await dialog.getByRole('button', { name: 'Move' }).click()
    await column('waits for supplier')
      .getByRole('article', { name: /T-000001/u })
      .waitFor()
    await page.getByText('Priority', { exact: true }).click()
    await page.waitForURL(/by=priority/u)
    await card('T-000005').dragTo(column('P3 several'))
    await page.getByText('T-000005 moved to P3 several').waitFor()
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await column('P1 area')
      .getByRole('article', { name: /T-000005/u })
      .waitFor()
    await page.getByLabel('Words, number, subscriber').fill('nothing like it')
    await page.getByText('No ticket is open').waitFor()
    await page.close()
  }, 90_000)

  it('shows what is due by week and month, what is missed, and counts it as CSV', async () => {
    const page = await open('fake=3&theme=dark', '/tickets/due')
    await page.getByText('Overdue now · 2').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.getByText('Month', { exact: true }).click()
    await page
      .getByRole('button', { name: /^Show the week of/u })
      .first()
      .click()
    await page
      .getByRole('link', { name: /^.*T-000005/u })
      .first()
      .waitFor()
    await page.getByRole('link', { name: 'All that is missed' }).click()
    const table = page.getByRole('table', { name: 'Missed' })
    await table.getByText('2 h late').waitFor()
    expect(await seriousOf(page)).toEqual([])
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    expect((await saved).suggestedFilename()).toBe('tickets-breached.csv')
    await page.getByRole('link', { name: 'Reports' }).click()
    const volume = page.getByRole('region', { name: 'Opened and solved by day' })
    await volume.locator('.recharts-bar-rectangle').first().waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.getByLabel('From', { exact: true }).fill('2020-01-01')
    await page.getByText('no more than 400 days apart', { exact: false }).waitFor()
    await page.close()
  }, 90_000)

  it('changes a calendar by painting, a promise, and a template with its preview', async () => {
    const page = await open('fake=3', '/tickets/settings')
    await page.getByRole('button', { name: 'Change Office' }).click()
    const dialog = page.getByRole('dialog')
    const grid = dialog.getByRole('grid', { name: 'Week' })
    await dialog.getByText('54 h a week').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await grid.getByRole('gridcell', { name: 'Mon 07:30' }).click()
    await dialog.getByText('54.5 h a week').waitFor()
    await grid.getByRole('gridcell', { name: 'Mon 07:30' }).press('ArrowLeft')
    await page.keyboard.press('Space')
    await dialog.getByText('55 h a week').waitFor()
    await dialog.getByLabel('Holidays').fill('Christmas')
    await dialog.getByText('Line 1 has no day in front', { exact: false }).waitFor()
    await dialog.getByLabel('Holidays').fill('12-25 Christmas')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('55 h a week').waitFor()

    await page.getByRole('button', { name: 'Change P1' }).click()
    await dialog.getByLabel('Solved within').fill('soon')
    expect(await dialog.getByRole('button', { name: 'Save' }).isEnabled()).toBe(false)
    await dialog.getByLabel('Solved within').fill('3:30')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('table', { name: 'Promises' }).getByText('3:30').waitFor()

    await page.getByRole('button', { name: 'Change Being looked at' }).click()
    await dialog.getByText('Dear Dewi Lestari, T-000123 is being looked at.').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await dialog.getByRole('textbox', { name: 'English' }).fill('Hello {{agent}}')
    await dialog.getByText('“agent” is only in one language.').waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Add view' }).click()
    await dialog.getByLabel('Name').fill('Nobody has it')
    await dialog.getByRole('combobox', { name: 'Owner' }).click()
    await page.getByRole('option', { name: 'Nobody', exact: false }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: 'Nobody has it' }).click()
    await page.waitForURL(/\/tickets\?owner=none/u)
    await page.getByRole('button', { name: 'Views for everybody' }).click()
    await page.getByRole('menuitem', { name: 'Nobody has it' }).waitFor()
    await page.close()
    const support = await open('fake=3&role=support', '/tickets/settings')
    await support.getByText('Your role can’t open this page').waitFor()
    await support.close()
  }, 90_000)
})
