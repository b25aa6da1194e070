import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createPlant, type Plant, type PlantAddress } from '../../src-main/simulator/plant.ts'
import { loadScenario } from '../../src-main/simulator/scenario-load.ts'
import { noKeychain } from '../../src-main/vault/keychain.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/**
 * Money and service, on the real console and an OLT that answers SNMP and SSH: who did not pay is cut
 * off, a lead becomes a subscriber with a paid invoice, and money at the counter brings the line back.
 * A debt needs time to grow old, so the workspace is thirty days old when the console opens it.
 */

const owner = { name: 'Nadia Putri', password: 'correct horse battery' }
const passphrase = 'kunci yang panjang sekali'
const oltName = 'KARANG-01'
const dayMs = 86_400_000

let folder = ''
let plant: Plant
let running: E2eConsole

interface Before {
  readonly oltId: string
  /** Owes a month, and has no ONU yet. */
  readonly siti: { readonly id: string; readonly serviceId: string }
  /** Asked what it costs. */
  readonly budi: { readonly id: string; readonly serviceId: string }
  readonly planVersionId: string
}

/** What there was thirty days ago: a plan, one subscriber with an invoice, and a lead. */
const makeWorkspace = async (workspaceDir: string, olt: PlantAddress): Promise<Before> => {
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const now = (): number => Date.now() - 30 * dayMs
  const engine = createEngine({
    workspaceDir,
    mode: 'own',
    clock: { ...systemClock, now },
    random: Math.random,
    newId,
    log: createLog({ write: () => undefined }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: noKeychain('a test'),
    families: [],
    polling: false,
    send: () => undefined,
    switchTo: () => undefined,
    askPerson: () => Promise.resolve(''),
  })
  const call = async <Value>(channel: string, input: object): Promise<Value> => {
    const said = await engine.call({ clientId: 1, channel, input })
    if (!said.ok) throw new Error(`${channel}: ${JSON.stringify(said.error)}`)
    return said.value as Value
  }
  const tell = <Value>(channel: string, input: object): Promise<Value> =>
    call(channel, { commandId: newId(), input })
  engine.addClient(1)
  await engine.start()
  await tell('workspace.create', {
    ownerName: owner.name,
    password: owner.password,
    passphrase,
  })
  await tell('access.stepUp', { password: owner.password })
  const { oltId } = await tell<{ oltId: string }>('network.addOlt', {
    name: olt.oltName,
    host: olt.host,
    port: olt.port,
    community: olt.community,
    intervals: { statusS: 15, countersS: 300, opticsS: 3600 },
  })
  await tell('olt-cli.setAccess', {
    oltId,
    baseVersion: 0,
    transport: 'ssh',
    port: olt.cli?.sshPort,
    userName: olt.cli?.userName,
    password: olt.cli?.password,
  })

  const { version, seller } = await call<{ version: number; seller: object }>('billing.seller', {})
  await tell('billing.configureSeller', {
    baseVersion: version,
    seller: { ...seller, name: 'PT Karang Serat', terms: { kind: 'days', days: 7 } },
  })
  const { planId } = await tell<{ planId: string }>('billing.savePlan', {
    planId: null,
    baseVersion: 0,
    code: 'HOME-20',
    name: 'Home 20',
    note: '',
    kind: 'main',
    payment: 'postpaid',
    currency: 'IDR',
    sold: true,
  })
  const { versionId: planVersionId } = await tell<{ versionId: string }>('billing.saveVersion', {
    planId,
    versionId: null,
    baseVersion: 1,
    terms: {
      validFromOn: '2026-01-01',
      price: 15_000_000,
      unitPrice: null,
      taxIncluded: false,
      taxCodes: [],
      interval: 'month',
      mode: 'advance',
      proration: 'actual',
      billWhileSuspended: true,
      billWhilePaused: false,
      speedId: null,
      extras: [],
      discounts: [],
    },
  })
  const person = async (name: string): Promise<{ id: string; serviceId: string }> => {
    const { id } = await tell<{ id: string }>('subscribers.create', {
      kind: 'person',
      name,
      status: 'lead',
      language: 'id',
    })
    const { serviceId } = await tell<{ serviceId: string }>('subscribers.saveService', {
      id,
      serviceId: null,
      baseVersion: 0,
      name: 'Home',
      onu: null,
    })
    return { id, serviceId }
  }
  const siti = await person('Siti Aminah')
  const budi = await person('Budi Santoso')
  const { today } = await call<{ today: string }>('billing.settings', {})
  await tell('billing.startSubscription', {
    subscriberId: siti.id,
    serviceId: siti.serviceId,
    startOn: today,
    bought: { planVersionId },
  })
  await tell('billing.startRun', { today, dayIsRight: true })
  await expect
    .poll(async () => {
      const { runs } = await call<{ runs: { state: string }[] }>('billing.runs', {})
      return runs[0]?.state
    })
    .toBe('done')
  const { number } = await call<{ number: number }>('billing.dunningPolicy', {})
  await tell('billing.saveDunningPolicy', {
    baseNumber: number,
    policy: {
      enabled: true,
      basis: 'due',
      stages: [
        {
          key: 'off',
          offsetDays: 5,
          action: 'suspend',
          minimum: {},
          fee: {},
          attempts: 1,
          gapDays: 0,
          channel: null,
        },
      ],
      warnedDays: null,
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      fromMinute: 0,
      toMinute: 1440,
      closedOn: [],
      promisesMost: 1,
      promiseDays: 7,
    },
  })
  await tell('billing.saveTill', {
    tillId: null,
    baseVersion: 0,
    name: 'Front desk',
    currency: 'IDR',
    coin: 1,
    archived: false,
    printer: null,
  })
  await engine.stop()
  return { oltId, siti, budi, planVersionId }
}

test.beforeAll(() => {
  skipWithoutHost()
  folder = mkdtempSync(join(tmpdir(), 'nocturne-e2e-'))
  plant = createPlant({
    scenario: loadScenario(join(import.meta.dirname, 'scenarios', 'changes.yaml')),
    clock: { now: Date.now },
  })
})
test.afterAll(async () => {
  await running?.stop()
  await plant?.stop()
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

const go = (page: Page, route: string): Promise<void> =>
  page.evaluate((to) => {
    window.location.hash = `#${to}`
  }, route)

const call = <Value>(page: Page, channel: string, given: object, isCommand = false) =>
  page.evaluate(
    async ([name, input, wrap]) => {
      const { nocturne } = window as unknown as {
        nocturne: {
          invoke(channel: string, input: unknown): Promise<{ ok: boolean; value: unknown }>
        }
      }
      const sent = wrap ? { commandId: crypto.randomUUID(), input } : input
      const reply = await nocturne.invoke(name, sent)
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply)}`)
      return reply.value
    },
    [channel, given, isCommand] as const,
  ) as Promise<Value>

/** At the counter, by keyboard: finds him, takes what is due, in cash. */
const payAtCounter = async (page: Page, name: string): Promise<void> => {
  const find = page.getByRole('combobox', { name: 'Find subscriber' })
  await find.waitFor()
  await find.fill(name)
  await expect(page.getByRole('option').first()).toContainText(name)
  await page.keyboard.press('Enter')
  const form = page.getByRole('form', { name })
  await form.waitFor()
  await expect(form.getByRole('textbox', { name: 'Amount' })).not.toHaveValue('')
  await page.keyboard.press('Enter')
  await form.getByRole('button', { name: /^Enter once more takes/u }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: /^Receipt RC-A-/u }).waitFor()
  await page.keyboard.press('Enter')
}

test('a lead becomes a paid invoice; who owes is cut off, and is back once he has paid at the counter', async () => {
  test.setTimeout(150_000)
  const [olt] = await plant.start()
  const workspaceDir = join(folder, 'workspace')
  const { oltId, siti, budi, planVersionId } = await makeWorkspace(workspaceDir, olt!)
  running = await startConsole({
    workspaceDir,
    env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' },
  })
  const { page } = running
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByLabel('Name', { exact: true }).fill(owner.name)
  await page.getByLabel('Password', { exact: true }).fill(owner.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible({ timeout: 30_000 })

  interface Onu {
    readonly serial: string
    readonly state: string
  }
  const onus = async (): Promise<readonly Onu[]> =>
    (
      await call<{ onus: Onu[] }>(page, 'network.openView', {
        viewId: '01930000-0000-7000-8000-00000000e2e7',
        filter: {},
        sort: {},
        limit: 50,
      })
    ).onus
  const seen = async (serial: string): Promise<string> =>
    (await onus()).find((onu) => onu.serial === serial)?.state ?? 'nowhere'
  const isEnabled = (serial: string): boolean | undefined =>
    plant.truth(oltName).onus.find((onu) => onu.serial === serial)?.enabled
  const becomes = (serial: string, state: string) =>
    expect.poll(() => seen(serial), { timeout: 120_000, intervals: [1000] }).toBe(state)
  await expect
    .poll(async () => (await onus()).filter(({ state }) => state === 'online').length, {
      timeout: 60_000,
    })
    .toBeGreaterThan(3)
  const [hers, his] = (await onus())
    .filter(({ state }) => state === 'online')
    .map(({ serial }) => serial) as [string, string]
  const attach = (who: Before['siti'], serial: string) =>
    call(
      page,
      'subscribers.saveService',
      { ...who, baseVersion: 1, name: 'Home', onu: { oltId, serial } },
      true,
    )

  // She owes for 23 days past due, and more than five are too many: her ONU is off as soon as she has one.
  expect(isEnabled(hers)).toBe(true)
  await attach(siti, hers)
  await expect.poll(() => isEnabled(hers), { timeout: 60_000 }).toBe(false)
  await becomes(hers, 'disabled')
  await go(page, '/billing/dunning')
  await expect(page.getByRole('row', { name: /Siti Aminah/ })).toContainText('line off')

  // The lead buys, is billed by a run that somebody looked at first, and pays at the counter.
  await attach(budi, his)
  const { today } = await call<{ today: string }>(page, 'billing.settings', {})
  await call(
    page,
    'billing.startSubscription',
    { subscriberId: budi.id, serviceId: budi.serviceId, startOn: today, bought: { planVersionId } },
    true,
  )
  await go(page, `/subscribers/${budi.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Budi Santoso')
  await expect(page.getByText('Active', { exact: true }).first()).toBeVisible()
  await go(page, '/billing/runs')
  await page.getByRole('button', { name: 'Look what would be issued' }).click()
  const look = page.getByRole('table', { name: 'Subscriptions of this look' })
  await expect(look.getByText('Budi Santoso')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: /^Issue \d+ documents?$/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Issue \d+ documents?$/ })
    .click()
  // On the page of this run; the list of them has one that is done, too.
  await expect.poll(() => page.evaluate(() => window.location.hash)).toMatch(/^#\/billing\/runs\/./)
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 30_000 })

  await go(page, '/counter')
  await page.getByRole('button', { name: 'Open till' }).click()
  await page.getByRole('dialog').getByLabel('Float: what is in the drawer').fill('200000')
  await page.keyboard.press('Enter')
  await payAtCounter(page, 'Budi Santoso')
  await payAtCounter(page, 'Siti Aminah')

  // Her money cleared the debt, so the line is wished back, and the OLT follows.
  await expect.poll(() => isEnabled(hers), { timeout: 60_000 }).toBe(true)
  await becomes(hers, 'online')
  expect(isEnabled(his)).toBe(true)
  const account = async (subscriberId: string) =>
    (
      await call<{ balances: { overdue: number; open: number }[] }>(page, 'billing.account', {
        subscriberId,
      })
    ).balances
  expect(await account(budi.id)).toMatchObject([{ open: 0 }])
  expect(await account(siti.id)).toMatchObject([{ overdue: 0 }])
  await go(page, '/billing/dunning')
  await expect(page.getByRole('row', { name: /Siti Aminah/ })).toHaveCount(0)
  expect(running.violations()).toEqual([])
})
