import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTerminalSession } from '../../src-main/terminal/session.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const root = join(import.meta.dirname, '..', '..')
const noBus = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' }
const password = 'correct horse battery'
const passphrase = 'kunci yang panjang sekali'

const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'src-main', 'cli.ts'), ...args, '--json'], {
      env: {
        ...process.env,
        ...noBus,
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        NOCTURNE_PASSPHRASE: passphrase,
        NOCTURNE_PASSWORD: password,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('exit', (code) => resolve({ code, out, err }))
  })

test('a workspace goes to another machine by two commands', { timeout: 120_000 }, async () => {
  const workspace = join(temporaryFolder(), 'workspace')
  const before = process.env['DBUS_SESSION_BUS_ADDRESS']
  Object.assign(process.env, noBus)
  const session = await openTerminalSession({ workspaceDir: workspace, families: [] })
  await session.command('workspace.create', { ownerName: 'Nadia', password, passphrase })
  await session.stop()
  if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS']
  else process.env['DBUS_SESSION_BUS_ADDRESS'] = before

  const out = temporaryFolder()
  const here = ['--workspace', workspace, '--name', 'Nadia']
  const make = ['transfer', ...here, '--to', out, '--one-time-key']
  // Nobody said yes.
  const refused = await run(make, { NOCTURNE_YES: 'no' })
  expect(refused.err).toContain('Move this workspace to another machine?')
  expect(refused.err).toContain('confirmation-refused')
  expect(readdirSync(out)).toEqual([])

  const made = await run([...make, '--yes'])
  expect(made).toMatchObject({ code: 0 })
  const { file, oneTimeKey } = JSON.parse(made.out) as { file: string; oneTimeKey: string }
  expect(readdirSync(out)).toEqual([file.slice(out.length + 1)])

  const there = join(temporaryFolder(), 'machine', 'workspace')
  const key = { NOCTURNE_TRANSFER_PASSPHRASE: oneTimeKey }
  const preview = await run(['restore', file, '--preview', '--workspace', there], key)
  expect(JSON.parse(preview.out)).toMatchObject({
    transfer: { act: 'move' },
    contents: { owner: 'Nadia' },
  })
  const taken = await run(['restore', file, '--workspace', there], key)
  expect(JSON.parse(taken.out)).toMatchObject({ workspace: there, keptAs: null })
  const proof = await run(['verify-audit', '--workspace', there, '--name', 'Nadia'])
  expect(JSON.parse(proof.out)).toMatchObject({ ok: true })
})
