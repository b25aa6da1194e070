import { expect, test, type Page } from '@playwright/test'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/** The console on the simulated plant, used as a person would. One window for all. */

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

const goTo = (name: RegExp) =>
  page.getByRole('navigation').first().getByRole('link', { name }).click()

test('the dashboard shows what was read, every ONU in one counter', async () => {
  await expect(page.getByText('You are looking at the simulated plant')).toBeVisible()
  for (const olt of ['KARANG-01', 'MELATI-02', 'PELABUHAN-03', 'BUKIT-04']) {
    await expect(page.getByText(olt).first()).toBeVisible()
  }
  await expect(page.getByText('1,488').first()).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('heading', { name: 'Light', exact: true })).toBeVisible()
})

test('a counter of the dashboard is a filter of the ONU table', async () => {
  await goTo(/^Dashboard/)
  await page
    .getByRole('link', { name: /Offline, power/ })
    .first()
    .click()
  await expect(page).toHaveURL(/#\/onus\?.*state=offline-power/)
  await expect(page.getByRole('row').nth(1)).toContainText('Offline, power')
})

test('the ONU table searches, sorts, and keeps both in the address', async () => {
  await goTo(/^ONUs/)
  await expect(page.getByRole('grid')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('karang 0/1/2')
  await expect(page).toHaveURL(/q=karang/)
  await expect(page.getByRole('row').nth(1)).toContainText('KARANG-01')
  await expect(page.getByRole('row').nth(1)).toContainText('0/1/2:')
  await page.getByRole('columnheader', { name: /ONU Rx/ }).click()
  await expect(page).toHaveURL(/sort=/)
  const address = page.url()
  await goTo(/^Dashboard/)
  await page.goBack()
  expect(page.url()).toBe(address)
  await expect(page.getByRole('row').nth(1)).toContainText('KARANG-01')
})

test('typing fast on a slow machine loses no letter', async () => {
  await goTo(/^ONUs/)
  const slow = await page.context().newCDPSession(page)
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  const box = page.getByRole('searchbox').first()
  for (const delay of [0, 15, 30, 45]) {
    await box.fill('')
    await box.focus()
    await page.keyboard.type('karang 0/1/2', { delay })
    await expect(page.getByRole('row').nth(1)).toContainText('0/1/2:')
    expect(await box.inputValue()).toBe('karang 0/1/2')
  }
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await slow.detach()
  await box.fill('')
})

test('an ONU opens from the keyboard and shows both directions of light with their margin', async () => {
  await goTo(/^ONUs/)
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  await page.getByRole('grid').focus()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/onus\/[0-9a-f-]+\/\d+-\d+-\d+-\d+/)
  await expect(page.getByText('Towards the ONU')).toBeVisible()
  await expect(page.getByText('Towards the OLT')).toBeVisible()
  await expect(page.getByText(/dB .*limit/).first()).toBeVisible()
})

test('an OLT page shows why it was recognised, its boards, PON ports and the light of its ONUs', async () => {
  await goTo(/^OLTs/)
  await page.getByRole('link', { name: 'KARANG-01' }).first().click()
  await expect(page.getByText(/Huawei Integrated Access/).first()).toBeVisible()
  await expect(page.getByText('GPON 0/1/0').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /ONUs by light/ })).toBeVisible()
})

test('the palette finds an ONU by a few characters and opens it without the mouse', async () => {
  await page.keyboard.press('Control+k')
  await page.keyboard.type('karang 0/2/0:12')
  await expect(page.getByRole('option').first()).toContainText('0/2/0:12')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/#\/onus\//)
})

test('unconfigured ONUs are listed', async () => {
  await goTo(/^Unconfigured/)
  await expect(page.locator('tr[data-row]')).toHaveCount(9)
  for (const olt of ['KARANG-01', 'MELATI-02', 'PELABUHAN-03', 'BUKIT-04']) {
    await expect(page.getByRole('rowheader', { name: olt })).toBeVisible()
  }
})

test('the whole console changes to Indonesian and to dark, and stays so', async () => {
  await goTo(/^Settings/)
  await page.getByText('Bahasa Indonesia').first().click()
  await expect(page.getByRole('navigation').first()).toContainText('Dasbor')
  await page.getByText('Gelap').first().click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  const kept = await page.evaluate(() => window.nocturne.invoke('preferences.get', {}))
  expect(kept).toMatchObject({ ok: true, value: { language: 'id', theme: 'dark' } })
  await page.getByText('English').first().click()
  await expect(page.getByRole('navigation').first()).toContainText('Dashboard')
})

test('a locked screen holds nothing of the network, also not in the page', async () => {
  await goTo(/^OLTs/)
  await expect(page.getByText('KARANG-01').first()).toBeVisible()
  await page.evaluate(() =>
    window.nocturne.invoke('access.lock', { commandId: crypto.randomUUID(), input: {} }),
  )
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible()
  expect(await page.content()).not.toContain('KARANG-01')
  const refused = await page.evaluate(() => window.nocturne.invoke('network.olts', {}))
  expect(refused).toMatchObject({ ok: false, error: { code: 'session-locked' } })
  await page.getByLabel('Password', { exact: true }).fill('wrong wrong wrong')
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByRole('alert').first()).toBeVisible()
  // After a wrong one the next has to wait a moment.
  await expect(async () => {
    if (await page.getByRole('heading', { name: 'Locked' }).isVisible()) {
      await page.getByLabel('Password', { exact: true }).fill('look-around')
      await page.getByRole('button', { name: 'Unlock' }).click()
    }
    await expect(page.getByText('KARANG-01').first()).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 40_000 })
})

test('nothing in all of this broke the content security policy', () => {
  expect(running.violations()).toEqual([])
})
