import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { createPlant, type Plant, type PlantAddress } from '../../src-main/simulator/plant.ts'
import { loadScenario } from '../../src-main/simulator/scenario-load.ts'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/** From an empty workspace to a watched OLT, with every wrong turn on the way. */

test.describe.configure({ mode: 'serial' })

const root = join(import.meta.dirname, '..', '..')
let folder: string
let plant: Plant
let olt: PlantAddress
let running: E2eConsole
let page: Page

test.beforeAll(async () => {
  skipWithoutHost()
  folder = mkdtempSync(join(tmpdir(), 'nocturne-e2e-'))
  plant = createPlant({
    scenario: loadScenario(join(root, 'assets', 'scenarios', 'demo.yaml')),
    clock: { now: Date.now },
  })
  olt = (await plant.start())[1]!
  running = await startConsole({
    workspaceDir: join(folder, 'workspace'),
    env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' },
  })
  page = running.page
  await page.getByLabel('Your name').fill('Nadia')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByLabel('Password, once more').fill('correct horse battery')
  await page.getByLabel('Passphrase', { exact: true }).fill('kunci yang panjang sekali')
  await page.getByLabel('Passphrase, once more').fill('kunci yang panjang sekali')
  await page.getByRole('button', { name: 'Create the workspace' }).click()
  await page
    .getByRole('link', { name: 'Add an OLT' })
    .or(page.getByRole('button', { name: 'Add an OLT' }))
    .click()
})
test.afterAll(async () => {
  await running?.stop()
  await plant?.stop()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

const testIt = async (host: string, port: number, community: string): Promise<void> => {
  await page.getByLabel('Host').fill(host)
  await page.getByLabel('Port', { exact: true }).fill(String(port))
  await page.getByLabel('SNMP version').selectOption('2c')
  await page.getByLabel('SNMP community').fill(community)
  await page.getByRole('button', { name: /^Test( again)?$/ }).click()
}

test('SNMPv3 with encryption comes first, by keyboard, and asks for all it needs', async () => {
  const version = page.getByLabel('SNMP version')
  await expect(version).toHaveValue('3-authPriv')
  await expect(page.getByLabel('SNMP community')).toHaveCount(0)
  await expect(page.getByLabel('Authentication', { exact: true })).toHaveValue('sha256')
  await page.getByLabel('Host').fill(olt.host)
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.getByLabel('User')).toBeFocused()
  await page.keyboard.type('noc')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Context')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Authentication password')).toBeFocused()
  await page.keyboard.type('signing it all')
  await page.getByLabel('Encryption password').fill('hiding it all')
  await page.getByLabel('Port', { exact: true }).fill(String(olt.port))
  await page.keyboard.press('Enter')
  // The plant's OLTs speak v2c only.
  await expect(page.getByRole('alert').first()).toContainText('No SNMPv3 answer', {
    timeout: 60_000,
  })
})

test('a community says calmly that it travels in the clear', async () => {
  await page.getByLabel('SNMP version').selectOption('1')
  await expect(page.getByRole('note')).toContainText('travels readable')
  await expect(page.getByLabel('User')).toHaveCount(0)
})

test('a wrong community is not an endless wait: it says what to check', async () => {
  await testIt(olt.host, olt.port, 'wrong-word')
  await expect(page.getByRole('alert').first()).toContainText(/community/i, { timeout: 60_000 })
})

test('a closed port is told apart from silence', async () => {
  await testIt(olt.host, 9, 'lab-read')
  await expect(page.getByRole('alert').first()).toContainText(/port/i)
})

test('a host name that does not exist is said so', async () => {
  await testIt('no-such-host.invalid', 161, 'lab-read')
  await expect(page.getByRole('alert').first()).toContainText(/host name/)
})

test('the test says what it is and how many ONUs it has, before anything is saved', async () => {
  await testIt(olt.host, olt.port, olt.community)
  await expect(page.getByText('Huawei SmartAX GPON').first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(String(olt.onus)).first()).toBeVisible()
  const before = await page.evaluate(() => window.nocturne.invoke('network.olts', {}))
  expect(before).toMatchObject({ ok: true, value: { olts: [] } })
})

test('saved, it is read, and its community comes back nowhere', async () => {
  await page
    .getByRole('button', { name: /^(Save|Add)/ })
    .first()
    .click()
  await expect(page).toHaveURL(/#\/olts\/[0-9a-f-]+$/)
  await expect(page.getByText('GPON 0/0/0').first()).toBeVisible({ timeout: 60_000 })
  expect(await page.content()).not.toContain(olt.community)
  const all = await page.evaluate(() => window.nocturne.invoke('network.olts', {}))
  expect(JSON.stringify(all)).not.toContain(olt.community)
})

test('the same address a second time is refused and leads to the OLT that has it', async () => {
  await page.getByRole('navigation').first().getByRole('link', { name: /^OLTs/ }).click()
  await page
    .getByRole('link', { name: /Add OLT/ })
    .or(page.getByRole('button', { name: /Add OLT/ }))
    .first()
    .click()
  await testIt(olt.host, olt.port, olt.community)
  await expect(page.getByRole('link', { name: olt.oltName }).first()).toBeVisible({
    timeout: 60_000,
  })
})

test('removed by mistake, it comes back with undo', async () => {
  await page.getByRole('navigation').first().getByRole('link', { name: /^OLTs/ }).click()
  await page.getByRole('link', { name: olt.oltName }).first().click()
  await page
    .getByRole('button', { name: /more|actions/i })
    .first()
    .click()
  await page.getByRole('menuitem', { name: /remove/i }).click()
  const confirm = page.getByRole('dialog').getByRole('button', { name: /remove/i })
  if ((await confirm.count()) > 0) await confirm.click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('navigation').first().getByRole('link', { name: /^OLTs/ }).click()
  await expect(page.getByRole('link', { name: olt.oltName }).first()).toBeVisible()
  expect(running.violations()).toEqual([])
})
