import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const binary = '/usr/sbin/snmpd'
export const snmpdMissing: string | null = existsSync(binary) ? null : `${binary} is not installed`

export interface RealSnmpd {
  readonly port: number
  readonly stop: () => Promise<void>
}

const freePort = async (): Promise<number> => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}

/** Debian's snmpd with a configuration of its own, on a free loopback port. */
export const startSnmpd = async (community: string): Promise<RealSnmpd> => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-snmpd-'))
  const port = await freePort()
  const configuration = join(folder, 'snmpd.conf')
  writeFileSync(
    configuration,
    [`rocommunity ${community} 127.0.0.1`, 'sysName plain-server', 'sysServices 72', ''].join('\n'),
  )
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
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
