import { createSocket, type Socket } from 'node:dgram'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { skipWithoutHost, startConsole, type E2eConsole } from '../support/e2e-console.ts'

/**
 * An OLT's CLI on the real console, over SSH to a simulated OLT: its login, a terminal, what was
 * recorded of it, and its configuration read, changed, compared, and sent away by the OLT itself.
 */

test.describe.configure({ mode: 'serial' })

const olt = 'KARANG-01'
const password = 'lab-noc-karang'
const secret = 'lab-snmp-unheard'
/** As the OLT writes a secret into its configuration. */
const ciphered = '%^%#'
const masked = '••••'

let running: E2eConsole
let page: Page
let server: Socket
let folder = ''
/** What came by TFTP. */
const blocks: Buffer[] = []

const listen = async (): Promise<number> => {
  server = createSocket('udp4')
  server.on('message', (datagram, from) => {
    const isData = datagram.readUInt16BE(0) === 3
    const block = isData ? datagram.readUInt16BE(2) : 0
    if (isData) blocks[block - 1] = datagram.subarray(4)
    server.send(Buffer.from([0, 4, block >> 8, block & 255]), from.port, from.address)
  })
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound))
  return server.address().port
}

test.beforeAll(async () => {
  skipWithoutHost()
  folder = mkdtempSync(join(tmpdir(), 'nocturne-e2e-cli-'))
  const scenario = join(folder, 'olt-cli.yaml')
  const cli = { userName: 'noc', password, bootS: 0, saveMs: 0, tftpPort: await listen() }
  const pons = [{ at: '0/1/0', onus: 4 }]
  const plain = { name: olt, family: 'huawei-smartax', model: 'MA5608T', location: 'Karang' }
  writeFileSync(
    scenario,
    JSON.stringify({
      name: 'olt-cli',
      seed: 23,
      community: 'lab-read',
      olts: [{ ...plain, cli, pons }],
    }),
  )
  running = await startConsole({ args: ['--demo', `--scenario=${scenario}`] })
  page = running.page
})
test.afterAll(async () => {
  await running?.stop()
  server?.close()
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
})

const goToRoute = (route: string) =>
  page.evaluate((to) => {
    window.location.hash = `#${to}`
  }, route)

const confirmWindow = async (): Promise<Page> => {
  const found = () =>
    page
      .context()
      .pages()
      .find((each) => each.url().endsWith('/confirm.html'))
  await expect.poll(() => found() !== undefined).toBe(true)
  return found()!
}

/** What is asked outside the page, answered with the OLT's name. */
const confirmOutside = async (): Promise<void> => {
  const window = await confirmWindow()
  await window.locator('#typed').fill(olt)
  await window.locator('#confirm').click()
}

const panel = () => page.getByRole('region', { name: 'CLI access' })
const screen = () => page.locator('.xterm-rows')
const told = (text: string) => page.getByLabel('Messages').getByText(text)

/** One line, and what has to be on the screen before the next one. */
const type = async (line: string, until: string | RegExp): Promise<void> => {
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
  await expect(screen()).toContainText(until)
}

