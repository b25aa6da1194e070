import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const axe = readFileSync(
  resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
)
type Page = Awaited<ReturnType<BuiltConsole['open']>>['page']

const serious = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const found = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  )) as readonly {
    readonly id: string
    readonly impact: string | null
    readonly nodes: readonly { readonly html: string }[]
  }[]
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

const reason = whyNoBrowser()

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`agents in the page${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  it('says what to do where nobody is an agent, and why they cannot be shown', async () => {
    const empty = await built.open('fake=0&still=1', '/billing/agents')
    await empty.page.getByText('Nobody is an agent yet').waitFor()
    await empty.page.close()
    const failed = await built.open(
      'fake=3&still=1&fail=billing.agents:store-damaged',
      '/billing/agents',
    )
    await failed.page.getByRole('button', { name: 'Try again' }).waitFor()
    await failed.page.close()
  })

  it('makes an agent, gives him terms, and refuses a payout beyond what he is owed', async () => {
    const { page } = await built.open('fake=1500&still=1', '/billing/agents')
    await page.getByRole('row', { name: /Wayan Sudarma/u }).waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Add an agent' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add an agent' })
    expect(await dialog.getByRole('button', { name: 'Add agent' }).isDisabled()).toBe(true)
    await dialog.getByRole('combobox', { name: 'Account' }).click()
    await page.getByRole('option', { name: /Dewi Lestari · 4 customers/u }).click()
    await dialog.getByRole('button', { name: 'Add agent' }).click()
    await page.getByRole('heading', { name: /Dewi Lestari/u }).waitFor()
    await page.getByText('No terms hold today').waitFor()
    await page.getByRole('button', { name: 'New terms' }).click()
    const terms = page.getByRole('dialog', { name: 'Terms of Dewi Lestari' })
    await terms.getByLabel('Commission').fill('12.5')
    expect(await serious(page)).toEqual([])
    await terms.getByRole('button', { name: 'Save terms' }).click()
    await page.getByRole('region', { name: 'Terms' }).getByText('12.5 %').waitFor()
    expect(await page.getByRole('button', { name: 'Pay out' }).isDisabled()).toBe(true)

    await page.getByRole('link', { name: 'Agents' }).first().click()
    await page.getByRole('link', { name: 'Wayan Sudarma' }).click()
    await page.getByRole('table', { name: 'Statement' }).getByText('AP-A-2026-000001').waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Pay out' }).click()
    const pay = page.getByRole('dialog', { name: 'Pay Wayan Sudarma' })
    await pay.getByLabel('Amount').fill('9000000')
    await pay.getByText(/No more than he is owed/u).waitFor()
    expect(await pay.getByRole('button', { name: 'Pay out' }).isDisabled()).toBe(true)
    await pay.getByLabel('Amount').fill('100000')
    await pay.getByText(/After it IDR/u).waitFor()
    await pay.getByRole('button', { name: 'Pay out' }).click()
    await page
      .getByRole('region', { name: 'Money in and out' })
      .getByText('AP-A-2026-000002')
      .waitFor()
    await page.close()
  })

  it('shows who sells his own customers alone, and takes their money out of his balance', async () => {
    const { page } = await built.open('fake=1500&still=1&role=sales-agent&theme=dark', '/billing')
    await page.getByRole('heading', { name: 'My customers' }).waitFor()
    expect(await page.getByRole('link', { name: 'Agents', exact: true }).count()).toBe(0)
    const customers = page.getByRole('table', { name: 'Customers' })
    await customers.getByRole('row').nth(1).waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByLabel('Name, code or telephone').fill('000041')
    await expect.poll(() => customers.locator('tbody tr').count()).toBe(1)
    await customers.getByRole('button', { name: /^Take money of/u }).click()
    const take = page.getByRole('dialog', { name: /^Money of/u })
    await take.getByText('INV-A-2026-000301').waitFor()
    await take.getByRole('button', { name: 'Take money' }).click()
    // What is open of him is more than his balance reaches.
    await page.getByText('Your balance does not reach.').waitFor()
    await take.getByLabel('Amount').fill('100000')
    await take.getByRole('button', { name: 'Take money' }).click()
    const done = page.getByRole('dialog', { name: /has paid$/u })
    await done.getByText('RC-A-2026-000900').waitFor()
    expect(await serious(page)).toEqual([])
    await page.close()
  })
})
