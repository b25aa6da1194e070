import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type {
  SnmpAuthAlgorithm,
  SnmpPrivAlgorithm,
} from '../../../src-shared/contract/snmp-access.ts'
import type { SnmpUser } from '../../../src-main/olt/snmp/usm/user.ts'

const binary = '/usr/sbin/snmpd'
export const snmpdMissing: string | null = existsSync(binary) ? null : `${binary} is not installed`

/** How snmpd.conf(5) and snmpcmd(1) of Debian's net-snmp 5.9 spell the algorithms. */
export const authNames: Readonly<Record<SnmpAuthAlgorithm, string>> = {
  md5: 'MD5',
  sha1: 'SHA',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}
export const privNames: Readonly<Record<SnmpPrivAlgorithm, string>> = {
  des: 'DES',
  aes128: 'AES',
  aes192: 'AES-192',
  aes256: 'AES-256',
  'aes192-reeder': 'AES-192-C',
  'aes256-reeder': 'AES-256-C',
}

/** A name for each combination, so that one agent holds them all. */
export const userOf = (auth?: SnmpAuthAlgorithm, priv?: SnmpPrivAlgorithm): SnmpUser => {
  const name = ['u', auth ?? 'none', priv ?? 'none'].join('-')
  return {
    name,
    ...(auth === undefined
      ? {}
      : { auth: { protocol: auth, secret: Buffer.from(`signing ${name}`) } }),
    ...(priv === undefined
      ? {}
      : { priv: { protocol: priv, secret: Buffer.from(`hiding ${name}`) } }),
  }
}

const levelOf = (user: SnmpUser): string =>
  user.priv === undefined ? (user.auth === undefined ? 'noauth' : 'auth') : 'priv'

export const createUserLine = ({ name, auth, priv }: SnmpUser): string =>
  [
    'createUser',
    name,
    ...(auth === undefined ? [] : [authNames[auth.protocol], `"${auth.secret.toString()}"`]),
    ...(priv === undefined ? [] : [privNames[priv.protocol], `"${priv.secret.toString()}"`]),
  ].join(' ')

export interface V3Snmpd {
  readonly port: number
  /** Ends it and starts it again on the same port: its engine has booted once more. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

export const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

/** Debian's snmpd with these users, a v1 and v2c community, and nothing of the machine's own set-up. */
export const startV3Snmpd = async (
  users: readonly SnmpUser[],
  more: readonly string[] = [],
): Promise<V3Snmpd> => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-snmpd-v3-'))
  const port = await freePort()
  const configuration = join(folder, 'config')
  writeFileSync(
    configuration,
    [
      'rocommunity public 127.0.0.1',
      'sysName plain-server',
      'dontLogTCPWrappersConnects yes',
      ...users.map(createUserLine),
      ...users.map((user) => `rouser ${user.name} ${levelOf(user)}`),
      ...more,
      '',
    ].join('\n'),
  )

  const start = async (): Promise<() => Promise<void>> => {
    const child = spawn(
      binary,
      [
        '-f',
        '-Lo',
        '-r',
        '-C',
        '-c',
        configuration,
        '-p',
        join(folder, 'pid'),
        `udp:127.0.0.1:${port}`,
      ],
      {
        env: { PATH: process.env['PATH'] ?? '', SNMP_PERSISTENT_DIR: folder, MIBS: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const exited = once(child, 'exit')
    await new Promise<void>((ready, failed) => {
      let log = ''
      const read = (chunk: Buffer): void => {
        log += chunk.toString()
        if (log.includes('NET-SNMP version')) ready()
      }
      child.stdout.on('data', read)
      child.stderr.on('data', read)
      void exited.then(() => failed(new Error(`snmpd ended: ${log}`)))
    })
    return async () => {
      // TERM, so that it writes its boots down.
      child.kill('SIGTERM')
      await exited
    }
  }

  let end = await start()
  return {
    port,
    restart: async () => {
      await end()
      end = await start()
    },
    stop: async () => {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
