import { expect, test, type Page } from '@playwright/test'
import { simulatedOwner } from '../../src-renderer/screens/access/simulated-owner.ts'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/** A sign-in that stands out, on the real console: a notice, and no step-up that comes with it. */

test.describe.configure({ mode: 'serial' })

let running: E2eConsole
let page: Page

test.beforeAll(async () => {
  skipWithoutHost()
  running = await startConsole({ args: ['--demo'] })
  page = running.page
})
test.afterAll(async () => {
  await running?.stop()
})

/** The code of its refusal, or null. */
const refusalOf = (channel: string, input: object): Promise<string | null> =>
  page.evaluate(
    async ([name, given]) => {
      const { nocturne } = window as unknown as {
        nocturne: {
          invoke(channel: string, input: unknown): Promise<{ error?: { code: string } }>
        }
      }
      const reply = await nocturne.invoke(name, { commandId: crypto.randomUUID(), input: given })
      return reply.error?.code ?? null
    },
    [channel, input] as const,
  )

const signIn = async (): Promise<void> => {
  await page.getByLabel('Name', { exact: true }).fill(simulatedOwner.name)
  await expect(async () => {
    await page.getByLabel('Password', { exact: true }).fill(simulatedOwner.password)
    // The button says how long to wait, and opens when that is over.
    await page.getByRole('button', { name: 'Sign in' }).click({ timeout: 20_000 })
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 60_000 })
}

const notices = () => page.getByRole('region', { name: 'Sign-ins that stood out' })

test('after five wrong passwords the right one is let in, and told of', async () => {
  test.setTimeout(150_000)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 60_000 })
  expect(await refusalOf('access.signOut', {})).toBeNull()
  await signIn()
  await expect(notices()).toHaveCount(0)

  expect(await refusalOf('access.signOut', {})).toBeNull()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  const wrong = { name: simulatedOwner.name, password: 'wrong wrong wrong' }
  for (let n = 0; n < 5; n++) {
    await expect
      .poll(() => refusalOf('access.signIn', wrong), { timeout: 30_000, intervals: [500] })
      .toBe('wrong-credentials')
  }
  await signIn()
  await expect(notices().first()).toBeVisible()
})

test('what is grave asks once more who sits there', async () => {
  await page.evaluate(() => {
    window.location.hash = '#/me'
  })
  await page.getByRole('button', { name: 'Turn it on', exact: true }).click()
  await page.getByRole('button', { name: 'Show the QR code' }).click()
  const dialog = page.getByRole('dialog', { name: 'Say once more who you are' })
  await dialog.getByLabel('Your password').fill('wrong wrong wrong')
  await dialog.getByRole('button', { name: 'Continue' }).click()
  await expect(dialog.getByRole('alert').first()).toBeVisible()
  // After a wrong one the next has to wait a moment.
  await expect(async () => {
    if (await dialog.isVisible()) {
      await dialog.getByLabel('Your password').fill(simulatedOwner.password)
      await dialog.getByRole('button', { name: 'Continue' }).click({ timeout: 3_000 })
    }
    await expect(dialog).toBeHidden({ timeout: 3_000 })
  }).toPass({ timeout: 40_000 })
  // Now the key is shown, outside the page; a window that is closed otherwise was not seen.
  const found = (): Page | undefined =>
    page
      .context()
      .pages()
      .find((each) => each.url().endsWith('/confirm.html'))
  await expect.poll(() => found() !== undefined, { timeout: 20_000 }).toBe(true)
  await found()!.close()
  await page.keyboard.press('Escape')
})

test('“it was me” puts the notice away', async () => {
  await page.getByRole('button', { name: 'It was me' }).first().click()
  await expect(notices()).toHaveCount(0)
  expect(running.violations()).toEqual([])
})
