import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { Output, Payload } from '../../../src-shared/contract/index.ts'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'

/** Pure: what a live view of one ONU knows, and what each reading does to it. Times are wall ms. */

export type LiveReading = Payload<'network.liveReading'>
export type LiveEnd = NonNullable<LiveReading['ended']>

export interface LiveKey {
  readonly oltId: string
  readonly address: OnuAddress
}

export interface LivePoint {
  readonly at: number
  readonly value: number
}

export interface LiveChange extends Pick<OnuRow, 'state' | 'causeClass' | 'cause'> {
  readonly at: number
}

export type LiveSeries = 'onuRxDbm' | 'oltRxDbm' | 'upKbps' | 'downKbps'

export interface LiveView {
  readonly key: LiveKey
  /** `refused`: it could not be opened, `failure` says why. */
  readonly phase: 'opening' | 'open' | 'paused' | 'ended' | 'refused'
  readonly until: number
  readonly everyMs: number
  /** When it was last asked to be opened. */
  readonly openedAt: number
  /** The last row that was read. */
  readonly onu: OnuRow | null
  readonly readAt: number | null
  readonly answerMs: number | null
  /** Why the last question brought nothing; null: it brought something. */
  readonly missed: LiveReading['problem']
  readonly readings: number
  readonly points: Readonly<Record<LiveSeries, readonly LivePoint[]>>
  /** The newest first. */
  readonly changes: readonly LiveChange[]
  readonly ended: LiveEnd | null
  readonly endProblem: LiveReading['problem']
  readonly failure: Failure | null
}

/** Ten minutes of one value every two seconds. */
const keptPoints = 300
const keptChanges = 50
/** Events come in batches: the end of the view before may arrive this long after the next began. */
const lateEndMs = 1500

export const isSameOnu = (one: LiveKey, other: LiveKey): boolean =>
  one.oltId === other.oltId &&
  one.address.shelf === other.address.shelf &&
  one.address.slot === other.address.slot &&
  one.address.port === other.address.port &&
  one.address.onuId === other.address.onuId

const nothingRead = { onuRxDbm: [], oltRxDbm: [], upKbps: [], downKbps: [] }

/** What was read of the same ONU before stays: the break shows as a gap. */
export const openingView = (before: LiveView | null, key: LiveKey, now: number): LiveView => ({
  ...(before !== null && isSameOnu(before.key, key)
    ? before
    : {
        onu: null,
        readAt: null,
        answerMs: null,
        readings: 0,
        points: nothingRead,
        changes: [],
        until: now,
        everyMs: 2000,
      }),
  key,
  phase: 'opening',
  openedAt: now,
  missed: null,
  ended: null,
  endProblem: null,
  failure: null,
})

export const openedView = (view: LiveView, answer: Output<'network.openLiveView'>): LiveView => ({
  ...view,
  ...answer,
  // A reading may have come before the answer and have ended it already.
  phase: view.phase === 'opening' ? 'open' : view.phase,
})

export const refusedView = (view: LiveView, failure: Failure): LiveView => ({
  ...view,
  phase: 'refused',
  failure,
})

export const pausedView = (view: LiveView): LiveView => ({ ...view, phase: 'paused' })

export const endedView = (
  view: LiveView,
  ended: LiveEnd,
  endProblem: LiveReading['problem'] = null,
): LiveView => ({ ...view, phase: 'ended', ended, endProblem })

export const isWatching = ({ phase }: LiveView): boolean => phase === 'opening' || phase === 'open'

/** An older value is not drawn twice: what was not read anew adds no point. */
const grown = (
  points: readonly LivePoint[],
  at: number | null,
  value: number | null,
): readonly LivePoint[] =>
  at === null || value === null || at <= (points.at(-1)?.at ?? -Infinity)
    ? points
    : [...points.slice(1 - keptPoints), { at, value }]

const changesWith = (view: LiveView, onu: OnuRow, at: number): readonly LiveChange[] => {
  const last = view.onu
  if (last === null || (last.state === onu.state && last.cause === onu.cause)) return view.changes
  const { state, causeClass, cause } = onu
  return [{ at, state, causeClass, cause }, ...view.changes].slice(0, keptChanges)
}

export const withReading = (view: LiveView, reading: LiveReading): LiveView => {
  if (!isSameOnu(view.key, reading) || !isWatching(view)) return view
  const { at, onu, answerMs, problem, ended } = reading
  if (ended === 'closed' && (view.phase === 'opening' || at <= view.openedAt + lateEndMs)) {
    return view
  }
  // With the end comes what is known of it, not a reading.
  if (ended !== null) return endedView(view, ended, problem)
  if (onu === null) return { ...view, missed: problem }
  return {
    ...view,
    onu,
    readAt: at,
    answerMs,
    missed: problem,
    readings: view.readings + 1,
    points: {
      onuRxDbm: grown(view.points.onuRxDbm, onu.opticsAt, onu.onuRxDbm),
      oltRxDbm: grown(view.points.oltRxDbm, onu.opticsAt, onu.oltRxDbm),
      upKbps: grown(view.points.upKbps, onu.countersAt, onu.upKbps),
      downKbps: grown(view.points.downKbps, onu.countersAt, onu.downKbps),
    },
    changes: changesWith(view, onu, at),
  }
}

export type LiveTrend = 'stronger' | 'weaker' | 'steady' | 'unknown'

/** Less than this is what a reading wavers by itself. */
const steadyDb = 0.2

/** Where the light goes: the mean of the last two values against the two before them. */
export const trendOf = (points: readonly LivePoint[]): LiveTrend => {
  const [first, second, third, fourth] = points.slice(-4).map(({ value }) => value)
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) {
    return 'unknown'
  }
  const change = (third + fourth - first - second) / 2
  if (Math.abs(change) < steadyDb) return 'steady'
  return change > 0 ? 'stronger' : 'weaker'
}

/** The strongest light since one watches; null: none yet. */
export const bestOf = (points: readonly LivePoint[]): number | null =>
  points.length === 0 ? null : Math.max(...points.map(({ value }) => value))
