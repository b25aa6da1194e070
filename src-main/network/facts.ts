import type { OltCare } from '../../src-shared/contract/olt-care.ts'
import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import type {
  NetworkFacts,
  NetworkListener,
  OltFacts,
  OnuFacts,
  OnuStateChanges,
} from '../engine/network-facts.ts'
import type { PollReport } from '../olt/poller/poll-report.ts'
import type { OnStateChange } from './apply-readings.ts'
import { currentState, fromCenti, type LiveState } from './live-state.ts'
import type { OltRecord, OltRecords } from './olt-records.ts'

/** Tells the other capabilities what the live state knows and how it moves. */
export interface FactTeller {
  readonly facts: NetworkFacts
  /** Around the report's way into the live state. */
  readonly around: (record: OltRecord, report: PollReport, apply: () => void) => void
  readonly noteState: OnStateChange
  /** A reading of a live view has been taken: what it changed is told. */
  readonly glimpsed: (record: OltRecord, times: { at: number; monotonic: number }) => void
  readonly oltsChanged: () => void
}

/** One change per ONU, as it is gathered while a walk is applied. */
interface Gathered {
  readonly address: number
  readonly row: number
  readonly before: number
  readonly after: number
  readonly cause: number
}

export const createFactTeller = (deps: {
  readonly live: LiveState
  readonly records: OltRecords
  readonly rowOf: (row: number) => OnuRow
  readonly careOf: (oltId: string) => OltCare | null
  /** A listener that throws is a bug of its own, and holds up nobody else. */
  readonly onInternalError: (error: unknown) => void
}): FactTeller => {
  const { live, records } = deps
  const { table } = live
  const listeners = new Set<NetworkListener>()
  let gathered: Gathered[] = []

  const tell = (call: (listener: NetworkListener) => void): void => {
    for (const listener of listeners) {
      try {
        call(listener)
      } catch (error) {
        deps.onInternalError(error)
      }
    }
  }

  const onus: OnuFacts = {
    state: (row) => currentState(table, live.olts[table.oltIndex[row]!]!, row),
    cause: (row) => table.cause[row]!,
    address: (row) => table.address[row]!,
    oltIndex: (row) => table.oltIndex[row]!,
    serial: (row) => table.serial[row] ?? null,
    name: (row) => table.name[row] ?? null,
    description: (row) => table.description[row] ?? null,
    model: (row) => table.model[row] ?? null,
    stateSince: (row) => table.stateSince[row]!,
    lastDownAt: (row) => table.lastDownAt[row]!,
    statusAt: (row) => table.statusAt[row]!,
    opticsAt: (row) => table.opticsAt[row]!,
    countersAt: (row) => table.countersAt[row]!,
    onuRxDbm: (row) => fromCenti(table.onuRx[row]!),
    oltRxDbm: (row) => fromCenti(table.oltRx[row]!),
    distanceM: (row) => (table.distance[row]! < 0 ? Number.NaN : table.distance[row]!),
    upKbps: (row) => table.upKbps[row]!,
    downKbps: (row) => table.downKbps[row]!,
    duplicateSerial: (row) => table.duplicate[row] === 1,
  }

  const takeChanges = (at: number, monotonic: number): OnuStateChanges | null => {
    if (gathered.length === 0) return null
    const changes = gathered.sort((one, other) => one.address - other.address)
    gathered = []
    return {
      at,
      monotonic,
      addresses: Int32Array.from(changes, ({ address }) => address),
      rows: Int32Array.from(changes, ({ row }) => row),
      before: Uint8Array.from(changes, ({ before }) => before),
      after: Uint8Array.from(changes, ({ after }) => after),
      causes: Uint8Array.from(changes, ({ cause }) => cause),
      lastDownAt: Float64Array.from(changes, ({ row }) => table.lastDownAt[row]!),
    }
  }

  const tellStates = (record: OltRecord, at: number, monotonic: number): void => {
    const changes = takeChanges(at, monotonic)
    if (changes === null || record.row.deletedAt !== null) return
    const olt = factsOf(record)
    tell((listener) => listener.onuStates?.(olt, changes))
  }

  const tellGone = (
    record: OltRecord,
    before: { readonly addresses: Int32Array; readonly rows: Int32Array },
  ): void => {
    const { live: olt } = record
    if (before.addresses === olt.addresses) return
    const places: number[] = []
    let now = 0
    for (let index = 0; index < before.addresses.length; index++) {
      const address = before.addresses[index]!
      while (now < olt.addresses.length && olt.addresses[now]! < address) now++
      if (olt.addresses[now] !== address) places.push(index)
    }
    if (places.length === 0) return
    const rows = Int32Array.from(places, (place) => before.rows[place]!)
    const addresses = Int32Array.from(places, (place) => before.addresses[place]!)
    const olts = factsOf(record)
    tell((listener) => listener.gone?.(olts, rows, addresses))
  }

  return {
    noteState: (olt, row, _at, state, cause) => {
      if (listeners.size === 0) return
      // Called before the row changes. Unknown until now: nobody had read it since the OLT was lost.
      const before = currentState(table, olt, row)
      gathered.push({ address: table.address[row]!, row, before, after: state, cause })
    },
    around: (record, report, apply) => {
      const reachability = record.status.reachability
      const { addresses, rows } = record.live
      gathered = []
      apply()
      if (listeners.size === 0 || record.row.deletedAt !== null) return
      if ('at' in report && record.status.reachability !== reachability) {
        const olt = factsOf(record)
        tell((listener) => listener.reachability?.(olt, reachability, report.at))
      }
      switch (report.kind) {
        case 'walked': {
          tellGone(record, { addresses, rows })
          tellStates(record, report.at, report.monotonic)
          const olt = factsOf(record)
          const cycle = {
            group: report.walk.columns.group,
            pon: report.pon,
            at: report.at,
            monotonic: report.monotonic,
            whole: report.walk.failure === null,
          }
          tell((listener) => listener.cycle?.(olt, cycle))
          break
        }
        case 'chassis': {
          const olt = factsOf(record)
          if (report.restarted) tell((listener) => listener.restarted?.(olt, report.at))
          tell((listener) => listener.chassis?.(olt, report.at))
          break
        }
        default:
          break
      }
    },
    glimpsed: (record, { at, monotonic }) => tellStates(record, at, monotonic),
    oltsChanged: () => tell((listener) => listener.olts?.()),
    facts: {
      olts: () => records.present().map(factsOf),
      olt: (oltId) => {
        const record = records.get(oltId)
        return record === undefined || record.row.deletedAt !== null ? undefined : factsOf(record)
      },
      oltOfRow: (row) => {
        const olt = live.olts[table.oltIndex[row] ?? -1]
        const record = olt === undefined ? undefined : records.get(olt.id)
        return record === undefined || record.row.deletedAt !== null ? undefined : factsOf(record)
      },
      rowOf: (oltId, address) => {
        const olt = live.olt(oltId)
        return olt === undefined || olt.hidden ? -1 : live.findRow(olt, address)
      },
      onus,
      onuRow: deps.rowOf,
      care: deps.careOf,
      textsRevision: () => live.revisions.texts + records.namesRevision(),
      structureRevision: () => live.revisions.structure,
      listen: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
  }
}

const factsOf = ({ row, live, status, simulated }: OltRecord): OltFacts => ({
  id: row.id,
  index: live.index,
  name: row.name,
  host: row.host,
  snmpPort: row.port,
  simulated,
  familyId: status.familyId,
  reachability: status.reachability,
  since: status.since,
  lastAnswerAt: status.lastAnswerAt,
  ages: status.ages,
  intervals: row.intervals,
  opticsPolled: status.opticsPolled,
  quiet: status.quiet,
  opticClass: row.opticClass,
  uptimeS: status.system?.uptimeS ?? null,
  boards: status.boards,
  boardsAt: status.boardsAt,
  ponPorts: status.ponPorts,
  ponPortsAt: status.ponPortsAt,
  addresses: live.addresses,
  rows: live.rows,
})
