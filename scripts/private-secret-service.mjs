import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/**
 * A Secret Service of one's own: a private D-Bus session bus and Debian's gnome-keyring on it,
 * both in a folder of their own, seen by nobody else. For tests, and for `npm run demo` on a
 * machine that has no keychain. Plain Node, no dependencies, Linux only.
 *
 * Both processes run in the foreground as our children and are ended by their own ids.
 */

const startLimitMs = 10_000
const stopLimitMs = 3_000

/** The programs that are missing here; empty when startPrivateSecretService can work. */
export const missingSecretServicePrograms = () =>
  process.platform === 'linux'
    ? ['dbus-daemon', 'gnome-keyring-daemon'].filter((name) => !isOnPath(name))
    : ['linux']

/**
 * @param {{ dir?: string, password?: string, keyring?: boolean }} [options]
 *   dir: where bus, keyrings and home lie (default: a new folder under the system's temporary
 *   one, removed by stop); password: of the keyring that is made and unlocked (never empty, or
 *   gnome-keyring asks for one); keyring: false starts a bus without a Secret Service on it.
 * @returns {Promise<{ env: Record<string, string>, dir: string, busPid: number,
 *   keyringPid: number | null, stop: () => Promise<void> }>}
 *   env: what a child process gets, on top of nothing, to use this Secret Service.
 */
export const startPrivateSecretService = async (options = {}) => {
  const { password = 'throw-away', keyring = true } = options
  const missing = missingSecretServicePrograms()
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`)
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'nocturne-keyring-'))
  const path = (name) => {
    const made = join(dir, name)
    mkdirSync(made, { recursive: true, mode: 0o700 })
    return made
  }
  const runtime = path('run')
  const env = {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: path('home'),
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: path('data'),
    XDG_CONFIG_HOME: path('config'),
    XDG_CACHE_HOME: path('cache'),
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(runtime, 'bus')}`,
  }
  const children = []
  const stop = async () => {
    for (const child of children.splice(0).reverse()) await end(child)
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
  }
  try {
    rmSync(join(runtime, 'bus'), { force: true })
    const config = join(dir, 'bus.conf')
    writeFileSync(config, busConfig(env.DBUS_SESSION_BUS_ADDRESS), { mode: 0o600 })
    const bus = spawn('dbus-daemon', ['--nofork', '--print-address=1', `--config-file=${config}`], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    children.push(bus)
    await said(bus, 'unix:', 'dbus-daemon')
    let service = null
    if (keyring) {
      service = spawn(
        'gnome-keyring-daemon',
        [
          '--foreground',
          '--unlock',
          '--components=secrets',
          `--control-directory=${join(runtime, 'keyring')}`,
        ],
        { env, stdio: ['pipe', 'pipe', 'ignore'] },
      )
      children.push(service)
      // A process that ends at once closes its input; `said` reports that, not the pipe.
      service.stdin.on('error', () => undefined)
      service.stdin.end(password)
      await said(service, 'GNOME_KEYRING_CONTROL=', 'gnome-keyring-daemon')
    }
    return { env, dir, busPid: bus.pid, keyringPid: service?.pid ?? null, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Without service folders: this bus starts nothing of the machine's own. */
const busConfig = (
  address,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>${address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="false"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

const isOnPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

/** Waits until the child has printed `text` on standard output. */
const said = (child, text, name) =>
  new Promise((resolve, reject) => {
    let printed = ''
    const finish = (error) => {
      clearTimeout(timer)
      child.off('error', finish)
      child.off('exit', onExit)
      child.stdout.off('data', onData)
      child.stdout.resume()
      if (error === undefined) resolve()
      else reject(error)
    }
    const onExit = () => finish(new Error(`${name} ended at its start`))
    const onData = (chunk) => {
      printed += chunk.toString('utf8')
      if (printed.includes(text)) finish(undefined)
    }
    const timer = setTimeout(
      () => finish(new Error(`${name} did not start within ${startLimitMs} ms`)),
      startLimitMs,
    )
    child.on('error', finish)
    child.on('exit', onExit)
    child.stdout.on('data', onData)
  })

const end = (child) =>
  new Promise((resolve) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      resolve()
      return
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
    // A stopped process (a test froze it) hears SIGTERM only when it runs again.
    child.kill('SIGCONT')
  })
