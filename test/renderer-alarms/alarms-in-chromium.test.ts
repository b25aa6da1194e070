import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`alarms in Chromium${reason}`, { timeout: 120_000 }, () => {
  let built: BuiltConsole
  const opened: { page: Page; complaints: string[] }[] = []

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 180_000)
  afterAll(() => built?.close())
  afterEach(() => built.closePages())

  const open = async (query: string, route: string): Promise<Page> => {
    const { page, complaints } = await built.open(`fake=1500&still=1${query}`, route)
    page.setDefaultTimeout(30_000)
    opened.push({ page, complaints })
    await page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor()
    return page
  }
  const rows = (page: Page) => page.getByRole('grid', { name: 'Alarms' }).locator('[data-index]')

  it('says what failed in place of the list, and of a record that is no longer kept', async () => {
    const page = await open('&fail=alarms.list', '/alarms')
    await page.getByRole('main').getByRole('alert').first().waitFor()
    const gone = await open('', '/alarms/one/01930000-0000-7000-9000-0000000fffff')
    await gone.getByText('This alarm is no longer kept').waitFor()
  })

  it('does not shelve without a reason', async () => {
    const page = await open('', '/alarms')
    await rows(page).first().waitFor()
    await page.keyboard.press('s')
    const dialog = page.getByRole('dialog', { name: 'Shelve' })
    const button = dialog.getByRole('button', { name: 'Shelve', exact: true })
    await button.waitFor()
    expect(await button.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill('Known')
    await button.click()
    await page.getByText('1 alarm shelved.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back for 1 alarm.').waitFor()
  })

  it('acknowledges what is chosen, says for how many, and takes it back', async () => {
    const page = await open('', '/alarms?ack=no')
    await rows(page).first().waitFor()
    for (const key of ['j', 'x', 'j', 'x', 'a']) await page.keyboard.press(key)
    const dialog = page.getByRole('dialog', { name: 'Acknowledge' })
    await dialog.getByText('This is for 2 alarms:').waitFor()
    await dialog.getByRole('textbox', { name: 'Note' }).press('Enter')
    await page.getByText('2 alarms acknowledged.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Taken back for 2 alarms.').waitFor()
  })

  it('keeps the question in the address and saves it as a view', async () => {
    const page = await open('', '/alarms')
    await rows(page).first().waitFor()
    await page.getByRole('button', { name: 'Critical' }).click()
    await page.waitForFunction(() => window.location.hash.includes('severity=critical'))
    await page.getByRole('button', { name: 'Views' }).click()
    const name = page.getByRole('textbox', { name: 'Save what is shown as' })
    await name.fill('Worst')
    await name.press('Enter')
    await page.getByText('View Worst saved.').waitFor()
    await page.getByRole('button', { name: 'Clear filter' }).click()
    await page.waitForFunction(() => !window.location.hash.includes('severity'))
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('button', { name: 'Worst', exact: true }).click()
    await page.waitForFunction(() => window.location.hash.includes('severity=critical'))
  })

  it('previews a rule before it is saved, and saves nothing by it', async () => {
    const page = await open('', '/alarms/rules?type=rx-degrading')
    await page.getByRole('button', { name: 'What would it raise?' }).click()
    await page.getByText(/This rule would have raised \d+ alarms? in the last 7 days\./).waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  })

  it('plans maintenance of the OLT that is open, by one key', async () => {
    const page = await open('', '/olts/01930000-0000-7000-8000-000000000002')
    await page.getByRole('heading', { name: 'Open alarms' }).waitFor()
    await page.keyboard.press('m')
    const dialog = page.getByRole('dialog', { name: 'Plan maintenance' })
    await dialog.getByText('Kemang 1').first().waitFor()
    await dialog.getByRole('button', { name: 'Plan', exact: true }).click()
    await page.getByText('Kemang 1 is planned.').waitFor()
  })

  it('asks whether what is still down is an alarm, on every page', async () => {
    const page = await open('', '/settings')
    await page.getByText('Still down: 12 ONUs. Alarm?').waitFor()
    await page.getByRole('button', { name: 'No alarm' }).click()
    await page.getByText('No alarm is raised for it.').waitFor()
    await page.getByText('Still down: 12 ONUs. Alarm?').waitFor({ state: 'detached' })
  })

  it('writes a note into the guide, where the search finds it', async () => {
    const page = await open('', '/alarms/guide/pon-down')
    await page.getByRole('button', { name: 'Change' }).click()
    await page.getByRole('textbox', { name: 'Own note' }).fill('Bridge first')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Note saved.').waitFor()
    await page.getByText('Bridge first').waitFor()
  })

  it('broke no rule of the page meanwhile', () => {
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
