import type { AlarmRule } from '../../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../../src-shared/domain/alarm-rules.ts'
import { historyEventKinds } from '../../../../src-shared/domain/history-events.ts'
import { ponOf } from '../../../../src-shared/domain/onu-address.ts'
import { downCauses } from '../../../../src-shared/domain/onu-state.ts'
import type { LaneEvents } from '../../../history/lane-reads.ts'
import {
  isCommonChange,
  isFlapping,
  isOptical,
  offlineTypeOf,
  offlineTypes,
  rogueRule,
  stateAt,
} from '../onu-rules.ts'
import { judgePon, windowMsOf, type PonLimits } from '../pon-rules.ts'
import { limitOf } from '../rule-limits.ts'
import { playStates, statesAtBegin, type PastChange, type PastStates } from './past-states.ts'
import { SpanBook } from './spans.ts'

/** What the states of the ONUs of one OLT were, and how it is read. */
export interface PastOlt {
  /** Ascending, packed. */
  readonly addresses: Int32Array
  /** Positions in `onuStates`, as they are now. */
  readonly now: Uint8Array
  readonly events: LaneEvents
  readonly statusS: number
}

/** The types that the changes of states tell of. */
export const stateTypes = [
  'pon-down',
  'pon-partially-down',
  'onu-offline-power',
  'onu-offline-optical',
  'onu-offline-other',
  'onu-flapping',
  'onu-serial-changed',
  'onu-rogue-suspected',
] as const satisfies readonly AlarmType[]

export type StateType = (typeof stateTypes)[number]

/** The limits that the other rule of PON ports has: both are judged together. */
export interface OtherPonLimits {
  readonly leastOnusDown: number
  readonly leastOnus: number
  readonly leastPercent: number
}

/** Where a condition of the type would have held; places are packed addresses. */
export const replayStates = (
  type: StateType,
  rule: AlarmRule,
  olt: PastOlt,
  other: OtherPonLimits,
): SpanBook => {
  const spans = new SpanBook()
  const past = statesAtBegin(olt.addresses, olt.now, olt.events)
  const play = (look: (changes: readonly PastChange[], at: number) => void): void =>
    playStates(past, olt.events, olt.statusS * 1000, look)
  switch (type) {
    case 'pon-down':
    case 'pon-partially-down':
      replayPons(type, ponLimits(type, rule, other, olt.statusS), past, play, spans)
      break
    case 'onu-offline-power':
    case 'onu-offline-optical':
    case 'onu-offline-other': {
      const wanted = offlineTypes.indexOf(type)
      play((changes) => {
        for (const { place, after, cause, at } of changes) {
          spans.set(past.addresses[place]!, '', offlineTypeOf(after, cause) === wanted, at)
        }
      })
      break
    }
    case 'onu-flapping':
      replayFlaps(rule, past, play, spans)
      break
    case 'onu-rogue-suspected':
      replayRogues(past, play, spans)
      break
    case 'onu-serial-changed':
      replaySerials(olt.events, spans)
      break
  }
  return spans
}

type Play = (look: (changes: readonly PastChange[], at: number) => void) => void

const ponLimits = (
  type: 'pon-down' | 'pon-partially-down',
  rule: AlarmRule,
  other: OtherPonLimits,
  statusS: number,
): PonLimits =>
  type === 'pon-down'
    ? {
        ...other,
        leastOnusDown: limitOf(rule, 'leastOnus'),
        windowMs: windowMsOf(statusS),
      }
    : {
        leastOnusDown: other.leastOnusDown,
        leastOnus: limitOf(rule, 'leastOnus'),
        leastPercent: limitOf(rule, 'leastPercent'),
        windowMs: windowMsOf(statusS),
      }

const replayPons = (
  type: 'pon-down' | 'pon-partially-down',
  limits: PonLimits,
  past: PastStates,
  play: Play,
  spans: SpanBook,
): void => {
  const wanted = type === 'pon-down' ? 'down' : 'partial'
  const scratch = new Float64Array(past.addresses.length)
  const stretches = stretchesOf(past.addresses)
  play((changes, at) => {
    for (const pon of new Set(changes.map(({ place }) => ponOf(past.addresses[place]!)))) {
      const [from, to] = stretches.get(pon)!
      const { verdict } = judgePon(past, from, to, false, limits, scratch)
      spans.set(pon, '', verdict === wanted, at)
    }
  })
}

