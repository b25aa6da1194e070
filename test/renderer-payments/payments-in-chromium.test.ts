import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()
const axe = readFileSync(
  join(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'),
  'utf8',
)
const account = '/subscribers/01930000-0000-7000-a000-000000000001?tab=account'

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`payments${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  const open = async (search: string) => (await built.open(`${search}&still=1`, account)).page
  type Page = Awaited<ReturnType<typeof open>>

  const seriousOf = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe)
    const found = (await page.evaluate(`axe.run({ resultTypes: ['violations'] })`)) as {
      violations: { id: string; impact: string }[]
    }
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id }) => id)
  }
  const shot = async (page: Page, name: string): Promise<void> => {
    const folder = process.env['NOCTURNE_SHOTS']
    if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) })
  }

  it('money is taken, settles what was chosen and then what is due longest, and goes back', async () => {
    const page = await open('fake=3&theme=dark')
    const documents = page.getByRole('table', { name: 'Open documents' })
    await documents.waitFor()
    expect(await documents.getByRole('row').count()).toBe(4)
    expect(await seriousOf(page)).toEqual([])

    await page.getByRole('button', { name: 'Take payment' }).click()
    const dialog = page.getByRole('dialog')
    const amount = dialog.getByRole('textbox', { name: 'Amount' })
    await amount.waitFor()
    // All that is past due is proposed.
    expect(await amount.inputValue()).toBe('499,500.00')
    await amount.fill('200000')
    const rows = dialog.locator('.nbp-choice')
    await rows.nth(2).getByRole('checkbox').check()
    expect(await rows.locator('> :last-child').allTextContents()).toEqual([
      'IDR 33,500.00 of it',
      'stays open',
      'paid',
    ])
    await shot(page, 'take-payment-dark')
    expect(await seriousOf(page)).toEqual([])
    await dialog.getByLabel('Reference').fill('TRX 77')
    await dialog.getByRole('button', { name: 'Take payment' }).click()
    await page.getByText('Taken: receipt RC-A-').waitFor()
    // Head and two that are open still.
    await documents.getByRole('row').nth(3).waitFor({ state: 'detached' })

    // The same reference is the same money: refused, and nothing typed is lost.
    await page.getByRole('button', { name: 'Take payment' }).click()
    await dialog.getByLabel('Reference').fill('TRX 77')
    await dialog.getByLabel('Note').fill('kept')
    await dialog.getByRole('button', { name: 'Take payment' }).click()
    await page.getByText('This payment was taken already.').waitFor()
    expect(await dialog.getByLabel('Note').inputValue()).toBe('kept')
    await page.keyboard.press('Escape')

    const payments = page.getByRole('table', { name: 'Payments' })
    await payments.getByRole('button', { name: /^RC-A-/u }).click()
    await dialog.getByText('Settled').waitFor()
    // The payment has an address, by which the palette opens it.
    const { hash } = new URL(page.url())
    expect(hash).toContain('tab=account&payment=')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(page.url()).not.toContain('payment=')
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`)
    await dialog.getByText('Settled').waitFor()
    await shot(page, 'payment-dark')
    await dialog.getByRole('button', { name: 'Give money back…' }).click()
    const back = page.getByRole('dialog', { name: /^Give money back/u })
    await back.getByRole('textbox', { name: 'Amount' }).fill('50000')
    await back.getByText('IDR 50,000.00 of it settles documents', { exact: false }).waitFor()
    await back.getByLabel('Reason').fill('moved away')
    await back.getByRole('button', { name: 'Give back' }).click()
    await payments.getByText('IDR 50,000.00 given back').waitFor()
    await documents.getByRole('row').nth(3).waitFor()
    await page.close()
  }, 60_000)

  it('is reversed with a reason, in Indonesian and in light, and stays in sight', async () => {
    const page = await open('fake=3&lang=id')
    await page.getByRole('button', { name: 'Terima pembayaran' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Terima pembayaran' }).click()
    await page.getByText('Diterima: kuitansi').waitFor()
    await page.getByRole('button', { name: /^RC-A-/u }).click()
    await page.getByRole('button', { name: 'Batalkan…' }).click()
    const reverse = page.getByRole('dialog', { name: /^Batalkan kuitansi/u })
    expect(await reverse.getByRole('button', { name: 'Batalkan pembayaran' }).isEnabled()).toBe(
      false,
    )
    await reverse.getByLabel('Alasan').fill('cek kosong')
    await reverse.getByRole('button', { name: 'Batalkan pembayaran' }).click()
    await page.getByText('3 dokumen terbuka lagi', { exact: false }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('table', { name: 'Pembayaran' }).getByText('Dikembalikan bank').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await shot(page, 'account-id')
    await page.close()
  }, 60_000)

  it('a debt is given up, in full or in part, with a reason, and taken back with another', async () => {
    const page = await open('fake=3')
    const documents = page.getByRole('table', { name: 'Open documents' })
    await documents.waitFor()
    const rows = documents.getByRole('row')
    expect(await rows.count()).toBe(4)
    await page.getByRole('button', { name: 'Write off…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write debts off' })
    const give = dialog.getByRole('button', { name: 'Write off' })
    await dialog.getByText('Tick what is given up.').waitFor()
    await dialog.getByRole('checkbox').first().check()
    await dialog.getByText(/is written off\.$/u).waitFor()
    // More than is open is refused where it is typed; nothing goes without a reason.
    const amount = dialog.getByRole('textbox', { name: /^Amount of/u })
    const whole = await amount.inputValue()
    await amount.fill('999999999')
    await dialog.getByText('More than 0, and at most what is open.').waitFor()
    expect(await give.isEnabled()).toBe(false)
    await amount.fill(whole)
    expect(await give.isEnabled()).toBe(false)
    expect(await seriousOf(page)).toEqual([])
    await dialog.getByLabel('Reason').fill('moved away')
    await give.click()
    const list = page.getByRole('table', { name: 'Write-offs' })
    await list.getByText('moved away').waitFor()
    await rows.nth(3).waitFor({ state: 'detached' })
    await list.getByRole('button', { name: 'Take back…' }).click()
    const back = page.getByRole('dialog', { name: 'Take a write-off back' })
    await back.getByRole('textbox').fill('he pays')
    await back.getByRole('button', { name: 'Take back' }).click()
    await list.getByText(/taken back/u).waitFor()
    await rows.nth(3).waitFor()
    await page.close()
  }, 60_000)

  it('above the limit a debt waits for a second person, and is asked about again', async () => {
    const page = await open('fake=3&approvals=1')
    await page.getByRole('button', { name: 'Write off…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Write debts off' })
    await dialog.getByRole('checkbox').first().check()
    await dialog.getByText(/a second person decides/u).waitFor()
    await dialog.getByLabel('Reason').fill('moved away')
    await dialog.getByRole('button', { name: 'Keep and ask' }).click()
    const list = page.getByRole('table', { name: 'Write-offs' })
    await list.getByText(/waits for a decision/u).waitFor()
    // Nobody carries out what is not decided, nor asks twice.
    expect(await list.getByRole('button').allTextContents()).toEqual(['Give up'])
    await page.evaluate(`location.hash = '#/approvals'`)
    const mine = page.getByRole('listitem').filter({ hasText: 'Write-off' })
    await mine.getByRole('button', { name: 'Withdraw' }).click()
    await page.evaluate(`location.hash = '#${account}'`)
    await list.getByText(/the question was withdrawn/u).waitFor()
    await list.getByRole('button', { name: 'Ask again…' }).click()
    const ask = page.getByRole('dialog', { name: 'Ask a second person' })
    await ask.getByRole('textbox').fill('look once more')
    await ask.getByRole('button', { name: 'Ask' }).click()
    await list.getByText(/waits for a decision/u).waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.close()
  }, 60_000)

  it('the dunning board says who owes, filters by stage, and cuts only after the lines were seen', async () => {
    const { page } = await built.open('fake=3&still=1', '/billing/dunning')
    const board = page.getByRole('table').first()
    await board.getByRole('row').nth(1).waitFor()
    expect(await seriousOf(page)).toEqual([])
    const all = await board.getByRole('row').count()
    // One stage of the picture is the filter.
    const stage = page.getByRole('group').getByRole('button', { pressed: false }).first()
    await stage.click()
    await expect.poll(() => board.getByRole('row').count()).toBeLessThan(all)
    await page.getByRole('group').getByRole('button', { pressed: true }).click()
    await expect.poll(() => board.getByRole('row').count()).toBe(all)

    const stillOn = board.getByRole('row').filter({ hasNotText: /line off|never suspended/u })
    await stillOn.nth(1).getByRole('checkbox').check()
    await page.getByRole('button', { name: 'Suspend now' }).click()
    const dialog = page.getByRole('dialog', { name: 'Suspend now' })
    await dialog
      .getByText(/ont deactivate/u)
      .first()
      .waitFor()
    const cut = dialog.getByRole('button', { name: 'Suspend now' })
    expect(await cut.isEnabled()).toBe(false)
    await dialog.getByLabel('Reason').fill('owes for months')
    expect(await seriousOf(page)).toEqual([])
    await cut.click()
    await page.getByText(/subscriptions? suspended\./u).waitFor()

    await page.getByRole('button', { name: /^Call list/u }).click()
    const notices = page.getByRole('dialog', { name: 'Call list and letters' })
    const called = notices.getByRole('row')
    await called.first().waitFor()
    const before = await called.count()
    await called.first().getByRole('button', { name: 'Mark done' }).click()
    // Told at most so often: a list that was asked for a moment ago waits for its turn.
    await expect.poll(() => called.count(), { timeout: 10_000 }).toBe(before - 1)
    await page.close()
  }, 60_000)

  it('a PayPal link shows both amounts before it is made, its code while it waits, and goes back by PayPal', async () => {
    const page = await open('fake=3')
    await page.getByRole('button', { name: 'PayPal link' }).click()
    const dialog = page.getByRole('dialog')
    const make = dialog.getByRole('button', { name: 'Make link' })
    // Rupiah are nothing that PayPal takes: a rate first.
    await dialog.getByText('PayPal does not take IDR.', { exact: false }).waitFor()
    expect(await make.isEnabled()).toBe(false)
    const rate = dialog.getByLabel('IDR for 1 USD')
    await rate.fill('0')
    await dialog.getByText('A number more than nothing.').waitFor()
    await rate.fill('16,250')
    await dialog.getByText('The customer pays USD 30.74; IDR 499,500.00 is booked.').waitFor()
    await dialog.getByLabel('What the customer reads').fill('Internet')
    await shot(page, 'paypal-make-light')
    expect(await seriousOf(page)).toEqual([])
    await make.click()
    await dialog.getByRole('img', { name: 'Code with the address' }).waitFor()
    await dialog.getByText('Waits for the customer').waitFor()
    await shot(page, 'paypal-link-light')
    expect(await seriousOf(page)).toEqual([])
    await page.evaluate(`dispatchEvent(new Event('fake-paypal-paid'))`)
    await dialog.getByText('Booked: receipt RC-A-', { exact: false }).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    const payments = page.getByRole('table', { name: 'Payments' })
    await payments.getByRole('button', { name: /^RC-A-/u }).click()
    await dialog.getByText('Paid at PayPal:').waitFor()
    await dialog.getByRole('button', { name: 'Give back by PayPal' }).click()
    const back = page.getByRole('dialog', { name: /^Give back by PayPal/u })
    await back.getByRole('textbox', { name: 'Amount' }).fill('50000')
    await back.getByLabel('Reason').fill('moved away')
    await shot(page, 'paypal-refund-light')
    await back.getByRole('button', { name: 'Give back' }).click()
    await payments.getByText('IDR 50,000.00 given back').waitFor()
    await page.close()
  }, 60_000)

  it('PayPal’s page lists the links and what a person must look at; its secret is entered and never shown', async () => {
    const { page } = await built.open('fake=3&still=1&theme=dark', '/billing/paypal')
    const links = page.getByRole('table', { name: 'PayPal links' })
    await links.getByText('Kept back by PayPal').waitFor()
    expect(await seriousOf(page)).toEqual([])
    await page.getByText('Waiting 2').click()
    await links.getByText('Failed').waitFor({ state: 'detached' })
    await links.getByRole('button', { name: 'INV-A-2026-000044' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Cancel link' }).click()
    await dialog.getByText('nothing is fetched any more.', { exact: false }).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('button', { name: 'Dealt with…' }).click()
    await dialog.getByLabel('What was done').fill('given back there')
    await dialog.getByRole('button', { name: 'Dealt with…' }).click()
    await page.getByText('Another amount was paid').waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Change settings' }).click()
    const save = dialog.getByRole('button', { name: 'Save' })
    expect(await save.isEnabled()).toBe(true)
    // What is kept was kept for the other mode.
    await dialog.getByText('Trial (sandbox)').first().click()
    expect(await save.isEnabled()).toBe(false)
    await dialog.getByLabel('Client ID').fill('another-client-id')
    expect(await save.isEnabled()).toBe(false)
    await dialog.getByLabel('Secret', { exact: true }).fill('wrong')
    await shot(page, 'paypal-settings-dark')
    expect(await seriousOf(page)).toEqual([])
    await save.click()
    await page.getByText('the client ID ends in …t-id', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Test connection' }).click()
    await page.getByText('PayPal does not take the credentials.').waitFor()
    await page.close()
  }, 60_000)

  it('shows no account to who may not see money', async () => {
    const page = await open('fake=3&role=technician')
    await page.getByRole('tab', { name: /Overview/u }).waitFor()
    expect(await page.getByRole('tab', { name: 'Account' }).count()).toBe(0)
    await page.close()
  }, 60_000)
})
