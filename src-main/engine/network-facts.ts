import type { OltCare } from '../../src-shared/contract/olt-care.ts'
import type {
  OltBoard,
  OltRow,
  OnuRow,
  PonPort,
  ReadingGroup,
} from '../../src-shared/contract/network-model.ts'

/**
 * What the network capability lets the others know of its live state: alarms, outages, the outside
 * plant, the search. Types only; network/facts.ts is the one that tells. Nobody writes through it.
 */

/** One OLT that is there (a removed one is not told of). */
export interface OltFacts {
  readonly id: string
  readonly index: number
  readonly name: string
  readonly host: string
  /** Where SNMP asks. */
  readonly snmpPort: number
  readonly simulated: boolean
  readonly familyId: string | null
  readonly reachability: OltRow['reachability']
  /** Since when it is so; wall ms. */
  readonly since: number | null
  readonly lastAnswerAt: number | null
  readonly ages: Readonly<Record<ReadingGroup, number | null>>
  readonly intervals: OltRow['intervals']
  readonly opticsPolled: boolean
  readonly quiet: OltRow['quiet']
  readonly opticClass: OltRow['opticClass']
  readonly uptimeS: number | null
  readonly boards: readonly OltBoard[]
  readonly boardsAt: number | null
  /** As the OLT names them, without what is counted of their ONUs. */
  readonly ponPorts: readonly Pick<
    PonPort,
    'shelf' | 'slot' | 'port' | 'name' | 'state' | 'txDbm'
  >[]
  readonly ponPortsAt: number | null
  /** Packed addresses (domain/onu-address.ts), ascending, and the live row of each. */
  readonly addresses: Int32Array
  readonly rows: Int32Array
}

/**
 * The ONU of a live row, read cell by cell without an object per ONU. A row stands for its ONU until
 * `gone` tells otherwise, and is given to another one then. NaN: no value.
 */
export interface OnuFacts {
  /** Position in `onuStates`; 0 (unknown) while the way to its OLT is lost. */
  readonly state: (row: number) => number
  /** Position in `downCauses`, as the OLT told last. */
  readonly cause: (row: number) => number
  readonly address: (row: number) => number
  readonly oltIndex: (row: number) => number
  readonly serial: (row: number) => string | null
  readonly name: (row: number) => string | null
  readonly description: (row: number) => string | null
  readonly model: (row: number) => string | null
  readonly stateSince: (row: number) => number
  /** By the OLT's clock. */
  readonly lastDownAt: (row: number) => number
  readonly statusAt: (row: number) => number
  readonly opticsAt: (row: number) => number
  readonly countersAt: (row: number) => number
  readonly onuRxDbm: (row: number) => number
  readonly oltRxDbm: (row: number) => number
  readonly distanceM: (row: number) => number
  readonly upKbps: (row: number) => number
  readonly downKbps: (row: number) => number
  readonly duplicateSerial: (row: number) => boolean
}

/** States that one walk changed; columnar, by address. Arrays are the listener's to keep. */
export interface OnuStateChanges {
  /** Wall ms and monotonic ms of the walk. */
  readonly at: number
  readonly monotonic: number
  readonly addresses: Int32Array
  readonly rows: Int32Array
  /** Positions in `onuStates`; `before` 0: it was not known. */
  readonly before: Uint8Array
  readonly after: Uint8Array
  /** Positions in `downCauses`. */
  readonly causes: Uint8Array
  /** When it went down last by the OLT's own clock, ms; NaN: not told. */
  readonly lastDownAt: Float64Array
}

export interface NetworkCycle {
  readonly group: ReadingGroup
  /** Packed PON port (onuId 0) when only that was read; null: the whole OLT. */
  readonly pon: number | null
  readonly at: number
  readonly monotonic: number
  /** False: it ended early, and of what is missing nothing is known. */
  readonly whole: boolean
}

/** All optional; called in the order things happened, after the live state has taken them. */
export interface NetworkListener {
  readonly onuStates?: (olt: OltFacts, changes: OnuStateChanges) => void
  /** After `onuStates` of the same walk. */
  readonly cycle?: (olt: OltFacts, cycle: NetworkCycle) => void
  /** `olt.reachability` has changed; its ONUs are unknown from `unreachable` on. */
  readonly reachability?: (olt: OltFacts, before: OltRow['reachability'], at: number) => void
  /** Its uptime began anew. */
  readonly restarted?: (olt: OltFacts, at: number) => void
  /** Boards, PON ports and system were read. */
  readonly chassis?: (olt: OltFacts, at: number) => void
  /** ONUs that were taken off the OLT: rows may be given to others from now on. */
  readonly gone?: (olt: OltFacts, rows: Int32Array, addresses: Int32Array) => void
  /** OLTs were added, changed, removed or restored by a person. */
  readonly olts?: () => void
}

export interface NetworkFacts {
  /** By name. */
  readonly olts: () => readonly OltFacts[]
  readonly olt: (oltId: string) => OltFacts | undefined
  readonly oltOfRow: (row: number) => OltFacts | undefined
  /** -1: there is none. `address` packed. */
  readonly rowOf: (oltId: string, address: number) => number
  readonly onus: OnuFacts
  /** As the screen gets it. */
  readonly onuRow: (row: number) => OnuRow
  /** Null: not polled. */
  readonly care: (oltId: string) => OltCare | null
  /** Goes up when names, serials or descriptions of ONUs, or names of OLTs changed. */
  readonly textsRevision: () => number
  /** Goes up when ONUs or OLTs came or went. */
  readonly structureRevision: () => number
  /** The returned function takes it off. */
  readonly listen: (listener: NetworkListener) => () => void
}
