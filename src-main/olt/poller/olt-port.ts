import type { NocturneError } from '../../../src-shared/errors.ts'
import type { SnmpCredentials } from '../snmp/session.ts'

/**
 * One OLT as the poller sees it. The real one is made by driver-port.ts; tests give a fake. A port
 * serves one walk at a time.
 */
export type OnuGroup = 'identity' | 'status' | 'optics' | 'counters'

export type OnuNumber =
  | 'onuRxDbm'
  | 'oltRxDbm'
  | 'onuTxDbm'
  | 'temperatureC'
  | 'voltageV'
  | 'biasMa'
  | 'distanceM'
  | 'upBytes'
  | 'downBytes'
  /** Milliseconds since 1970. */
  | 'lastDownAt'

export type OnuCode = 'state' | 'lastDownCause'
export type OnuText = 'serial' | 'name' | 'description' | 'model' | 'firmware'

/** Columns of one walk; every array has `count` places, one per ONU, in order of address. */
export interface OnuColumns {
  readonly group: OnuGroup
  readonly count: number
  /** Packed addresses (domain/onu-address.ts), ascending, each once. */
  readonly address: Int32Array
  /** NaN: no value. A column that is left out was not read: what is known stays. */
  readonly numbers: Readonly<Partial<Record<OnuNumber, Float64Array>>>
  /** Positions in `onuStates` and `downCauses`. */
  readonly codes: Readonly<Partial<Record<OnuCode, Uint8Array>>>
  readonly texts: Readonly<Partial<Record<OnuText, readonly (string | null)[]>>>
  readonly notOffered: readonly string[]
  readonly unproven: readonly string[]
  /** Rows that could not be read: samples and how often. */
  readonly problems: readonly { readonly text: string; readonly count: number }[]
  /** Its octet counters wrap at 2^32; left out: they do not. */
  readonly counterBits?: 32
}

/**
 * `failure` set: the walk ended early, `columns` holds what was read whole before, and of ONUs that
 * are not in it nothing is known.
 */
export interface OnuWalk {
  readonly columns: OnuColumns
  readonly failure: NocturneError | null
  /** Mean time to an answer while it ran, ms; null: nothing was answered. */
  readonly answerMs: number | null
}

export interface OltSystem {
  readonly sysName: string | null
  readonly sysDescr: string | null
  readonly sysObjectId: string | null
  readonly uptimeS: number | null
}

/** What a family's profile asks of whoever reads its OLTs. */
export interface FamilyPolling {
  /** Walks of ONU tables are asked for one PON port at a time. */
  readonly perPon: boolean
  /** False: the light of every ONU is read only when somebody asks for it. */
  readonly opticsByDefault: boolean
  /** Why, in the profile's words; null: it asks for nothing of the kind. */
  readonly reason: string | null
}

export type Recognition =
  | {
      readonly kind: 'recognised'
      readonly system: OltSystem
      readonly familyId: string
      readonly familyLabel: string
      readonly reason: string
      readonly polling: FamilyPolling
    }
  | {
      readonly kind: 'unrecognised'
      readonly system: OltSystem
      /** It has PON interfaces, or its maker makes OLTs. */
      readonly maybeOlt: boolean
    }

export interface OltBoard {
  readonly slot: number
  readonly shelf: number
  readonly name: string | null
  readonly state: 'in-service' | 'out-of-service' | 'empty' | 'unknown'
  readonly cpuPercent: number | null
  readonly memoryPercent: number | null
  readonly temperatureC: number | null
}

export interface OltPonPort {
  readonly shelf: number
  readonly slot: number
  readonly port: number
  readonly name: string | null
  readonly description: string | null
  readonly state: 'up' | 'down' | 'unknown'
  readonly capacity: number | null
  readonly txDbm: number | null
  readonly temperatureC: number | null
  readonly voltageV: number | null
  readonly biasMa: number | null
}

export interface OltChassis {
  readonly system: OltSystem
  readonly boards: readonly OltBoard[]
  readonly boardFields: TableFields
  readonly ponPorts: readonly OltPonPort[]
  readonly ponPortFields: TableFields
}

/** Fields of a table by the names that its rows have here. */
export interface TableFields {
  /** Without a value in any row: the family or this firmware has no such column. */
  readonly notOffered: readonly string[]
  /** Read through a column whose meaning is not proved. */
  readonly unproven: readonly string[]
}

export interface OltUnconfigured {
  readonly shelf: number | null
  readonly slot: number | null
  readonly port: number | null
  readonly serial: string | null
  readonly model: string | null
  readonly firmware: string | null
}

export interface OltInterface {
  readonly index: number
  readonly name: string | null
  readonly description: string | null
  /** IANA ifType. */
  readonly type: number | null
  readonly state: 'up' | 'down' | 'unknown'
  /** A PON, as far as its type or name tells. */
  readonly isPon: boolean
}

export type WalkProgress = (done: number, total: number | null) => void

/** One PON port of a round that goes port by port, or that a trap pointed at. */
export interface OnuPart {
  /** Packed address of the PON port, onuId 0. */
  readonly pon: number
  /**
   * Look whether the OLT restarted meanwhile (one more question); of a round only its last part
   * needs that.
   */
  readonly checkRestart: boolean
}

/** One reading of one ONU for a live view. */
export interface OnuReading {
  /** `onu`: its own objects alone were asked for; `pon`: its family has no way but to walk its PON. */
  readonly how: 'onu' | 'pon'
  /** Status, optics and counters; `count` is 1, or 0 where the OLT has no such ONU. */
  readonly columns: readonly OnuColumns[]
  /** Mean time to an answer, ms. */
  readonly answerMs: number | null
}

/** Reads one ONU again and again, with as few questions as its family allows. */
export interface OnuReader {
  /** Errors: as `readOnus`. */
  readonly read: (signal: AbortSignal) => Promise<OnuReading>
}

/** Every call: errors are NocturneErrors of the `olt-…` codes, `timeout` and `cancelled`. */
export interface OltPort {
  /** Must come before the reads; again after the OLT restarted. */
  readonly recognise: (signal: AbortSignal) => Promise<Recognition>
  readonly readChassis: (signal: AbortSignal) => Promise<OltChassis>
  /** IF-MIB: also of an OLT of no known family. */
  readonly readInterfaces: (signal: AbortSignal) => Promise<readonly OltInterface[]>
  readonly readUnconfigured: (signal: AbortSignal) => Promise<readonly OltUnconfigured[]>
  readonly readOnus: (
    group: OnuGroup,
    signal: AbortSignal,
    onProgress: WalkProgress,
    /** Without it all ONUs of the OLT. */
    part?: OnuPart,
  ) => Promise<OnuWalk>
  /**
   * Packed PON ports to read one after the other, where the family asks for that and its tables
   * allow it; null: all at once. Errors: as `readOnus`.
   */
  readonly ponsToRead: (group: OnuGroup, signal: AbortSignal) => Promise<readonly number[] | null>
  /** Whether the ONUs of this PON port (packed) can be asked for without reading all others. */
  readonly canReadPon: (group: OnuGroup, pon: number) => boolean
  /** For a live view of the ONU of this packed address. */
  readonly openOnuReader: (address: number) => OnuReader
  readonly close: () => void
}

export interface OltTarget {
  readonly host: string
  readonly port: number
  /** Secrets in it: held in memory only, never in an error or a log. */
  readonly access: SnmpCredentials
}

export type OpenOltPort = (target: OltTarget) => OltPort

/** Time as the poller needs it; the engine's clock fits. */
export interface PollClock {
  now(): number
  monotonic(): number
  after(delayMs: number, run: () => void): () => void
}
