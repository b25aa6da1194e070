import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
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
const retryMs = 20
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
    for (const child of children.splice(0).toReversed()) await end(child)
    if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
  }
  try {
    rmSync(join(runtime, 'bus'), { force: true })
    const config = join(dir, 'bus.conf')
    writeFileSync(config, busConfig(env.DBUS_SESSION_BUS_ADDRESS), { mode: 0o600 })
    const bus = spawnBound(
      'dbus-daemon',
      ['--nofork', '--print-address=1', `--config-file=${config}`],
      {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    children.push(bus)
    await said(bus, 'unix:', 'dbus-daemon')
    let service = null
    if (keyring) {
      service = spawnBound(
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
      // It says so before it has its name on the bus.
      await answers(join(runtime, 'bus'))
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
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

const isOnPath = (name) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))

/** Spawns so that the child ends with this process, also when that is killed. */
const spawnBound = (program, args, options) =>
  isOnPath('setpriv')
    ? spawn('setpriv', ['--pdeathsig', 'TERM', '--', program, ...args], options)
    : spawn(program, args, options)

/** Waits until org.freedesktop.secrets answers a ping on the bus. */
const answers = async (socketPath) => {
  const limit = Date.now() + startLimitMs
  while (Date.now() < limit) {
    if (await pingOnce(socketPath, limit - Date.now())) return
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
  throw new Error(`the Secret Service did not answer within ${startLimitMs} ms`)
}

const pingOnce = (socketPath, limitMs) =>
  new Promise((resolve) => {
    const socket = connect({ path: socketPath })
    let received = Buffer.alloc(0)
    let greeted = false
    const finish = (result) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(result)
    }
    const timer = setTimeout(() => finish(false), limitMs)
    socket.on('error', () => finish(false))
    socket.on('close', () => finish(false))
    socket.on('connect', () => {
      const uid = Buffer.from(String(process.getuid())).toString('hex')
      socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
    })
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk])
      if (!greeted) {
        const end = received.indexOf('\r\n')
        if (end < 0) return
        received = received.subarray(end + 2)
        greeted = true
        socket.write('BEGIN\r\n')
        const bus = ['org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus']
        socket.write(dbusCall(1, ...bus, 'Hello'))
        const peer = 'org.freedesktop.DBus.Peer'
        socket.write(
          dbusCall(2, 'org.freedesktop.secrets', '/org/freedesktop/secrets', peer, 'Ping'),
        )
      }
      // Calls 1 and 2 are answered in this order; type 2 is a return, 3 an error, 4 a signal.
      let answered = 0
      let rest = received
      while (rest.length >= 16) {
        const size = Math.ceil((16 + rest.readUInt32LE(12)) / 8) * 8 + rest.readUInt32LE(4)
        if (rest.length < size) return
        if (rest[1] === 2 || rest[1] === 3) answered += 1
        if (answered === 2) return finish(rest[1] === 2)
        rest = rest.subarray(size)
      }
    })
  })

/** A D-Bus method call without arguments (D-Bus Specification, "Message Format"). */
const dbusCall = (serial, destination, path, face, member) => {
  const fields = [
    [1, 'o', path],
    [6, 's', destination],
    [2, 's', face],
    [3, 's', member],
  ]
  let body = Buffer.alloc(0)
  for (const [code, type, text] of fields) {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(Buffer.byteLength(text))
    const gap = Buffer.alloc((8 - (body.length % 8)) % 8)
    const head = Buffer.from([code, 1, type.charCodeAt(0), 0])
    body = Buffer.concat([body, gap, head, length, Buffer.from(`${text}\0`)])
  }
  const head = Buffer.alloc(16)
  head.write('l\u0001\u0000\u0001', 'latin1')
  head.writeUInt32LE(serial, 8)
  head.writeUInt32LE(body.length, 12)
  return Buffer.concat([head, body, Buffer.alloc((8 - (body.length % 8)) % 8)])
}

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
