import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { isNocturneError } from '../src-shared/errors.ts'
import { verifyExport } from './audit/verify-export.ts'
import type { AskPerson } from './engine/confirm.ts'
import { loadFamilies, type OltFamily } from './olt/family/load-families.ts'
import { isRefused, readFamilyFolder } from './olt/family/user-families.ts'
import { backup, backupLines } from './terminal/backup-command.ts'
import { capture, captureLines, plainWarning } from './terminal/capture-command.ts'
import { checkRoots } from './terminal/capture-device.ts'
import { refuseExisting } from './terminal/capture-file.ts'
import { withDevice, type DeviceAddress } from './terminal/device-session.ts'
import { checkFolder, checkJson, checkLines, refusalLines } from './terminal/family-commands.ts'
import {
  deviceExitCode,
  deviceJson,
  deviceLines,
  failedReading,
  familyNamed,
  readDevice,
} from './terminal/read-device.ts'
import {
  backupViewLines,
  restoreFile,
  restoreLines,
  verifyBackupFile,
  type BackupFileOptions,
} from './terminal/restore-command.ts'
import { importAccounts, importAccountsLines } from './terminal/import-accounts-command.ts'
import { replay, replayLine } from './terminal/replay-command.ts'
import { readSecret } from './terminal/secret-input.ts'
import {
  exportProofLines,
  readKeptCheckpoints,
  storeProofLines,
} from './terminal/verify-audit-command.ts'
import { openTerminalSession, type TerminalSession } from './terminal/session.ts'
import { usage } from './terminal/usage.ts'
import { askAtTerminal, makeTransferFile, transferLines } from './terminal/transfer-command.ts'
import { snmpCredentials } from './terminal/snmp-arguments.ts'
import { listWorkspaces, workspaceLines } from './terminal/workspaces-command.ts'
import { workspaceOfTerminal } from './workspace/find-workspaces.ts'

/** `npm run cli -- <command>`: the same engine from a terminal, without a worker. */

const readArguments = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      host: { type: 'string' },
      port: { type: 'string' },
      family: { type: 'string' },
      out: { type: 'string' },
      to: { type: 'string' },
      root: { type: 'string', multiple: true, default: [] },
      keep: { type: 'string', multiple: true, default: [] },
      captures: { type: 'string', multiple: true, default: [] },
      'in-place': { type: 'boolean', default: false },
      preview: { type: 'boolean', default: false },
      'set-passphrase': { type: 'boolean', default: false },
      plain: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      copy: { type: 'boolean', default: false },
      'one-time-key': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      community: { type: 'string' },
      'snmp-version': { type: 'string' },
      'v3-user': { type: 'string' },
      auth: { type: 'string' },
      priv: { type: 'string' },
      context: { type: 'string' },
      checkpoints: { type: 'string' },
      name: { type: 'string' },
      workspace: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })

const given = (): ReturnType<typeof readArguments> => {
  try {
    return readArguments()
  } catch (error) {
    process.stderr.write(`nocturne: ${error instanceof Error ? error.message : ''}\n\n${usage}\n`)
    return process.exit(2)
  }
}
const { values, positionals } = given()

const families = loadFamilies(join(import.meta.dirname, '..', 'assets', 'olt-families'))

