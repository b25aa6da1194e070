import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  startBuiltConsole,
  whyNoBrowser,
  type BuiltConsole,
} from '../support/fake-engine/built-page.ts'

const reason = whyNoBrowser()

// The reason of a skip stands in the name, so that it is printed with it.
describe.skipIf(reason !== '')(`backups in the settings${reason}`, () => {
  let built: BuiltConsole

  beforeAll(async () => {
    built = await startBuiltConsole()
  }, 120_000)
  afterAll(() => built?.close())

  const open = async (search: string) => {
    const { page } = await built.open(`${search}&still=1`, '/settings')
    return { page, panel: page.getByRole('region', { name: 'Backups' }) }
  }

  it('say why they cannot be shown, and why one was not made', async () => {
    const failed = await open('fake=1500&fail=workspace.backups:store-damaged')
    await failed.panel.getByRole('button', { name: 'Try again' }).waitFor()
    await failed.page.close()
    const full = await open('fake=3&fail=workspace.backUp:disk-full')
    await full.panel.getByText('never').waitFor()
    await full.panel.getByRole('button', { name: 'Back up now' }).click()
    await full.page.getByText('The disk is full.').waitFor()
    expect(await full.panel.getByRole('row').count()).toBe(0)
    await full.page.close()
  })

  it('are made by the button and by the palette, and are in the list at once', async () => {
    const { page, panel } = await open('fake=3')
    await panel.getByRole('button', { name: 'Back up now' }).click()
    await page.getByText('Backup made and proved').first().waitFor()
    await panel.getByRole('row').nth(1).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('> back up')
    await page.getByRole('option', { name: 'Back up now' }).waitFor()
    await page.keyboard.press('Enter')
    await panel.getByRole('row').nth(2).waitFor()
    expect(await panel.getByText('never').count()).toBe(0)
    await page.close()
  })

  it('say what is in them and what they were when last opened, and are looked into', async () => {
    const { page, panel } = await open('fake=1500')
    await panel
      .getByText(/^proved/u)
      .first()
      .waitFor()
    expect(await panel.getByText(/damaged, seen/u).count()).toBe(1)
    if (process.env['SHOT'] !== undefined) {
      await panel.screenshot({ path: `${process.env['SHOT']}-settings.png` })
    }
    await panel
      .getByRole('button', { name: /^Look inside/u })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: 'What is in the backup' })
    await dialog.getByLabel('Its passphrase or recovery key').fill('for the shelf at home')
    await dialog.getByRole('button', { name: 'Look', exact: true }).click()
    await dialog.getByText('Nadia Putri').waitFor()
    // What was typed does not stay in the page.
    expect(await dialog.getByLabel('Its passphrase or recovery key').inputValue()).toBe('')
    if (process.env['SHOT'] !== undefined) {
      await page.screenshot({ path: `${process.env['SHOT']}-preview.png` })
    }
    await page.close()
  })

  it('have a plan and a passphrase that are set in their panel', async () => {
    const { page, panel } = await open('fake=3')
    await panel.getByText('only when asked').or(panel.getByLabel('When')).first().waitFor()
    await panel.getByLabel('Folder', { exact: true }).fill('/mnt/disk')
    await panel.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Saved', { exact: true }).first().waitFor()
    await panel.getByRole('button', { name: 'Set', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Passphrase of the backups' })
    const set = dialog.getByRole('button', { name: 'Set', exact: true })
    await dialog.getByLabel('Passphrase', { exact: true }).fill('for the shelf at home')
    await dialog.getByLabel('Once more').fill('for the shelf at work')
    await dialog.getByText('The two are not the same.').waitFor()
    expect(await set.isDisabled()).toBe(true)
    await dialog.getByLabel('Once more').fill('for the shelf at home')
    await set.click()
    await page.getByText('Passphrase set').first().waitFor()
    await page.close()
  })

  it('lock the vault, and open it again', async () => {
    const { page } = await open('fake=3')
    const vault = page.getByRole('region', { name: 'Vault and keys' })
    await vault.getByRole('button', { name: 'Lock the vault' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Lock the vault' }).click()
    await page.getByRole('heading', { name: 'The vault is locked' }).waitFor()
    expect(await vault.count()).toBe(0)
    await page.getByRole('button', { name: 'Open the workspace' }).click()
    await page.getByRole('heading', { name: 'The vault is locked' }).waitFor({ state: 'detached' })
    await page.close()
  })

  it('carry the workspace to another machine: made, moved, and taken back', async () => {
    const { page } = await open('fake=3&start=own')
    const panel = page.getByRole('region', { name: 'Move to another machine' })
    await panel.getByRole('button', { name: 'Make the transfer file…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Move to another machine' })
    const make = dialog.getByRole('button', { name: 'Make the file…' })
    await dialog.getByLabel('Into the folder').fill('/media/nadia/stick')
    await dialog.getByLabel('Passphrase of the file').fill('for the house in the hills')
    await dialog.getByLabel('Once more').fill('for the house in the hill')
    await dialog.getByText('The two are not the same.').waitFor()
    expect(await make.isDisabled()).toBe(true)
    // By the keyboard: a key that is shown once needs nothing to be typed here.
    await dialog.getByLabel('A passphrase of its own').focus()
    await page.keyboard.press('ArrowDown')
    expect(await make.isEnabled()).toBe(true)
    await make.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'The transfer file is being made' }).waitFor()
    await page.getByRole('button', { name: 'Call it off' }).waitFor()
    await page.getByText(/^Moved to another machine on/u).waitFor()
    await page.getByRole('button', { name: 'Take it back' }).click()
    const sure = page.getByRole('dialog', { name: 'Take the workspace back to this machine?' })
    await sure.getByText(/change the same OLTs without knowing/u).waitFor()
    await sure.getByRole('button', { name: 'Take it back' }).click()
    await page.getByText(/^Moved to another machine on/u).waitFor({ state: 'detached' })
    await page.close()
  })

  it('and a transfer file says what is in it before it is taken in', async () => {
    const { page } = await built.open('fake=3&start=new&transfer=1&still=1', '/')
    await page.getByRole('button', { name: /take in a transfer file/u }).click()
    await page.getByRole('button', { name: 'Choose the file…' }).click()
    await page.getByLabel('Its one-time key').fill('wrong')
    await page.getByRole('button', { name: 'Look inside' }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByLabel('Its one-time key').fill('right')
    await page.getByRole('button', { name: 'Look inside' }).click()
    await page.getByText('61 days, 4.0 GiB').waitFor()
    await page.getByText('move: the original is marked as moved').waitFor()
    await page.getByRole('button', { name: 'Take in', exact: true }).waitFor()
    await page.close()
  })
})
