import type { PonAddress } from '../../src-shared/domain/onu-address.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import { createCliDesk } from '../olt/cli/cli-desk.ts'
import type { CliDesk, CliTransport } from '../olt/cli/cli-session.ts'
import {
  isReadOnlyLine,
  maskSecrets,
  steadyText as steadyFamilyText,
  type FamilyCli,
} from '../olt/cli/family-cli.ts'
import { gateLine } from '../olt/cli/line-gate.ts'
import { openConfigPort } from '../olt/cli/open-config-port.ts'
import type { SnmpWriteAccess } from '../olt/cli/run-step.ts'
import { openSshTransport } from '../olt/cli/ssh-transport.ts'
import { openTelnetTransport } from '../olt/cli/telnet-transport.ts'
import { createSnmpWriter } from '../olt/snmp/snmp-writer.ts'
import type { CliEngine, CliFamily, LoginGate, OpenDesk } from './ports.ts'
import { steadyText } from './steady-text.ts'

/** Until the connection stands, ms. */
const connectMs = 15_000
/** A session that nobody needs is given back after so long, ms: OLTs have few. */
const idleMs = 60_000
const setTimeoutMs = 10_000

const withoutThrowing = (check: () => unknown): boolean => {
  try {
    check()
    return true
  } catch (error) {
    if (isNocturneError(error)) return false
    throw error
  }
}

const cliFamilyOf = (cli: FamilyCli): CliFamily => ({
  transports: cli.dialect.transports,
  knowsLegacySsh: cli.dialect.legacySsh,
  abilities: cli.abilities,
  isLine: (line) =>
    withoutThrowing(() =>
      gateLine(line, {
        length: cli.dialect.limits.lineLength,
        never: cli.dialect.neverInLine,
        what: 'line',
      }),
    ),
  isReading: (line) => isReadOnlyLine(cli, line),
  mask: (text) => maskSecrets(cli, text),
  steady: (text) => steadyText(steadyFamilyText(cli, text)),
})

/** The CLI engine as the capability uses it: families' words, real sessions. */
export const createCliEngine = (deps: {
  readonly clock: Clock
  /** The same object as long as its cli.yaml is the same; null: it has none. */
  readonly familyCli: (familyId: string) => FamilyCli | null
  readonly ponPorts: (oltId: string) => readonly PonAddress[]
}): CliEngine => {
  const { clock } = deps
  const families = new WeakMap<FamilyCli, CliFamily>()

  const familyOf = (familyId: string): CliFamily | null => {
    const cli = deps.familyCli(familyId)
    if (cli === null) return null
    const known = families.get(cli) ?? cliFamilyOf(cli)
    families.set(cli, known)
    return known
  }

  return {
    familyOf,
    open: (request) => {
      const cli = deps.familyCli(request.familyId)
      if (cli === null) throw new Error('a desk for a family without CLI')
      const { login, gate } = request
      const desk = telling(
        gate,
        createCliDesk({
          clock,
          dialect: cli.dialect,
          openTransport: (signal) => openTransport(request, cli, clock, signal),
          credentials: () => credentialsOf(login),
          failures: gate.failures,
          maxReaders: login.maxReaders,
          idleMs,
          onChange: request.onChange,
        }),
      )
      const config = openConfigPort({
        cli,
        desk,
        snmp: snmpWriter(request),
        ponPorts: () => deps.ponPorts(request.oltId),
      })
      return { desk, config }
    },
  }
}

/** Strings, as the packages below want them: from here on they cannot be wiped (docs/security.md). */
const credentialsOf = ({ userName, secrets }: OpenDesk['login']) => {
  const { password, enablePassword } = secrets()
  try {
    return {
      userName,
      password: password.toString('utf8'),
      enablePassword: enablePassword?.toString('utf8') ?? null,
    }
  } finally {
    password.fill(0)
    enablePassword?.fill(0)
  }
}

const openTransport = (
  { login, gate }: OpenDesk,
  { dialect }: FamilyCli,
  clock: Clock,
  signal: AbortSignal,
): Promise<CliTransport> => {
  const { host, port, transport } = login
  const where = { host, port, window: dialect.window, clock, connectMs }
  if (transport === 'telnet') {
    return openTelnetTransport({ ...where, allowed: login.allowTelnet }, signal)
  }
  return openSshTransport(
    {
      ...where,
      credentials: credentialsOf(login),
      legacy: login.allowLegacySsh,
      pins: gate.pins,
    },
    signal,
  )
}

/** Failures that a login has, and work within a session has not. */
const ofLogins: ReadonlySet<string> = new Set([
  'cli-unreachable',
  'cli-login-refused',
  'cli-host-key-changed',
  'cli-legacy-refused',
  'cli-telnet-not-allowed',
  'cli-too-many-sessions',
])

/** A desk that says how its logins went. */
const telling = (gate: LoginGate, desk: CliDesk): CliDesk => {
  const told = async <Out>(work: (begun: () => void) => Promise<Out>): Promise<Out> => {
    try {
      return await work(gate.loggedIn)
    } catch (error) {
      if (isNocturneError(error) && ofLogins.has(error.code)) {
        gate.failed({ code: error.code, params: { ...error.params } })
      }
      throw error
    }
  }
  const within =
    (hold: CliDesk['withReader']): CliDesk['withReader'] =>
    (signal, work) =>
      told((begun) =>
        hold(signal, (session) => {
          begun()
          return work(session)
        }),
      )
  return {
    ...desk,
    withWriter: within(desk.withWriter),
    withReader: within(desk.withReader),
    test: (signal) =>
      told(async (begun) => {
        const result = await desk.test(signal)
        begun()
        return result
      }),
  }
}

/** Null: no community that may write was entered. */
const snmpWriter = ({ snmp, writeCommunity }: OpenDesk): SnmpWriteAccess | null => {
  const atOnce = writeCommunity()
  if (atOnce === null) return null
  atOnce.fill(0)
  return createSnmpWriter(() => {
    const community = writeCommunity()
    if (community === null) throw new Error('the community went while the desk was open')
    return { ...snmp, version: '2c', community, timeoutMs: setTimeoutMs }
  })
}
