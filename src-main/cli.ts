import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isNocturneError } from '../src-shared/errors.ts'
import { loadFamilies } from './olt/family/load-families.ts'
import { probe, probeLines } from './terminal/probe.ts'
import { readSecret } from './terminal/secret-input.ts'
import { snmpCredentials } from './terminal/snmp-arguments.ts'
import { openTerminalSession, type TerminalSession } from './terminal/session.ts'

/** `npm run cli -- <command>`: the same engine from a terminal, without a worker. */

const usage = `usage: npm run cli -- <command> [--json] [--workspace DIR]

  probe --host HOST [--port 161]   what is this host?
    [--snmp-version 1|2c]          community: NOCTURNE_COMMUNITY, or typed, or --community C
    [--v3-user U --auth sha256 [--priv aes] [--context X]]
                                   SNMPv3: NOCTURNE_AUTH_PASSWORD and NOCTURNE_PRIV_PASSWORD,
                                   or typed
  status                           the state of the workspace
  olts [--name OWNER]              the OLTs in the workspace
  verify-audit [--name OWNER]      proves the audit trail from first row to last

  olts and verify-audit sign in: the password comes from NOCTURNE_PASSWORD, or is typed; a sealed
  workspace's passphrase from NOCTURNE_PASSPHRASE, or is typed. The console must not be running.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    host: { type: 'string' },
    port: { type: 'string', default: '161' },
    community: { type: 'string' },
    'snmp-version': { type: 'string' },
    'v3-user': { type: 'string' },
    auth: { type: 'string' },
    priv: { type: 'string' },
    context: { type: 'string' },
    name: { type: 'string' },
    workspace: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

const families = loadFamilies(join(import.meta.dirname, '..', 'assets', 'olt-families'))

/** Where Electron keeps it: `userData` of the product's name. */
const userWorkspace = (): string => {
  const home = homedir()
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Nocturne', 'workspace')
    case 'win32':
      return join(
        process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming'),
        'Nocturne',
        'workspace',
      )
    default:
      return join(process.env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Nocturne', 'workspace')
  }
}

const show = (value: unknown, lines: readonly string[]): void => {
  console.log(values.json ? JSON.stringify(value) : lines.join('\n'))
}

const withSession = async (
  work: (session: TerminalSession) => Promise<number>,
): Promise<number> => {
  const session = await openTerminalSession({
    workspaceDir: values.workspace ?? userWorkspace(),
    families,
  })
  try {
    return await work(session)
  } finally {
    await session.stop()
  }
}

const signIn = async (session: TerminalSession): Promise<void> => {
  const status = await session.query('workspace.status', {})
  if (status.state === 'needs-passphrase') {
    const passphrase = await readSecret('NOCTURNE_PASSPHRASE', 'Passphrase of the workspace')
    await session.command('workspace.unseal', { passphrase })
  }
  if (values.name === undefined) throw new Error('--name says who signs in')
  const password = await readSecret('NOCTURNE_PASSWORD', `Password of ${values.name}`)
  await session.command('access.signIn', { name: values.name, password })
}

const commands: Readonly<Record<string, () => Promise<number>>> = {
  async probe() {
    if (values.host === undefined) throw new Error('--host says which host')
    const result = await probe({
      host: values.host,
      port: Number(values.port),
      access: await snmpCredentials(
        { ...values, snmpVersion: values['snmp-version'], v3User: values['v3-user'] },
        readSecret,
        (text) => process.stderr.write(`nocturne: ${text}\n`),
      ),
      families,
      onStep: (step) => process.stderr.write(`${step}\n`),
    })
    show(result, probeLines(result))
    return result.kind === 'recognised' ? 0 : 1
  },

  status: () =>
    withSession(async (session) => {
      const status = await session.query('workspace.status', {})
      show(status, [
        `${status.state}, keychain ${status.keychain}`,
        ...(status.problem === null ? [] : [`problem: ${status.problem.code}`]),
      ])
      return status.state === 'failed' ? 1 : 0
    }),

  olts: () =>
    withSession(async (session) => {
      await signIn(session)
      const { olts } = await session.query('network.olts', {})
      show(
        olts,
        olts.map((olt) =>
          [olt.name, `${olt.host}:${olt.port}`, olt.familyLabel ?? '–', olt.opticClass].join('  '),
        ),
      )
      return 0
    }),

  'verify-audit': () =>
    withSession(async (session) => {
      await signIn(session)
      const proof = await session.query('audit.verify', {})
      show(proof, [
        proof.ok
          ? `the audit trail is whole: ${proof.rows} rows`
          : `the audit trail is broken at row ${proof.brokenAt}: ${proof.reason}`,
      ])
      return proof.ok ? 0 : 1
    }),
}

const command = commands[positionals[0] ?? '']
if (command === undefined) {
  process.stderr.write(`${usage}\n`)
  process.exit(2)
}
command().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const text = isNocturneError(error)
      ? `${error.code} ${JSON.stringify(error.params)}`
      : error instanceof Error
        ? error.message
        : 'unexpected error'
    if (values.json) console.log(JSON.stringify({ error: text }))
    process.stderr.write(`nocturne: ${text}\n`)
    process.exit(1)
  },
)
