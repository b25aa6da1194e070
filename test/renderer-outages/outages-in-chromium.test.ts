import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()
const one = '/outages/01930000-0000-7000-8000-0000000a0002'
const axe = readFileSync(
  resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
)

interface AxeFinding {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly target: readonly string[] }[]
}

/** What is serious, as "rule: where". */
const seriousFindings = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const found = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  )
  return (found as AxeFinding[])
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ') ?? ''}`)
}

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`outages, dashboard and wallboard in Chromium${reason}`, () => {
  let built: BuiltConsole
  const opened: { page: Page; complaints: string[] }[] = []

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 180_000)
  afterAll(() => built?.close())
  afterEach(() => built.closePages())

  const open = async (query: string, route: string): Promise<Page> => {
    const { page, complaints } = await built.open(`still=1&${query}`, route)
    page.setDefaultTimeout(30_000)
    opened.push({ page, complaints })
    await page.locator('#nc-content').waitFor()
    return page
  }
  const hash = (page: Page): Promise<string> => page.evaluate(() => window.location.hash)
  const openRows = (page: Page) =>
    page.getByRole('region', { name: 'Open', exact: true }).locator('tr[data-row]')

  it('says that an outage does not exist, and leads back', async () => {
    const page = await open('fake=1500', '/outages/01930000-0000-7000-8000-00000000ffff')
    await page.getByText('This outage does not exist').waitFor()
    await page.getByRole('link', { name: 'All outages' }).click()
    await openRows(page).first().waitFor()
  })

  it('says why nothing is shown when the list fails, and asks again', async () => {
    const page = await open('fake=1500&fail=outages.list', '/outages')
    await page.getByRole('region', { name: 'Open', exact: true }).getByRole('alert').waitFor()
    await page.getByRole('button', { name: 'Try again' }).first().waitFor()
  })

  it('is calm where nothing is wrong', async () => {
    const page = await open('fake=3', '/outages')
    await page.getByText('No outage is open').waitFor()
    await page.getByText('No ended outage in this period').waitFor()
  })

  it('goes through both lists by keys and opens one', async () => {
    const page = await open('fake=1500', '/outages')
    await openRows(page).first().waitFor()
    const count = await openRows(page).count()
    for (let press = 0; press <= count; press += 1) await page.keyboard.press('j')
    const focused = page.locator('tr[data-row]:focus')
    expect(await focused.locator('xpath=ancestor::section').getAttribute('aria-label')).toBe(
      'Ended',
    )
    for (let press = 0; press <= count; press += 1) await page.keyboard.press('k')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /Power out/ }).waitFor()
  })

  it('keeps search and period in the address', async () => {
    const page = await open('fake=1500', '/outages?period=month')
    await openRows(page).first().waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('kenanga')
    await page.waitForFunction(() => window.location.hash.endsWith('?q=kenanga&period=month'))
    await page.getByRole('region', { name: 'Ended' }).getByText('Jl. Kenanga').first().waitFor()
  })

  it('shows the verdict with what speaks for it and against it', async () => {
    const page = await open('fake=1500', one)
    await page
      .getByRole('heading', {
        level: 1,
        name: 'Distribution fibre below ODB Melati-03: 12 of 48 ONUs, no gasps',
      })
      .waitFor()
    await page.getByText('All of them hang below ODB Melati-03.').waitFor()
    await page.getByText('A missing gasp proves nothing').waitFor()
    await page.locator('.nu-arrival canvas').waitFor()
  })

  it('takes a correction, keeps the word of the console, and takes it back', async () => {
    const page = await open('fake=1500', one)
    await page.getByRole('button', { name: 'Correct the verdict' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: /Power in an area/ }).check()
    await dialog.getByRole('textbox').fill('The street is dark.')
    await dialog.getByRole('button', { name: 'Correct', exact: true }).click()
    await page.getByText('“The street is dark.”').waitFor()
    await page.getByText("The console's verdict: Distribution fibre (sure)").waitFor()
    await page.getByText('No fibre crew').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('“The street is dark.”').waitFor({ state: 'detached' })
  })

  it('acknowledges, notes and assigns by keys', async () => {
    const page = await open('fake=1500', '/outages/01930000-0000-7000-8000-0000000a0001')
    await page.getByRole('button', { name: /^Acknowledge/ }).waitFor()
    await page.keyboard.press('a')
    await page.getByText('Sari Wijaya, ').first().waitFor()
    await page.keyboard.press('c')
    await page.getByRole('dialog').getByRole('textbox').fill('Crew called.')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Crew called.').waitFor()
    await page.keyboard.press('i')
    await page.getByRole('dialog').getByRole('button', { name: 'Give' }).click()
    await page.getByText('Given to Sari Wijaya').first().waitFor()
  })

  it('has the dashboard in the order in which one asks', async () => {
    const page = await open('fake=1500', '/')
    await page.getByRole('region', { name: 'Activity' }).waitFor()
    await page.getByRole('region', { name: 'Alarms' }).waitFor()
    const names = await page
      .locator('.nd-page section[aria-label], .nd-page nav[aria-label]')
      .evaluateAll((found) => found.map((each) => each.getAttribute('aria-label')))
    expect(names).toEqual([
      'Open outages',
      'ONUs by state; each opens the list',
      'OLTs',
      'Light',
      'Alarms',
      'State over time',
      'Activity',
    ])
    const tall = await page.evaluate(
      () => document.querySelector('#nc-content')!.scrollHeight - window.innerHeight,
    )
    expect(tall).toBeLessThanOrEqual(0)
  })

  it('opens a PON whose light falls to its ONUs, before and now', async () => {
    const page = await open('fake=1500', '/')
    const light = page.getByRole('region', { name: 'Light' })
    await light
      .getByRole('button', { name: /^Show its ONUs/ })
      .first()
      .click()
    await light.getByText(/→ −\d/).first().waitFor()
  })

  it('leads from the top bar to the outages and to alarms of a severity', async () => {
    const page = await open('fake=1500', '/settings')
    await page.getByRole('link', { name: /^Critical: / }).click()
    expect(await hash(page)).toBe('#/alarms?severity=critical')
    await page
      .getByRole('banner')
      .getByRole('link', { name: /outages/ })
      .click()
    expect(await hash(page)).toBe('#/outages')
  })

  it('fills the wall, turns by keys, and Esc leads back to the frame', async () => {
    const page = await open('fake=3', '/wall')
    const wall = page.getByRole('region', { name: 'Wallboard' })
    await wall.getByText('No outage', { exact: true }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Pages', exact: true }).count()).toBe(0)
    await page.keyboard.press('ArrowRight')
    await wall.getByRole('heading', { level: 2, name: 'ONUs' }).waitFor()
    await page.keyboard.press('Space')
    await wall.getByText('paused').waitFor()
    await page.keyboard.press('ArrowLeft')
    await wall.getByRole('heading', { level: 2, name: 'Outages' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor()
    expect(await hash(page)).toBe('#/')
  })

  it('jumps to what is critical on the wall', async () => {
    const page = await open('fake=1500', '/wall')
    await page.getByText('stays: critical').waitFor()
  })

  it('says STALE over the whole wall when the engine is silent', async () => {
    const page = await open('fake=1500&fail=network.summary:engine-stopped', '/wall')
    await page.getByRole('alert').getByText('STALE').waitFor()
    const box = await page.getByRole('alert').boundingBox()
    expect(box).toMatchObject({ x: 0, y: 0, width: 1440, height: 900 })
  })

  it.each(['light', 'dark'] as const)(
    'has no serious finding of axe, %s',
    { timeout: 180_000 },
    async (theme) => {
      for (const [route, ready] of [
        ['/', '.nd-fall'],
        ['/outages', 'tr[data-row]'],
        [one, '.nu-onus__table'],
        ['/wall', '.nw-row'],
      ] as const) {
        const page = await open(`fake=1500&theme=${theme}`, route)
        await page.locator(ready).first().waitFor()
        expect(await seriousFindings(page), `${route} ${theme}`).toEqual([])
        await page.close()
      }
    },
  )

  it('never complained', () => {
    expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
  })
})
