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
describe.skipIf(reason !== '')(`work orders on the screen${reason}`, () => {
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

  it('one is found, done with what it asks for, and signed on the screen', async () => {
    const page = await open('fake=3', '/fieldwork')
    await page.getByRole('link', { name: 'WO-000001' }).waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.getByLabel('Number, subject, place or subscriber').fill('torn')
    await page.getByRole('link', { name: 'WO-000002' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'WO-000001' }).click()
    await page.getByRole('heading', { name: 'Drop cable torn by a truck' }).waitFor()
    expect(await seriousOf(page)).toEqual([])
    // Nothing is done while something is missing.
    const done = page.getByRole('button', { name: 'Done', exact: true })
    expect(await done.isDisabled()).toBe(true)
    await page.getByLabel('Connectors cleaned and looked at').click()
    await page.getByLabel('Service tried together with the customer').click()
    await page.getByLabel('Reading after, dBm').fill('-17.2')
    await page.getByLabel('Reading after, dBm').press('Enter')
    await page.getByText('Good · by meter').waitFor()
    await done.click()
    await page.getByRole('button', { name: 'Sign', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name of who signs').fill('Dewi Lestari')
    const sign = dialog.getByRole('button', { name: 'Sign', exact: true })
    expect(await sign.isDisabled()).toBe(true)
    const pad = await dialog.getByRole('img', { name: 'Signature pad' }).boundingBox()
    await page.mouse.move(pad!.x + 40, pad!.y + 60)
    await page.mouse.down()
    for (let step = 1; step <= 10; step += 1) {
      await page.mouse.move(pad!.x + 40 + step * 20, pad!.y + 60 + (step % 2) * 40)
    }
    await page.mouse.up()
    expect(await seriousOf(page)).toEqual([])
    await sign.click()
    await page.getByRole('img', { name: 'Signature of Dewi Lestari' }).waitFor()
    // From here on there is an amendment, and nothing else.
    await page.getByLabel('Write an amendment…').fill('The clip was replaced, too.')
    await page.getByRole('button', { name: 'Write' }).click()
    await page.getByText('Amendment: The clip was replaced, too.').waitFor()
    await page.getByRole('button', { name: 'Certificate (PDF)' }).click()
    await page.getByText('WO-000001-en.pdf is in /home/demo/nocturne/exports').waitFor()
    await page.close()
  }, 90_000)

  it('a draft is planned on the board, what does not fit is said, and the days are a file', async () => {
    const page = await open('fake=3&theme=dark', '/fieldwork/plan')
    await page.getByText('WO-000005 overlaps WO-000004 by 60 min').waitFor()
    expect(await seriousOf(page)).toEqual([])
    const waiting = page.getByRole('region', { name: 'Nobody has yet' })
    await waiting.getByRole('button', { name: 'Plan' }).first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: 'Technician' }).click()
    await page.getByRole('option', { name: 'Agus Salim' }).click()
    await dialog.getByRole('button', { name: 'Plan' }).click()
    await waiting.getByText('WO-000013').waitFor({ state: 'detached' })
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'iCalendar', exact: true }).click()
    expect((await download).suggestedFilename()).toMatch(/^work-orders-\d{4}-\d\d-\d\d\.ics$/u)
    await page.getByText('Week', { exact: true }).click()
    await page.waitForURL(/by=week/u)
    await page.getByRole('rowheader', { name: 'Rina Wulandari' }).waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.close()
  }, 90_000)

  it('one is opened, falls through with a reason and goes on; types and hours are set up', async () => {
    const page = await open('fake=3', '/fieldwork')
    await page.getByRole('link', { name: 'WO-000001' }).waitFor()
    await page.keyboard.press('n')
    await page.keyboard.press('w')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Subject').fill('Clean the box')
    expect(await seriousOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('heading', { name: 'Clean the box' }).waitFor()
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Cancel the order' }).click()
    await dialog.getByLabel('Reason').fill('Opened twice')
    await dialog.getByRole('button', { name: 'Cancel the order' }).click()
    await page.getByText('Because: Opened twice').waitFor()
    await page.getByRole('link', { name: 'Work orders' }).first().click()
    const parts = page.getByRole('navigation', { name: 'Parts of field work' })
    await parts.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Change Repair' }).click()
    await dialog.getByRole('button', { name: 'Add an item' }).click()
    // Without its words in both languages nothing is saved.
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    expect(await seriousOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Change Budi Santoso' }).click()
    await dialog.getByLabel('Where his day begins').fill('nowhere')
    await dialog.getByText('Two numbers, such as -7.79, 110.37').waitFor()
    await dialog.getByLabel('Where his day begins').fill('-7.8, 110.36')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(await seriousOf(page)).toEqual([])
    await page.close()
  }, 90_000)
})
