import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { loadScenario } from '../../src-main/simulator/scenario-load.ts'
import { openTerminalSession } from '../../src-main/terminal/session.ts'
import { snmpdMissing, startV3Snmpd, userOf } from '../olt-snmp/support/v3-snmpd.ts'
import { openRegistry } from '../../src-main/workspace/registry.ts'
import { openAuditBench } from '../support/audit-bench.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const root = join(import.meta.dirname, '..', '..')

const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input: string | null = null,
): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'src-main', 'cli.ts'), ...args], {
      env: {
        ...process.env,
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
        ...env,
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    child.stdin.end(input ?? '')
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('exit', (code) => resolve({ code, out, err }))
  })

describe('the terminal face', () => {
  it('says how it is used and ends with 2 when it is asked for nothing it knows', async () => {
    const { code, err } = await run(['dance'])
    expect(code).toBe(2)
    expect(err).toContain('usage:')
  })

  it('lists the workspaces of this machine, and takes one by its name', async () => {
    const config = temporaryFolder()
    const home = join(config, 'Nocturne')
    const first = join(home, 'workspace')
    const registry = openRegistry({ home, first, now: () => 1, newId: randomUUID })
    const { dir } = registry.make('Kota Timur')
    mkdirSync(dir)
    writeFileSync(join(dir, 'store.db'), '')
    const env = { XDG_CONFIG_HOME: config }
    const [listed, status] = await Promise.all([
      run(['workspaces', '--json'], env),
      run(['status', '--json', '--workspace', 'kota timur'], env),
    ])
    expect(JSON.parse(listed.out)).toMatchObject([
      { name: 'Kota Timur', folder: dir, state: 'ready', lastOpenedAt: null, isUsual: false },
      { name: 'Nocturne', folder: first, state: 'new', isUsual: true },
    ])
    // A store without the keys to it: refused as at a start, and by this name alone.
    expect(status.code).toBe(1)
    expect(JSON.parse(status.out)).toMatchObject({ problem: { code: 'key-missing' } })
    expect(existsSync(first)).toBe(false)
  }, 60_000)

  it('probes a host: refuses a closed port with a code, recognises an OLT and counts its ONUs', async () => {
    const closed = await run(['probe', '--host', '127.0.0.1', '--port', '9', '--json'], {
      NOCTURNE_COMMUNITY: 'lab-read',
    })
    expect(closed.code).toBe(1)
    expect(JSON.parse(closed.out)).toMatchObject({ kind: 'failed', code: 'olt-port-closed' })

    const plant = createPlant({
      scenario: loadScenario(join(root, 'assets', 'scenarios', 'demo.yaml')),
      clock: { now: Date.now },
    })
    onTestFinished(() => plant.stop())
    const olt = (await plant.start())[0]!
    const found = await run(['probe', '--host', olt.host, '--port', String(olt.port), '--json'], {
      NOCTURNE_COMMUNITY: olt.community,
    })
    expect(found.code).toBe(0)
    const read = JSON.parse(found.out) as { onus: { onuId: number; pon: { slot: number } }[] }
    expect(read).toMatchObject({ kind: 'recognised', tables: expect.anything() })
    expect(read.onus).toHaveLength(olt.onus)
    expect(found.out + found.err).not.toContain(olt.community)
  })

  it.skipIf(snmpdMissing !== null)(
    'probes over SNMPv3 with secrets from the environment or from stdin',
    async () => {
      const user = userOf('sha256', 'aes128')
      const snmpd = await startV3Snmpd([user])
      onTestFinished(() => snmpd.stop())
      const secrets = {
        NOCTURNE_AUTH_PASSWORD: user.auth?.secret.toString() ?? '',
        NOCTURNE_PRIV_PASSWORD: user.priv?.secret.toString() ?? '',
      }
      const host = ['probe', '--host', '127.0.0.1', '--port', String(snmpd.port), '--json']
      const who = [...host, '--v3-user', user.name, '--auth', 'sha256', '--priv', 'aes']
      const found = await run(who, secrets)
      expect(JSON.parse(found.out)).toMatchObject({ kind: 'not-an-olt' })
      const typed = await run(who, {}, `${Object.values(secrets).join('\n')}\n`)
      expect(JSON.parse(typed.out)).toMatchObject({ kind: 'not-an-olt' })
      const wrong = await run(who, { ...secrets, NOCTURNE_AUTH_PASSWORD: 'not this one' })
      expect(JSON.parse(wrong.out)).toMatchObject({ kind: 'failed', code: 'olt-v3-wrong-auth' })
      const open = await run([...host, '--community', 'public'])
      expect(JSON.parse(open.out)).toMatchObject({ kind: 'not-an-olt' })
      expect(open.err).toContain('every process on this machine')
      for (const { out, err } of [found, typed, wrong]) {
        for (const secret of [...Object.values(secrets), 'not this one']) {
          expect(out + err).not.toContain(secret)
        }
      }
    },
    60_000,
  )

  it('proves an exported trail without a workspace, and names the first broken row', async () => {
    const bench = openAuditBench()
    for (let number = 1; number <= 5; number += 1) bench.act('network.addOlt', { number })
    const { path, fingerprint } = await bench.export('signed')
    const whole = await run(['verify-audit', path])
    expect(whole.code).toBe(0)
    expect(whole.out).toContain('as it was signed: 5 rows')
    expect(whole.out.replaceAll(/[ \n]/g, '')).toContain(fingerprint ?? 'none')
    const lines = readFileSync(path, 'utf8').split('\n')
    writeFileSync(path, lines.with(3, (lines[3] ?? '').replace('"ana"', '"eve"')).join('\n'))
    const broken = await run(['verify-audit', path, '--json'])
    expect(broken.code).toBe(1)
    expect(JSON.parse(broken.out)).toMatchObject({ ok: false, brokenAt: 3, reason: 'row-changed' })
  })

  it('proves and backs up a sealed workspace, for who may', { timeout: 120_000 }, async () => {
    const workspace = join(temporaryFolder(), 'workspace')
    const passphrase = 'kunci yang panjang sekali'
    const password = 'correct horse battery'
    const before = process.env['DBUS_SESSION_BUS_ADDRESS']
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent/bus'
    onTestFinished(() => {
      if (before === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS']
      else process.env['DBUS_SESSION_BUS_ADDRESS'] = before
    })
    const session = await openTerminalSession({ workspaceDir: workspace, families: [] })
    await session.command('workspace.create', { ownerName: 'Nadia', password, passphrase })

    const busy = await run(['status', '--workspace', workspace, '--json'])
    expect(busy.code).toBe(0)
    expect(JSON.parse(busy.out)).toMatchObject({ state: 'needs-passphrase' })
    const secrets = { NOCTURNE_PASSPHRASE: passphrase, NOCTURNE_PASSWORD: password }
    const proofArgs = ['verify-audit', '--workspace', workspace, '--name', 'Nadia', '--json']
    const inUse = await run(proofArgs, secrets)
    expect(inUse.code).toBe(1)
    expect(inUse.err).toContain('workspace-in-use')
    await session.stop()

    const wrong = await run(proofArgs, { ...secrets, NOCTURNE_PASSWORD: 'wrong wrong wrong' })
    expect(wrong.code).toBe(1)
    expect(wrong.err).toContain('wrong-credentials')
    const proof = await run(proofArgs, secrets)
    expect(proof.code).toBe(0)
    expect(JSON.parse(proof.out)).toMatchObject({ ok: true, brokenAt: null })
    // Marks of later rows, kept elsewhere: this store is older than they are.
    const marks = join(workspace, 'checkpoints.jsonl')
    const kept = join(temporaryFolder(), 'kept.jsonl')
    copyFileSync(marks, kept)
    const held = await run([...proofArgs, '--checkpoints', kept], secrets)
    expect(JSON.parse(held.out)).toMatchObject({ ok: true })
    writeFileSync(kept, 'no mark\n')
    const unread = await run([...proofArgs, '--checkpoints', kept], secrets)
    expect(unread).toMatchObject({ code: 1 })
    expect(unread.err).toContain('kept.jsonl:1: no checkpoint')

    const copy = join(temporaryFolder(), 'away.backup')
    const backupArgs = ['backup', '--workspace', workspace, '--name', 'Nadia', '--json']
    const backup = await run([...backupArgs, '--to', copy], secrets)
    expect(backup.code).toBe(0)
    const made = JSON.parse(backup.out) as { file: string; bytes: number }
    expect(made).toMatchObject({ copy, bytes: readFileSync(copy).length })
    expect(readFileSync(copy).equals(readFileSync(made.file))).toBe(true)
    const again = await run([...backupArgs, '--to', copy], secrets)
    expect(again.code).toBe(1)
    expect(again.err).toContain('is there already')
    expect(readdirSync(dirname(made.file))).toHaveLength(1)
    for (const { out, err } of [inUse, wrong, proof, backup, again]) {
      for (const secret of [passphrase, password]) expect(out + err).not.toContain(secret)
    }
  })
})
