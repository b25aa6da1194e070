import { expect, test, type Page } from '@playwright/test'
import {
  bringBack,
  startCompanyProvider,
  type CompanyProvider,
} from '../support/company-provider.ts'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/**
 * The company's sign-in on the real console, with a real provider on this machine: set up and linked
 * by the owner, then used at the door. What the system's browser would open is driven by the test.
 */

let running: E2eConsole
let page: Page
let provider: CompanyProvider

test.beforeAll(async () => {
  skipWithoutHost()
  provider = await startCompanyProvider([{ sub: 'owner-1' }])
  running = await startConsole({ args: ['--demo'] })
  page = running.page
})
test.afterAll(async () => {
  await running?.stop()
  await provider?.stop()
})

const command = (channel: string, input: object): Promise<{ ok: boolean }> =>
  page.evaluate(
    ([name, given]) => {
      const { nocturne } = window as unknown as {
        nocturne: { invoke(channel: string, input: unknown): Promise<{ ok: boolean }> }
      }
      return nocturne.invoke(name, { commandId: crypto.randomUUID(), input: given })
    },
    [channel, input] as const,
  )

/** The next address that the browser is to open, after `before` of them. */
const openedAfter = async (before: number): Promise<string> => {
  const opened = async () => (await running.opened?.()) ?? []
  await expect.poll(async () => (await opened()).length, { timeout: 30_000 }).toBe(before + 1)
  return (await opened()).at(-1) ?? ''
}

test('is set up, linked, and opens the console from the sign-in page', async () => {
  test.setTimeout(150_000)
  test.skip(running.opened === null, 'this host opens a browser of its own')
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 60_000 })
  const { issuer, clientId, clientSecret } = provider
  const set = {
    baseVersion: 0,
    enabled: true,
    label: 'the company',
    issuer,
    clientId,
    clientSecret,
    scopes: [],
    claim: 'sub',
    linkByEmail: false,
    factorValues: [],
  }
  expect(await command('access.companySet', set)).toMatchObject({ ok: true })
  const linking = command('access.companyLink', { language: 'en' })
  const first = await openedAfter(0)
  expect(new URL(first).origin).toBe(issuer)
  const back = await bringBack(first, 'owner-1')
  expect(back.page).toContain('Go back to Nocturne')
  expect(await linking).toMatchObject({ ok: true })

  await command('access.signOut', {})
  await page.getByRole('button', { name: 'Sign in with the company' }).click()
  await expect(page.getByText('Go on in your browser: the company')).toBeVisible()
  await bringBack(await openedAfter(1), 'owner-1')
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 30_000 })
  // No address of it came into the page.
  expect(page.url()).not.toContain('code=')
})
