import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RealSshd {
  readonly port: number
  readonly userName: string
  readonly password: string
  /** What it wrote to its log so far. */
  readonly log: () => string
  readonly fingerprint: (type: 'ed25519' | 'rsa') => string
  readonly stop: () => Promise<void>
}

/** Why there is no real server to test with; null: there is. */
export const whyNoSshd = (): string | null => {
  if (process.platform !== 'linux') return 'OpenSSH’s server is started on Linux only'
  if (process.getuid?.() !== 0) return 'a user for the login can be made by root only'
  for (const tool of ['/usr/sbin/sshd', '/usr/bin/ssh-keygen', '/usr/sbin/useradd']) {
    if (!existsSync(tool)) return `${tool} is missing`
  }
  return null
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => resolve(port))
    })
  })

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
  })

/** The CLI of an OLT in a few lines of shell, behind a real pseudo-terminal. */
const fakeCli = `#!/bin/sh
printf '\\r\\n  Real server\\r\\nMA5800>'
while IFS= read -r line; do
  case "$line" in
    quit) exit 0 ;;
    drop) kill -9 $PPID ;;
    sleep) sleep 30 ;;
    many) i=0; while [ $i -lt 2000 ]; do echo "row $i"; i=$((i+1)); done ;;
    *) echo "  you said: $line" ;;
  esac
  printf 'MA5800>'
done
`

/** Debian's OpenSSH server with its own keys, a free port and one user that ends with it. */
export const startRealSshd = async (config: readonly string[] = []): Promise<RealSshd> => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-sshd-'))
  const userName = `noct${randomBytes(4).toString('hex')}`
  const password = randomBytes(9).toString('base64url')
  let child: ChildProcess | null = null
  let log = ''
  const stop = async (): Promise<void> => {
    if (child !== null && child.exitCode === null) {
      const ended = new Promise((resolve) => child?.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    }
    try {
      execFileSync('/usr/sbin/userdel', ['-f', userName], { stdio: 'ignore' })
    } catch {
      // it was never made
    }
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const port = await freePort()
    for (const type of ['ed25519', 'rsa']) {
      const file = join(folder, `key-${type}`)
      execFileSync(
        '/usr/bin/ssh-keygen',
        ['-q', '-t', type, '-N', '', '-f', file].concat(type === 'rsa' ? ['-b', '2048'] : []),
      )
    }
    // the server reads these as the user
    execFileSync('/bin/chmod', ['755', folder])
    const shell = join(folder, 'cli')
    writeFileSync(shell, fakeCli, { mode: 0o755 })
    execFileSync('/usr/sbin/useradd', ['-M', '-d', '/', '-s', '/bin/sh', userName])
    execFileSync('/usr/sbin/chpasswd', { input: `${userName}:${password}` })
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
    const lines = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${join(folder, 'key-ed25519')}`,
      `HostKey ${join(folder, 'key-rsa')}`,
      `PidFile ${join(folder, 'pid')}`,
      'UsePAM no',
      'PasswordAuthentication yes',
      'PubkeyAuthentication no',
      'PrintMotd no',
      'PrintLastLog no',
      'LogLevel VERBOSE',
      `AllowUsers ${userName}`,
      `ForceCommand ${shell}`,
      ...config,
    ]
    writeFileSync(join(folder, 'config'), `${lines.join('\n')}\n`)
    child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr?.on('data', (octets: Buffer) => {
      log += octets.toString()
    })
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 100) throw new Error(`sshd does not start: ${log}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return {
      port,
      userName,
      password,
      log: () => log,
      fingerprint: (type) =>
        execFileSync('/usr/bin/ssh-keygen', ['-lf', join(folder, `key-${type}.pub`)])
          .toString()
          .split(' ')[1] ?? '',
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
