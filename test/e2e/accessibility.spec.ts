import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/** Every screen, light and dark, held to axe: nothing serious, nothing critical. */

test.describe.configure({ mode: 'serial' })

let running: E2eConsole
let page: Page
let routes: readonly string[] = []

const ask = <Value>(name: string, input: object = {}): Promise<Value> =>
  page.evaluate(
    async ({ query, given }) => {
      const answer = await window.nocturne.invoke(query, given)
      if (!answer.ok) throw new Error(`${query}: ${answer.error.code}`)
      return answer.value as never
    },
    { query: name, given: input },
  )

test.beforeAll(async () => {
  skipWithoutHost()
  running = await startConsole({ args: ['--demo'] })
  page = running.page
  await expect(page.getByText('1,488').first()).toBeVisible({ timeout: 60_000 })
  const { olts } = await ask<{ olts: { id: string }[] }>('network.olts')
  const { alarms } = await ask<{ alarms: { id: string }[] }>('alarms.list', {})
  const { outages } = await ask<{ outages: { id: string }[] }>('outages.list', { state: 'all' })
  const { nodes } = await ask<{ nodes: { id: string }[] }>('plant.nodes', {})
  const { accounts } = await ask<{ accounts: { id: string }[] }>('access.accounts')
  const olt = olts[0]!.id
  const { versions } = await ask<{ versions: { id: string }[] }>('olt-backups.versions', {
    oltId: olt,
  })
  routes = [
    '/',
    '/outages',
    ...outages.slice(0, 1).map(({ id }) => `/outages/${id}`),
    '/alarms',
    ...alarms.slice(0, 1).map(({ id }) => `/alarms/one/${id}`),
    '/alarms/rules',
    '/alarms/load',
    '/alarms/guide',
    '/alarms/guide/pon-down',
    '/alarms/maintenance',
    '/olts',
    '/olts/add',
    `/olts/${olt}`,
    `/olts/${olt}/pon/0-1-0`,
    `/olts/${olt}/terminal`,
    `/olts/${olt}/catalogue`,
    '/speeds',
    '/transcripts',
    '/configurations',
    `/configurations/${olt}`,
    ...versions.slice(0, 1).map(({ id }) => `/configurations/${olt}/text/${id}`),
    ...versions.slice(1, 2).map(({ id }) => `/configurations/diff/${id}/${versions[0]!.id}`),
    '/onus',
    `/onus/${olt}/0-1-0-1`,
    '/unconfigured',
    '/changes',
    '/presets',
    '/mismatches',
    `/mismatches/adopt/${olt}`,
    '/plant',
    ...nodes.slice(0, 1).map(({ id }) => `/plant/${id}`),
    '/map',
    '/traps',
    '/families',
    '/families/huawei-smartax',
    '/handover',
    '/people',
    `/people?account=${accounts[0]!.id}`,
    '/people/employees',
    '/people/roles',
    '/people/roles/noc-engineer',
    '/me',
    '/audit',
    '/settings',
    '/wall',
  ]
})
test.afterAll(async () => {
  await running?.stop()
})

for (const scheme of ['light', 'dark'] as const) {
  test(`no screen has a serious finding in ${scheme}`, async () => {
    test.setTimeout(300_000)
    await ask('preferences.get')
    await page.evaluate(
      async (theme) =>
        window.nocturne.invoke('preferences.set', {
          commandId: crypto.randomUUID(),
          input: { theme },
        }),
      scheme,
    )
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
    const found: string[] = []
    for (const route of routes) {
      await page.evaluate((to) => {
        window.location.hash = `#${to}`
      }, route)
      await expect(page.locator('main, [data-wallboard]').first()).toBeVisible()
      // What comes in a moment (chunks, answers) is part of the screen.
      await page.waitForLoadState('networkidle')
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0, { timeout: 10_000 })
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue
        const where = nodes.slice(0, 3).map(({ target, html }) => `${target.join(' ')} ${html}`)
        found.push(`${route}: ${id} (${nodes.length}) ${where.join(' | ').slice(0, 400)}`)
      }
    }
    expect(found).toEqual([])
  })
}

test('and none of it breaks the content security policy', () => {
  expect(running.violations()).toEqual([])
})
