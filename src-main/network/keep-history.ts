import { ponOf } from '../../src-shared/domain/onu-address.ts'
import type { Cycle } from '../history/cycle.ts'
import type { OnuColumns } from '../olt/poller/olt-port.ts'
import type { PollReport } from '../olt/poller/poll-report.ts'
import type { OnStateChange, ReadTimes } from './apply-readings.ts'
import { createHistoryChanges } from './history-changes.ts'
import {
  averageRxPerPon,
  highestOf,
  onlinePerPon,
  onlyPon,
  onuPartOf,
  txPerPon,
  type PonFigures,
} from './history-cycles.ts'
import { alignRows, type LiveState } from './live-state.ts'
import type { OltRecord } from './olt-records.ts'
import { stateCode } from './rules.ts'

/**
 * What the poller tells, as the history keeps it: per walk one cycle of its ONUs, and beside it the
 * figures of the PON ports and of the OLT. Of readings for a live view the changes alone are kept:
 * sixty seconds of one ONU are no series.
 */
export interface HistoryKeeper {
  /** Around the report's way into the live state, which knows what was before. */
  readonly around: (record: OltRecord, report: PollReport, apply: () => void) => void
  /** After a reading of a live view was taken. */
  readonly glimpsed: (record: OltRecord, times: ReadTimes) => void
  readonly noteState: OnStateChange
}

type Walked = Extract<PollReport, { kind: 'walked' }>
type Part = Pick<Cycle, 'kind' | 'addresses' | 'columns'> & Partial<Cycle>

/** Clocks of OLTs run a little off; less than this is no restart. */
const uptimeToleranceS = 60
const oltAddress = Int32Array.of(0)
/** What the live state keeps of a text. */
const mostText = 255

interface Remembered {
  readonly changes: ReturnType<typeof createHistoryChanges>
  /** Seconds, and the monotonic ms of then. */
  uptime: { readonly seconds: number; readonly at: number } | null
  /** Its counters began anew, and have not been read since. */
  restarted: boolean
  /** ONUs online per PON port when they were counted last. */
  readonly online: Map<number, number>
}

