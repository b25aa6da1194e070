import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { verifyExport } from '../../src-main/audit/verify-export.ts'
import { simulatedOwner } from '../../src-renderer/screens/access/simulated-owner.ts'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/** The audit trail on the real console: searched, opened, proved, exported. */

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

const goTo = (route: string): Promise<void> =>
  page.evaluate((hash) => {
    window.location.hash = hash
  }, `#${route}`)

const rows = () => page.locator('.nau-table tbody tr')

test('finds who made the workspace, and tells it in detail', async () => {
  test.setTimeout(120_000)
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 60_000 })
  await goTo('/audit?category=configuration')
  await expect(page.getByRole('heading', { name: 'Audit trail' })).toBeVisible()
  await expect(rows().first()).toContainText('Settings', { timeout: 20_000 })
  await expect(page.getByText('added an OLT').first()).toBeVisible()
  const last = rows().filter({ hasText: 'added an OLT' }).last()
  await last.getByRole('button').click()
  const drawer = page.locator('.nc-drawer')
  await expect(drawer).toContainText('network.addOlt')
  await expect(drawer.getByRole('link', { name: 'All that happened to it' })).toBeVisible()
  await drawer.getByRole('link', { name: 'All that happened to it' }).click()
  await expect(page.getByRole('heading', { name: /What happened to OLT/ })).toBeVisible()
  await expect(rows().last()).toContainText('added an OLT')
})

test('tells that the row was opened', async () => {
  await goTo('/audit?category=sensitive-read')
  await expect(rows().first()).toContainText('opened a row of the audit trail')
})

test('is proved, with a plain answer', async () => {
  await goTo('/audit')
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText(/The trail is whole: [\d,]+ rows/)).toBeVisible({ timeout: 60_000 })
})

test('is exported by who says who he is, and the file proves itself', async () => {
  test.setTimeout(90_000)
  await goTo('/audit?category=account,authentication,configuration')
  await expect(rows().first()).toBeVisible()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('menuitem', { name: /Signed file/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Say once more who you are' })
  const made = page.getByText(/audit-\S+\.jsonl in /)
  await expect(dialog.or(made)).toBeVisible()
  if (await dialog.isVisible()) {
    await dialog.getByLabel('Your password').fill(simulatedOwner.password)
    await dialog.getByRole('button', { name: 'Continue' }).click()
  }
  await expect(made).toBeVisible({ timeout: 20_000 })
  const [file = '', folder = ''] = ((await made.textContent()) ?? '').split(' in ')
  const path = join(folder, file)
  const proof = await verifyExport(path)
  expect(proof).toMatchObject({ ok: true, whole: false })
  expect(proof.rows).toBeGreaterThan(0)
  const text = readFileSync(path, 'utf8')
  expect(text).not.toContain(simulatedOwner.password)
  const altered = test.info().outputPath('altered.jsonl')
  writeFileSync(altered, text.replace('"outcome":"done"', '"outcome":"failed"'))
  expect(await verifyExport(altered)).toMatchObject({ ok: false, reason: 'row-changed' })
})
