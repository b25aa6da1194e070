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
})
