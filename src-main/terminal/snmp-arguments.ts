import {
  snmpAuthAlgorithms,
  snmpPrivAlgorithms,
  type SnmpAuthAlgorithm,
  type SnmpPrivAlgorithm,
} from '../../src-shared/contract/snmp-access.ts'
import type { SnmpCredentials } from '../olt/snmp/session.ts'

/** What `probe` is told on the command line about the way in. */
export interface SnmpArguments {
  readonly community?: string | undefined
  readonly snmpVersion?: string | undefined
  readonly v3User?: string | undefined
  readonly auth?: string | undefined
  readonly priv?: string | undefined
  readonly context?: string | undefined
}

export type AskSecret = (variable: string, question: string) => Promise<string>

/** As snmpcmd(1) and people say it. */
const spellings: Readonly<Record<string, string>> = {
  sha: 'sha1',
  aes: 'aes128',
}

const spelt = <Name extends string>(
  option: string,
  given: string,
  known: readonly Name[],
): Name => {
  const plain = given.toLowerCase().replace(/^(sha|aes)-/, '$1')
  const found = known.find((name) => name === (spellings[plain] ?? plain))
  if (found === undefined) throw new Error(`--${option}: one of ${known.join(', ')}`)
  return found
}

const authOf = (given: string): SnmpAuthAlgorithm => spelt('auth', given, snmpAuthAlgorithms)
const privOf = (given: string): SnmpPrivAlgorithm => spelt('priv', given, snmpPrivAlgorithms)

/**
 * Credentials from arguments and secrets: version 3 with a user, else 2c, or 1 where it is asked
 * for. `warn` hears of a secret that others on this machine can read.
 * Errors: an Error whose text says which option is wrong.
 */
export const snmpCredentials = async (
  given: SnmpArguments,
  askSecret: AskSecret,
  warn: (text: string) => void,
): Promise<SnmpCredentials> => {
  const version = given.snmpVersion ?? (given.v3User === undefined ? '2c' : '3')
  if (version === '3') return userOf(given, askSecret)
  if (version !== '1' && version !== '2c') throw new Error('--snmp-version: 1, 2c or 3')
  for (const option of ['auth', 'priv', 'context'] as const) {
    if (given[option] !== undefined) throw new Error(`--${option} goes with --v3-user`)
  }
  if (given.v3User !== undefined) throw new Error('--v3-user goes with --snmp-version 3')
  if (given.community !== undefined) {
    warn('--community can be read by every process on this machine: prefer NOCTURNE_COMMUNITY')
  }
  const community = given.community ?? (await askSecret('NOCTURNE_COMMUNITY', 'SNMP community'))
  if (community === '') throw new Error('there is no SNMP community')
  return { version, community: Buffer.from(community, 'utf8') }
}

const userOf = async (given: SnmpArguments, askSecret: AskSecret): Promise<SnmpCredentials> => {
  if (given.community !== undefined) throw new Error('--community does not go with --v3-user')
  if (given.v3User === undefined || given.v3User === '') throw new Error('--v3-user says who asks')
  if (given.auth === undefined) throw new Error('--v3-user needs --auth, such as --auth sha256')
  const auth = authOf(given.auth)
  const priv = given.priv === undefined ? null : privOf(given.priv)
  const secret = async (variable: string, question: string): Promise<Buffer> => {
    const text = await askSecret(variable, question)
    if (text === '') throw new Error(`${variable} is empty`)
    return Buffer.from(text, 'utf8')
  }
  const user = {
    name: given.v3User,
    auth: {
      protocol: auth,
      secret: await secret('NOCTURNE_AUTH_PASSWORD', 'SNMPv3 authentication password'),
    },
    context: given.context,
  }
  if (priv === null) return { version: '3', user }
  const hiding = await secret('NOCTURNE_PRIV_PASSWORD', 'SNMPv3 privacy password')
  return { version: '3', user: { ...user, priv: { protocol: priv, secret: hiding } } }
}
