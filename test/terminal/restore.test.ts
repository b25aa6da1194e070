import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { finishRestore } from '../../src-main/backups/restore.ts'
import { openTerminalSession } from '../../src-main/terminal/session.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const root = join(import.meta.dirname, '..', '..')
const passphrase = 'kunci yang panjang sekali'
const backupPassphrase = 'untuk lemari di rumah'
const password = 'correct horse battery'
const noBus = 'unix:path=/nonexistent/bus'
const secrets = {
  NOCTURNE_PASSPHRASE: passphrase,
  NOCTURNE_PASSWORD: password,
  NOCTURNE_BACKUP_PASSPHRASE: backupPassphrase,
}

const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = secrets,
): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'src-main', 'cli.ts'), ...args, '--json'], {
      env: {
        ...process.env,
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        DBUS_SESSION_BUS_ADDRESS: noBus,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('exit', (code) => {
      for (const secret of Object.values(secrets)) expect(out + err).not.toContain(secret)
      resolve({ code, out, err })
    })
  })

const signIn = (dir: string) => ['--workspace', dir, '--name', 'Nadia']

const openSession = async (dir: string) => {
  const before = process.env['DBUS_SESSION_BUS_ADDRESS']
  process.env['DBUS_SESSION_BUS_ADDRESS'] = noBus
  onTestFinished(() => {
    if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS']
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = before
  })
  return openTerminalSession({ workspaceDir: dir, families: [] })
}

/** A workspace with one backup that travels. */
const backedUp = async () => {
  const workspace = join(temporaryFolder(), 'workspace')
  const session = await openSession(workspace)
  await session.command('workspace.create', { ownerName: 'Nadia', password, passphrase })
  await session.stop()
  const file = join(temporaryFolder(), 'travels.backup')
  const made = await run(['backup', ...signIn(workspace), '--to', file, '--set-passphrase'])
  expect(made).toMatchObject({ code: 0 })
  return { workspace, file }
}

describe('a backup file', { timeout: 240_000 }, () => {
  test('proves itself, says what is in it, and restores where nothing is', async () => {
    const { workspace, file } = await backedUp()
    const there = join(temporaryFolder(), 'machine', 'workspace')
    const shown = await run(['verify-backup', file, '--workspace', there])
    expect(shown.code).toBe(0)
    expect(JSON.parse(shown.out)).toMatchObject({
      ways: ['passphrase'],
      contents: { owner: 'Nadia', accounts: 1, olts: 0 },
    })
    const preview = await run(['restore', file, '--preview', '--workspace', there])
    expect(JSON.parse(preview.out)).toEqual(JSON.parse(shown.out))
    expect(existsSync(there)).toBe(false)

    const wrong = await run(['restore', file, '--workspace', there], {
      ...secrets,
      NOCTURNE_BACKUP_PASSPHRASE: 'not the one that it was',
    })
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('wrong-passphrase')
    expect(existsSync(there)).toBe(false)

    const restored = await run(['restore', file, '--workspace', there])
    expect(JSON.parse(restored.out)).toMatchObject({ keptAs: null, workspace: there })
    const proof = await run(['verify-audit', ...signIn(there)])
    expect(JSON.parse(proof.out)).toMatchObject({ ok: true })
    expect(readdirSync(dirname(there))).toEqual(['workspace'])

    const again = await run(['restore', file, '--workspace', there])
    expect(again.err).toContain('already-set-up')
    expect(readdirSync(dirname(there))).toEqual(['workspace'])
    expect(existsSync(join(workspace, 'store.db'))).toBe(true)
  })

  test('that was changed, cut off, or is none, restores nothing', async () => {
    const { file } = await backedUp()
    const bytes = readFileSync(file)
    const changed = Buffer.from(bytes)
    changed[bytes.length - 9000] = (changed[bytes.length - 9000] ?? 0) ^ 1
    const cases = [changed, bytes.subarray(0, bytes.length - 1), Buffer.from('hello')]
    for (const [index, content] of cases.entries()) {
      const folder = temporaryFolder()
      const broken = join(folder, `broken-${index}`)
      writeFileSync(broken, content)
      const done = await run(['restore', broken, '--workspace', join(folder, 'ws')])
      expect(done.code).toBe(1)
      expect(done.err).toContain('backup-damaged')
      expect(readdirSync(folder)).toEqual([`broken-${index}`])
    }
  })

  test('goes in the place of a workspace, which is kept; not of one that is in use', async () => {
    const { workspace, file } = await backedUp()
    const session = await openSession(workspace)
    await session.command('workspace.unseal', { passphrase })
    const inUse = await run(['restore', file, '--in-place', '--workspace', workspace])
    expect(inUse.err).toContain('workspace-in-use')
    expect(readdirSync(dirname(workspace))).toEqual(['workspace'])
    await session.stop()
    const before = readFileSync(join(workspace, 'store.db'))

    const refused = await run(['restore', file, '--workspace', workspace])
    expect(refused.err).toContain('already-set-up')
    const done = await run(['restore', file, '--in-place', '--workspace', workspace])
    expect(done.code).toBe(0)
    const { keptAs } = JSON.parse(done.out) as { keptAs: string }
    expect(keptAs).toMatch(/workspace-before-restore-\d{4}-\d\d-\d\d-\d{6}$/u)
    expect(readFileSync(join(keptAs, 'store.db')).equals(before)).toBe(true)
    for (const dir of [workspace, keptAs]) {
      const proof = await run(['verify-audit', ...signIn(dir)])
      expect(JSON.parse(proof.out)).toMatchObject({ ok: true })
    }
  })

  test('whose restore was killed before its last step is brought to its place at the start', async () => {
    const { workspace, file } = await backedUp()
    const there = join(temporaryFolder(), 'ws')
    expect((await run(['restore', file, '--workspace', there])).code).toBe(0)
    // As a SIGKILL between the two renames leaves it, and as a start with a log finds it.
    for (const hasLog of [false, true]) {
      renameSync(there, `${there}.restoring`)
      writeFileSync(join(`${there}.restoring`, 'restored'), '')
      if (hasLog) mkdirSync(join(there, 'logs'), { recursive: true })
      expect(finishRestore(there)).toBe(true)
      expect(existsSync(`${there}.restoring`)).toBe(false)
      expect(existsSync(join(there, 'restored'))).toBe(false)
      expect((await run(['verify-audit', ...signIn(there)])).code).toBe(0)
    }
    // Without its mark it is half a restore: nobody takes it for a workspace.
    mkdirSync(`${there}.restoring`)
    copyFileSync(join(workspace, 'store.db'), join(`${there}.restoring`, 'store.db'))
    rmSync(there, { recursive: true })
    expect(finishRestore(there)).toBe(false)
    expect(existsSync(there)).toBe(false)
  })
})
