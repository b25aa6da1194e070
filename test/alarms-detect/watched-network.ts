import type { AlarmRule } from '../../src-shared/contract/alarms-model.ts'
import type { OltBoard } from '../../src-shared/contract/network-model.ts'
import type { OltCare } from '../../src-shared/contract/olt-care.ts'
import type { AlarmType } from '../../src-shared/domain/alarm-rules.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Condition, ConditionSink } from '../../src-main/alarms/condition.ts'
import { keyOf } from '../../src-main/alarms/detect/condition-teller.ts'
import { createRuleKeeper } from '../../src-main/alarms/detect/keep-rules.ts'
import type { LightMedians } from '../../src-main/alarms/detect/light-medians.ts'
import { usualRule, usualSettings } from '../../src-main/alarms/detect/rule-limits.ts'
import type { ImportantOnu } from '../../src-main/alarms/detect/tables.ts'
import type { ConsoleFacts } from '../../src-main/alarms/detect/watch-console.ts'
import { watchNetwork } from '../../src-main/alarms/detect/watch-network.ts'
import { createFactTeller } from '../../src-main/network/facts.ts'
import { createLiveState } from '../../src-main/network/live-state.ts'
import { createOltRecords, type OltRecord } from '../../src-main/network/olt-records.ts'
import { onuRowOf } from '../../src-main/network/onu-rows.ts'
import { createPollTracker } from '../../src-main/network/poll-tracker.ts'
import type { OltRow } from '../../src-main/network/tables.ts'
import type { OltPonPort } from '../../src-main/olt/poller/olt-port.ts'
import type { PollReport } from '../../src-main/olt/poller/poll-report.ts'
import { keptOlt } from '../network/kept-network.ts'
import { addressOf, columnsOf, type ReadOnu } from '../network/onu-columns.ts'
import { createManualClock } from '../support/manual-clock.ts'

/** What detectors told, as a book would have it. */
export const createToldSink = () => {
  const held = new Map<string, Condition>()
  const calls: string[] = []
  const nameOf = ({
    type,
    resource,
    qualifier,
  }: Pick<Condition, 'type' | 'resource' | 'qualifier'>): string => {
    const place = 'oltId' in resource ? keyOf(resource, '').trim() : 'console'
    return [type, place, qualifier].filter((part) => part !== '').join(' ')
  }
  const sink: ConditionSink = {
    holds: (condition) => {
      calls.push(`holds ${nameOf(condition)}`)
      held.set(nameOf(condition), condition)
    },
    over: (which) => {
      calls.push(`over ${nameOf(which)}`)
      held.delete(nameOf(which))
    },
    holdsAll: (type, oltId, conditions) => {
      calls.push(`all ${type} ${conditions.length}`)
      for (const [name, { resource, type: known }] of held) {
        const ofOlt = 'oltId' in resource ? resource.oltId : null
        if (known === type && ofOlt === oltId) held.delete(name)
      }
      for (const condition of conditions) held.set(nameOf(condition), condition)
    },
    unknown: (oltId) => calls.push(`unknown ${oltId.slice(-3)}`),
  }
  return { sink, held, calls }
}

const careOf = (more: Partial<OltCare> = {}): OltCare => ({
  requests: {
    inFlight: 0,
    maxInFlight: 1,
    waiting: 0,
    sockets: 1,
    budgetMs: 30_000,
    usedMs: 1_000,
    leftMs: 29_000,
    sent: 10,
    unanswered: 0,
    answerMs: 5,
    maxRepetitions: 10,
    ceiling: 20,
    limit: 50,
    troubles: 0,
  },
  plan: {
    asked: keptOlt.intervals,
    kept: keptOlt.intervals,
    factor: 1,
    usualAnswerMs: 5,
    answerMs: 5,
  },
  perPon: false,
  opticsPolled: true,
  familyReason: null,
  quiet: null,
  rounds: {
    at: Float64Array.of(1),
    groups: Uint8Array.of(0),
    tookMs: Float64Array.of(94_000),
    answerMs: Float64Array.of(5),
    onus: Float64Array.of(10),
    whole: Uint8Array.of(1),
  },
  looksWaiting: 0,
  looksAsked: 0,
  looksMade: 0,
  liveView: null,
  ...more,
})

export interface WatchedOptions {
  readonly important?: readonly { readonly onuId: number; readonly port?: number }[]
  readonly rules?: Partial<Record<AlarmType, Partial<AlarmRule>>>
  /** dBm by packed address; the same in both directions. */
  readonly medians?: ReadonlyMap<number, number>
  readonly console?: Partial<ConsoleFacts>
  /** Ages are watched too: most tests read one group only. */
  readonly ages?: boolean
  /** Before the detectors begin: what an earlier run knew. */
  readonly before?: (network: { readonly walk: Walk }) => void
}

type Walk = (
  group: 'status' | 'optics' | 'counters' | 'identity',
  onus: readonly ReadOnu[],
  more?: { readonly failure?: boolean; readonly port?: number; readonly on?: OltRecord },
) => void

