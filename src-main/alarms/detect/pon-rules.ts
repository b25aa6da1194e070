import { hasGasped, stateAt } from './onu-rules.ts'

/** ONUs in columns, in order of address; a PON is a stretch of them. */
export interface OnuColumns {
  /** Positions in `onuStates`, and `untold`. */
  readonly states: Uint8Array
  /** Positions in `downCauses`. */
  readonly causes: Uint8Array
  /** Since when it is down, wall ms; NaN: nobody saw it go, or it is not down. */
  readonly downAt: Float64Array
}

export interface PonLimits {
  /** For the whole PON. */
  readonly leastOnusDown: number
  /** For a part of it. */
  readonly leastOnus: number
  readonly leastPercent: number
  /** They fell within so long of each other. */
  readonly windowMs: number
}

export interface PonJudgement {
  readonly verdict: 'unknown' | 'fine' | 'down' | 'partial'
  /** ONUs that went, those that took leave (dying gasp) left out where a part is down. */
  readonly down: number
  /** ONUs that were there before. */
  readonly total: number
  /** Of those that went within the same window, how many took leave. */
  readonly withGasp: number
}

/** What was offline for longer when the others fell was not there (facts/noc.md E3). */
export const longGoneMs = 86_400_000

/**
 * Whether a PON, or a part of it, is down. Times are held against each other and not against now:
 * what is down stays down however long it lasts. `scratch` has room for the PON's ONUs.
 *
 * - down: nobody is heard, and so many fell within a day of the last one; or the port itself says
 *   that it is down and ONUs stand on it.
 * - partial: so many of those that were there fell together and did not take leave (E3, rule 3).
 */
export const judgePon = (
  { states, causes, downAt }: OnuColumns,
  from: number,
  to: number,
  portIsDown: boolean,
  limits: PonLimits,
  scratch: Float64Array,
): PonJudgement => {
  let heard = 0
  let down = 0
  let last = Number.NEGATIVE_INFINITY
  let silent = 0
  for (let index = from; index < to; index++) {
    const state = states[index]!
    if (state === stateAt.unknown) return unknownPon
    if (state === stateAt.disabled || state === stateAt.untold) continue
    if (state !== stateAt.offline) {
      heard++
      continue
    }
    down++
    const at = downAt[index]!
    if (Number.isNaN(at)) continue
    if (at > last) last = at
    if (!hasGasped(causes[index]!)) scratch[silent++] = at
  }
  if (down === 0) return finePon
  if (heard === 0) {
    const fell = countSince(downAt, states, from, to, last - longGoneMs)
    const isDown = fell >= limits.leastOnusDown || portIsDown
    return isDown
      ? {
          verdict: 'down',
          down: Math.max(fell, 1),
          total: down,
          withGasp: gaspsWithin(states, causes, downAt, from, to, last - longGoneMs, last),
        }
      : finePon
  }
  const together = mostTogether(scratch, silent, limits.windowMs)
  const there = heard + countSince(downAt, states, from, to, together.until - longGoneMs)
  const least = Math.max(limits.leastOnus, Math.ceil((there * limits.leastPercent) / 100))
  if (together.count < least) return finePon
  const { since, until } = together
  return {
    verdict: 'partial',
    down: together.count,
    total: there,
    withGasp: gaspsWithin(states, causes, downAt, from, to, since, until),
  }
}

const finePon: PonJudgement = { verdict: 'fine', down: 0, total: 0, withGasp: 0 }
const unknownPon: PonJudgement = { verdict: 'unknown', down: 0, total: 0, withGasp: 0 }

/** The most of the first `count` times that lie within one window; of two as many, the later ones. */
export const mostTogether = (
  times: Float64Array,
  count: number,
  windowMs: number,
): { readonly count: number; readonly since: number; readonly until: number } => {
  const sorted = times.subarray(0, count).sort()
  let most = 0
  let since = Number.NaN
  let until = Number.NaN
  let first = 0
  for (let index = 0; index < count; index++) {
    while (sorted[index]! - sorted[first]! > windowMs) first++
    if (index - first + 1 < most) continue
    most = index - first + 1
    since = sorted[first]!
    until = sorted[index]!
  }
  return { count: most, since, until }
}

const countSince = (
  downAt: Float64Array,
  states: Uint8Array,
  from: number,
  to: number,
  since: number,
): number => {
  let count = 0
  for (let index = from; index < to; index++) {
    if (states[index] === stateAt.offline && downAt[index]! >= since) count++
  }
  return count
}

const gaspsWithin = (
  states: Uint8Array,
  causes: Uint8Array,
  downAt: Float64Array,
  from: number,
  to: number,
  since: number,
  until: number,
): number => {
  let count = 0
  for (let index = from; index < to; index++) {
    const at = downAt[index]!
    if (states[index] !== stateAt.offline || !hasGasped(causes[index]!)) continue
    if (at >= since && at <= until) count++
  }
  return count
}

/** E3 asks for 60 to 120 s; where an OLT is read less often, what one walk straddles is together. */
export const windowMsOf = (statusIntervalS: number): number =>
  Math.max(120_000, statusIntervalS * 1_500)
