import { expect, test, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { simulatedOwner } from '../../src-renderer/screens/access/simulated-owner.ts'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/**
 * A second factor on the real console: the key and the recovery codes are seen in a window of their
 * own and nowhere else, and the sign-in asks for what they give.
 */

test.describe.configure({ mode: 'serial' })

let running: E2eConsole
let page: Page
let codes: readonly string[] = []

test.beforeAll(async () => {
  skipWithoutHost()
  running = await startConsole({ args: ['--demo'] })
  page = running.page
})
test.afterAll(async () => {
  await running?.stop()
})

const command = (channel: string, input: object): Promise<unknown> =>
  page.evaluate(
    ([name, given]) => {
      const { nocturne } = window as unknown as {
        nocturne: { invoke(channel: string, input: unknown): Promise<unknown> }
      }
      return nocturne.invoke(name, { commandId: crypto.randomUUID(), input: given })
    },
    [channel, input] as const,
  )

/** The window that shows a secret. */
const secretWindow = async (title: string): Promise<Page> => {
  const found = (): Page | undefined =>
    page
      .context()
      .pages()
      .find((each) => each.url().endsWith('/confirm.html'))
  await expect.poll(() => found() !== undefined, { timeout: 20_000 }).toBe(true)
  const window = found()!
  await expect(window.getByRole('heading', { name: title })).toBeVisible()
  return window
}

test('its key is scanned from a window of its own, and ten codes are shown there', async () => {
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 60_000 })
  const begun = command('access.beginSecondFactor', {})
  const first = await secretWindow('Scan this with your authenticator app')
  await expect(first.locator('#secret-qr svg')).toBeVisible()
  const key = (await first.locator('#secret-lines li').textContent())!.replaceAll(' ', '')
  expect(key).toMatch(/^[A-Z2-7]{32}$/)
  await first.getByRole('button', { name: 'The app has it' }).click()
  expect(await begun).toMatchObject({ ok: true })

  const code = TOTP.generate({ secret: Secret.fromBase32(key) })
  const confirmed = command('access.confirmSecondFactor', { code })
  const second = await secretWindow('Your recovery codes')
  codes = await second.locator('#secret-lines li').allTextContents()
  expect(codes).toHaveLength(10)
  // The console's own page has none of it.
  const shown = await page.content()
  for (const secret of [key, ...codes]) expect(shown).not.toContain(secret)
  await second.getByRole('button', { name: 'I have kept them' }).click()
  expect(await confirmed).toMatchObject({ ok: true })
  expect(JSON.stringify([await begun, await confirmed])).not.toContain(key)
})

test('the sign-in asks for a code; a recovery code serves once', async () => {
  const signIn = async (): Promise<void> => {
    await command('access.signOut', {})
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await page.getByLabel('Name', { exact: true }).fill(simulatedOwner.name)
    await page.getByLabel('Password', { exact: true }).fill(simulatedOwner.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Your code' })).toBeVisible()
  }
  await signIn()
  await page.getByLabel('Code', { exact: true }).fill(codes[0]!)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()

  await signIn()
  await page.getByLabel('Code', { exact: true }).fill(codes[0]!)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expect(async () => {
    await page.getByLabel('Code', { exact: true }).fill(codes[1]!)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 3000 })
  }).toPass({ timeout: 30_000 })
  expect(running.violations()).toEqual([])
})
