import { historyEventKinds } from '../../src-shared/domain/history-events.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import { NocturneError, type ErrorCode } from '../../src-shared/errors.ts'
import type { MetricName } from '../../src-main/history/metrics.ts'
import { createHistoryKeeper } from '../../src-main/network/keep-history.ts'
import { createLiveState } from '../../src-main/network/live-state.ts'
import { createOltRecords } from '../../src-main/network/olt-records.ts'
import { createPollTracker } from '../../src-main/network/poll-tracker.ts'
import { communityShown } from '../../src-main/network/snmp-access.ts'
import type { OltRow } from '../../src-main/network/tables.ts'
import type { OltBoard, OltPonPort, OnuColumns } from '../../src-main/olt/poller/olt-port.ts'
import type { PollReport } from '../../src-main/olt/poller/poll-report.ts'
import { minutes, monday, openTestHistory } from '../support/history-folder.ts'
import { addressOf } from './onu-columns.ts'

export const keptOlt: OltRow = {
  id: '01900000-0000-7000-8000-000000000100',
  name: 'North',
  host: '192.0.2.1',
  port: 161,
  sealedAs: 'access',
  accessSealed: new Uint8Array(0),
  snmp: communityShown('2c'),
  opticClass: 'B+',
  intervals: { statusS: 60, countersS: 300, opticsS: 3600 },
  opticsPolling: 'family',
  quiet: null,
  note: null,
  version: 1,
  deletedAt: null,
}

/** A series by its place: an ONU, a PON port, or the OLT. */
type Of = { readonly onuId: number; readonly port?: number } | { readonly port: number } | 'olt'

/**
 * One OLT whose reports go through the tracker and the keeper into a real history. Times are
 * minutes since noon of a Monday.
 */
export const createKeptNetwork = () => {
  const { history } = openTestHistory()
  const live = createLiveState()
  const records = createOltRecords(live)
  const keeper = createHistoryKeeper({ live, append: history.append })
  const tracker = createPollTracker({
    live,
    records,
    onStateChange: keeper.noteState,
    emit: () => {},
    onTexts: () => {},
    onSettled: () => {},
    onInternalError: () => {},
  })
  const record = records.add(keptOlt, false)
  const noon = monday + 720 * minutes
  const wall = (at: number): number => Math.round(noon + at * minutes)
  const times = (at: number) => ({ at: wall(at), monotonic: at * minutes })
  const take = (report: PollReport): void =>
    keeper.around(record, report, () => tracker.take(record, report))

  const refOf = (of: Of) => {
    const place = { oltId: keptOlt.id }
    if (of === 'olt') return { ...place, kind: 'olt', address: 0 } as const
    const onu = 'onuId' in of
    const address = packOnuAddress(addressOf(onu ? of.onuId : 0, of.port))
    return { ...place, kind: onu ? 'onu' : 'pon', address } as const
  }
  const range = (of: Of) => ({ series: refOf(of), from: wall(-400), to: wall(400) })
  const minutesOf = (at: Float64Array): number[] =>
    Array.from(at, (time) => (time - noon) / minutes)
  const pairs = (at: Float64Array, values: Float64Array) =>
    minutesOf(at).map((minute, index) => [minute, values[index]!] as const)

  return {
    history,
    wall,
    walk: (
      at: number,
      columns: OnuColumns,
      more: { answerMs?: number; port?: number; failure?: ErrorCode } = {},
    ): void =>
      take({
        kind: 'walked',
        walk: {
          columns,
          answerMs: more.answerMs ?? null,
          failure: more.failure === undefined ? null : new NocturneError(more.failure),
        },
        pon: more.port === undefined ? null : packOnuAddress(addressOf(0, more.port)),
        ...times(at),
      }),
    chassis: (
      at: number,
      {
        uptimeS,
        boards = [],
        ports = [],
      }: {
        uptimeS: number
        boards?: readonly Pick<OltBoard, 'cpuPercent' | 'temperatureC'>[]
        ports?: readonly Pick<OltPonPort, 'port' | 'txDbm'>[]
      },
    ): void =>
      take({
        kind: 'chassis',
        restarted: false,
        chassis: {
          system: { sysName: null, sysDescr: null, sysObjectId: null, uptimeS },
          boardFields: { notOffered: [], unproven: [] },
          ponPortFields: { notOffered: [], unproven: [] },
          boards: boards.map((board, slot) => ({
            ...board,
            shelf: 0,
            slot,
            name: null,
            state: 'in-service',
            memoryPercent: null,
          })),
          ponPorts: ports.map((port) => ({
            ...port,
            shelf: 0,
            slot: 1,
            name: null,
            description: null,
            state: 'up',
            capacity: null,
            temperatureC: null,
            voltageV: null,
            biasMa: null,
          })),
        },
        ...times(at),
      }),
    fail: (
      at: number,
      code: ErrorCode,
      { noAnswer = false, unreachable = false }: { noAnswer?: boolean; unreachable?: boolean },
    ): void =>
      take({
        kind: 'failed',
        group: 'status',
        error: new NocturneError(code),
        noAnswer,
        unreachable,
        ...times(at),
      }),
    glimpse: (at: number, columns: OnuColumns): void => {
      const reading = { how: 'onu', columns: [columns], answerMs: null } as const
      tracker.takeReading(record, columns.address[0]!, reading, times(at))
      keeper.glimpsed(record, times(at))
    },
    /** As a chart has them. */
    points: (of: Of, metric: MetricName) => {
      const [series] = history.readSeries({ ...range(of), metrics: [metric], maxPoints: 1_000 })
      return pairs(series!.at, series!.avg)
    },
    samples: (of: Of, metric: MetricName) => {
      const [series] = history.readSamples({ ...range(of), metrics: [metric] })
      return pairs(series!.at, series!.values)
    },
    /** Up to the last reading. */
    states: (onuId: number) => {
      const [state] = history.readSamples({ ...range({ onuId }), metrics: ['state'] })
      const to = state!.at.at(-1) ?? 0
      const { at, states } = history.readStates({ ...range({ onuId }), to })
      return minutesOf(at).map((minute, index) => [minute, onuStates[states[index]!]])
    },
    events: (of: Of) => {
      const { at, kinds, codes, details } = history.events(range(of))
      return minutesOf(at).map((minute, index) => {
        const kind = historyEventKinds[kinds[index]!]
        const code = codes[index]!
        const detail = details[index]!
        return kind === 'onu-state'
          ? [minute, kind, onuStates[code], downCauses[detail]]
          : [minute, kind, code, detail]
      })
    },
  }
}

export type KeptNetwork = ReturnType<typeof createKeptNetwork>
