import type {
  OltRow as OltView,
  OnuCounts,
  ReadingGroup,
} from '../../src-shared/contract/network-model.ts'
import type { Problem } from '../../src-shared/contract/common.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { OltBoard, OltPonPort, OltSystem, TableFields } from '../olt/poller/olt-port.ts'
import { addCounts, emptyCounts } from './onu-counts.ts'
import type { LiveOlt, LiveState } from './live-state.ts'
import type { ListedOlt } from './row-filter.ts'
import type { OltRow, Quiet } from './tables.ts'

/** An OLT in the engine: what was entered, what it says of itself, and how reading it goes. */
export interface OltRecord {
  row: OltRow
  readonly simulated: boolean
  readonly live: LiveOlt
  readonly status: OltStatus
}

export interface UnconfiguredSeen {
  readonly shelf: number | null
  readonly slot: number | null
  readonly port: number | null
  readonly serial: string | null
  readonly model: string | null
  readonly firmware: string | null
  readonly firstSeenAt: number
  readonly seenAt: number
}

export interface OltStatus {
  familyId: string | null
  familyLabel: string | null
  recognisedBy: string | null
  system: OltSystem | null
  reachability: OltView['reachability']
  since: number | null
  lastAnswerAt: number | null
  answerMs: number | null
  ages: Record<ReadingGroup, number | null>
  polling: OltView['polling']
  nextPollAt: number | null
  problem: (Problem & { at: number }) | null
  /** What the wish for light and the family come to. */
  opticsPolled: boolean
  /** Null as soon as its time has passed, which the stored row does not know. */
  quiet: Quiet | null
  /** The last 60 status cycles, oldest first: how much of each was answered, 0..1. */
  answered: number[]
  boards: readonly OltBoard[]
  boardsAt: number | null
  boardFields: TableFields
  ponPorts: readonly OltPonPort[]
  ponPortsAt: number | null
  ponPortFields: TableFields
  unconfigured: readonly UnconfiguredSeen[]
  notOffered: Map<ReadingGroup, readonly string[]>
  unproven: Map<ReadingGroup, readonly string[]>
  readingProblems: Map<ReadingGroup, readonly { readonly text: string; readonly count: number }[]>
  /** First full poll: what has been read, or the attempt failed. */
  readonly settled: Set<ReadingGroup | 'failed'>
}

const emptyStatus = (row: OltRow): OltStatus => ({
  familyId: null,
  familyLabel: null,
  recognisedBy: null,
  system: null,
  reachability: 'never',
  since: null,
  lastAnswerAt: null,
  answerMs: null,
  ages: { status: null, optics: null, counters: null, identity: null },
  polling: null,
  nextPollAt: null,
  problem: null,
  opticsPolled: row.opticsPolling !== 'off',
  quiet: null,
  answered: [],
  boards: [],
  boardsAt: null,
  boardFields: { notOffered: [], unproven: [] },
  ponPorts: [],
  ponPortsAt: null,
  ponPortFields: { notOffered: [], unproven: [] },
  unconfigured: [],
  notOffered: new Map(),
  unproven: new Map(),
  readingProblems: new Map(),
  settled: new Set(),
})

/** All OLTs, removed ones included (hidden). */
export interface OltRecords {
  readonly add: (row: OltRow, simulated: boolean) => OltRecord
  /** Removed ones too. */
  readonly get: (id: string) => OltRecord | undefined
  /** Errors: `not-found` for one that is not known or was removed. */
  readonly presentOne: (id: string) => OltRecord
  /** In the order in which they came, removed ones too. */
  readonly all: () => readonly OltRecord[]
  /** Those that are not removed, by name. */
  readonly present: () => readonly OltRecord[]
  readonly listed: () => readonly ListedOlt[]
  readonly nameOf: (oltIndex: number) => string
  readonly setRow: (record: OltRecord, row: OltRow) => void
  /** Goes up when an OLT's row on the screen changed. */
  readonly revision: () => number
  readonly bump: () => void
  /** Goes up when names or the set of OLTs changed. */
  readonly namesRevision: () => number
  readonly counts: (oltIds: readonly string[]) => OnuCounts
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

export const createOltRecords = (live: LiveState): OltRecords => {
  const records: OltRecord[] = []
  const byId = new Map<string, OltRecord>()
  let revision = 0
  let namesRevision = 0
  let present: readonly OltRecord[] = []
  let listed: readonly ListedOlt[] = []

  const relist = (): void => {
    namesRevision++
    revision++
    present = records
      .filter(({ row }) => row.deletedAt === null)
      .toSorted((a, b) => byName.compare(a.row.name, b.row.name) || (a.row.id < b.row.id ? -1 : 1))
    listed = present.map(({ live: olt, row }) => ({ olt, name: row.name.toLowerCase() }))
  }

  return {
    add: (row, simulated) => {
      const olt = live.addOlt(row.id, row.opticClass)
      const record: OltRecord = { row, simulated, live: olt, status: emptyStatus(row) }
      records[olt.index] = record
      byId.set(row.id, record)
      live.hide(olt, row.deletedAt !== null)
      relist()
      return record
    },
    get: (id) => byId.get(id),
    presentOne: (id) => {
      const record = byId.get(id)
      if (record === undefined || record.row.deletedAt !== null) {
        throw new NocturneError('not-found', { what: 'olt' })
      }
      return record
    },
    all: () => records,
    present: () => present,
    listed: () => listed,
    nameOf: (oltIndex) => records[oltIndex]?.row.name ?? '',
    setRow: (record, row) => {
      record.row = row
      live.setOptic(record.live, row.opticClass)
      live.hide(record.live, row.deletedAt !== null)
      live.touch(record.live)
      relist()
    },
    revision: () => revision,
    bump: () => {
      revision++
      live.version++
    },
    namesRevision: () => namesRevision,
    counts: (oltIds) => {
      const sum = emptyCounts()
      const wanted = oltIds.length === 0 ? null : new Set(oltIds)
      for (const record of present) {
        if (wanted === null || wanted.has(record.row.id)) addCounts(sum, live.countsOf(record.live))
      }
      return sum
    },
  }
}

export const oltViewOf = (
  live: LiveState,
  { row, simulated, live: olt, status }: OltRecord,
): OltView => ({
  id: row.id,
  version: row.version,
  name: row.name,
  host: row.host,
  port: row.port,
  ...row.snmp,
  simulated,
  note: row.note,
  opticClass: row.opticClass,
  intervals: row.intervals,
  opticsPolling: row.opticsPolling,
  opticsPolled: status.opticsPolled,
  quiet: status.quiet,
  familyId: status.familyId,
  familyLabel: status.familyLabel,
  recognisedBy: status.recognisedBy,
  sysName: status.system?.sysName ?? null,
  sysDescr: status.system?.sysDescr ?? null,
  sysObjectId: status.system?.sysObjectId ?? null,
  uptimeS: status.system?.uptimeS ?? null,
  reachability: status.reachability,
  since: status.since,
  lastAnswerAt: status.lastAnswerAt,
  answerMs: status.answerMs,
  ages: { ...status.ages },
  counts: { ...live.countsOf(olt) },
  polling: status.polling,
  nextPollAt: status.quiet === null ? status.nextPollAt : null,
  problem: status.problem,
  answered: [...status.answered],
})
