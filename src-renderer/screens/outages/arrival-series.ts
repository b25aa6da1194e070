import type { Output } from '../../../src-shared/contract/index.ts'

/** How an outage came and went, as steps that a chart can draw. */

export type Arrival = Output<'outages.outage'>['arrival']

export interface ArrivalSteps {
  /** Seconds after the first. */
  readonly at: readonly number[]
  readonly down: readonly number[]
  readonly withGasp: readonly number[]
  readonly back: readonly number[]
}

export type ArrivalSpan = 'going' | 'all'

/** Seconds after which nothing more went down; at least ten, so that one moment has a width. */
export const goingSeconds = ({ secondsAfter, down }: Arrival): number => {
  const last = down.at(-1) ?? 0
  const at = down.indexOf(last)
  return Math.max(10, (secondsAfter[Math.max(0, at)] ?? 0) * 1.15)
}

/** Coming back takes far longer than going: then both cannot be read in one picture. */
export const hasTwoSpans = (arrival: Arrival): boolean =>
  (arrival.back.at(-1) ?? 0) > 0 && (arrival.secondsAfter.at(-1) ?? 0) > 3 * goingSeconds(arrival)

/**
 * Begins at nothing before the first second and holds the last value to `until`; what lies beyond is
 * left out. At most `most` moments: what is left out of a long one lies between its neighbours.
 */
export const arrivalSteps = (arrival: Arrival, until: number, most = 600): ArrivalSteps => {
  const { secondsAfter } = arrival
  const inside: number[] = []
  secondsAfter.forEach((second, index) => {
    if (second <= until) inside.push(index)
  })
  const step = Math.max(1, Math.ceil(inside.length / most))
  const kept = inside.filter((_, index) => index % step === 0 || index === inside.length - 1)
  const column = (values: Float64Array): number[] => {
    const found = kept.map((index) => values[index] ?? 0)
    return [0, ...found, found.at(-1) ?? 0]
  }
  return {
    at: [0, ...kept.map((index) => secondsAfter[index] ?? 0), until],
    down: column(arrival.down),
    withGasp: column(arrival.withGasp),
    back: column(arrival.back),
  }
}

/** At most `most` moments for a table: the first, the last, and some between. */
export const arrivalTable = ({ secondsAfter }: Arrival, most = 12): readonly number[] => {
  const length = secondsAfter.length
  if (length <= most) return Array.from({ length }, (_, index) => index)
  return Array.from({ length: most }, (_, index) => Math.round((index * (length - 1)) / (most - 1)))
}
