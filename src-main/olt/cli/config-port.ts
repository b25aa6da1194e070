import type { OnuAddress, PonAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OnuConfig, OnuConfigPart } from '../../../src-shared/domain/onu-config.ts'
import type { DeviceStep, DeviceStepKind, Risk } from '../../../src-shared/domain/device-steps.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'

/**
 * How one OLT is configured, for whoever changes it: provisioning, mismatches, configuration
 * backups, the desired state. Types only; open-config-port.ts makes it out of the family's cli.yaml
 * and the OLT's sessions. It knows no database and keeps nothing.
 */

export interface ConfigAbilities {
  readonly familyId: string
  /** Steps that the family knows how to say, and those whose words are not proved. */
  readonly steps: readonly DeviceStepKind[]
  readonly unprovenSteps: readonly DeviceStepKind[]
  readonly reads: readonly OnuConfigPart[]
  /** Lists that `readCatalogue` brings. */
  readonly catalogues: readonly CatalogueKind[]
  /** First and last ONU number of a PON. */
  readonly onuIds: { readonly first: number; readonly last: number }
  /** What `add-onu` cannot do without. */
  readonly needs: readonly ('onuType' | 'lineProfile' | 'serviceProfile')[]
  /** What a text may hold at most, in characters. */
  readonly limits: { readonly name: number; readonly description: number }
  readonly readsConfiguration: boolean
  /** The OLT can send its configuration by itself, and how. */
  readonly exportsBy: readonly ('tftp' | 'ftp' | 'sftp')[]
}

export const catalogueKinds = [
  'line-profiles',
  'service-profiles',
  'vlans',
  'traffic-tables',
  'onu-types',
] as const
export type CatalogueKind = (typeof catalogueKinds)[number]

export interface CatalogueEntry {
  /** What is written into a command: number or name, as the family has it. */
  readonly id: string
  readonly name: string
  /** kbit/s, where the list tells it. */
  readonly downKbps: number | null
  readonly upKbps: number | null
  /** Of an ONU type: Ethernet ports, voice ports, Wi-Fi; null: not told. */
  readonly ethPorts: number | null
  readonly voicePorts: number | null
  readonly wifi: boolean | null
  /** How many ONUs use it, where told. */
  readonly inUse: number | null
}

export type OltCatalogue = Readonly<Partial<Record<CatalogueKind, readonly CatalogueEntry[]>>>

/** One line as it was or would be sent. Secrets are masked: `••••`. */
export interface CliLine {
  /** The view it is typed in, as the prompt names it: `config-if-gpon-0/1`. */
  readonly mode: string
  readonly line: string
}

export interface SnmpSet {
  readonly oid: string
  readonly type: 'integer' | 'octets' | 'text'
  readonly value: string
  /** What it means, in the MIB's word: `activate`. */
  readonly meaning: string
}

/** What a step would send: shown in a preview, and sent so and not otherwise. */
export type RenderedStep =
  | { readonly via: 'cli'; readonly lines: readonly CliLine[]; readonly risk: Risk }
  | { readonly via: 'snmp'; readonly sets: readonly SnmpSet[]; readonly risk: Risk }

/** What went over the wire: lines sent and what was answered, without secrets, capped. */
export interface Exchange {
  readonly sent: string
  readonly answer: string
}

/**
 * `done`: the OLT took it. `refused`: it said no to a line; lines before that one may have been
 * taken. `unknown`: the session was lost or fell silent after a line was sent: only reading back
 * tells. `not-sent`: it ended before the first line went out.
 */
export type StepOutcome =
  | {
      readonly kind: 'done'
      readonly exchanges: readonly Exchange[]
      readonly onuId: number | null
    }
  | {
      readonly kind: 'refused' | 'unknown' | 'not-sent'
      readonly problem: Problem
      readonly exchanges: readonly Exchange[]
    }

/** An ONU that the OLT sees and nobody has authorised, by its CLI. */
export interface FoundOnu {
  readonly pon: PonAddress
  readonly serial: string
  readonly model: string | null
  readonly firmware: string | null
}

/** Where an OLT sends its configuration by itself. */
export interface ExportTarget {
  readonly by: 'tftp' | 'ftp' | 'sftp'
  readonly host: string
  readonly file: string
  readonly userName: string | null
  readonly password: string | null
}

/** Values of a step that must not be shown or kept: by name, as the family's command calls them. */
export type StepSecrets = Readonly<Record<string, string>>

export interface OltConfigPort {
  readonly abilities: ConfigAbilities
  /** Pure. Errors: `cli-parameter-refused` {parameter}, `cli-family-cannot` {step}. */
  readonly render: (step: DeviceStep) => RenderedStep
  /** Null: the OLT has no such ONU. */
  readonly readOnu: (address: OnuAddress, signal: AbortSignal) => Promise<OnuConfig | null>
  /** All ONUs of one PON port, by ONU number. */
  readonly readPon: (
    pon: PonAddress,
    signal: AbortSignal,
    onProgress?: (done: number, total: number | null) => void,
  ) => Promise<ReadonlyMap<number, OnuConfig>>
  /** Where a serial stands configured on this OLT; null: nowhere. */
  readonly findSerial: (serial: string, signal: AbortSignal) => Promise<OnuAddress | null>
  readonly readFound: (signal: AbortSignal) => Promise<readonly FoundOnu[]>
  readonly readCatalogue: (
    signal: AbortSignal,
    onProgress?: (done: number, total: number | null) => void,
  ) => Promise<OltCatalogue>
  /** The running configuration as the OLT prints it, line ends \n, without pager and echo. */
  readonly readConfiguration: (
    signal: AbortSignal,
    onProgress?: (characters: number) => void,
  ) => Promise<string>
  /** What `exportConfiguration` sends. Pure. Errors: those of `render`. */
  readonly renderExport: (target: ExportTarget) => readonly CliLine[]
  /** By the OLT's own export (its own words; see `exportsBy`). */
  readonly exportConfiguration: (target: ExportTarget, signal: AbortSignal) => Promise<void>
  /**
   * Holds the OLT's one writer session while `work` runs; others wait their turn. Never throws for
   * what a step answered: that is its outcome.
   */
  readonly withWriter: <Out>(
    signal: AbortSignal,
    work: (writer: OltWriter) => Promise<Out>,
  ) => Promise<Out>
}

export interface OltWriter {
  readonly run: (
    step: DeviceStep,
    signal: AbortSignal,
    secrets?: StepSecrets,
  ) => Promise<StepOutcome>
  /** Reading within the writer's session: sees what was just written. */
  readonly readOnu: (address: OnuAddress, signal: AbortSignal) => Promise<OnuConfig | null>
}
