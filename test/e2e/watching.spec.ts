import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test, type Page } from '@playwright/test'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/** How OLTs are watched: the governor, the live view, the history, traps, families of one's own. */

test.describe.configure({ mode: 'serial' })

const run = promisify(execFile)
const families = resolve(import.meta.dirname, '..', '..', 'assets', 'olt-families')

let running: E2eConsole
let page: Page

test.beforeAll(async () => {
  skipWithoutHost()
  running = await startConsole({ args: ['--demo'] })
  page = running.page
  await expect(page.getByText('1,488').first()).toBeVisible({ timeout: 60_000 })
})
test.afterAll(async () => {
  await running?.stop()
})

const goTo = (name: RegExp) =>
  page.getByRole('navigation').first().getByRole('link', { name }).click()
const toOlt = async (name: string) => {
  await goTo(/^OLTs/)
  await page.getByRole('link', { name }).first().click()
}
const ask = <Value>(name: string): Promise<Value> =>
  page.evaluate(async (query) => {
    const answer = await window.nocturne.invoke(query, {})
    if (!answer.ok) throw new Error(`${query}: ${answer.error.code}`)
    return answer.value as never
  }, name)

test('the OLT page shows how the OLT is read, one question at a time', async () => {
  await toOlt('KARANG-01')
  const care = page.getByRole('region', { name: 'How this OLT is read' })
  await expect(care).toContainText('1 at most')
  await expect(care).toContainText('in one walk over the whole OLT')
  await toOlt('BUKIT-04')
  await expect(care).toContainText('one PON port at a time')
  await expect(care).toContainText('only when someone asks, as its family needs it')
})

test('an OLT is left alone and read again', async () => {
  await page.getByRole('button', { name: /^Leave alone/ }).click()
  await page.getByRole('menuitem', { name: 'for 30 minutes' }).click()
  await expect(page.getByText('This OLT is left alone')).toBeVisible()
  await page.getByRole('button', { name: 'Read it again' }).first().click()
  await expect(page.getByText('This OLT is left alone')).toBeHidden()
})

test('one ONU is watched live, and the view ends when told', async () => {
  await goTo(/^ONUs/)
  await page.getByRole('searchbox').first().fill('karang 0/1/2')
  await expect(page.getByRole('row').nth(1)).toContainText('0/1/2:')
  await page.getByRole('grid').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /^Watch live/ }).click()
  await expect(page.getByText(/\d+ s left/).first()).toBeVisible()
  await expect(page.getByText(/[1-9]\d* readings?/).first()).toBeVisible()
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await expect(page.getByText(/\d+ s left/)).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Watch live/ })).toBeVisible()
})

test('what was read is kept and drawn; the range follows the keyboard and stands in the address', async () => {
  await page.getByText('1 h', { exact: true }).click()
  const charts = page.getByRole('application', { name: /^Charts over time/ })
  await expect(charts.getByRole('heading', { name: /^Receive power at the ONU/ })).toBeVisible()
  await expect(charts).toContainText(/last \d\d:\d\d/)
  const before = page.url()
  await charts.focus()
  await page.keyboard.press('+')
  await expect.poll(() => page.url()).not.toBe(before)
})

test('a PON port has a page with its own history', async () => {
  await toOlt('KARANG-01')
  await page
    .getByRole('link', { name: /History of PON 0\/1\/2/ })
    .first()
    .click()
  await expect(page.getByText('Transmit power of the PON port')).toBeVisible()
})

test('a trap that nobody knows is listed with its varbinds', async () => {
  const { listening } = await ask<{ listening: { port: number } }>('traps.status')
  const target = `127.0.0.1:${listening.port}`
  const oid = '1.3.6.1.4.1.99999.1'
  await run('snmptrap', ['-v', '2c', '-c', 'x', target, '', oid, `${oid}.1`, 's', 'door open'])
  await goTo(/^Traps/)
  await page.getByText(/^Unknown \(/).click()
  const row = page.getByRole('row').filter({ hasText: oid })
  await expect(row).toBeVisible()
  await row.getByRole('button', { name: 'Show the varbinds' }).click()
  await expect(page.getByText('door open')).toBeVisible()
})

test('a family of one’s own is for reading only until the owner trusts it by name', async () => {
  const { folder } = await ask<{ folder: string }>('families.list')
  mkdirSync(folder, { recursive: true })
  const own = join(folder, 'own-olt')
  cpSync(join(families, 'hsgq-gpon'), own, { recursive: true })
  const profile = join(own, 'profile.yaml')
  const text = readFileSync(profile, 'utf8').replace('family: hsgq-gpon', 'family: own-olt')
  writeFileSync(profile, text.replace(/^title: .*$/mu, 'title: Our own OLT'))
  await goTo(/^Settings/)
  await page.getByRole('link', { name: 'Open' }).first().click()
  await page.getByRole('button', { name: /Read the folder again/ }).click()
  await page.getByRole('link', { name: 'Our own OLT' }).click()
  await expect(page.getByText('This family is for reading only')).toBeVisible()
  await page.getByRole('button', { name: 'Trust this family…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('hsgq')
  await expect(dialog.getByRole('button', { name: 'Trust it' })).toBeDisabled()
  await dialog.getByRole('textbox').fill('own-olt')
  await dialog.getByRole('button', { name: 'Trust it' }).click()
  await expect(page.getByText('The owner trusts this family')).toBeVisible()
  writeFileSync(profile, `${readFileSync(profile, 'utf8')}\n# another line\n`)
  await expect(page.getByText('This family has changed since it was trusted')).toBeVisible()
})

test('nothing in all of this broke the content security policy', () => {
  expect(running.violations()).toEqual([])
})
