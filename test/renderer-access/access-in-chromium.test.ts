import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()
const dewi = '01930000-0000-7000-8000-0000000000ab'
const nightShift = '01930000-0000-7000-8020-0000000000aa'

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(
  `accounts and sign-in in Chromium${reason}`,
  { timeout: 180_000 },
  () => {
    let built: BuiltConsole
    const opened: { page: Page; complaints: string[] }[] = []

    beforeAll(async () => {
      built = await startBuiltConsole()
    }, 300_000)
    afterAll(() => built?.close())
    afterEach(async () => {
      const last = opened.at(-1)
      await last?.page.close()
      expect(last?.complaints ?? []).toEqual([])
    })

    const open = async (route: string, query = ''): Promise<Page> => {
      const { page, complaints } = await built.open(`fake=3&still=1&${query}`, route)
      page.setDefaultTimeout(60_000)
      opened.push({ page, complaints })
      await page.locator('main').waitFor()
      return page
    }
    const signIn = async (name: string): Promise<Page> => {
      const page = await open('/settings', 'start=out')
      await page.getByLabel('Name').fill(name)
      await page.getByLabel('Password', { exact: true }).fill('demo')
      await page.keyboard.press('Enter')
      return page
    }
    const inside = (page: Page) => page.getByRole('navigation', { name: 'Pages' }).waitFor()
    const routeOf = (page: Page) => page.evaluate(() => window.location.hash)
    const paste = (page: Page, text: string) =>
      page.evaluate((value) => {
        const data = new DataTransfer()
        data.setData('text', value)
        const event = { clipboardData: data, bubbles: true, cancelable: true }
        document.activeElement?.dispatchEvent(new ClipboardEvent('paste', event))
      }, text)

    describe('sign-in', () => {
      it('opens nothing for a password alone where there is a second factor', async () => {
        const page = await signIn('code-dewi')
        await page.getByRole('heading', { name: 'Your code' }).waitFor()
        expect(await page.locator('.nc-frame').count()).toBe(0)
        await page.keyboard.type('111111')
        await page.keyboard.press('Enter')
        await page.getByText('The code is not right.').waitFor()
        expect(await page.locator('.nc-frame').count()).toBe(0)
        await page.keyboard.type('123 456')
        await page.keyboard.press('Enter')
        await inside(page)
      })

      it('takes a pasted code at once, and a recovery code', async () => {
        const page = await signIn('code-dewi')
        await page.getByRole('heading', { name: 'Your code' }).waitFor()
        await paste(page, '123 456\n')
        await inside(page)
        await page.close()
        const other = await signIn('code-dewi')
        await other.getByRole('heading', { name: 'Your code' }).waitFor()
        await other.keyboard.type('abcd-efgh')
        await other.keyboard.press('Enter')
        await inside(other)
      })

      it('says how long to wait after too many codes, and takes none meanwhile', async () => {
        const page = await signIn('code-dewi')
        await page.getByRole('heading', { name: 'Your code' }).waitFor()
        await page.keyboard.type('999999')
        await page.keyboard.press('Enter')
        await page.getByText('Too many attempts.').waitFor()
        expect(await page.getByRole('button', { name: /^Wait \d s$/ }).isDisabled()).toBe(true)
        await page.getByRole('button', { name: 'Sign in' }).waitFor()
      })

      it('begins again where the engine knows of no sign-in that was begun', async () => {
        const page = await signIn('code-dewi')
        await page.getByRole('heading', { name: 'Your code' }).waitFor()
        await page.keyboard.type('888888')
        await page.keyboard.press('Enter')
        await page.getByText('Please begin again').waitFor()
        expect(await page.getByLabel('Name').inputValue()).toBe('code-dewi')
        expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe('')
      })

      it('sets a second factor up in its midst, the key outside the page', async () => {
        const page = await signIn('fresh-joko')
        await page.getByRole('heading', { name: 'Set up your second factor' }).waitFor()
        const code = page.getByLabel('Type the code that the app shows now.')
        expect(await code.isDisabled()).toBe(true)
        await page.getByRole('button', { name: 'Show the QR code' }).click()
        await page.getByRole('button', { name: 'Show it again' }).waitFor()
        await code.fill('123456')
        await page.keyboard.press('Enter')
        await inside(page)
      })

      it('takes a one-time code with a password that is good enough, and says why one is not', async () => {
        const page = await open('/settings', 'start=out')
        await page.getByRole('button', { name: 'I have a one-time code' }).click()
        await page.getByLabel('Name').fill('Joko')
        await page.getByLabel('One-time code').fill('k7mq 2x9d')
        await page.getByLabel('New password', { exact: true }).fill('password12')
        await page.getByText('It stands on the lists that attackers try first.').waitFor()
        await page.getByLabel('New password, once more').fill('password12')
        const submit = page.getByRole('button', { name: 'Set the password and sign in' })
        expect(await submit.isDisabled()).toBe(true)
        await page.getByLabel('New password', { exact: true }).fill('several unrelated words')
        await page.getByText('Strength: strong').waitFor()
        expect(await submit.isDisabled()).toBe(true)
        await page.getByLabel('New password, once more').fill('several unrelated words')
        await page.getByLabel('One-time code').fill('k7mq 2x9e')
        await submit.click()
        await page.getByText('Name and code do not match.').waitFor()
        await page.getByLabel('One-time code').fill('k7mq-2x9d')
        await submit.click()
        await inside(page)
      })

      it('lets the owner back in by his kit, and names a word that is not as it is printed', async () => {
        const page = await open('/settings', 'start=out')
        await page.getByRole('button', { name: /recovery kit/ }).click()
        const words = page.getByLabel('Words of the kit')
        await page.getByLabel('New password', { exact: true }).fill('several unrelated words')
        await page.getByLabel('New password, once more').fill('several unrelated words')
        const submit = page.getByRole('button', { name: 'Recover and sign in' })
        const rest = 'ddddd eeeee fffff ggggg hhhhh'
        await words.fill(`aaaaa bbbbb ccccx ${rest.slice(0, 11)}`)
        await page.getByText('5 of 8').waitFor()
        expect(await submit.isDisabled()).toBe(true)
        await words.fill(`1. aaaaa 2. bbbbb 3. ccccx ${rest}`)
        await submit.click()
        await page.getByText('Word 3 is not as it is printed.').waitFor()
        await words.fill(`aaaaa bbbbb ccccc ${rest}`)
        await submit.click()
        await inside(page)
      })
    })

    describe('what asks who is there', () => {
      const openDewi = (query: string) => open(`/people?account=${dewi}`, `stepup=1&${query}`)
      const dialog = (page: Page) => page.getByRole('dialog', { name: 'Say once more who you are' })

      it('is not done when the person calls it off', async () => {
        const page = await openDewi('')
        await page.getByRole('button', { name: 'Disable' }).click()
        await dialog(page).waitFor()
        await page.keyboard.press('Escape')
        await dialog(page).waitFor({ state: 'detached' })
        await page.getByRole('button', { name: 'Disable' }).waitFor()
      })

      it('is done once he has said it, with a code where he has a second factor', async () => {
        const page = await openDewi('factor=1')
        await page.getByRole('button', { name: 'Disable' }).click()
        await dialog(page).getByLabel('Your password').fill('wrong')
        await dialog(page).getByLabel('Code of your app').fill('123456')
        await page.keyboard.press('Enter')
        await dialog(page).getByText('The password is not right.').waitFor()
        await dialog(page).getByLabel('Your password').fill('demo')
        await dialog(page).getByLabel('Code of your app').fill('123456')
        await page.keyboard.press('Enter')
        await page.getByText('Dewi Lestari is disabled').waitFor()
        // It holds: the undo asks nothing.
        await page.getByRole('button', { name: 'Undo' }).click()
        await page.getByText('Dewi Lestari is enabled').waitFor()
        expect(await dialog(page).count()).toBe(0)
      })

      it('keeps what was typed in the window below it', async () => {
        const page = await open('/people', 'stepup=1')
        await page.getByRole('button', { name: 'New account' }).click()
        const form = page.getByRole('dialog', { name: 'New account' })
        await form.getByLabel('Name').fill('Putra')
        await form.getByLabel('Signs in as').fill('putra')
        await form.getByRole('combobox', { name: 'Role' }).click()
        await page.getByRole('option', { name: 'Technician' }).click()
        await form.getByRole('button', { name: 'Create' }).click()
        await dialog(page).waitFor()
        await page.keyboard.press('Escape')
        await dialog(page).waitFor({ state: 'detached' })
        expect(await form.getByLabel('Name').inputValue()).toBe('Putra')
        await form.getByRole('button', { name: 'Create' }).click()
        await dialog(page).getByLabel('Your password').fill('demo')
        await page.keyboard.press('Enter')
        await page.getByText('Putra has an account').waitFor()
        await form.waitFor({ state: 'detached' })
      })
    })

    describe('people', () => {
      it('offers nothing against one’s own account, and says what it takes', async () => {
        const page = await open('/people?account=01930000-0000-7000-8000-0000000000aa')
        await page.getByText('the rest takes another administrator').waitFor()
        expect(await page.getByRole('button', { name: 'Disable' }).count()).toBe(0)
        expect(await page.getByRole('button', { name: 'Make owner' }).count()).toBe(0)
      })

      it('hands the ownership over only for the typed name, and the role changes at once', async () => {
        const page = await open(`/people?account=${dewi}`)
        await page.getByRole('button', { name: 'Make owner' }).click()
        const sure = page.getByRole('dialog')
        const button = sure.getByRole('button', { name: 'Make owner' })
        expect(await button.isDisabled()).toBe(true)
        await sure.getByRole('textbox').fill('Dewi')
        expect(await button.isDisabled()).toBe(true)
        await sure.getByRole('textbox').fill('Dewi Lestari')
        await button.click()
        await page.getByText('Dewi Lestari is the owner now').waitFor()
        await page.getByRole('button', { name: 'Make owner' }).waitFor({ state: 'detached' })
      })

      it('makes a picked photo small in the page', async () => {
        const page = await open('/people/employees')
        await page.getByRole('button', { name: 'Change Tono Wibowo' }).click()
        const large = await page.evaluate(async () => {
          const canvas = new OffscreenCanvas(2400, 1600)
          const drawing = canvas.getContext('2d')!
          for (let at = 0; at < 4000; at += 1) {
            drawing.fillStyle = `hsl(${(at * 47) % 360} 80% 50%)`
            drawing.fillRect((at * 131) % 2400, (at * 71) % 1600, 40, 40)
          }
          const blob = await canvas.convertToBlob({ type: 'image/png' })
          return [...new Uint8Array(await blob.arrayBuffer())]
        })
        await page.getByLabel('Photo', { exact: true }).setInputFiles({
          name: 'tono.png',
          mimeType: 'image/png',
          buffer: Buffer.from(large),
        })
        const shown = page.getByRole('img', { name: 'Photo of Tono Wibowo' }).locator('img')
        const photo = await shown.getAttribute('src')
        expect(photo).toMatch(/^data:image\/jpeg;base64,/)
        expect(photo!.length).toBeLessThan(280_000)
        expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320)
        await page.getByRole('button', { name: 'Save' }).click()
        await page.getByText('Tono Wibowo was saved').waitFor()
      })

      it('refuses a file that is no picture', async () => {
        const page = await open('/people/employees')
        await page.getByRole('button', { name: 'Change Tono Wibowo' }).click()
        await page.getByLabel('Photo', { exact: true }).setInputFiles({
          name: 'tono.png',
          mimeType: 'image/png',
          buffer: Buffer.from('not a picture at all'),
        })
        await page.getByText('no picture that can be read').waitFor()
      })

      it('changes a role of the workspace’s own and takes it back', async () => {
        const page = await open(`/people/roles/${nightShift}`)
        const box = page.getByLabel('Plan maintenance')
        expect(await box.isChecked()).toBe(true)
        await box.click()
        await page.getByText('1 change not saved').waitFor()
        await page.getByRole('button', { name: 'Save the role' }).click()
        await page.getByText('“Night shift” was saved').waitFor()
        expect(await page.getByLabel('Plan maintenance').isChecked()).toBe(false)
        await page.getByRole('button', { name: 'Undo' }).click()
        await page.waitForFunction(
          () =>
            [...document.querySelectorAll('label')]
              .find((label) => label.textContent === 'Plan maintenance')
              ?.closest('.mantine-Checkbox-root')
              ?.querySelector('input')?.checked === true,
        )
      })

      it('changes nothing of what a built-in role may do, and makes a copy of it', async () => {
        const page = await open('/people/roles/technician')
        expect(await page.getByLabel('See ONUs, their light and their history').isDisabled()).toBe(
          true,
        )
        await page.getByRole('button', { name: 'Copy' }).click()
        await page.getByLabel('Name of the role').fill('Splicer')
        await page.keyboard.press('Enter')
        await page.getByRole('heading', { name: 'Splicer' }).waitFor()
        expect(await page.getByLabel('See ONUs, their light and their history').isDisabled()).toBe(
          false,
        )
      })
    })

    describe('a role that may less', () => {
      it('says which permission a link asks for and who can give it, in place of an empty page', async () => {
        const page = await open('/people', 'role=auditor')
        await page.getByText('Your role can’t open this page').waitFor()
        await page.getByText('access.account.read').waitFor()
        await page.getByText('See accounts, employees and roles').waitFor()
        await page.getByText(/The owner, or an administrator with the permission/).waitFor()
      })

      it('begins where the role may, with nothing in the rail that it may not open', async () => {
        const page = await open('/', 'role=cashier')
        await page.waitForFunction(() => window.location.hash === '#/counter')
        const rail = page.getByRole('navigation', { name: 'Pages' })
        expect(await rail.getByRole('link').allTextContents()).toEqual(['Counter', 'Settings'])
        await page.keyboard.press('Control+k')
        await page.keyboard.type('people')
        await page.getByText(/Nothing found/).waitFor()
      })

      it('is offered no act that it may not do', async () => {
        const page = await open('/olts', 'role=technician')
        await page.getByRole('heading', { name: 'OLTs' }).waitFor()
        expect(await page.getByText('Add OLT').count()).toBe(0)
      })
    })

    describe('one’s own', () => {
      it('keeps a sign-in that stood out in sight on every page until somebody answers', async () => {
        const page = await open('/settings', 'notice=1')
        const notice = page.getByRole('region', { name: 'Sign-ins that stood out' })
        await notice.getByText(/night-desk: new machine, unusual hour/).waitFor()
        await notice.getByRole('button', { name: 'It was me', exact: true }).click()
        await page.getByText('Noted: it was known').waitFor()
        await notice.getByText(/night-desk/).waitFor({ state: 'detached' })
      })

      it('leads to a new password when it was somebody else', async () => {
        const page = await open('/settings', 'notice=1')
        await page.getByRole('button', { name: 'It was not me' }).click()
        await page.getByRole('button', { name: 'End them' }).click()
        await page.waitForFunction(() => window.location.hash === '#/me')
        await page.getByLabel('Present password').waitFor()
        expect(await routeOf(page)).toBe('#/me')
      })

      it('changes the password, and the present one has to be right', async () => {
        const page = await open('/me')
        await page.getByRole('button', { name: 'Change the password' }).click()
        await page.getByLabel('Present password').fill('wrong')
        await page.getByLabel('New password', { exact: true }).fill('several unrelated words')
        await page.getByLabel('New password, once more').fill('several unrelated words')
        await page.keyboard.press('Enter')
        await page.getByText('The present password is not right.').waitFor()
        await page.getByLabel('Present password').fill('demo')
        await page.keyboard.press('Enter')
        await page.getByText('Your password was changed').waitFor()
      })

      it('turns a second factor on, and does not offer to turn off what the role asks for', async () => {
        const page = await open('/me')
        await page.getByRole('button', { name: 'Turn it on' }).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByRole('button', { name: 'Show the QR code' }).click()
        await dialog.getByRole('button', { name: 'Show it again' }).waitFor()
        await dialog.getByLabel('Type the code that the app shows now.').fill('123456')
        await page.keyboard.press('Enter')
        await page.getByText('10 recovery codes left').waitFor()
        expect(await page.getByRole('button', { name: 'Turn it off' }).count()).toBe(0)
      })
    })
  },
)
