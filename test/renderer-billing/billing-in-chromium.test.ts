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
interface Finding {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string }[]
}
type Page = Awaited<ReturnType<BuiltConsole['open']>>['page']

const serious = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe)
  const found = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] }).then((result) => result.violations)',
  )) as readonly Finding[]
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
}

const plan = '/billing/plans/01930000-0000-7000-b000-000000000002'
const subscriber = '/subscribers/01930000-0000-7000-a000-000000000006?tab=subscriptions'
const reason = whyNoBrowser()

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`billing in the page${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  it('says why plans cannot be shown, and what to do where there are none', async () => {
    const failed = await built.open(
      'fake=3&still=1&fail=billing.plans:store-damaged',
      '/billing/plans',
    )
    await failed.page.getByRole('button', { name: 'Try again' }).waitFor()
    await failed.page.close()
    const empty = await built.open('fake=0&still=1', '/billing/plans')
    await empty.page.getByText('No plan yet').waitFor()
    await empty.page.getByRole('button', { name: 'New plan' }).click()
    const dialog = empty.page.getByRole('dialog', { name: 'New plan' })
    await dialog.getByLabel('Code').fill('HOME-20')
    await dialog.getByLabel('Name').fill('Home 20')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await empty.page.getByText('No version yet').waitFor()
    await empty.page.close()
  })

  it('finds a plan by what is typed, and shows it with its versions and who has them', async () => {
    const { page } = await built.open('fake=1500&still=1', '/billing/plans')
    await page.getByRole('row', { name: /RUMAH-20/u }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('rumah 50')
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1)
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Rumah 50 Mbps' }).click()
    const versions = page.getByRole('table', { name: 'Versions' })
    await versions.getByText('Sold today').waitFor()
    await page.getByRole('table', { name: 'Who has it' }).getByRole('row').nth(1).waitFor()
    expect(await serious(page)).toEqual([])
    await page.close()
  })

  it('computes what would be billed while a version is typed', async () => {
    const { page } = await built.open('fake=1500&still=1&theme=dark', plan)
    await page.getByRole('button', { name: 'New version', exact: true }).click()
    const dialog = page.getByRole('dialog')
    const example = dialog.getByRole('region', { name: 'What would be billed' })
    await example.getByText('474,250.00').waitFor()
    await dialog.getByLabel('Price of a period').fill('400000')
    await example.getByText('550,000.00').first().waitFor()
    await dialog.getByLabel('Price of a period').fill('')
    await example.getByText(/Fill in what is marked/u).waitFor()
    expect(await dialog.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    expect(await serious(page)).toEqual([])
    await page.close()
  })

  it('shows a subscriber’s plans, and a change with its amounts before it is made', async () => {
    const { page } = await built.open('fake=1500&still=1', subscriber)
    const card = page.getByRole('article', { name: 'Rumah 50 Mbps' })
    await card.getByText(/names other profiles/u).waitFor()
    expect(await serious(page)).toEqual([])
    await card.getByRole('button', { name: 'Change', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Change Rumah 50 Mbps' })
    await page.getByRole('option', { name: /RUMAH-20/u }).click()
    // A downgrade waits for the end of the period.
    await dialog.getByText('downgrade').waitFor()
    await dialog.getByLabel('Reason').fill('asked by telephone')
    await dialog.getByRole('button', { name: 'Change', exact: true }).click()
    await card.getByText(/Changes to Rumah 20 Mbps on/u).waitFor()
    await card.getByRole('button', { name: 'Take back' }).click()
    const undo = page.getByRole('dialog', { name: /^Take back/u })
    await undo.getByLabel('Reason').fill('changed his mind')
    await undo.getByRole('button', { name: 'Take back' }).click()
    await expect.poll(() => card.getByText(/Changes to/u).count()).toBe(0)
    await page.close()
  })

  it('shows who lives from a balance, and the counter proposes what is missing', async () => {
    const { page } = await built.open('fake=1500&still=1', '/billing/prepaid')
    const table = page.getByRole('table', { name: 'Prepaid' })
    await table.waitFor()
    await page.getByRole('button', { name: /^Off 2/u }).click()
    await expect.poll(() => table.getByRole('row').count()).toBe(3)
    await page.getByRole('button', { name: 'Settings' }).click()
    const dialog = page.getByRole('dialog', { name: 'Settings' })
    await dialog.getByLabel('Days ahead').fill('61')
    // What is typed beyond the limit is brought back to it.
    await dialog.getByLabel('Days ahead').blur()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    expect(await serious(page)).toEqual([])
    await table.getByRole('button', { name: 'Dewi Saputra' }).click()
    await page.getByText('on with IDR 86,000.00 more').waitFor()
    expect(await serious(page)).toEqual([])
    await page.close()
    const empty = await built.open('fake=0&still=1', '/billing/prepaid')
    await empty.page.getByText('Nobody is on a prepaid plan').waitFor()
    await empty.page.close()
  })

  it('voids cards with a reason, and is not there for who may not see it', async () => {
    const { page } = await built.open('fake=1500&still=1', '/billing/vouchers')
    await page.getByRole('button', { name: 'Toko Cempaka' }).click()
    await page.getByRole('button', { name: 'Void new cards' }).click()
    const dialog = page.getByRole('dialog', { name: 'Void cards of batch 2' })
    await dialog.getByText(/80 cards are worth nothing/u).waitFor()
    await dialog.getByLabel('Reason').fill('lost on the way')
    await dialog.getByRole('button', { name: 'Void', exact: true }).click()
    await page.getByText('80 cards are void').waitFor()
    expect(await serious(page)).toEqual([])
    await page.close()
    const technician = await built.open('fake=3&still=1&role=technician', '/billing/plans')
    await technician.page.getByRole('main').waitFor()
    expect(await technician.page.getByText('What is sold').count()).toBe(0)
    await technician.page.close()
  })
})
