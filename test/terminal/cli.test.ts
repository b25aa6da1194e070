import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { loadScenario } from '../../src-main/simulator/scenario-load.ts'
import { openTerminalSession } from '../../src-main/terminal/session.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const root = join(import.meta.dirname, '..', '..')

const run = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'src-main', 'cli.ts'), ...args], {
      env: {
        ...process.env,
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus',
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

describe('the terminal face', () => {
  it('says how it is used and ends with 2 when it is asked for nothing it knows', async () => {
    const { code, err } = await run(['dance'])
    expect(code).toBe(2)
    expect(err).toContain('usage:')
  })

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
    expect(JSON.parse(found.out)).toMatchObject({ kind: 'recognised', onus: olt.onus })
    expect(found.out + found.err).not.toContain(olt.community)
  })

  it('proves the audit trail of a sealed workspace, for who may', { timeout: 60_000 }, async () => {
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
    for (const { out, err } of [inUse, wrong, proof]) {
      for (const secret of [passphrase, password]) expect(out + err).not.toContain(secret)
    }
  })
})