/** The live state of the network capability with all detectors on it; time moves with `wait`. */
export const createWatchedNetwork = (options: WatchedOptions = {}) => {
  const clock = createManualClock()
  const live = createLiveState()
  const records = createOltRecords(live)
  const bugs: unknown[] = []
  let care = careOf()
  const teller = createFactTeller({
    live,
    records,
    rowOf: (row) => onuRowOf(live, records.nameOf, row),
    careOf: () => care,
    onInternalError: (error) => bugs.push(error),
  })
  const tracker = createPollTracker({
    live,
    records,
    onStateChange: teller.noteState,
    emit: () => {},
    onTexts: () => {},
    onSettled: () => {},
    onInternalError: () => {},
  })
  const stored = new Map<AlarmType, AlarmRule>()
  const asked = { 'data-stale': { enabled: options.ages ?? false }, ...options.rules }
  for (const [type, rule] of Object.entries(asked)) {
    const usual = usualRule(type as AlarmType)
    const limits = { ...usual.limits, ...rule.limits }
    stored.set(type as AlarmType, { ...usual, ...rule, limits })
  }
  const important: ImportantOnu[] = (options.important ?? []).map(({ onuId, port }) => ({
    oltId: keptOlt.id,
    address: packOnuAddress(addressOf(onuId, port)),
    label: '',
    at: 0,
  }))
  const rules = createRuleKeeper({
    rules: () => stored,
    settings: () => usualSettings,
    important: () => important,
  })
  const record = records.add(keptOlt, false)
  const told = createToldSink()

  const times = () => ({ at: clock.now(), monotonic: clock.monotonic() })
  const take = (report: PollReport, on = record): void =>
    teller.around(on, report, () => tracker.take(on, report))
  const walk: Walk = (group, onus, { failure = false, port, on } = {}) =>
    take(
      {
        kind: 'walked',
        walk: {
          columns: columnsOf(group, onus),
          answerMs: 1,
          failure: failure ? new NocturneError('olt-silent-mid-walk') : null,
        },
        pon: port === undefined ? null : packOnuAddress(addressOf(0, port)),
        ...times(),
      },
      on,
    )
  options.before?.({ walk })

  const medians: LightMedians = {
    aligned: ({ addresses }) =>
      options.medians === undefined
        ? null
        : Float64Array.from(addresses, (address) => options.medians?.get(address) ?? Number.NaN),
  }
  const begin = () =>
    watchNetwork({
      clock,
      facts: teller.facts,
      rules,
      sink: told.sink,
      medians,
      console: { historyProblem: () => null, backup: () => null, ...options.console },
      onInternalError: (error) => bugs.push(error),
    })
  let stop = begin()

  return {
    ...told,
    bugs,
    clock,
    records,
    record,
    facts: teller.facts,
    rules,
    walk,
    wait: (minutes: number): void => clock.advance(minutes * 60_000),
    /** Names of what holds now. */
    now: (): string[] => [...told.held.keys()].toSorted(),
    paramsOf: (name: string) => told.held.get(name)?.params,
    /** The console is closed and opened again: the book keeps what it has, detectors begin anew. */
    restart: (): void => {
      stop()
      stop = begin()
    },
    stop: () => stop(),
    setRule: (type: AlarmType, rule: Partial<AlarmRule>): void => {
      const before = rules.rule(type)
      stored.set(type, { ...before, ...rule, limits: { ...before.limits, ...rule.limits } })
      rules.readAnew()
    },
    setCare: (more: Partial<OltCare>): void => {
      care = careOf(more)
    },
    addOlt: (number: number): OltRecord => {
      const row: OltRow = {
        ...keptOlt,
        id: `01900000-0000-7000-8000-000000000${number}`,
        name: `OLT ${number}`,
        host: `192.0.2.${number}`,
      }
      const added = records.add(row, false)
      teller.oltsChanged()
      return added
    },
    removeOlt: (one = record): void => {
      records.setRow(one, { ...one.row, deletedAt: clock.now() })
      teller.oltsChanged()
    },
    chassis: ({
      uptimeS = 1_000_000,
      boards = [],
      ports = [],
      restarted = false,
    }: {
      readonly uptimeS?: number
      readonly boards?: readonly (Partial<OltBoard> & { readonly slot: number })[]
      readonly ports?: readonly { readonly port: number; readonly state: OltPonPort['state'] }[]
      readonly restarted?: boolean
    }): void =>
      take({
        kind: 'chassis',
        restarted,
        chassis: {
          system: { sysName: null, sysDescr: null, sysObjectId: null, uptimeS },
          boardFields: { notOffered: [], unproven: [] },
          ponPortFields: { notOffered: [], unproven: [] },
          boards: boards.map((board) => ({
            shelf: 0,
            name: null,
            state: 'in-service',
            cpuPercent: null,
            memoryPercent: null,
            temperatureC: null,
            ...board,
          })),
          ponPorts: ports.map((port) => ({
            shelf: 0,
            slot: 1,
            name: null,
            description: null,
            capacity: null,
            txDbm: null,
            temperatureC: null,
            voltageV: null,
            biasMa: null,
            ...port,
          })),
        },
        ...times(),
      }),
    silence: (): void =>
      take({
        kind: 'failed',
        group: 'status',
        error: new NocturneError('olt-no-answer'),
        noAnswer: true,
        unreachable: true,
        ...times(),
      }),
  }
}

export type WatchedNetwork = ReturnType<typeof createWatchedNetwork>