export const createHistoryKeeper = (deps: {
  readonly live: LiveState
  /** Neither waits nor throws. */
  readonly append: (cycle: Cycle) => void
}): HistoryKeeper => {
  const { live } = deps
  const { table } = live
  const known = new Map<string, Remembered>()

  const of = (oltId: string): Remembered => {
    const found = known.get(oltId)
    if (found !== undefined) return found
    const fresh: Remembered = {
      changes: createHistoryChanges(),
      uptime: null,
      restarted: false,
      online: new Map(),
    }
    known.set(oltId, fresh)
    return fresh
  }

  const append = ({ row }: OltRecord, { at, monotonic }: ReadTimes, part: Part): void =>
    deps.append({ oltId: row.id, at, monotonic, ...part })

  const appendOlt = (
    record: OltRecord,
    times: ReadTimes,
    figures: Readonly<Record<string, number | null>>,
    event?: 'olt-unreachable' | 'olt-reachable' | 'olt-restarted',
  ): void => {
    const told = Object.entries(figures).filter(([, value]) => value !== null)
    if (told.length === 0 && event === undefined) return
    const changes = createHistoryChanges()
    if (event !== undefined) changes.add({ at: times.at, address: 0, kind: event })
    append(record, times, {
      kind: 'olt',
      addresses: oltAddress,
      columns: Object.fromEntries(
        told.map(([metric, value]) => [metric, Float64Array.of(value ?? Number.NaN)]),
      ),
      ...withEvents(changes.take()),
    })
  }

  const appendPons = (
    record: OltRecord,
    times: ReadTimes,
    metric: 'ponOnlineOnus' | 'ponAverageRxDbm' | 'ponTxDbm',
    { addresses, values }: PonFigures,
    more: Partial<Cycle> = {},
  ): void => {
    if (addresses.length === 0) return
    append(record, times, { kind: 'pon', addresses, columns: { [metric]: values }, ...more })
  }

  /** The last ONU of a port went dark, or the first one came back. */
  const portChanges = (record: OltRecord, at: number, figures: PonFigures): Partial<Cycle> => {
    const { online } = of(record.row.id)
    const changes = createHistoryChanges()
    figures.addresses.forEach((address, index) => {
      const now = figures.values[index]!
      const before = online.get(address)
      online.set(address, now)
      if (before === undefined || before > 0 === now > 0) return
      changes.add({ at, address, kind: now > 0 ? 'pon-lit' : 'pon-dark' })
    })
    return withEvents(changes.take())
  }

  /** Another serial number or firmware than the one that is known, also from an earlier start. */
  const noteTexts = (record: OltRecord, { at, walk }: Walked): void => {
    const { address, texts } = walk.columns
    const rows = alignRows(live, record.live, address, false)
    const { changes } = of(record.row.id)
    const note = (column: 'serial' | 'firmware', kind: 'onu-replaced' | 'onu-firmware'): void => {
      const read = texts[column]
      if (read === undefined) return
      for (let index = 0; index < rows.length; index++) {
        const row = rows[index]!
        const before = row < 0 ? null : (table[column][row] ?? null)
        const now = read[index]?.slice(0, mostText) ?? null
        if (before === null || now === null || before === now) continue
        changes.add({ at, address: address[index]!, kind })
      }
    }
    note('serial', 'onu-replaced')
    note('firmware', 'onu-firmware')
  }

  const noteUptime = (record: OltRecord, seconds: number | null, times: ReadTimes): void => {
    if (seconds === null) return
    const olt = of(record.row.id)
    const before = olt.uptime
    olt.uptime = { seconds, at: times.monotonic }
    if (before === null) return
    const expected = before.seconds + (times.monotonic - before.at) / 1000
    if (seconds + uptimeToleranceS < expected) restarted(record, times)
  }

  const restarted = (record: OltRecord, times: ReadTimes): void => {
    of(record.row.id).restarted = true
    appendOlt(record, times, {}, 'olt-restarted')
  }

  const walked = (record: OltRecord, report: Walked): void => {
    const { columns, failure, answerMs } = report.walk
    const { pon } = report
    const olt = of(record.row.id)
    const whole = failure === null && pon === null
    const part = onuPartOf(columns)
    const serials = columns.group === 'identity' ? columns.texts.serial : undefined
    const events = withEvents(olt.changes.take())
    if (part !== null || serials !== undefined || events.events !== undefined) {
      append(record, report, {
        kind: 'onu',
        ...(part ?? { addresses: columns.address, columns: {} }),
        // Of ONUs that were not asked for, or not reached, it says nothing.
        ...(whole ? {} : { partial: true }),
        ...(serials === undefined ? {} : { serials: serials.map((serial) => serial || null) }),
        ...(columns.counterBits === undefined ? {} : { counterBits: columns.counterBits }),
        ...(columns.group === 'counters' && olt.restarted ? { restarted: true } : {}),
        ...events,
      })
    }
    if (columns.group === 'counters' && whole) olt.restarted = false
    if (columns.group === 'status') {
      statusWalked(record, report, whole)
      const onlineOnus = whole ? live.countsOf(record.live).online : null
      if (pon === null) {
        appendOlt(record, report, { oltAnswerMs: answerMs, oltOnlineOnus: onlineOnus })
      }
    } else if (columns.group === 'optics' && failure === null) {
      const light = averageRxPerPon(live, record.live, report.at)
      if (pon === null) appendPons(record, report, 'ponAverageRxDbm', light)
      else appendPons(record, report, 'ponAverageRxDbm', onlyPon(light, pon), { partial: true })
    }
  }

  const statusWalked = (record: OltRecord, report: Walked, whole: boolean): void => {
    if (report.walk.failure !== null) return
    const all = onlinePerPon(live, record.live, record.status.ponPorts)
    const figures = report.pon === null ? all : onlyPon(all, report.pon)
    appendPons(record, report, 'ponOnlineOnus', figures, {
      ...portChanges(record, report.at, figures),
      ...(whole ? {} : { partial: true }),
    })
  }

  /** The way to it is lost: from now on nothing is known, which is not the same as "down". */
  const lost = (record: OltRecord, times: ReadTimes): void => {
    const { addresses } = record.live
    if (addresses.length > 0) {
      const state = new Uint8Array(addresses.length).fill(stateCode.unknown)
      append(record, times, { kind: 'onu', addresses: addresses.slice(), columns: { state } })
    }
    const ports = Int32Array.from(new Set(Array.from(addresses, ponOf))).sort()
    const values = new Float64Array(ports.length).fill(Number.NaN)
    appendPons(record, times, 'ponOnlineOnus', { addresses: ports, values })
    const nothing = { oltAnswerMs: Number.NaN, oltOnlineOnus: Number.NaN }
    appendOlt(record, times, nothing, 'olt-unreachable')
  }

  const applied = (
    record: OltRecord,
    report: PollReport,
    before: OltRecord['status']['reachability'],
  ): void => {
    if (!('at' in report)) return
    const now = record.status.reachability
    if (now === 'unreachable' && before !== 'unreachable') lost(record, report)
    if (before === 'unreachable' && now !== 'unreachable') {
      appendOlt(record, report, {}, 'olt-reachable')
    }
    switch (report.kind) {
      case 'walked':
        walked(record, report)
        break
      case 'recognised':
        noteUptime(record, report.recognition.system.uptimeS, report)
        break
      case 'chassis': {
        const { boards, ponPorts, system } = report.chassis
        noteUptime(record, system.uptimeS, report)
        appendOlt(record, report, {
          oltUptimeS: system.uptimeS,
          oltCpuPercent: numberOrNull(highestOf(boards, 'cpuPercent')),
          oltTemperatureC: numberOrNull(highestOf(boards, 'temperatureC')),
        })
        appendPons(record, report, 'ponTxDbm', txPerPon(ponPorts))
        break
      }
      case 'failed':
        if (report.error.code !== 'olt-restarted') break
        // Told once: the uptime that it has now is where the next one is told from.
        of(record.row.id).uptime = null
        restarted(record, report)
        break
      case 'unconfigured':
        break
    }
  }

  return {
    around: (record, report, apply) => {
      const before = record.status.reachability
      if (report.kind === 'walked' && isIdentity(report.walk.columns)) noteTexts(record, report)
      apply()
      applied(record, report, before)
    },
    glimpsed: (record, times) => {
      const events = of(record.row.id).changes.take()
      if (events === undefined) return
      const addresses = Int32Array.from(new Set(events.addresses)).sort()
      append(record, times, { kind: 'onu', addresses, columns: {}, partial: true, events })
    },
    noteState: (olt, row, at, state, cause) => {
      const { changes } = of(olt.id)
      const address = table.address[row]!
      const before = table.state[row]!
      const readBefore = table.statusAt[row]!
      const wasKnown = table.outage[row] === olt.outage
      // The device's own time, where it lies between the two readings.
      const down = table.lastDownAt[row]!
      const downAt = down > readBefore && down <= at ? down : at
      const detail = cause
      if (before !== state) {
        const when = state === stateCode.offline ? downAt : at
        changes.add({ at: when, address, kind: 'onu-state', code: state, detail })
      } else if (wasKnown && state === stateCode.online) {
        // Down and up again between two readings.
        changes.add({ at: downAt, address, kind: 'onu-state', code: stateCode.offline, detail })
        changes.add({ at, address, kind: 'onu-state', code: state, detail })
      }
    },
  }
}

const withEvents = (events: Cycle['events']): Pick<Cycle, 'events'> =>
  events === undefined ? {} : { events }

const isIdentity = ({ group }: OnuColumns): boolean => group === 'identity'

const numberOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value)
