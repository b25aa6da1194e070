import type { Problem } from '../../src-shared/contract/common.ts'
import type { LoginFailures } from '../olt/cli/cli-desk.ts'
import type { CliDesk } from '../olt/cli/cli-session.ts'
import type { ConfigAbilities, OltConfigPort } from '../olt/cli/config-port.ts'
import type { HostKeyPins } from '../olt/cli/host-keys.ts'

/**
 * What the olt-cli capability needs of the CLI engine (src-main/olt/cli). Types only; cli-engine.ts
 * makes them out of the real one, tests give fakes.
 */

/** The CLI half of a family, as its cli.yaml has it. */
export interface CliFamily {
  readonly transports: readonly ('ssh' | 'telnet')[]
  readonly knowsLegacySsh: boolean
  readonly abilities: ConfigAbilities
  /** A line that this CLI takes as one line and nothing else. */
  readonly isLine: (line: string) => boolean
  /** A read-only terminal may send this line. */
  readonly isReading: (line: string) => boolean
  /** The text with what the family calls secret masked; line by line. */
  readonly mask: (text: string) => string
  /** The text without what differs at each reading (dates, uptimes); line by line. */
  readonly steady: (text: string) => string
}

/** Asked and told with every login of an OLT. */
export interface LoginGate {
  /** SECURITY: in a row, over restarts; at two nobody logs in. */
  readonly failures: LoginFailures
  /** SECURITY: asked before anything secret is sent. */
  readonly pins: HostKeyPins
  readonly loggedIn: () => void
  /** Remembered for a person; what counts goes to `failures`. */
  readonly failed: (problem: Problem) => void
}

export interface CliLogin {
  readonly transport: 'ssh' | 'telnet'
  readonly host: string
  readonly port: number
  readonly userName: string
  readonly allowLegacySsh: boolean
  readonly allowTelnet: boolean
  readonly maxReaders: number
  /** Buffers of their own, opened for one use: whoever gets them wipes them. */
  readonly secrets: () => CliSecrets
}

export interface CliSecrets {
  readonly password: Buffer
  readonly enablePassword: Buffer | null
}

export interface OpenDesk {
  readonly oltId: string
  readonly familyId: string
  /** For families that change something over SNMP. */
  readonly snmp: { readonly host: string; readonly port: number }
  readonly login: CliLogin
  readonly gate: LoginGate
  /** A buffer of its own for one use; null: none was entered. */
  readonly writeCommunity: () => Buffer | null
  /** Sessions came, went, or changed hands. */
  readonly onChange: () => void
}

/** One OLT's way in, open until closed. */
export interface OpenedCli {
  readonly desk: CliDesk
  readonly config: OltConfigPort
}

export interface CliEngine {
  /** The same object as long as the family is the same; null: it has no CLI profile. */
  readonly familyOf: (familyId: string) => CliFamily | null
  readonly open: (request: OpenDesk) => OpenedCli
}
