import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { openHistory } from '../../src-main/history/history.ts'
import { openTerminalSession } from '../../src-main/terminal/session.ts'
import { noKeychain } from '../../src-main/vault/keychain.ts'
import { openKeys } from '../../src-main/workspace/rotation.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/**
 * A workspace with a history and a family of its own moves to another machine by a transfer file: made
 * in the settings, confirmed outside the page, taken in at the first start there.
 */

const owner = 'Nadia Putri'
const password = 'correct horse battery'
const storePassphrase = 'kunci yang panjang sekali'
const filePassphrase = 'untuk pindahan ke rumah'
const noBus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }
const onu = { shelf: 0, slot: 1, port: 2, onuId: 3 }

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

const ask = async <Value>(page: Page, channel: string, input: object): Promise<Value> => {
  const said = await page.evaluate(
    ([name, given]) => {
      const { nocturne } = window as unknown as {
        nocturne: { invoke(channel: string, input: unknown): Promise<unknown> }
      }
      return nocturne.invoke(name, given)
    },
    [channel, input] as const,
  )
  return said as Value
}

/** A workspace with an OLT, the level of one of its ONUs at a time of yesterday, and an own family. */
const makeWorkspace = async (dir: string, at: number): Promise<string> => {
  Object.assign(process.env, noBus)
  const session = await openTerminalSession({ workspaceDir: dir, families: [] })
  await session.command('workspace.create', {
    ownerName: owner,
    password,
    passphrase: storePassphrase,
  })
  const { oltId } = await session.command('network.addOlt', {
    name: 'KARANG-01',
    host: '127.0.0.1',
    port: 9,
    community: 'public',
  })
  await session.stop()
  const keys = await openKeys(dir, { keychain: noKeychain('a test'), passphrase: storePassphrase })
  const history = openHistory({
    folder: join(dir, 'history'),
    key: keys.historyKey,
    clock: { now: Date.now, monotonic: () => performance.now() },
  })
  history.append({
    oltId,
    kind: 'onu',
    at,
    monotonic: 0,
    addresses: Int32Array.of(packOnuAddress(onu)),
    columns: { onuRxDbm: Float64Array.of(-21.5) },
  })
  history.stop()
  keys.wipe()
  const [family = ''] = readdirSync(join(root, 'assets', 'olt-families'))
  cpSync(join(root, 'assets', 'olt-families', family), join(dir, 'olt-families', 'rumah-olt'), {
    recursive: true,
  })
  return oltId
}

const signIn = async (page: Page): Promise<void> => {
  await page.getByLabel('Name', { exact: true }).fill(owner)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Presses "yes" in the window outside the page. */
const confirmOutside = async (page: Page): Promise<void> => {
  const outside = () =>
    page
      .context()
      .pages()
      .find((each) => each.url().endsWith('/confirm.html'))
  await expect.poll(() => outside() !== undefined, { timeout: 20_000 }).toBe(true)
  await outside()?.locator('#confirm').click()
}

test('a workspace goes to another machine with its history, and the old one does nothing any more', async () => {
  test.setTimeout(120_000)
  const before = join(folder, 'before')
  const stick = mkdtempSync(join(folder, 'stick-'))
  const at = Date.now() - 86_400_000
  const oltId = await makeWorkspace(before, at)

  running = await startConsole({ workspaceDir: before, env: noBus })
  const first = running.page
  await first.getByLabel('Passphrase', { exact: true }).fill(storePassphrase)
  await first.getByRole('button', { name: 'Open', exact: true }).click()
  await signIn(first)
  await first.getByRole('link', { name: 'Settings' }).click()
  await first.getByRole('button', { name: 'Make the transfer file…' }).click()
  const dialog = first.getByRole('dialog')
  await dialog.getByLabel('Into the folder').fill(stick)
  await dialog.getByLabel('Passphrase of the file').fill(filePassphrase)
  await dialog.getByLabel('Once more').fill(filePassphrase)
  await dialog.getByRole('button', { name: 'Make the file…' }).click()
  await confirmOutside(first)
  await expect(first.getByText(/^Moved to another machine on/)).toBeVisible({ timeout: 30_000 })
  const [file = ''] = readdirSync(stick)
  expect(file).toMatch(/^nocturne-.*\.transfer$/)
  // Here nothing happens any more.
  expect(await ask(first, 'network.oltInterfaces', { oltId, taskId: oltId })).toMatchObject({
    ok: false,
    error: { code: 'workspace-moved' },
  })
  if (process.env['SHOT'] !== undefined) await first.screenshot({ path: process.env['SHOT'] })
  expect(running.violations()).toEqual([])
  await running.stop()

  const after = join(folder, 'after')
  running = await startConsole({ workspaceDir: after, env: noBus })
  const { page } = running
  await page.getByRole('button', { name: /take in a transfer file/ }).click()
  await running.chooseNext(join(stick, file))
  await page.getByRole('button', { name: 'Choose the file…' }).click()
  const look = page.getByRole('button', { name: 'Look inside' })
  await page.getByLabel('Its passphrase').fill('not this one at all')
  await look.click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await page.getByLabel('Its passphrase').fill(filePassphrase)
  await look.click()
  await expect(page.getByText('move: the original is marked as moved')).toBeVisible()
  await page.getByLabel('Passphrase', { exact: true }).fill('another one for this machine')
  await page.getByLabel('Passphrase, once more').fill('another one for this machine')
  await page.getByRole('button', { name: 'Take in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 60_000 })
  await signIn(page)
  await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible({ timeout: 30_000 })
  // It is at work, and knows the level of yesterday.
  expect(await ask(page, 'workspace.standing', {})).toMatchObject({ value: { standing: null } })
  const level = () =>
    ask<{ ok: boolean; value?: { series: { at: number[] }[] } }>(page, 'history.series', {
      series: { kind: 'onu', oltId, address: onu },
      metrics: ['onuRxDbm'],
      from: at - 60_000,
      to: at + 60_000,
    })
  await expect
    .poll(async () => JSON.stringify(await level()), { timeout: 20_000 })
    .toContain('-21.5')
  expect(existsSync(join(after, 'olt-families', 'rumah-olt', 'profile.yaml'))).toBe(true)
  expect(running.violations()).toEqual([])
})