/** Where Electron keeps it: `userData` of the product's name. */
const userData = (): string => {
  const home = homedir()
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Nocturne')
    case 'win32':
      return join(process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Nocturne')
    default:
      return join(process.env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Nocturne')
  }
}

const workspaceDir = (): string => workspaceOfTerminal(userData(), values.workspace ?? null)

const show = (value: unknown, lines: readonly string[]): void => {
  console.log(values.json ? JSON.stringify(value) : lines.join('\n'))
}

const withSession = async (
  work: (session: TerminalSession) => Promise<number>,
  askPerson?: AskPerson,
): Promise<number> => {
  const session = await openTerminalSession({
    workspaceDir: workspaceDir(),
    families,
    ...(askPerson === undefined ? {} : { askPerson }),
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
  const step = await session.command('access.signIn', { name: values.name, password })
  if (step.next === 'done') return
  if (step.next === 'set-up-second-factor') {
    throw new Error('the role asks for a second factor: set it up in the console first')
  }
  const code = await readSecret('NOCTURNE_CODE', 'Code of the app, or a recovery code')
  await session.command('access.signInCode', { code })
}

const portOf = (fallback: number): number => {
  const port = values.port === undefined ? fallback : Number(values.port)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new Error('--port: a number from 0 to 65535')
}

const tell = (text: string): void => void process.stderr.write(`nocturne: ${text}\n`)

/** The host that `--host` names, and the way in. */
const device = async (): Promise<DeviceAddress> => {
  if (values.host === undefined) throw new Error('--host says which host')
  return {
    host: values.host,
    port: portOf(161),
    access: await snmpCredentials(
      { ...values, snmpVersion: values['snmp-version'], v3User: values['v3-user'] },
      readSecret,
      tell,
    ),
  }
}

/** One Ctrl+C comes twice through `npm run`: from the terminal, and passed on by scripts/run.mjs. */
const sameKeyPressMs = 1000

/** Ctrl+C breaks the work off; another one ends the process. */
const interrupted = (): AbortSignal => {
  const controller = new AbortController()
  let firstAt: number | null = null
  const stop = (): void => {
    firstAt ??= performance.now()
    if (performance.now() - firstAt > sameKeyPressMs) process.exit(130)
    controller.abort()
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop)
  return controller.signal
}

const readWith = async (family: OltFamily | undefined): Promise<number> => {
  const address = await device()
  const signal = interrupted()
  const reading = await withDevice(address, (session) =>
    readDevice({ session, families, family, signal, onStep: tell }),
  ).catch((error: unknown) => failedReading(error, 'connecting'))
  show(deviceJson(reading), deviceLines(reading))
  return deviceExitCode(reading)
}

const needed = (given: string | undefined, what: string): string => {
  if (given === undefined) throw new Error(what)
  return given
}

const backupFile = (command: string): BackupFileOptions => ({
  file: resolve(needed(positionals[1], `${command}: which file?`)),
  workspaceDir: workspaceDir(),
  askSecret: readSecret,
  signal: interrupted(),
})

const familyCommands: Readonly<Record<string, (folder: string) => Promise<number>>> = {
  async check(folder) {
    const check = await checkFolder({ folder, families, captureFolders: values.captures })
    show(checkJson(check), checkLines(check))
    return check.ok ? 0 : 1
  },
  async try(folder) {
    const found = readFamilyFolder(folder)
    if (!isRefused(found)) return readWith(found.family)
    const { name, issues } = found
    show({ kind: 'refused', name, issues }, refusalLines(found))
    return 1
  },
}

const commands: Readonly<Record<string, () => Promise<number>>> = {
  probe: async () =>
    readWith(values.family === undefined ? undefined : familyNamed(families, values.family)),

  async replay() {
    const file = needed(positionals[1], 'replay: which file?')
    const { received, answered } = await replay({
      file,
      port: portOf(0),
      community: values.community ?? 'public',
      signal: interrupted(),
      onServing: (started) => {
        show(started, [replayLine(started)])
        for (const { line, message } of started.problems) tell(`${file}:${line}: ${message}`)
      },
    })
    tell(`${answered} of ${received} requests answered`)
    return 0
  },

  async capture() {
    const file = needed(values.out, '--out says into which file')
    refuseExisting(file, values.force)
    const roots = checkRoots(values.root)
    const keep = checkRoots(values.keep)
    const { plain, force } = values
    if (plain) tell(plainWarning)
    const address = await device()
    const signal = interrupted()
    const result = await withDevice(address, (session) =>
      capture({
        session,
        roots,
        keep,
        plain,
        force,
        file,
        families,
        signal,
        onProgress: tell,
        now: () => new Date(),
      }),
    )
    show(result, captureLines(result))
    return result.roots.every(({ broken }) => broken === null) ? 0 : 1
  },

  async family() {
    const run = familyCommands[positionals[1] ?? '']
    if (run === undefined) throw new Error('family: check or try')
    return run(resolve(needed(positionals[2], `family ${positionals[1]}: which folder?`)))
  },

  async workspaces() {
    const all = listWorkspaces(userData())
    show(all, workspaceLines(all))
    return 0
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

  async 'verify-audit'() {
    const file = positionals[1]
    if (file !== undefined) {
      const proof = await verifyExport(resolve(file), interrupted())
      show(proof, exportProofLines(proof))
      return proof.ok ? 0 : 1
    }
    const kept = values.checkpoints
    const checkpoints = kept === undefined ? [] : readKeptCheckpoints(resolve(kept))
    return withSession(async (session) => {
      await signIn(session)
      const proof = await session.query('audit.verify', { checkpoints })
      show(proof, storeProofLines(proof))
      return proof.ok ? 0 : 1
    })
  },

  'import-accounts': () =>
    withSession(async (session) => {
      const file = resolve(needed(positionals[1], 'import-accounts: which file?'))
      await signIn(session)
      const done = await importAccounts(session, file, values.preview)
      show(done, importAccountsLines(done))
      return done.preview.problemsTotal === 0 ? 0 : 1
    }),

  'verify-backup': async () => {
    const view = await verifyBackupFile(backupFile('verify-backup'))
    show(view, backupViewLines(view))
    return 0
  },

  async restore() {
    const options = backupFile('restore')
    if (values.preview) {
      const view = await verifyBackupFile(options)
      show(view, backupViewLines(view))
      return 0
    }
    const done = await restoreFile({ ...options, inPlace: values['in-place'] })
    show(done, restoreLines(done))
    return 0
  },

  async transfer() {
    const folder = resolve(needed(values.to, '--to says into which folder'))
    const { ask, shown } = askAtTerminal({ isAnswered: values.yes, askSecret: readSecret, tell })
    return withSession(async (session) => {
      await signIn(session)
      const passphrase = values['one-time-key']
        ? null
        : await readSecret('NOCTURNE_TRANSFER_PASSPHRASE', 'Passphrase of the transfer file')
      const act = values.copy ? 'copy' : 'move'
      const made = await makeTransferFile(session, { folder, act, passphrase }, shown)
      show(made, transferLines(made))
      return 0
    }, ask)
  },

  backup: () =>
    withSession(async (session) => {
      const to = values.to === undefined ? null : resolve(values.to)
      if (to !== null) refuseExisting(to, values.force)
      await signIn(session)
      if (values['set-passphrase']) {
        const question = 'New passphrase of the backups'
        const passphrase = await readSecret('NOCTURNE_BACKUP_PASSPHRASE', question)
        await session.command('backups.setPassphrase', { passphrase })
      }
      const made = await backup(session, to)
      show(made, backupLines(made))
      return 0
    }),
}

const command = commands[positionals[0] ?? '']
if (command === undefined) {
  process.stderr.write(`${usage}\n`)
  process.exit(2)
}
/** What is printed to a pipe has to be through before the end. */
const end = (code: number): void => void process.stdout.write('', () => process.exit(code))

command().then(end, (error: unknown) => {
  const text = isNocturneError(error)
    ? `${error.code} ${JSON.stringify(error.params)}`
    : error instanceof Error
      ? error.message
      : 'unexpected error'
  if (values.json) console.log(JSON.stringify({ error: text }))
  tell(text)
  end(isNocturneError(error) && error.code === 'cancelled' ? 130 : 1)
})
