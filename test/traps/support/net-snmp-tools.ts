import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SnmpUser } from '../../../src-main/olt/snmp/usm/user.ts'
import { authNames, privNames } from '../../olt-snmp/support/v3-snmpd.ts'

const tools = ['/usr/bin/snmptrap', '/usr/bin/snmpinform']
const absent = tools.find((tool) => !existsSync(tool))
export const toolsMissing: string | null =
  absent === undefined ? null : `${absent} is not installed`

/** Runs Debian's snmptrap or snmpinform, with nothing of the machine's own set-up. */
export const runTool = async (
  tool: 'snmptrap' | 'snmpinform',
  words: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-trap-'))
  const child = spawn(`/usr/bin/${tool}`, ['-r', '0', '-t', '1', ...words], {
    env: {
      PATH: process.env['PATH'] ?? '',
      MIBS: '',
      SNMPCONFPATH: folder,
      SNMP_PERSISTENT_DIR: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  rmSync(folder, { recursive: true, force: true })
  return { code, output }
}

/** Options that sign and encipher as this user. */
export const asUser = ({ name, auth, priv }: SnmpUser): readonly string[] => [
  '-v',
  '3',
  '-u',
  name,
  '-l',
  priv === undefined ? (auth === undefined ? 'noAuthNoPriv' : 'authNoPriv') : 'authPriv',
  ...(auth === undefined ? [] : ['-a', authNames[auth.protocol], '-A', auth.secret.toString()]),
  ...(priv === undefined ? [] : ['-x', privNames[priv.protocol], '-X', priv.secret.toString()]),
]

/** With secrets of its own: a receiver overwrites those it was given. */
export const copyOf = ({ auth, priv, ...user }: SnmpUser): SnmpUser => ({
  ...user,
  auth: auth && { ...auth, secret: Buffer.from(auth.secret) },
  priv: priv && { ...priv, secret: Buffer.from(priv.secret) },
})
