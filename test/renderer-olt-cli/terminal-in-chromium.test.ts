import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()
const oltId = (at: number): string => `01930000-0000-7000-8000-00000000000${at}`

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(
  `the terminal and CLI access in Chromium${reason}`,
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

    const open = async (route: string, query = ''): Promise<Page> => {
      const { page, complaints } = await built.open(`fake=1500&still=1${query}`, route)
      page.setDefaultTimeout(60_000)
      opened.push({ page, complaints })
      await page.getByRole('navigation', { name: 'Pages' }).waitFor()
      return page
    }
    const openTerminal = async (): Promise<Page> => {
      const page = await open(`/olts/${oltId(1)}/terminal`)
      await page.getByRole('button', { name: 'Open', exact: true }).click()
      await page.getByRole('button', { name: 'End the session' }).waitFor()
      return page
    }
    const rows = (page: Page) => page.locator('.xterm-rows')
    const send = async (page: Page, line: string): Promise<void> => {
      await page.keyboard.type(line)
      await page.keyboard.press('Enter')
    }

    // SECURITY: the terminal's own style elements and marked text pass the policy of the page.
    it('draws, marks, searches and turns dark without breaking the policy', async () => {
      const page = await openTerminal()
      await send(page, 'display board 0')
      await rows(page).getByText('GPBD16').first().waitFor()
      // By its own sheet, so that it was let through: the prompt has the accent's colour.
      const colour = await page
        .locator('.xterm-fg-6')
        .first()
        .evaluate((element) => getComputedStyle(element).color)
      expect(colour).toBe('rgb(15, 98, 116)')
      // One scroll bar, the terminal's own.
      const spare = await page
        .locator('.xterm-viewport')
        .evaluate((element) => (element as HTMLElement).offsetWidth - element.clientWidth)
      expect(spare).toBe(0)
      await rows(page).getByText('GPBD16').first().dblclick({ force: true })
      await page.locator('.xterm-selection div').first().waitFor({ state: 'attached' })
      await page.getByRole('textbox', { name: 'Search the output' }).fill('gpfd')
      await page.getByText('1 of 1').waitFor()
      await page.getByRole('switch', { name: 'For screen readers' }).click()
      await page.locator('.xterm-accessibility').waitFor({ state: 'attached' })
      expect(opened.at(-1)?.complaints).toEqual([])
    })

    it('sends nothing but reading lines, and says why another was not sent', async () => {
      const page = await openTerminal()
      await page.getByText('Reading only').first().waitFor()
      await send(page, 'undo vlan 7')
      await rows(page).getByText('not sent').waitFor()
      await page.keyboard.press('ArrowUp')
      await rows(page).getByText('>undo vlan 7').nth(1).waitFor()
    })

    it('keeps the keys of the line for itself, and can be left by the keyboard alone', async () => {
      const page = await openTerminal()
      await page.keyboard.type('display version')
      await page.keyboard.press('Control+U')
      await page.keyboard.press('Control+K')
      expect(await page.getByRole('dialog').count()).toBe(0)
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+K')
      await page.getByRole('dialog').waitFor()
    })

    it('asks before several pasted lines, and sends them one by one', async () => {
      const page = await openTerminal()
      await page.locator('.noc-terminal__host').evaluate((host) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', 'display version\ndisplay board 0\n')
        host.dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }))
      })
      await page.getByRole('dialog').getByText('Send 2 lines?').waitFor()
      expect(await rows(page).getByText('PRODUCT').count()).toBe(0)
      await page.getByRole('button', { name: 'Send them' }).click()
      await rows(page).getByText('PRODUCT').waitFor()
      await rows(page).getByText('GPFD16').waitFor()
    })

    it('says why a session ended, and opens another', async () => {
      const page = await openTerminal()
      await send(page, 'quit')
      await page.getByText('The session has ended').waitFor()
      await page.getByRole('button', { name: 'Open again' }).click()
      await page.getByRole('button', { name: 'End the session' }).waitFor()
    })

    it('trusts a changed key only after somebody said that he compared it', async () => {
      const page = await open(`/olts/${oltId(3)}`)
      const notice = page.getByRole('alert', { name: /another SSH key/ })
      await notice.waitFor()
      const trust = notice.getByRole('button', { name: 'Trust the new key' })
      expect(await trust.isDisabled()).toBe(true)
      await notice.getByRole('checkbox').click()
      await trust.click()
      await notice.waitFor({ state: 'detached' })
    })

    it('warns in the frame and in the list as long as Telnet is allowed', async () => {
      const page = await open('/olts')
      await page
        .getByRole('region', { name: 'Unprotected CLI access' })
        .getByText('Telnet')
        .waitFor()
      await page
        .getByRole('row', { name: /Kemang 1/ })
        .getByText('Telnet')
        .waitFor()
      await page.keyboard.press('g')
      await page.keyboard.press('d')
      await page.getByRole('region', { name: 'Unprotected CLI access' }).waitFor()
    })

    it('does not take Telnet up without its switch', async () => {
      const page = await open(`/olts/${oltId(1)}`)
      await page
        .getByRole('region', { name: 'CLI access' })
        .getByRole('button', { name: 'Change' })
        .click()
      const form = page.getByRole('complementary')
      await form.getByText('Telnet', { exact: true }).click()
      await form.getByRole('button', { name: 'Save' }).click()
      await form.getByText('Telnet is chosen above').waitFor()
      await form.getByRole('switch', { name: /^Allow Telnet/ }).click()
      await form.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Telnet is allowed on this OLT.').waitFor()
    })

    it('broke nothing of the policy on all these pages', () => {
      expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
    })
  },
)
