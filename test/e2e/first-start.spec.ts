import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
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

/** The window beside the console's: it asks, or shows what has to be seen once. */
const otherWindow = async (page: Page): Promise<Page> => {
  const found = (): Page | undefined =>
    page
      .context()
      .pages()
      .find((each) => each.url().endsWith('/confirm.html'))
  await expect.poll(() => found() !== undefined, { timeout: 20_000 }).toBe(true)
  return found()!
}

/** A first start, from the door to the first page; the recovery kit is seen on the way. */
const firstStart = async (page: Page): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Welcome to Nocturne' })).toBeVisible({
    timeout: 30_000,
  })
  await page.getByLabel('Your name').fill(owner)
  await expect(page.getByLabel('Passphrase', { exact: true })).toHaveCount(0)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password, once more').fill(password)
  await page.getByRole('button', { name: 'Create the workspace' }).click()
  const kit = await otherWindow(page)
  await expect(kit.getByRole('heading', { name: 'Recovery kit' })).toBeVisible()
  const words = await kit.locator('#secret-lines li').allTextContents()
  expect(words).toHaveLength(8)
  await expect(page.getByText('Add your first OLT')).toBeVisible()
  // The console's own page has none of it.
  expect(await page.content()).not.toContain(words[0])
  await kit.getByRole('button', { name: 'I have kept it' }).click()
}

const signIn = async (page: Page, workspace: string): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(`Workspace “${workspace}”`)).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill(owner)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
}

test('with a keychain: a first start, a second workspace, back, and the second one wiped', async () => {
  const service = await startPrivateSecretService()
  const own = join(folder, 'with-keychain')
  const list = `${own}.workspaces`
  try {
    running = await startConsole({ workspaceDir: own, env: service.env })
    const { page } = running
    await firstStart(page)
    const isListed = () => readFileSync(join(list, 'workspaces.json'), 'utf8')
    expect(isListed()).toContain('Nocturne')

    // Another one, from the person's menu.
    const dialog = page.getByRole('dialog', { name: 'Workspaces on this machine' })
    const openDialog = async (): Promise<void> => {
      await page.getByRole('button', { name: /Nadia Putri/ }).click()
      await page.getByRole('menuitem', { name: 'Switch workspace…' }).click()
    }
    await openDialog()
    await expect(dialog.getByText('This is the only one so far.')).toBeVisible()
    await dialog.getByLabel('Name of a new workspace').fill('nocturne')
    await dialog.getByRole('button', { name: 'Make and open' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByLabel('Name of a new workspace').fill('Kota Timur')
    await dialog.getByRole('button', { name: 'Make and open' }).click()
    await firstStart(page)

    // Back to the first, which asks who one is; and from its door to the second.
    await openDialog()
    await dialog.getByRole('button', { name: /^Nocturne/ }).click()
    await signIn(page, 'Nocturne')
    await page.getByRole('button', { name: /Nadia Putri/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Another workspace…' }).click()
    await dialog.getByRole('button', { name: /^Kota Timur/ }).click()
    await signIn(page, 'Kota Timur')

    // Wiped by its name, in the window outside the page.
    const folders = () => readdirSync(join(list, 'workspaces'))
    expect(folders()).toHaveLength(1)
    await page
      .getByRole('link', { name: /^Settings/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Wipe…' }).click()
    await page.getByRole('button', { name: 'Go on' }).click()
    const question = await otherWindow(page)
    await expect(question.getByText('Its keys are destroyed first')).toBeVisible()
    await expect(question.locator('#confirm')).toBeDisabled()
    await question.locator('#typed').fill('Kota Timur')
    await question.locator('#confirm').click()
    await expect(page.getByText('“Kota Timur” was wiped on')).toBeVisible({ timeout: 30_000 })
    expect(folders()).toEqual([])
    expect(isListed()).toContain('"wiped": [\n')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    expect(running.violations()).toEqual([])
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
