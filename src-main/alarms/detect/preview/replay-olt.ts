import type { AlarmRule } from '../../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../../src-shared/domain/alarm-rules.ts'
import {
  historyEventKinds,
  type HistoryEventKind,
} from '../../../../src-shared/domain/history-events.ts'
import { opticClasses } from '../../../../src-shared/domain/optics.ts'
import type { NetworkFacts, OltFacts } from '../../../engine/network-facts.ts'
import type { HistoryWorker } from '../../../history/start-history-worker.ts'
import type { RuleBook } from '../../rule-book.ts'
import { directions } from '../light-drops.ts'
import type { LightMediansKeeper } from '../light-medians.ts'
import { concernsOlt, limitOf } from '../rule-limits.ts'
import {
  levelTypes,
  replayDrops,
  replayLevels,
  replayOltLevel,
  replayTraffic,
  type LevelType,
  type PastLevels,
} from './replay-levels.ts'
import { replayStates, stateTypes, type StateType } from './replay-states.ts'
import { SpanBook } from './spans.ts'

export type ReadPast = <Value>(call: (worker: HistoryWorker) => Promise<Value>) => Promise<Value>

export interface ReplayContext {
  readonly facts: NetworkFacts
  readonly rules: RuleBook
  readonly medians: LightMediansKeeper
  readonly read: ReadPast
  readonly signal: AbortSignal
  /** Wall ms. */
  readonly from: number
  readonly to: number
}

/** What each of the rules would have held; null: the history has nothing to tell it from. */
export type Replayed = readonly SpanBook[] | null

const oltEvents = ['olt-unreachable', 'olt-restarted'] as const
const oltLevels = ['olt-over-temperature', 'olt-cpu-high'] as const

/** Types that the history can answer. The others need what it does not keep. */
export const isPreviewable = (type: AlarmType): boolean =>
  (
    [
      ...stateTypes,
      ...levelTypes,
      ...oltEvents,
      ...oltLevels,
      'rx-degrading',
      'traffic-absent',
    ] as const
  ).some((known) => known === type)

/** Replays rules of one type over what is kept of one OLT. Rejects as the reads do, and 'cancelled'. */
export const replayOlt = async (
  context: ReplayContext,
  olt: OltFacts,
  type: AlarmType,
  asked: readonly AlarmRule[],
): Promise<Replayed> => {
  const rules = asked.map((rule) => (concernsOlt(rule, olt.id) ? rule : null))
  if (rules.every((rule) => rule === null)) return asked.map(() => new SpanBook())
  const each = (replay: (rule: AlarmRule) => SpanBook): SpanBook[] =>
    rules.map((rule) => (rule === null ? new SpanBook() : replay(rule)))
  const isState = stateTypes.some((known) => known === type)
  if (isState) return statesOf(context, olt, type as StateType, each)
  switch (type) {
    case 'olt-unreachable':
    case 'olt-restarted':
      return oltEventsOf(context, olt, type, each)
    case 'olt-over-temperature':
    case 'olt-cpu-high':
      return oltLevelOf(context, olt, type, each)
    case 'rx-low':
    case 'rx-high':
    case 'reading-invalid':
      return levelsOf(context, olt, type, rules)
    case 'rx-degrading':
      return dropsOf(context, olt, rules)
    case 'traffic-absent':
      return trafficOf(context, olt, rules)
    default:
      return null
  }
}

type Each = (replay: (rule: AlarmRule) => SpanBook) => SpanBook[]
type Rules = readonly (AlarmRule | null)[]

const statesOf = async (
  { facts, rules, read, from, to }: ReplayContext,
  olt: OltFacts,
  type: StateType,
  each: Each,
): Promise<Replayed> => {
  const events = await read((worker) => worker.laneEvents({ oltId: olt.id, kind: 'onu', from, to }))
  const part = rules.rule('pon-partially-down')
  const other = {
    leastOnusDown: limitOf(rules.rule('pon-down'), 'leastOnus'),
    leastOnus: limitOf(part, 'leastOnus'),
    leastPercent: limitOf(part, 'leastPercent'),
  }
  const past = {
    addresses: olt.addresses,
    now: Uint8Array.from(olt.rows, (row) => facts.onus.state(row)),
    events,
    statusS: olt.intervals.statusS,
  }
  return each((rule) => replayStates(type, rule, past, other))
}

const kindOf = (kind: HistoryEventKind): number => historyEventKinds.indexOf(kind)

const oltEventsOf = async (
  { read, from, to }: ReplayContext,
  olt: OltFacts,
  type: (typeof oltEvents)[number],
  each: Each,
): Promise<Replayed> => {
  const { at, kinds } = await read((worker) =>
    worker.laneEvents({ oltId: olt.id, kind: 'olt', from, to }),
  )
  return each(() => {
    const spans = new SpanBook()
    kinds.forEach((kind, index) => {
      const when = at[index]!
      if (type === 'olt-unreachable') {
        if (kind === kindOf('olt-unreachable')) spans.set(0, '', true, when)
        if (kind === kindOf('olt-reachable')) spans.set(0, '', false, when)
      } else if (kind === kindOf('olt-restarted')) {
        // Over when it was read whole again.
        spans.add(0, '', { from: when, to: when + olt.intervals.statusS * 1000 })
      }
    })
    return spans
  })
}

