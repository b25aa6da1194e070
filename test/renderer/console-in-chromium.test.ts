import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()

const textOf = (page: Page): Promise<string> => page.evaluate(() => document.body.textContent ?? '')
const routeOf = (page: Page): Promise<string> => page.evaluate(() => window.location.hash)

/** Controls that a screen reader could only call "button". */
const namelessControls = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const named = (element: Element): boolean => {
      const label = element.getAttribute('aria-label') ?? element.getAttribute('title') ?? ''
      const by = element.getAttribute('aria-labelledby')
      const labels = (element as Partial<HTMLInputElement>).labels?.length ?? 0
      return (
        label.trim() !== '' ||
        (element.textContent ?? '').trim() !== '' ||
        labels > 0 ||
        (by !== null && document.getElementById(by.split(' ')[0] ?? '') !== null)
      )
    }
    return [...document.querySelectorAll('button, a, input, select, textarea, [role="button"]')]
      .filter((element) => !element.matches('[aria-hidden="true"], [type="hidden"]'))
      .filter((element) => !named(element))
      .map((element) => element.outerHTML.slice(0, 160))
  })

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(
  `the console in Chromium, under the production policy${reason}`,
  () => {
    let built: BuiltConsole

    beforeAll(async () => {
      built = await startBuiltConsole()
    }, 120_000)
    afterAll(() => built?.close())

    it('shows nothing of the network while it is locked, not even in the document', async () => {
      const { page } = await built.open('fake=1500&still=1', '/settings')
      await page.getByRole('navigation', { name: 'Pages' }).waitFor()
      await page.keyboard.press('Control+l')
      await page.getByRole('heading', { name: 'Locked' }).waitFor()
      expect(await page.locator('.nc-frame').count()).toBe(0)
      expect(await textOf(page)).not.toMatch(/online|Harbour|Dashboard/)
      await page.close()
    })

    it('shows the licences of what is inside, and Esc puts them away', async () => {
      const { page } = await built.open('fake=3&still=1', '/settings')
      await page.getByRole('button', { name: 'Show licences' }).click()
      const drawer = page.getByRole('complementary').filter({ hasText: 'Licences' })
      await drawer.getByText(/^\d+ packages$/).waitFor()
      const zod = drawer.locator('details').filter({ hasText: /zod \d/ })
      await zod.locator('summary').press('Enter')
      expect(await zod.locator('pre').isVisible()).toBe(true)
      expect(await zod.locator('pre').textContent()).toMatch(/permission is hereby granted/i)
      await page.keyboard.press('Escape')
      await drawer.waitFor({ state: 'detached' })
      await page.close()
    })

    it('stays locked for a wrong password and returns to the same page for the right one', async () => {
      const { page } = await built.open('fake=3&still=1&start=locked', '/settings')
      await page.getByRole('heading', { name: 'Locked' }).waitFor()
      await page.keyboard.type('wrong')
      await page.keyboard.press('Enter')
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('alert').textContent()).toContain('The password is not right')
      expect(await page.locator('.nc-frame').count()).toBe(0)
      await page.keyboard.type('demo')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.close()
    })

    it('keeps every dialog and message off the lock screen', async () => {
      const { page } = await built.open('fake=3&still=1', '/settings')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.getByRole('dialog').getByRole('combobox').waitFor()
      await page.evaluate(() =>
        window.nocturne.invoke('access.lock', { commandId: 'x', input: {} }),
      )
      await page.getByRole('heading', { name: 'Locked' }).waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
      await page.close()
    })

    it('asks for a passphrase only where there is no keychain, and says why', async () => {
      const without = await built.open('start=new&keychain=unavailable')
      await without.page.getByText('This machine has no keychain').waitFor()
      await without.page.close()
      const with_ = await built.open('start=new')
      await with_.page.getByText('lies in this machine').waitFor()
      expect(await textOf(with_.page)).not.toContain('Passphrase')
      await with_.page.close()
    })

    it('does not create a workspace while the two passwords differ', async () => {
      const { page } = await built.open('start=new')
      await page.getByLabel('Your name').fill('Sari')
      await page.getByLabel('Password', { exact: true }).fill('several unrelated words')
      await page.getByLabel('Password, once more').fill('several unrelated word')
      await page.keyboard.press('Enter')
      await page.getByText('The two are not the same').waitFor()
      await page.getByLabel('Password, once more').fill('several unrelated words')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Where do you want to begin?' }).waitFor()
      await page.close()
    })

    it('says what to do when the workspace does not open', async () => {
      const { page } = await built.open('start=failed')
      await page.getByRole('alert').waitFor()
      expect(await textOf(page)).toContain('restore a backup')
      await page.close()
    })

    it('finds an ONU and opens it with the keyboard alone', async () => {
      const { page } = await built.open('fake=1500&still=1', '/settings')
      await page.getByRole('navigation', { name: 'Pages' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.keyboard.type('zteg sari')
      await page
        .getByRole('option', { name: /ZTEG.*Sari/ })
        .first()
        .waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => window.location.hash.startsWith('#/onus/'))
      expect(await page.getByRole('dialog').count()).toBe(0)
      await page.close()
    })

    it('loses no letter that is typed right after the palette was asked for', async () => {
      const { page } = await built.open('fake=3&still=1', '/settings')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      const focused = await page.evaluate(() => {
        const press = { key: 'k', ctrlKey: true, bubbles: true, cancelable: true }
        window.dispatchEvent(new KeyboardEvent('keydown', press))
        return new Promise<string | null | undefined>((done) => {
          queueMicrotask(() => done(document.activeElement?.getAttribute('role')))
        })
      })
      expect(focused).toBe('combobox')
      await page.close()
    })

    it('opens on Enter what the text as it stands finds, never what an older one found', async () => {
      const { page } = await built.open('fake=1500&still=1&slow=400', '/settings')
      await page.getByRole('navigation', { name: 'Pages' }).waitFor()
      await page.keyboard.press('Control+k')
      await page.keyboard.type('hwtc')
      await page.getByRole('option', { name: /HWTC/ }).first().waitFor()
      await page.keyboard.press('Control+a')
      await page.keyboard.type('zteg')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => window.location.hash.startsWith('#/onus/'))
      await page.getByText(/^ZTEG/).first().waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
      await page.close()
    })

    it('jumps with two keys, but not from a text field', async () => {
      const { page } = await built.open('fake=3&still=1', '/settings')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.getByLabel('Lock the screen after').focus()
      await page.keyboard.type('gu')
      expect(await routeOf(page)).toBe('#/settings')
      await page.keyboard.press('Escape')
      await page.keyboard.type('gu')
      expect(await routeOf(page)).toBe('#/unconfigured')
      await page.close()
    })

    it('shows in the help only keys that do something on this page', async () => {
      const { page } = await built.open('fake=3&still=1', '/settings')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.keyboard.press('Shift+?')
      const help = page.getByRole('dialog')
      await help.getByText('Lock the screen').waitFor()
      expect(await help.textContent()).not.toContain('Next row')
      await page.close()
    })

    it('closes a dialog on Escape and goes nowhere', async () => {
      const { page } = await built.open('fake=3&still=1', '/settings')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.keyboard.type('gu')
      await page.keyboard.press('Shift+?')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect(await routeOf(page)).toBe('#/unconfigured')
      await page.close()
    })

    it('locks by itself after the person’s own minutes without input', async () => {
      const { page } = await built.open('fake=3&still=1', '/settings')
      await page.getByRole('heading', { name: 'Settings' }).waitFor()
      await page.clock.install()
      await page.getByLabel('Lock the screen after').fill('2')
      await page.keyboard.press('Enter')
      await page.clock.runFor(100_000)
      expect(await page.locator('.nc-frame').count()).toBe(1)
      await page.clock.runFor(30_000)
      await page.getByRole('heading', { name: 'Locked' }).waitFor()
      await page.close()
    })

    it('says so when the engine has stopped', async () => {
      const { page } = await built.open(
        'fake=3&still=1&fail=network.summary:engine-stopped',
        '/settings',
      )
      await page.getByText('The engine has stopped.').waitFor()
      await page.close()
    })

    it('changes language, theme and density at once', async () => {
      const { page } = await built.open('fake=3&still=1&theme=light', '/settings')
      await page.getByText('Bahasa Indonesia').first().click()
      await page.getByRole('heading', { name: 'Pengaturan' }).waitFor()
      await page.getByText('Gelap', { exact: true }).click()
      await page.getByText('Lapang', { exact: true }).click()
      const root = page.locator('html')
      await page.waitForFunction(
        () => document.documentElement.dataset['density'] === 'comfortable',
      )
      expect(await root.getAttribute('lang')).toBe('id')
      expect(await root.getAttribute('data-mantine-color-scheme')).toBe('dark')
      await page.close()
    })

    it('an unknown address says so and leaves the frame standing', async () => {
      const { page } = await built.open('fake=3&still=1', '/nowhere/at/all')
      await page.getByText('There is nothing at this address.').waitFor()
      expect(await page.locator('.nc-rail').count()).toBe(1)
      await page.close()
    })

    it(
      'breaks no rule of the policy on any page and asks nobody outside',
      { timeout: 120_000 },
      async () => {
        const { page, complaints } = await built.open('fake=1500', '/settings')
        await page.getByRole('heading', { name: 'Settings' }).waitFor()
        for (const route of ['/', '/olts', '/olts/add', '/onus', '/unconfigured']) {
          await page.evaluate((hash) => {
            window.location.hash = hash
          }, route)
          await page.waitForFunction(
            (path) => document.querySelector('[data-route]')?.getAttribute('data-route') === path,
            route,
          )
          await page.locator('main h1, main h2').first().waitFor()
          expect(await page.getByText('Unexpected error').count(), route).toBe(0)
          // Overlays bring style sheets of their own.
          await page.keyboard.press('Control+k')
          await page.getByRole('dialog').waitFor()
          await page.keyboard.press('Escape')
          await page.getByRole('dialog').waitFor({ state: 'detached' })
          await page.getByRole('button', { name: /^Signed in as/ }).click()
          await page.getByRole('menu').waitFor()
          await page.keyboard.press('Escape')
          await page.getByRole('menu').waitFor({ state: 'detached' })
          expect(await namelessControls(page), route).toEqual([])
          expect(await page.locator('main').count(), route).toBe(1)
          expect(complaints, route).toEqual([])
        }
        await page.close()
      },
    )
  },
)
