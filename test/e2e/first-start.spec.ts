import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startPrivateSecretService } from '../../scripts/private-secret-service.mjs'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/** A user's first start on a machine without a keychain, and his second. */

const owner = 'Nadia Putri'
const password = 'correct horse battery'
const passphrase = 'kunci yang panjang sekali'
/** No session bus: no Secret Service, so the passphrase is asked for. */
const noKeychain = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }

test.describe.configure({ mode: 'serial' })
test.beforeEach(() => skipWithoutHost())

let folder: string
let workspaceDir: string
let running: E2eConsole | null = null

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nocturne-e2e-'))
  workspaceDir = join(folder, 'workspace')
})
test.afterEach(async () => {
  await running?.stop()
  running = null
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the first start refuses a weak password, makes the owner and offers two doors', async () => {
  running = await startConsole({ workspaceDir, env: noKeychain })
  const { page } = running
  await expect(page.getByRole('heading', { name: 'Welcome to Nocturne' })).toBeVisible()
  const create = page.getByRole('button', { name: 'Create the workspace' })

  await page.getByLabel('Your name').fill(owner)
  await page.getByLabel('Password', { exact: true }).fill('short')
  await page.getByLabel('Password, once more').fill('short')
  await create.click()
  await expect(page.getByText(/At least \d+ characters/).first()).toBeVisible()

  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password, once more').fill(password)
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByLabel('Passphrase, once more').fill(passphrase)
  await create.click()

  await expect(page.getByText('Add your first OLT')).toBeVisible()
  await expect(page.getByText('Look around on the simulated plant')).toBeVisible()
  expect(running.violations()).toEqual([])
})

test('the second start asks for the passphrase, then for the password, and refuses wrong ones', async () => {
  running = await startConsole({ workspaceDir, env: noKeychain })
  const { page } = running
  await expect(page.getByRole('heading', { name: 'Open the workspace' })).toBeVisible()
  await page.getByLabel('Passphrase', { exact: true }).fill('kunci yang salah sekali')
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Open' }).click()

  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill(owner)
  await page.getByLabel('Password', { exact: true }).fill('wrong wrong wrong')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  // After a wrong one the next has to wait a moment.
  await expect(async () => {
    if (await page.getByRole('heading', { name: 'Sign in' }).isVisible()) {
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
    }
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 40_000 })
  expect(running.violations()).toEqual([])
})

test('looking around opens the simulated plant and returns to the own workspace untouched', async () => {
  running = await startConsole({ workspaceDir, env: noKeychain })
  const { page } = running
  const enter = async (): Promise<void> => {
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByLabel('Name', { exact: true }).fill(owner)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await enter()
  await page.getByRole('link', { name: /^OLTs/ }).first().click()
  await page.getByRole('button', { name: /Look around/ }).click()
  await expect(page.getByText('You are looking at the simulated plant')).toBeVisible()
  await expect(page.getByText('KARANG-01').first()).toBeVisible()
  await page.getByRole('button', { name: 'Return to your workspace' }).click()
  await expect(page.getByRole('heading', { name: 'Open the workspace' })).toBeVisible()
  await enter()
  await page.getByRole('link', { name: /^OLTs/ }).first().click()
  await expect(page.getByRole('button', { name: /Look around/ })).toBeVisible()
  await expect(page.getByText('KARANG-01')).toHaveCount(0)
})

test('with a keychain no passphrase is asked, and the second start opens by itself', async () => {
  const service = await startPrivateSecretService()
  const own = join(folder, 'with-keychain')
  try {
    running = await startConsole({ workspaceDir: own, env: service.env })
    const first = running.page
    await first.getByLabel('Your name').fill(owner)
    await expect(first.getByLabel('Passphrase', { exact: true })).toHaveCount(0)
    await first.getByLabel('Password', { exact: true }).fill(password)
    await first.getByLabel('Password, once more').fill(password)
    await first.getByRole('button', { name: 'Create the workspace' }).click()
    await expect(first.getByText('Add your first OLT')).toBeVisible()
    await running.stop()

    running = await startConsole({ workspaceDir: own, env: service.env })
    await expect(running.page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    await running.stop()

    // Without that keychain the workspace stays shut and says what happened.
    running = await startConsole({ workspaceDir: own, env: noKeychain })
    await expect(
      running.page.getByRole('heading', { name: 'The workspace does not open' }),
    ).toBeVisible()
  } finally {
    await running?.stop()
    running = null
    await service.stop()
  }
})
