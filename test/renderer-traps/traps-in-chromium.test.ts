import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`traps and history settings in Chromium${reason}`, () => {
  let built: BuiltConsole
  const opened: { page: Page; complaints: string[] }[] = []

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())
  afterEach(() => built.closePages())

  const open = async (query: string, route: string): Promise<Page> => {
    const { page, complaints } = await built.open(`fake=1500&still=1${query}`, route)
    page.setDefaultTimeout(20_000)
    opened.push({ page, complaints })
    await page.getByRole('navigation', { name: 'Pages' }).waitFor()
    return page
  }
  const alert = (page: Page) => page.getByRole('complementary').getByRole('alert')

  it('refuses a port that is none before anything is asked', async () => {
    const page = await open('', '/traps')
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('textbox', { name: 'UDP port' }).fill('70000')
    await page.getByText('A whole number from 1 to 65535').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  })

  it('says in place that a port cannot be had, and takes the settings back', async () => {
    const page = await open('', '/traps')
    await page.getByRole('main').getByText('Listening on UDP port 10162').waitFor()
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('textbox', { name: 'UDP port' }).fill('162')
    await page.getByText('The system reserves ports below 1024.').waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    await alert(page).getByText('Port 162 for traps cannot be had.').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('main').getByText('Listening on UDP port 10162').waitFor()
  })

  it('shows what a stranger wrote as text, and nothing of it as anything else', async () => {
    const page = await open('', '/traps?show=unknown')
    await page.locator('tr[data-row]').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    const value = page.getByText('<img src=x onerror=alert(1)>')
    await value.waitFor()
    expect(await value.textContent()).toContain('\\u{202e}gnirts\\u{202c}')
    expect(await page.locator('main img').count()).toBe(0)
  })

  it('keeps the order that was chosen, from page to page', async () => {
    const page = await open('', '/traps?show=unknown')
    const head = page.getByRole('columnheader', { name: 'Count' })
    await head.getByRole('button').click()
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await page.getByRole('heading', { name: 'OLTs' }).waitFor()
    await page.keyboard.press('g')
    await page.keyboard.press('t')
    await page.getByText('Unknown (6)').click()
    await page.locator('th[aria-sort="ascending"]', { hasText: 'Count' }).waitFor()
  })

  it('leads to the ONU and to the PON that were looked at', async () => {
    const page = await open('', '/traps')
    const hash = (): Promise<string> => page.evaluate(() => window.location.hash)
    await page.getByRole('link', { name: /^ONU / }).first().click()
    expect(await hash()).toMatch(/^#\/onus\/[0-9a-f-]{36}\//)
    await page.goBack()
    await page.getByRole('link', { name: /^PON / }).first().click()
    expect(await hash()).toMatch(/^#\/onus\?.*pon=/)
  })

  it('tells how to send traps where there are none, and turns them on where they are off', async () => {
    const none = await open('&traps=none', '/traps')
    await none
      .getByText("snmptrap -v 2c -c public 127.0.0.1:10162 '' 1.3.6.1.6.3.1.1.5.3")
      .waitFor()
    const off = await open('&traps=off', '/traps')
    await off.getByRole('button', { name: 'Turn on' }).first().click()
    await off.getByRole('main').getByText('Listening on UDP port 10162').waitFor()
  })

  it('shortens the history only after it has said what goes', async () => {
    const page = await open('', '/settings')
    const readings = page.getByLabel('Keep every reading for')
    await readings.fill('6')
    const save = page.getByRole('region', { name: 'History' }).getByRole('button', { name: 'Save' })
    expect(await save.isDisabled()).toBe(true)
    await readings.fill('60')
    await page.getByText(/Readings before .* go/).waitFor()
    await save.click()
    const question = page.getByRole('dialog')
    await question.getByRole('button', { name: 'Cancel' }).click()
    expect(await readings.inputValue()).toBe('60 days')
    await save.click()
    await question.getByRole('button', { name: 'Shorten' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('input[value="400 days"]').waitFor()
  })

  it('has broken no rule of the page on the way', () => {
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
