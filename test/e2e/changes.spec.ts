import { resolve } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { simulatedOwner } from '../../src-renderer/screens/access/simulated-owner.ts'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/**
 * An ONU's life on the real console: plugged in, authorised, suspended, resumed, moved, replaced and
 * deleted over SSH to a simulated OLT, and each taken back.
 */

test.describe.configure({ mode: 'serial' })

const scenario = resolve(import.meta.dirname, 'scenarios', 'changes.yaml')
const olt = 'KARANG-01'

let running: E2eConsole
let page: Page
let oltId = ''

test.beforeAll(async () => {
  skipWithoutHost()
  running = await startConsole({ args: ['--demo', `--scenario=${scenario}`] })
  page = running.page
})
test.afterAll(async () => {
  await running?.stop()
})

const call = <Value>(channel: string, input: object, isCommand = false): Promise<Value> =>
  page.evaluate(
    async ([name, given, wrap]) => {
      const { nocturne } = window as unknown as {
        nocturne: {
          invoke(channel: string, input: unknown): Promise<{ ok: boolean; value: unknown }>
        }
      }
      const sent = wrap ? { commandId: crypto.randomUUID(), input: given } : given
      const reply = await nocturne.invoke(name, sent)
      if (!reply.ok) throw new Error(JSON.stringify(reply))
      return reply.value
    },
    [channel, input, isCommand] as const,
  ) as Promise<Value>

const goToRoute = (route: string) =>
  page.evaluate((to) => {
    window.location.hash = `#${to}`
  }, route)

interface Onu {
  readonly address: { readonly slot: number; readonly port: number; readonly onuId: number }
  readonly serial: string
  readonly state: string
}

const onus = async (): Promise<readonly Onu[]> =>
  (
    await call<{ onus: Onu[] }>('network.openView', {
      viewId: '01930000-0000-7000-8000-00000000e2e5',
      filter: {},
      sort: {},
      limit: 100,
    })
  ).onus

const onuOf = async (serial: string) => (await onus()).find((onu) => onu.serial === serial)
const placeOf = async (serial: string): Promise<string> => {
  const onu = await onuOf(serial)
  return onu === undefined ? 'nowhere' : `0/1/${onu.address.port}:${onu.address.onuId} ${onu.state}`
}

/** The status walk that shows a change comes by itself after it, and an ONU needs its time to boot. */
const becomes = (serial: string, what: RegExp): Promise<void> =>
  expect.poll(() => placeOf(serial), { timeout: 200_000, intervals: [1000] }).toMatch(what)

