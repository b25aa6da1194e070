/** A day of a technician: what does not go together, and which way round is shortest. Pure. */
export interface Visit {
  readonly id: string
  /** Wall ms. */
  readonly from: number
  readonly to: number
  /** How long the work is thought to take. */
  readonly minutes: number
  /** WGS 84, degrees; null: nobody knows where. */
  readonly spot: Spot | null
}

export interface Spot {
  readonly latitude: number
  readonly longitude: number
}

interface Span {
  readonly from: number
  readonly to: number
}

export interface PlanConflict {
  readonly orderId: string
  /**
   * `overlap`: two at once. `outside-hours`: he does not work then. `too-short`: the window is shorter
   * than the work. `too-far`: the way from the one before takes longer than the time between.
   */
  readonly kind: 'overlap' | 'outside-hours' | 'too-far' | 'too-short'
  readonly otherId: string | null
  /** That are wanting. */
  readonly minutes: number
}

const minuteMs = 60_000
const earthKm = 6371.0088

/** Great circle, km (haversine). */
export const kmBetween = (a: Spot, b: Spot): number => {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180
  const half =
    Math.sin(rad(b.latitude - a.latitude) / 2) ** 2 +
    Math.cos(rad(a.latitude)) *
      Math.cos(rad(b.latitude)) *
      Math.sin(rad(b.longitude - a.longitude) / 2) ** 2
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(half)))
}

const minutesBetween = (from: number, to: number): number => Math.ceil((to - from) / minuteMs)

/** How much of [from, to) lies outside the hours, ms. */
const outsideMs = ({ from, to }: Span, hours: readonly Span[]): number => {
  const inside = hours.reduce(
    (sum, one) => sum + Math.max(0, Math.min(to, one.to) - Math.max(from, one.from)),
    0,
  )
  return Math.max(0, to - from - inside)
}

/** `hours`: when he works, apart from one another. In the order of the visits' windows. */
export const planConflicts = (
  visits: readonly Visit[],
  hours: readonly Span[],
  travelKmh: number,
): readonly PlanConflict[] => {
  const sorted = visits.toSorted((a, b) => a.from - b.from || a.to - b.to || (a.id < b.id ? -1 : 1))
  const found: PlanConflict[] = []
  for (const [index, visit] of sorted.entries()) {
    const add = (kind: PlanConflict['kind'], otherId: string | null, minutes: number): void =>
      void found.push({ orderId: visit.id, kind, otherId, minutes })
    const length = minutesBetween(visit.from, visit.to)
    if (length < visit.minutes) add('too-short', null, visit.minutes - length)
    const outside = outsideMs(visit, hours)
    if (outside > 0) add('outside-hours', null, Math.ceil(outside / minuteMs))
    let clashes = false
    for (const other of sorted.slice(0, index)) {
      if (other.to <= visit.from) continue
      clashes = true
      add('overlap', other.id, minutesBetween(visit.from, Math.min(other.to, visit.to)))
    }
    // Who ends last is left last: a shorter visit may lie within a longer one.
    const before = sorted
      .slice(0, index)
      .reduce<Visit | undefined>(
        (last, one) => (last === undefined || one.to >= last.to ? one : last),
        undefined,
      )
    if (clashes || before === undefined || before.spot === null || visit.spot === null) continue
    const needed = Math.ceil((kmBetween(before.spot, visit.spot) / travelKmh) * 60)
    const there = Math.floor((visit.from - before.to) / minuteMs)
    if (needed > there) add('too-far', before.id, needed - there)
  }
  return found
}

/** Length of a way through the spots, km; from `start` where there is one, and back to it. */
export const wayKm = (start: Spot | null, spots: readonly Spot[]): number => {
  const way = start === null ? spots : [start, ...spots, start]
  return way.slice(1).reduce((sum, spot, index) => sum + kmBetween(way[index]!, spot), 0)
}

/**
 * A short way through all of them: always to the nearest, then turned round wherever that makes it
 * shorter (2-opt) until nothing does. Never longer than the way as it is given.
 */
export const shortestWay = <One extends { readonly spot: Spot }>(
  start: Spot | null,
  visits: readonly One[],
): readonly One[] => {
  const length = (way: readonly One[]): number =>
    wayKm(
      start,
      way.map(({ spot }) => spot),
    )
  const nearest = improve(byNearest(start, visits), length)
  const given = improve(visits, length)
  return length(nearest) < length(given) - tinyKm ? nearest : given
}

/** Below this nothing is shorter: rounding of doubles. */
const tinyKm = 1e-9

const byNearest = <One extends { readonly spot: Spot }>(
  start: Spot | null,
  visits: readonly One[],
): readonly One[] => {
  const left = [...visits]
  const way: One[] = []
  let here = start ?? left[0]?.spot ?? null
  while (left.length > 0 && here !== null) {
    const from = here
    const next = left.reduce((best, one) =>
      kmBetween(from, one.spot) < kmBetween(from, best.spot) ? one : best,
    )
    left.splice(left.indexOf(next), 1)
    way.push(next)
    here = next.spot
  }
  return way
}

const improve = <One>(
  given: readonly One[],
  length: (way: readonly One[]) => number,
): readonly One[] => {
  let way = given
  let best = length(way)
  // Each round makes it shorter, so it ends; the limit is for days of hundreds.
  for (let round = 0; round < 60; round++) {
    let better: readonly One[] | null = null
    for (let i = 0; i < way.length - 1; i++) {
      for (let j = i + 1; j < way.length; j++) {
        const turned = [
          ...way.slice(0, i),
          ...way.slice(i, j + 1).toReversed(),
          ...way.slice(j + 1),
        ]
        const km = length(turned)
        if (km < best - tinyKm) {
          better = turned
          best = km
        }
      }
    }
    if (better === null) return way
    way = better
  }
  return way
}
