import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()
const oltId = (at: number): string => `01930000-0000-7000-8000-00000000000${at}`
const versionId = (olt: number, version: number): string =>
  `01930000-0000-7000-8002-${(olt * 1000 + version).toString(16).padStart(12, '0')}`

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(
  `configurations and speeds in Chromium${reason}`,
  { timeout: 180_000 },
  () => {
    let built: BuiltConsole
    const opened: { page: Page; complaints: string[] }[] = []

    beforeAll(async () => {
      built = await startBuiltConsole()
    }, 300_000)
    afterAll(() => built?.close())
    // A page that nobody looks at any more goes on drawing.
    afterEach(() => opened.at(-1)?.page.close())

    const open = async (
      route: string,
      query = 'fake=1500',
      navigation = 'Pages',
    ): Promise<Page> => {
      const { page, complaints } = await built.open(`${query}&still=1`, route)
      page.setDefaultTimeout(60_000)
      opened.push({ page, complaints })
      await page.getByRole('navigation', { name: navigation }).waitFor()
      return page
    }

    it('keeps an unknown change in sight until somebody says what it was', async () => {
      const page = await open(`/configurations/${oltId(2)}`)
      const notice = page.getByRole('region', { name: 'An unknown change.' })
      await notice.getByRole('button', { name: 'Accept it…' }).click()
      const dialog = page.getByRole('dialog')
      expect(await dialog.getByRole('button', { name: 'Accept it…' }).isDisabled()).toBe(true)
      await dialog.getByRole('textbox').fill('The vendor replaced a board')
      await dialog.getByRole('button', { name: 'Accept it…' }).click()
      await notice.waitFor({ state: 'detached' })
      await page.getByText('The vendor replaced a board').waitFor()
    })

    it('reads all that can be read at once, and can be called off', async () => {
      const page = await open('/configurations')
      await page.getByRole('button', { name: 'Make now: 2 OLTs' }).click()
      await page.getByRole('region', { name: 'Configurations being read' }).waitFor()
      await page.getByText('2 of 2 done.').waitFor()
      await page.getByRole('button', { name: 'Close' }).click()
      await page.getByRole('button', { name: 'Make now: 2 OLTs' }).click()
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByText(/Called off after \d of 2/).waitFor()
    })

    it('goes from change to change by the keyboard, and opens what is left out', async () => {
      const page = await open(`/configurations/diff/${versionId(0, 5)}/${versionId(0, 8)}`)
      await page.getByText('7 places').waitFor()
      await page.keyboard.press('Shift+J')
      await page.keyboard.press('Shift+J')
      await page.getByText('Place 2 of 7').waitFor()
      await page.keyboard.press('Shift+K')
      await page.getByText('Place 1 of 7').waitFor()
      await page.getByText('a secret differs').first().waitFor()
      await page.getByRole('button', { name: '1 equal line: show' }).click()
      await page.getByText('[OLTOS R019C10: 2001]').first().waitFor()
      await page.getByText('Unified').click()
      await page.getByText('[OLTOS R019C10: 2001]').waitFor()
    })

    it('shows 100,000 lines with only those in sight in the page, and finds the last', async () => {
      const page = await open(`/configurations/${oltId(1)}/text/${versionId(0, 8)}`, 'fake=100352')
      await page.getByText('snmp-agent community').waitFor({ timeout: 90_000 })
      expect(await page.locator('.nb-line').count()).toBeLessThan(200)
      await page.keyboard.press('/')
      await page.keyboard.type('return')
      await page.getByText('1 of 1').waitFor()
      await page.locator('.nb-line[data-current] mark').waitFor()
    })

    it('says that a window asks before passwords are written', async () => {
      const page = await open(`/configurations/${oltId(1)}`)
      await page
        .getByRole('button', { name: /^Version of / })
        .first()
        .click()
      await page.getByRole('menuitem', { name: 'Export with passwords…' }).click()
      await page
        .getByRole('dialog')
        .getByText(/A window outside this page asks/)
        .waitFor()
      await page.getByRole('button', { name: 'Ask me' }).click()
      await page.getByText(/exports\/config-/).waitFor()
    })

    it('saves a schedule and takes it back', async () => {
      const page = await open(`/configurations/${oltId(1)}`)
      await page.getByRole('button', { name: 'Schedule' }).click()
      await page.getByRole('textbox', { name: 'Every so many hours' }).fill('6')
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('every 6 h').waitFor()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('daily, about 03:00').waitFor()
    })

    it('writes an hour as the language does', async () => {
      const page = await open(`/configurations/${oltId(1)}`, 'fake=1500&lang=id', 'Halaman')
      await page.getByText('harian, sekitar 03.00').waitFor()
    })

    it('says at the field what an OLT does not take, and what the OLT said in place', async () => {
      const page = await open(`/configurations/${oltId(1)}`)
      await page.getByRole('button', { name: 'Send by the OLT…' }).click()
      const dialog = page.getByRole('dialog')
      const host = dialog.getByRole('textbox', { name: 'TFTP server, as the OLT reaches it' })
      await host.fill('tftp.example')
      await dialog.getByRole('button', { name: 'Ask me' }).click()
      await dialog.getByText('This OLT does not take that.').waitFor()
      await host.fill('192.0.2.99')
      await dialog.getByRole('button', { name: 'Ask me' }).click()
      await dialog.getByRole('alert').getByText('The OLT says: Failure: no answer').waitFor()
      expect(await dialog.getByText('This OLT does not take that.').count()).toBe(0)
      await host.fill('192.0.2.1')
      await dialog.getByRole('button', { name: 'Ask me' }).click()
      await dialog.waitFor({ state: 'detached' })
    })

    it('offers one way to read a catalogue that was never read, and nothing to filter', async () => {
      const page = await open(`/olts/${oltId(2)}/catalogue`)
      await page.getByText('Nothing was read from this OLT yet').waitFor()
      expect(await page.getByRole('button', { name: 'Read now' }).count()).toBe(1)
      expect(await page.getByRole('textbox', { name: 'Filter by id or name' }).count()).toBe(0)
    })

    it('shows on which OLTs a speed is missing', async () => {
      const page = await open('/speeds')
      await page.getByRole('button', { name: 'Add a speed' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Business 300')
      await dialog.getByRole('textbox', { name: 'Down, kbit/s' }).fill('204800')
      await dialog.getByRole('textbox', { name: 'Up, kbit/s' }).fill('102400')
      await dialog.getByRole('combobox', { name: 'Harbour 1: Line profile' }).waitFor()
      await dialog.getByRole('button', { name: 'Fill in what fits' }).click()
      await dialog.getByRole('button', { name: 'Save' }).click()
      await page
        .getByRole('row', { name: /Business 300/ })
        .getByText(/missing on 1 of 4/)
        .waitFor()
    })

    it('broke nothing of the policy on all these pages', () => {
      expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
    })
  },
)