const openOnu = async (serial: string): Promise<void> => {
  // From elsewhere: the plan of the test before stands beside the page no more.
  await goToRoute('/onus')
  await expect(page.getByRole('heading', { level: 1, name: /^ONUs/ })).toBeVisible()
  const { address } = (await onuOf(serial))!
  await goToRoute(`/onus/${oltId}/0-1-${address.port}-${address.onuId}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(serial)
}

/** The plan that stands beside the page. */
const plan = () => page.locator('.npv-plan')

const confirmWindow = (): Promise<Page> =>
  expect
    .poll(
      () =>
        page
          .context()
          .pages()
          .some((each) => each.url().endsWith('/confirm.html')),
      {
        timeout: 20_000,
      },
    )
    .toBe(true)
    .then(() =>
      page
        .context()
        .pages()
        .find((each) => each.url().endsWith('/confirm.html'))!,
    )

/** Applies the plan that is open; what it asks outside the page is answered there. */
const apply = async (typed: string | null | undefined): Promise<void> => {
  // What is destructive asks who sits there, and the sign-in at the start is longer ago by now.
  if (typed !== undefined) {
    await call('access.stepUp', { password: simulatedOwner.password, code: null }, true)
  }
  await plan().getByRole('button', { name: 'Apply', exact: true }).click()
  if (typed !== undefined) {
    const window = await confirmWindow()
    if (typed !== null) await window.locator('#typed').fill(typed)
    await window.locator('#confirm').click()
  }
  await expect(plan().getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
}

const undo = async (typed: string | null | undefined): Promise<void> => {
  await plan().getByRole('button', { name: 'Undo…', exact: true }).click()
  await expect(plan().getByRole('button', { name: 'Apply', exact: true })).toBeVisible({
    timeout: 20_000,
  })
  await apply(typed)
}

const choose = async (act: RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'Change', exact: true }).first().click()
  await page.getByRole('menuitem', { name: act }).click()
}

let serial = ''
let second = ''

test('an ONU that was plugged in is authorised with three actions from the dashboard', async () => {
  test.setTimeout(300_000)
  await expect(page.getByText(olt).first()).toBeVisible({ timeout: 60_000 })
  await expect
    .poll(async () => (await call<{ onus: unknown[] }>('network.unconfigured', {})).onus.length, {
      timeout: 90_000,
    })
    .toBe(2)
  const { olts } = await call<{ olts: { id: string; version: number }[] }>('network.olts', {})
  oltId = olts[0]!.id
  // A test need not wait a minute for each look.
  await call(
    'network.updateOlt',
    {
      oltId,
      baseVersion: olts[0]!.version,
      intervals: { statusS: 15, countersS: 300, opticsS: 3600 },
    },
    true,
  )
  await call(
    'provisioning.savePreset',
    {
      presetId: null,
      baseVersion: 0,
      preset: {
        name: 'Home 50',
        when: { serialPattern: 'HWTC*' },
        settings: {
          lineProfile: '12',
          serviceProfile: '101',
          description: 'new {serial}',
          services: [{ vlan: 110, userVlan: 110, gemPort: 1, upProfile: '12', downProfile: '22' }],
        },
      },
    },
    true,
  )
  await goToRoute('/')
  // One: the counter of the dashboard. Two: Enter on the ONU that waits. Three: apply.
  await page
    .getByRole('main')
    .getByRole('link', { name: /unconfigured/i })
    .first()
    .click()
  await expect(page.getByRole('row', { name: /Home 50/ }).first()).toBeVisible({ timeout: 20_000 })
  serial = (
    await page
      .getByRole('row', { name: /Home 50/ })
      .first()
      .innerText()
  ).match(/HWTC[0-9A-F]{8}/)![0]
  await page.keyboard.press('Enter')
  await expect(page.getByText(/ont add 0 \d+ sn-auth/).first()).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Enter')
  await expect(plan().getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
  await becomes(serial, /^0\/1\/0:\d+ online$/)
  const { onus: left } = await call<{ onus: { serial: string }[] }>('network.unconfigured', {})
  second = left.find((onu) => onu.serial !== serial)!.serial
})

test('it is suspended after a confirmation outside the page, and that is undone', async () => {
  test.setTimeout(300_000)
  await openOnu(serial)
  await choose(/^Suspend/)
  await expect(page.getByText(/ont deactivate/).first()).toBeVisible({ timeout: 20_000 })
  await apply(null)
  await becomes(serial, /disabled$/)
  await undo(undefined)
  await becomes(serial, /online$/)
})

test('a question that is answered with no sends nothing', async () => {
  await openOnu(serial)
  await choose(/^Suspend/)
  await expect(page.getByText(/ont deactivate/).first()).toBeVisible({ timeout: 20_000 })
  await plan().getByRole('button', { name: 'Apply', exact: true }).click()
  await (await confirmWindow()).locator('#cancel').click()
  await expect(page.getByText('It was not confirmed.').first()).toBeVisible({ timeout: 20_000 })
  expect(await placeOf(serial)).toMatch(/online$/)
})

test('it is suspended and resumed', async () => {
  test.setTimeout(300_000)
  await openOnu(serial)
  await choose(/^Suspend/)
  await apply(null)
  await becomes(serial, /disabled$/)
  await openOnu(serial)
  await choose(/^Resume/)
  await apply(undefined)
  await becomes(serial, /online$/)
})

test('it is moved to another PON port, and that is undone', async () => {
  test.setTimeout(300_000)
  await openOnu(serial)
  await choose(/^Move/)
  const dialog = page.getByRole('dialog')
  await dialog
    .getByRole('combobox', { name: /To PON port/ })
    .or(dialog.getByLabel(/To PON port/))
    .first()
    .click()
  await page.getByRole('option', { name: /0\/1\/1/ }).click()
  await dialog.getByRole('button', { name: /plan/i }).last().click()
  await expect(page.getByText(/ont delete 0 /).first()).toBeVisible({ timeout: 20_000 })
  await apply(olt)
  await becomes(serial, /^0\/1\/1:/)
  await undo(olt)
  await becomes(serial, /^0\/1\/0:\d+ online$/)
})

test('it is replaced by another serial, and that is undone', async () => {
  test.setTimeout(300_000)
  await openOnu(serial)
  await choose(/^Replace/)
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Serial number of the new ONU').fill(second)
  await dialog.getByRole('button', { name: /plan/i }).last().click()
  await expect(plan().getByRole('button', { name: 'Apply', exact: true })).toBeVisible({
    timeout: 20_000,
  })
  await apply(null)
  await becomes(second, /^0\/1\/0:\d+ online$/)
  await undo(null)
  await becomes(serial, /^0\/1\/0:\d+ online$/)
})

test('it is deleted with the name of the OLT typed, and that is undone', async () => {
  test.setTimeout(300_000)
  await openOnu(serial)
  await choose(/^Delete/)
  await expect(page.getByText(/ont delete 0 /).first()).toBeVisible({ timeout: 20_000 })
  await apply(olt)
  await becomes(serial, /^nowhere$/)
  // Nobody uses an ONU that was just added: nothing has to be confirmed.
  await undo(undefined)
  await becomes(serial, /^0\/1\/0:\d+ online$/)
})

test('the authorisation itself is undone from the journal of the ONU', async () => {
  test.setTimeout(300_000)
  await goToRoute('/changes')
  await expect(page.getByRole('row', { name: /Authorise/ }).first()).toBeVisible()
  await openOnu(serial)
  await expect(page.getByRole('region', { name: 'Journal of changes' })).toContainText('Move')
  expect(running.violations()).toEqual([])
})
