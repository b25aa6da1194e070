import type { ReadingGroup } from '../../src-shared/contract/network-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Emit } from '../engine/handlers.ts'
import type { PollGroup } from '../olt/poller/schedule.ts'
import type { PollReport } from '../olt/poller/poll-report.ts'
import type { OltUnconfigured, OnuColumns, OnuGroup, OnuReading } from '../olt/poller/olt-port.ts'
import {
  applyCounters,
  applyIdentity,
  applyOptics,
  applyStatus,
  type Covered,
  type OnStateChange,
  type ReadTimes,
} from './apply-readings.ts'
import type { LiveState } from './live-state.ts'
import type { OltRecord, OltRecords, UnconfiguredSeen } from './olt-records.ts'

/** What the poller tells becomes live state, and what people see of the OLT. */
export interface PollTracker {
  readonly take: (record: OltRecord, report: PollReport) => void
  /** One ONU, for a live view. False: the OLT has no such ONU. */
  readonly takeReading: (
    record: OltRecord,
    address: number,
    reading: OnuReading,
    times: ReadTimes,
  ) => boolean
}

const keptCycles = 60
/** The demo's first full poll, and what a dashboard needs to be complete. */
const firstGroups: readonly ReadingGroup[] = ['identity', 'status', 'optics']

export const createPollTracker = (deps: {
  readonly live: LiveState
  readonly records: OltRecords
  /** Told before the row itself has changed. */
  readonly onStateChange: OnStateChange
  readonly emit: Emit
  /** Texts or rows of an OLT have changed. */
  readonly onTexts: (record: OltRecord) => void
  readonly onSettled: () => void
  readonly onInternalError: (error: NocturneError, oltName: string) => void
}): PollTracker => {
  const { live, records, emit } = deps

  const setReachability = (
    record: OltRecord,
    reachability: OltRecord['status']['reachability'],
    at: number,
  ): void => {
    const { status } = record
    if (status.reachability === reachability) return
    status.reachability = reachability
    status.since = at
    live.setReachable(record.live, reachability !== 'unreachable', at)
  }

  const setProblem = (record: OltRecord, error: NocturneError | null, at: number): void => {
    const { status } = record
    const same = error === null ? status.problem === null : status.problem?.code === error.code
    if (error === null) {
      status.problem = null
    } else {
      // Since when it is so, not when it was seen last.
      const since = same ? (status.problem?.at ?? at) : at
      status.problem = { code: error.code, params: { ...error.params }, at: since }
    }
    if (same) return
    const problem = error === null ? null : { code: error.code, params: { ...error.params } }
    emit('network.oltProblem', { oltId: record.row.id, oltName: record.row.name, problem, at })
  }

  const noteCycle = (record: OltRecord, share: number): void => {
    record.status.answered.push(share)
    if (record.status.answered.length > keptCycles) record.status.answered.shift()
  }

  const settle = (record: OltRecord, what: ReadingGroup | 'failed'): void => {
    const { settled } = record.status
    if (settled.has(what)) return
    settled.add(what)
    if (isSettled(record)) deps.onSettled()
  }

  const answered = (record: OltRecord, at: number): void => {
    record.status.lastAnswerAt = at
    if (record.status.reachability !== 'unrecognised') setReachability(record, 'reachable', at)
  }

  const apply = (
    record: OltRecord,
    columns: OnuColumns,
    times: ReadTimes,
    covered: Covered,
  ): void => {
    const { live: olt } = record
    const before = live.revisions.structure
    switch (columns.group) {
      case 'identity':
        applyIdentity(live, olt, columns, () => deps.onTexts(record))
        break
      case 'status':
        applyStatus(live, olt, columns, times, covered, deps.onStateChange)
        break
      case 'optics':
        applyOptics(live, olt, columns, times)
        break
      case 'counters':
        applyCounters(live, olt, columns, times)
        break
    }
    if (live.revisions.structure !== before) deps.onTexts(record)
  }

  const walked = (record: OltRecord, report: Extract<PollReport, { kind: 'walked' }>): void => {
    const { columns, failure } = report.walk
    const { group } = columns
    const { status } = record
    const known = record.live.rows.length
    answered(record, report.at)
    if (report.pon !== null) {
      // A look at one port: no cycle, no age of the OLT, and nothing on what its firmware offers.
      apply(record, columns, report, failure === null ? { pon: report.pon } : 'none')
      return
    }
    apply(record, columns, report, failure === null ? 'olt' : 'none')
    if (group === 'status') {
      noteCycle(record, failure === null ? 1 : Math.min(1, columns.count / Math.max(1, known)))
    }
    noteFields(record, group, columns)
    if (failure !== null) return
    status.ages[group] = report.at
    settle(record, group)
    recovered(record, group, report.at)
  }

  /** What this group complained of is over; another group's trouble stays until that is read. */
  const recovered = (record: OltRecord, group: PollGroup, at: number): void => {
    if (troubled.get(record) !== group) return
    troubled.delete(record)
    setProblem(record, null, at)
  }

  /** The group whose failure the problem tells of; absent: the way to the OLT. */
  const troubled = new Map<OltRecord, PollGroup>()

  const noteFields = (record: OltRecord, group: OnuGroup, columns: OnuColumns): void => {
    record.status.notOffered.set(group, columns.notOffered)
    record.status.unproven.set(group, columns.unproven)
    record.status.readingProblems.set(group, columns.problems)
  }

  const failed = (record: OltRecord, report: Extract<PollReport, { kind: 'failed' }>): void => {
    const { group, error, noAnswer, unreachable, at } = report
    if (error.code === 'internal') deps.onInternalError(error, record.row.name)
    if (noAnswer) {
      noteCycle(record, 0)
      troubled.delete(record)
      if (unreachable) setReachability(record, 'unreachable', at)
      settle(record, 'failed')
    } else {
      if (group === 'status') noteCycle(record, 0)
      record.status.lastAnswerAt = at
      troubled.set(record, group)
      if (firstGroups.includes(group as ReadingGroup)) settle(record, group as ReadingGroup)
      if (group === 'recognise') settle(record, 'failed')
    }
    setProblem(record, error, at)
  }

  const seenOnus = (
    record: OltRecord,
    onus: readonly OltUnconfigured[],
    at: number,
  ): UnconfiguredSeen[] => {
    const keyOf = (onu: OltUnconfigured): string =>
      `${onu.shelf}/${onu.slot}/${onu.port} ${onu.serial ?? ''}`
    const first = new Map(
      record.status.unconfigured.map((onu) => [keyOf(onu), onu.firstSeenAt] as const),
    )
    return onus.map((onu) => ({ ...onu, firstSeenAt: first.get(keyOf(onu)) ?? at, seenAt: at }))
  }

  return {
    takeReading: (record, address, reading, times) => {
      answered(record, times.at)
      const found = reading.columns.filter((columns) => columns.address.includes(address))
      // One that is not there may be a hiccup: a whole walk decides whether it has gone.
      for (const columns of found) apply(record, columns, times, 'none')
      records.bump()
      return found.length > 0
    },
    take: (record, report) => {
      const { status } = record
      switch (report.kind) {
        case 'started': {
          const { group } = report
          if (group === 'recognise' || group === 'unconfigured') break
          status.polling = { group, done: 0, total: null }
          break
        }
        case 'progress':
          status.polling = {
            group: report.group,
            done: report.done,
            total: report.total ?? (record.live.rows.length || null),
          }
          break
        case 'recognised': {
          const { recognition, at } = report
          status.system = recognition.system
          status.answerMs = Math.round(report.answerMs * 10) / 10
          status.lastAnswerAt = at
          if (recognition.kind === 'recognised') {
            status.familyId = recognition.familyId
            status.familyLabel = recognition.familyLabel
            status.recognisedBy = recognition.reason
            status.opticsPolled = report.opticsPolled
            setReachability(record, 'reachable', at)
            recovered(record, 'recognise', at)
            if (!troubled.has(record)) setProblem(record, null, at)
          } else {
            status.familyId = null
            status.familyLabel = null
            status.recognisedBy = null
            setReachability(record, 'unrecognised', at)
            const { sysObjectId } = recognition.system
            setProblem(record, new NocturneError('olt-unknown-family', { sysObjectId }), at)
            settle(record, 'failed')
          }
          break
        }
        case 'walked':
          walked(record, report)
          break
        case 'chassis':
          answered(record, report.at)
          status.system = report.chassis.system
          status.boards = report.chassis.boards
          status.boardsAt = report.at
          status.boardFields = report.chassis.boardFields
          status.ponPorts = report.chassis.ponPorts
          status.ponPortsAt = report.at
          status.ponPortFields = report.chassis.ponPortFields
          recovered(record, 'chassis', report.at)
          break
        case 'unconfigured':
          answered(record, report.at)
          status.unconfigured = seenOnus(record, report.onus, report.at)
          recovered(record, 'unconfigured', report.at)
          record.live.unconfigured = report.onus.length
          live.touch(record.live)
          break
        case 'failed':
          failed(record, report)
          break
        case 'ended':
          status.polling = null
          status.nextPollAt = report.nextAt
          break
      }
      records.bump()
    },
  }
}

/** Everything that a first look needs was read, cannot be had, or is not to be asked for. */
export const isSettled = ({ status }: OltRecord): boolean =>
  status.settled.has('failed') ||
  status.quiet !== null ||
  firstGroups.every(
    // Light that is read only when somebody asks for it is not waited for.
    (group) => status.settled.has(group) || (group === 'optics' && !status.opticsPolled),
  )
