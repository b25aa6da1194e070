// Every npm command of the project: `node scripts/run.mjs <name> [arguments]`. Runs under whatever
// Node started it (20 or newer), does the set-up, and hands over to the project's own Node 24.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import {
  missingSecretServicePrograms,
  startPrivateSecretService,
} from './private-secret-service.mjs'
import { build, findElectron, root, setUp } from './setup.mjs'
import { runTests } from './test.mjs'

const [name, ...args] = process.argv.slice(2)

const hostPackages = () =>
  findElectron() === null ? ['chromium', 'libsecret-1-0', 'fonts-dejavu-core'] : ['libsecret-1-0']

/** Ends with the child's own exit code; passes the signals that end us on to it. */
const handOver = (command, commandArgs, { env = {}, atEnd = async () => {} } = {}) => {
  const child = spawn(command, commandArgs, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  const end = (code) => atEnd().finally(() => process.exit(code))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`nocturne: ${error.message}\n`)
    end(1)
  })
  child.on('exit', (code, signal) => end(signal === null ? (code ?? 1) : 1))
}

/** A desktop session brings its keychain; a bare machine gets a private one for the demo. */
const keychainForDemo = async () => {
  const bare = process.platform === 'linux' && process.env.DBUS_SESSION_BUS_ADDRESS === undefined
  if (!bare || missingSecretServicePrograms().length > 0) return {}
  const service = await startPrivateSecretService()
  const { DBUS_SESSION_BUS_ADDRESS } = service.env
  return { env: { DBUS_SESSION_BUS_ADDRESS }, atEnd: service.stop }
}

/** The built console: on Electron where there is one, else on Debian's Chromium. */
const launch = (node, consoleArgs, options = {}) => {
  const electron = findElectron()
  const main = join(root, 'out', 'main', 'main.js')
  if (electron !== null) {
    // Electron does not start as root with its sandbox; nobody but a build server does that.
    const asRoot = process.platform === 'linux' && process.getuid?.() === 0
    handOver(electron, [...(asRoot ? ['--no-sandbox'] : []), root, ...consoleArgs], options)
    return
  }
  process.stderr.write('nocturne: no Electron binary on this machine: running on Chromium\n')
  const host = join(root, 'test', 'chromium-host', 'register.ts')
  handOver(
    node,
    ['--disable-warning=ExperimentalWarning', '--import', host, main, ...consoleArgs],
    options,
  )
}

const tool = (node, path, toolArgs) => {
  const result = spawnSync(node, [join(root, 'node_modules', path), ...toolArgs], {
    cwd: root,
    stdio: 'inherit',
  })
  return result.status ?? 1
}

const tasks = {
  start() {
    const node = setUp({ wanted: hostPackages() })
    build()
    launch(node, args)
  },
  async demo() {
    const node = setUp({ wanted: [...hostPackages(), 'gnome-keyring', 'dbus-daemon'] })
    build()
    launch(node, ['--demo', ...args], await keychainForDemo())
  },
  async test() {
    const node = setUp({
      wanted: [
        'chromium',
        'libsecret-1-0',
        'gnome-keyring',
        'dbus-daemon',
        'snmp',
        'snmpd',
        'openssh-server',
        'openssh-client',
        'openssl',
        'fonts-dejavu-core',
      ],
    })
    process.exit(await runTests({ node, args }))
  },
  cli() {
    const node = setUp({ wanted: ['libsecret-1-0'] })
    handOver(node, [
      '--disable-warning=ExperimentalWarning',
      join(root, 'src-main', 'cli.ts'),
      ...args,
    ])
  },
  bench() {
    const node = setUp({ wanted: [...hostPackages(), 'chromium', 'snmp'] })
    build()
    handOver(node, [
      '--disable-warning=ExperimentalWarning',
      join(root, 'test', 'bench', 'bench.ts'),
      ...args,
    ])
  },
  async lint() {
    const node = setUp()
    process.exit(await runTests({ node, args: ['--only', 'static'] }))
  },
  build() {
    setUp()
    build({ force: true })
  },
  format() {
    const node = setUp()
    process.exit(tool(node, 'oxfmt/bin/oxfmt', args.length > 0 ? args : ['.']))
  },
  package() {
    const node = setUp()
    build({ force: true })
    process.exit(
      tool(node, 'electron-builder/cli.js', ['--config', 'electron-builder.yml', ...args]),
    )
  },
}

if (!Object.hasOwn(tasks, name ?? '')) {
  process.stderr.write(`usage: npm run <${Object.keys(tasks).join('|')}>\n`)
  process.exit(2)
}
try {
  await tasks[name]()
} catch (error) {
  process.stderr.write(`nocturne: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