const oltLevelOf = async (
  context: ReplayContext,
  olt: OltFacts,
  type: (typeof oltLevels)[number],
  each: Each,
): Promise<Replayed> => {
  const metric = type === 'olt-cpu-high' ? 'oltCpuPercent' : 'oltTemperatureC'
  const { read, from, to } = context
  const levels = await read((worker) =>
    worker.readLane({ oltId: olt.id, kind: 'olt', metric, from, to, first: 0 }),
  )
  if (levels.at.length === 0) return null
  return each((rule) => {
    const spans = new SpanBook()
    replayOltLevel(type, rule, levels, spans)
    return spans
  })
}

/** The light of an OLT in one direction, part by part. */
const lightParts = async function* (
  { read, from, to, signal }: ReplayContext,
  olt: OltFacts,
  direction: number,
): AsyncGenerator<PastLevels> {
  const metric = direction === 0 ? 'onuRxDbm' : 'oltRxDbm'
  let first: number | null = 0
  while (first !== null) {
    signal.throwIfAborted()
    const begin: number = first
    const part = await read((worker) =>
      worker.readLane({ oltId: olt.id, kind: 'onu', metric, from, to, first: begin }),
    )
    yield part
    first = part.next
  }
}

/** Nobody whom a rule concerns: nothing has to be read for it. */
const concernsNobody = (context: ReplayContext, olt: OltFacts, rules: Rules): boolean =>
  rules.every(
    (rule) => rule === null || (rule.importantOnly && context.rules.importantOf(olt.id).size === 0),
  )

const levelsOf = async (
  context: ReplayContext,
  olt: OltFacts,
  type: LevelType,
  rules: Rules,
): Promise<Replayed> => {
  const books = rules.map(() => new SpanBook())
  if (concernsNobody(context, olt, rules)) return books
  const optic = opticClasses[olt.opticClass]
  const important = context.rules.importantOf(olt.id)
  let some = false
  for (const [direction, name] of directions.entries()) {
    const range = direction === 0 ? optic.onuRx : optic.oltRx
    for await (const part of lightParts(context, olt, direction)) {
      some ||= part.at.length > 0
      rules.forEach((rule, index) => {
        if (rule === null) return
        const concerns = (address: number): boolean => !rule.importantOnly || important.has(address)
        replayLevels(type, rule, part, range, name, concerns, books[index]!)
      })
    }
  }
  return some ? books : null
}

const dropsOf = async (context: ReplayContext, olt: OltFacts, rules: Rules): Promise<Replayed> => {
  const books = rules.map(() => new SpanBook())
  if (concernsNobody(context, olt, rules)) return books
  if (context.medians.aligned(olt, 0) === null) return null
  for (const [direction, name] of directions.entries()) {
    const levels = await joinedParts(lightParts(context, olt, direction))
    const usual = (address: number): number => {
      const median = context.medians.of(olt.id, address)
      if (median === null) return Number.NaN
      return direction === 0 ? median.onuRxDbm : median.oltRxDbm
    }
    rules.forEach((rule, index) => {
      if (rule !== null) replayDrops(rule, levels, usual, name, books[index]!)
    })
  }
  return books
}

/** Siblings stand in other parts: all rows over the cycles of the part with the most of them. */
const joinedParts = async (parts: AsyncIterable<PastLevels>): Promise<PastLevels> => {
  const all: PastLevels[] = []
  for await (const part of parts) all.push(part)
  const longest = all.reduce<Float64Array>(
    (most, { at }) => (at.length > most.length ? at : most),
    new Float64Array(0),
  )
  const columnOf = new Map(Array.from(longest, (at, column) => [at, column]))
  const rows = all.reduce((sum, { addresses }) => sum + addresses.length, 0)
  const addresses = new Int32Array(rows)
  const values = new Float64Array(rows * longest.length).fill(Number.NaN)
  let row = 0
  for (const part of all) {
    for (let index = 0; index < part.addresses.length; index++, row++) {
      addresses[row] = part.addresses[index]!
      for (let cycle = 0; cycle < part.at.length; cycle++) {
        const column = columnOf.get(part.at[cycle]!)
        if (column === undefined) continue
        values[row * longest.length + column] = part.values[index * part.at.length + cycle]!
      }
    }
  }
  return { addresses, at: longest, values }
}

const mostPoints = 100_000

const trafficOf = async (
  context: ReplayContext,
  olt: OltFacts,
  rules: Rules,
): Promise<Replayed> => {
  const books = rules.map(() => new SpanBook())
  if (concernsNobody(context, olt, rules)) return books
  const important = context.rules.importantOf(olt.id)
  const all = rules.some((rule) => rule !== null && !rule.importantOnly)
  const addresses = all ? olt.addresses : Int32Array.from(important).sort()
  const { from, to, signal } = context
  let some = false
  for (const address of addresses) {
    signal.throwIfAborted()
    const [up, down] = await context.read((worker) =>
      worker.readSeries({
        series: { kind: 'onu', oltId: olt.id, address },
        metrics: ['upBytes', 'downBytes'],
        from,
        to,
        maxPoints: mostPoints,
      }),
    )
    const series = sameTimes(up!, down!)
    some ||= series.at.length > 0
    rules.forEach((rule, index) => {
      if (rule === null || (rule.importantOnly && !important.has(address))) return
      replayTraffic(rule, series, address, books[index]!)
    })
  }
  return some ? books : null
}

interface Rates {
  readonly at: Float64Array
  readonly avg: Float64Array
}

/** Both counters are read by one walk: where one has no reading nothing is known of either. */
const sameTimes = (up: Rates, down: Rates) => {
  const downAt = new Map(Array.from(down.at, (at, index) => [at, down.avg[index]!]))
  return {
    at: up.at,
    up: up.avg,
    down: Float64Array.from(up.at, (at) => downAt.get(at) ?? Number.NaN),
  }
}
