import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, type Page } from '@playwright/test'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/**
 * A workspace is backed up, its machine is lost, and another one takes the backup in: chosen in the
 * system's dialog, opened with its passphrase, signed in to with the account of before.
 */

const owner = 'Nadia Putri'
const password = 'correct horse battery'
const storePassphrase = 'kunci yang panjang sekali'
const backupPassphrase = 'untuk lemari di rumah'
/** No session bus: no Secret Service, so the passphrase is asked for. */
const noKeychain = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }

const root = resolve(import.meta.dirname, '..', '..')
let folder = ''
let running: E2eConsole | null = null

test.beforeEach(() => {
  skipWithoutHost()
  folder = mkdtempSync(join(tmpdir(), 'nocturne-e2e-'))
})
test.afterEach(async () => {
  await running?.stop()
  running = null
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

const command = async <Value>(page: Page, channel: string, input: object): Promise<Value> => {
  const said = await page.evaluate(
    ([name, given]) => {
      const { nocturne } = window as unknown as {
        nocturne: { invoke(channel: string, input: unknown): Promise<unknown> }
      }
      return nocturne.invoke(name, { commandId: crypto.randomUUID(), input: given })
    },
    [channel, input] as const,
  )
  expect(said).toMatchObject({ ok: true })
  return (said as { value: Value }).value
}

test('a backup is restored on another machine, and its owner finds everything', async () => {
  test.setTimeout(180_000)
  const before = join(folder, 'before')
  running = await startConsole({ workspaceDir: before, env: noKeychain })
  const first = running.page
  await first.getByLabel('Your name').fill(owner)
  await first.getByLabel('Password', { exact: true }).fill(password)
  await first.getByLabel('Password, once more').fill(password)
  await first.getByLabel('Passphrase', { exact: true }).fill(storePassphrase)
  await first.getByLabel('Passphrase, once more').fill(storePassphrase)
  await first.getByRole('button', { name: 'Create the workspace' }).click()
  await expect(first.getByText('Add your first OLT')).toBeVisible()
  // In it: an employee, and how the backup opens.
  const employee = { name: 'Dewi Lestari' }
  await command(first, 'access.saveEmployee', { employeeId: null, baseVersion: 0, employee })
  await command(first, 'backups.setPassphrase', { passphrase: backupPassphrase })
  const { name } = await command<{ name: string }>(first, 'workspace.backUp', {})
  await running.stop()

  const after = join(folder, 'after')
  running = await startConsole({ workspaceDir: after, env: noKeychain })
  const { page } = running
  await page.getByRole('button', { name: 'Restore a backup' }).click()
  await running.chooseNext(join(before, 'backups', name))
  await page.getByRole('button', { name: 'Choose the file…' }).click()
  await expect(page.getByText(name)).toBeVisible()
  const look = page.getByRole('button', { name: 'Look inside' })
  await page.getByLabel('Its passphrase or recovery key').fill('not this one at all')
  await look.click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await page.getByLabel('Its passphrase or recovery key').fill(backupPassphrase)
  await look.click()
  await expect(page.getByText(owner)).toBeVisible()
  await page.getByLabel('Passphrase', { exact: true }).fill('another one for this machine')
  await page.getByLabel('Passphrase, once more').fill('another one for this machine')
  if (process.env['SHOT'] !== undefined) await page.screenshot({ path: process.env['SHOT'] })
  await page.getByRole('button', { name: 'Restore', exact: true }).click()

  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 })
  await page.getByLabel('Name', { exact: true }).fill(owner)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText(/does the original still run\?/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'It does not run any more' }).click()
  const sure = page.getByRole('dialog')
  await sure.getByRole('button', { name: 'It does not run any more' }).click()
  await expect(page.getByText(/does the original still run\?/)).toHaveCount(0)
  const people = await page.evaluate(() => {
    const { nocturne } = window as unknown as {
      nocturne: { invoke(channel: string, input: unknown): Promise<unknown> }
    }
    return nocturne.invoke('access.employees', {})
  })
  expect(JSON.stringify(people)).toContain('Dewi Lestari')
  expect(running.violations()).toEqual([])
  await running.stop()

  // The trail of before, and the restore in it, prove themselves from a terminal.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(root, 'src-main', 'cli.ts'),
      'verify-audit',
      '--json',
      '--workspace',
      after,
      '--name',
      owner,
    ],
    {
      env: {
        ...process.env,
        ...noKeychain,
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        NOCTURNE_PASSPHRASE: 'another one for this machine',
        NOCTURNE_PASSWORD: password,
      },
    },
  )
  expect(JSON.parse(stdout)).toMatchObject({ ok: true })
})
