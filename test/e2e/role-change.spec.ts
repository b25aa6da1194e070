import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { simulatedOwner } from '../../src-renderer/screens/access/simulated-owner.ts'
import { startConsole, type E2eConsole } from '../support/e2e-console.ts'

/**
 * A role that is changed while its person works: what he may no longer do is gone from his screen
 * and refused at his next call, and a disabled account ends there.
 */

let running: E2eConsole

test.beforeAll(async () => {
  // Two people at one engine: a second window, which the console itself never opens.
  test.skip(test.info().project.name === 'electron', 'the second window is the stand-in’s')
  running = await startConsole({
    main: join(import.meta.dirname, '..', 'support', 'second-window.ts'),
    args: ['--demo'],
  })
})
test.afterAll(async () => {
  await running?.stop()
})

interface Reply {
  readonly ok: boolean
  readonly value?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: string }
}

const call = (page: Page, channel: string, input: unknown): Promise<Reply> =>
  page.evaluate(
    ([name, given]) => {
      const { nocturne } = window as unknown as {
        nocturne: { invoke(channel: string, input: unknown): Promise<Reply> }
      }
      return nocturne.invoke(name, given)
    },
    [channel, input] as const,
  )

const command = (page: Page, channel: string, input: object): Promise<Reply> =>
  call(page, channel, { commandId: crypto.randomUUID(), input })

const go = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    window.location.hash = to
  }, hash)

const pageAt = async (owner: Page, of: (page: Page) => boolean): Promise<Page> => {
  const found = (): Page | undefined => owner.context().pages().find(of)
  await expect.poll(() => found() !== undefined, { timeout: 30_000 }).toBe(true)
  return found()!
}

const nav = (page: Page) => page.getByRole('navigation', { name: 'Pages' })

test('takes effect at his next click, and says why; a disabled account ends there', async () => {
  test.setTimeout(150_000)
  const owner = running.page
  await expect(nav(owner)).toBeVisible({ timeout: 60_000 })
  const his = await pageAt(
    owner,
    (page) => page !== owner && page.url().startsWith('https://console.invalid/'),
  )
  await expect(nav(his)).toBeVisible({ timeout: 60_000 })

  // The owner makes an account; its one-time code is seen outside his page.
  expect(
    await command(owner, 'access.stepUp', { password: simulatedOwner.password }),
  ).toMatchObject({ ok: true })
  const created = command(owner, 'access.createAccount', {
    name: 'Agus Wibowo',
    login: 'agus',
    roleId: 'noc-engineer',
  })
  const codeWindow = await pageAt(owner, (page) => page.url().endsWith('/confirm.html'))
  const code = (await codeWindow.locator('#secret-lines li').first().textContent())!
  await codeWindow.getByRole('button').last().click()
  const accountId = (await created).value?.['accountId']
  expect(accountId).toEqual(expect.any(String))

  const password = 'seven tall gudang lamps'
  expect(await command(his, 'access.signOut', {})).toMatchObject({ ok: true })
  expect(await command(his, 'access.redeemCode', { name: 'agus', code, password })).toMatchObject({
    ok: true,
  })
  await expect(nav(his)).toBeVisible()
  await go(his, '#/olts')
  await expect(his.getByRole('link', { name: 'Add OLT' }).first()).toBeVisible()

  /** What it is now; a change names the version that it was made from. */
  const versionOf = async (): Promise<number> => {
    const { value } = await call(owner, 'access.accounts', {})
    const accounts = value?.['accounts'] as { id: string; version: number }[]
    return accounts.find(({ id }) => id === accountId)!.version
  }
  const becomes = async (roleId: string): Promise<void> => {
    const baseVersion = await versionOf()
    expect(
      await command(owner, 'access.changeAccount', { accountId, baseVersion, roleId }),
    ).toMatchObject({ ok: true })
  }

  // No longer an engineer: nothing is offered any more, and a call is refused.
  await becomes('support')
  const oltId = '0199aaaa-0000-7000-8000-000000000001'
  expect(await command(his, 'network.removeOlt', { oltId, baseVersion: 1 })).toMatchObject({
    error: { code: 'permission-denied' },
  })
  await expect(his.getByRole('link', { name: 'Add OLT' })).toHaveCount(0)
  await go(his, '#/olts/add')
  await expect(his.getByText('network.olt.manage')).toBeVisible()
  await expect(his.getByRole('main')).toContainText('Agus Wibowo')

  // His very next click, on a page that was open to him a moment ago.
  await go(his, '#/olts')
  const onus = nav(his).getByRole('link', { name: 'ONUs' })
  await expect(onus).toBeVisible()
  await becomes('sales-agent')
  expect(await call(his, 'network.olts', {})).toMatchObject({
    ok: false,
    error: { code: 'permission-denied' },
  })
  await expect(onus).toHaveCount(0)
  await go(his, '#/onus')
  await expect(his.getByText('network.onu.read')).toBeVisible()

  const baseVersion = await versionOf()
  expect(await command(owner, 'access.disableAccount', { accountId, baseVersion })).toMatchObject({
    ok: true,
  })
  expect(await call(his, 'access.mine', {})).toMatchObject({
    error: { code: 'not-signed-in' },
  })
  await expect(his.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect(await command(his, 'access.signIn', { name: 'agus', password })).toMatchObject({
    error: { code: 'wrong-credentials' },
  })
  await expect(nav(owner)).toBeVisible()
  expect(running.violations()).toEqual([])
})