/** Changes that ONUs made each by itself, PON by PON. */
const ownChanges = function* (
  past: PastStates,
  stretches: ReadonlyMap<number, readonly [number, number]>,
  changes: readonly PastChange[],
): Generator<PastChange> {
  for (const [pon, some] of Map.groupBy(changes, ({ place }) => ponOf(past.addresses[place]!))) {
    const [from, to] = stretches.get(pon)!
    const fell = some.filter(({ after }) => after === stateAt.offline)
    const rose = some.filter(({ after }) => after === stateAt.online)
    if (!isCommonChange(fell.length, to - from)) yield* fell
    if (!isCommonChange(rose.length, to - from)) yield* rose
  }
}

const replayFlaps = (rule: AlarmRule, past: PastStates, play: Play, spans: SpanBook): void => {
  const limits = {
    changes: limitOf(rule, 'changes'),
    windowMs: limitOf(rule, 'windowMinutes') * 60_000,
  }
  const stretches = stretchesOf(past.addresses)
  const times = new Map<number, number[]>()
  play((changes) => {
    for (const { place, at } of ownChanges(past, stretches, changes)) {
      const known = times.get(place)
      if (known === undefined) times.set(place, [at])
      else known.push(at)
    }
  })
  for (const [place, unsorted] of times) {
    const all = unsorted.toSorted((one, other) => one - other)
    let since: number | null = null
    let first = 0
    for (let index = 0; index < all.length; index++) {
      const at = all[index]!
      const before = all[index - 1] ?? at
      if (since !== null && !isFlapping(0, before, at, limits, true)) {
        spans.add(past.addresses[place]!, '', { from: since, to: before + 2 * limits.windowMs })
        since = null
      }
      while (all[first]! < at - limits.windowMs) first++
      if (since === null && isFlapping(index - first + 1, at, at, limits, false)) since = at
    }
    if (since !== null) {
      const to = all.at(-1)! + 2 * limits.windowMs
      spans.add(past.addresses[place]!, '', { from: since, to })
    }
  }
}

const rogueCause = downCauses.indexOf('rogue')

const replayRogues = (past: PastStates, play: Play, spans: SpanBook): void => {
  const stretches = stretchesOf(past.addresses)
  const falls = new Map<number, number[]>()
  const lastAt = new Map<number, number>()
  const suspect = (pon: number, at: number): void => {
    lastAt.set(pon, at)
    spans.set(pon, '', true, at)
  }
  play((changes, at) => {
    for (const [pon, seenAt] of lastAt) {
      if (at - seenAt < rogueRule.windowMs) continue
      lastAt.delete(pon)
      spans.set(pon, '', false, seenAt + rogueRule.windowMs)
    }
    for (const { place, after, cause, at: when } of ownChanges(past, stretches, changes)) {
      if (after !== stateAt.offline) continue
      if (cause === rogueCause) suspect(ponOf(past.addresses[place]!), when)
      if (!isOptical(cause)) continue
      const known = falls.get(place)
      if (known === undefined) falls.set(place, [when])
      else known.push(when)
    }
    for (const pon of new Set(changes.map(({ place }) => ponOf(past.addresses[place]!)))) {
      const [from, to] = stretches.get(pon)!
      let onus = 0
      for (let place = from; place < to; place++) {
        const before = falls.get(place)?.at(-rogueRule.downs)
        const heard = past.states[place] !== stateAt.offline
        if (heard && before !== undefined && at - before <= rogueRule.windowMs) onus++
      }
      if (onus >= rogueRule.onus) suspect(pon, at)
    }
  })
}

const replacedKind = historyEventKinds.indexOf('onu-replaced')
const dayMs = 86_400_000

const replaySerials = (events: LaneEvents, spans: SpanBook): void => {
  for (let index = 0; index < events.at.length; index++) {
    if (events.kinds[index] !== replacedKind) continue
    const from = events.at[index]!
    spans.add(events.addresses[index]!, '', { from, to: from + dayMs })
  }
}

/** From and to (exclusive) of each PON port. */
const stretchesOf = (addresses: Int32Array): Map<number, readonly [number, number]> => {
  const found = new Map<number, readonly [number, number]>()
  for (let from = 0; from < addresses.length;) {
    const pon = ponOf(addresses[from]!)
    let to = from + 1
    while (to < addresses.length && ponOf(addresses[to]!) === pon) to++
    found.set(pon, [from, to])
    from = to
  }
  return found
}