test('a login is taken away, entered anew, and the key that the OLT shows is pinned', async () => {
  await goToRoute('/olts')
  await page.getByRole('main').getByRole('link', { name: olt }).first().click()
  await panel().getByRole('button', { name: 'Change' }).click()
  const port = await page.getByLabel('Port', { exact: true }).inputValue()
  await page.getByRole('button', { name: 'Remove the login' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the login' }).click()
  await expect(panel()).toContainText('No login entered yet.')
  await panel().getByRole('button', { name: 'Enter a login' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('A password is needed')).toBeVisible()
  await page.getByLabel('User', { exact: true }).fill('noc')
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Port', { exact: true }).fill(port)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(panel()).toContainText(`noc@127.0.0.1:${port}`)
  await panel().getByRole('button', { name: 'Test the login' }).click()
  await expect(panel()).toContainText(`the OLT’s prompt is ${olt}`)
  await expect(panel()).toContainText(/ssh-ed25519 SHA256:[A-Za-z0-9+/]{43}/)
  await expect(page.getByText(password)).toHaveCount(0)
})

test('Telnet is not saved until it is allowed, and then a warning stays on every page', async () => {
  await panel().getByRole('button', { name: 'Change' }).click()
  await page.getByText('Telnet', { exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText(/^Telnet is chosen above/)).toBeVisible()
  await page.getByRole('switch', { name: 'Allow Telnet' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Telnet is allowed on this OLT.')).toBeVisible()
  await goToRoute('/speeds')
  const banner = page.getByLabel('Unprotected CLI access')
  await expect(banner).toContainText(olt)
  await banner.getByRole('link', { name: olt }).click()
  await panel().getByRole('button', { name: 'Change' }).click()
  await page.getByText('SSH', { exact: true }).click()
  await page.getByRole('switch', { name: 'Allow Telnet' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(banner).toHaveCount(0)
})

test('the configuration is read, and read again without a new version', async () => {
  await panel().getByRole('link', { name: 'Configurations' }).click()
  await page.getByRole('button', { name: 'Make now' }).click()
  const rows = page.getByRole('table', { name: 'Versions' }).locator('tbody tr')
  await expect(rows).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Make now' })).toBeEnabled()
  await page.getByRole('button', { name: 'Make now' }).click()
  await expect(told(`${olt}: nothing has changed`).first()).toBeVisible()
  await expect(rows).toHaveCount(1)
})

test('a terminal for reading answers what shows something and refuses what writes', async () => {
  await goToRoute('/olts')
  await page.getByRole('main').getByRole('link', { name: olt }).first().click()
  await panel().getByRole('link', { name: 'Terminal' }).click()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(screen()).toContainText(olt)
  await type('display version', 'PRODUCT : MA5608T')
  await type('reboot system', '[not sent: This terminal is for reading only.')
})

test('one for writing is confirmed outside the page, and changes the OLT', async () => {
  await page.getByRole('button', { name: 'Open for writing…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Open for writing' }).click()
  await confirmOutside()
  await expect(screen()).toContainText('[a session for writing')
  await expect(page.getByText('Open for writing', { exact: true })).toBeVisible()
  // This firmware knows no such line; what it held is not to be read later, all the same.
  await type(`snmp-agent community write cipher ${secret}`, 'Unknown command')
  await type('interface gpon 0/1', `${olt}(config-if-gpon-0/1)#`)
  await type('ont modify 0 1 desc "by hand"', /by hand"\s*KARANG-01\(config-if-gpon-0\/1\)#/)
  await page.getByRole('button', { name: 'End the session' }).click()
  await expect(page.getByText('The session has ended.')).toBeVisible()
})

test('both are recorded, without what was secret', async () => {
  await page.getByRole('link', { name: 'Recorded sessions' }).click()
  const rows = page.getByRole('main').locator('tbody tr')
  await expect(rows).toHaveCount(2)
  await rows.first().getByRole('link').first().click()
  const text = page.getByRole('region', { name: `Session on ${olt}` })
  await expect(text).toContainText('ont modify 0 1 desc "by hand"')
  await expect(text).toContainText(`snmp-agent community write cipher ${masked}`)
  await expect(text).not.toContainText(secret)
})

test('the next reading finds the change, and the comparison shows its line, secrets masked', async () => {
  await goToRoute('/configurations')
  await page.getByRole('button', { name: 'Make now: 1 OLT' }).click()
  await expect(page.getByText('1 of 1 done.')).toBeVisible()
  await page.getByRole('row', { name: /unknown change/ }).press('Enter')
  const notice = page.getByRole('region', { name: 'An unknown change.' })
  await expect(notice).toContainText('1 line added, 1 removed')
  await notice.getByRole('link', { name: 'Look at it' }).click()
  const compared = page.locator('.nb-lines')
  await expect(compared).toContainText('desc "by hand"')
  await compared
    .getByText(/equal lines: show/)
    .first()
    .click()
  await expect(compared).toContainText(`terminal user name noc password cipher ${masked}`)
  await expect(compared).not.toContainText(ciphered)
  await page.goBack()
  await notice.getByRole('button', { name: 'Accept it…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Sari, over the terminal')
  await dialog.getByRole('button', { name: 'Accept it…' }).click()
  await expect(notice).toHaveCount(0)
  await expect(page.getByText('Sari, over the terminal')).toBeVisible()
})

test('the OLT sends its configuration away by itself, once its lines were confirmed outside', async () => {
  await page.getByRole('button', { name: 'Send by the OLT…' }).click()
  const dialog = page.getByRole('dialog')
  const host = dialog.getByLabel('TFTP server, as the OLT reaches it')
  await host.fill('tftp.example')
  await dialog.getByRole('button', { name: 'Ask me' }).click()
  await expect(dialog.getByText('This OLT does not take that.')).toBeVisible()
  await host.fill('127.0.0.1')
  await dialog.getByRole('button', { name: 'Ask me' }).click()
  await expect((await confirmWindow()).locator('#lines')).toContainText(
    /backup configuration tftp 127\.0\.0\.1 KARANG-01-[-0-9]+\.cfg/,
  )
  expect(blocks).toEqual([])
  await confirmOutside()
  await expect(told(`${olt} says it has sent its configuration`)).toBeVisible()
  const sent = Buffer.concat(blocks).toString('latin1')
  expect(sent).toContain(`sysname ${olt}`)
  expect(sent).toContain(ciphered)
  expect(sent).toMatch(/return\s*$/)
})

test('and none of it breaks the content security policy', () => {
  expect(running.violations()).toEqual([])
})
