import { packOnuAddress, ponOf, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import { possibleDbm } from '../../../src-shared/domain/optics.ts'
import type { StripData } from '../../components/charts/strip-cells.ts'

/** What the light of one PON port says; columns come from the strip of its OLT. */
export type Direction = 'onuRx' | 'oltRx'

const online = onuStates.indexOf('online')

/** The ONUs of one port, in order of address. */
export const sliceOfPon = (strip: StripData, pon: PonAddress): StripData => {
  const wanted = packOnuAddress({ ...pon, onuId: 0 })
  const first = strip.addresses.findIndex((address) => ponOf(address) === wanted)
  if (first < 0) return cut(strip, 0, 0)
  let end = first
  while (end < strip.addresses.length && ponOf(strip.addresses[end] ?? -1) === wanted) end++
  return cut(strip, first, end)
}

const cut = (strip: StripData, first: number, end: number): StripData => ({
  rows: strip.rows.slice(first, end),
  addresses: strip.addresses.slice(first, end),
  states: strip.states.slice(first, end),
  signals: strip.signals.slice(first, end),
  marginsDb: strip.marginsDb.slice(first, end),
  causes: strip.causes.slice(first, end),
  onuRxDbm: strip.onuRxDbm.slice(first, end),
  oltRxDbm: strip.oltRxDbm.slice(first, end),
  distancesM: strip.distancesM.slice(first, end),
})

/** dBm of an ONU that is online; NaN: offline, not read or impossible. */
export const levelAt = (strip: StripData, onu: number, direction: Direction): number => {
  if (strip.states[onu] !== online) return Number.NaN
  const dbm = strip[`${direction}Dbm`][onu] ?? Number.NaN
  return dbm >= possibleDbm.min && dbm <= possibleDbm.max ? dbm : Number.NaN
}

/** For the histogram: null is "no value". Of ONUs that are online. */
export const levelsOf = (strip: StripData, direction: Direction): (number | null)[] => {
  const levels: (number | null)[] = []
  for (let onu = 0; onu < strip.rows.length; onu++) {
    if (strip.states[onu] !== online) continue
    const dbm = strip[`${direction}Dbm`][onu] ?? Number.NaN
    levels.push(Number.isNaN(dbm) ? null : dbm)
  }
  return levels
}

export interface ScatterPoint {
  readonly address: number
  readonly distanceM: number
  readonly dbm: number
}

export const scatterOf = (strip: StripData, direction: Direction): ScatterPoint[] => {
  const points: ScatterPoint[] = []
  for (let onu = 0; onu < strip.rows.length; onu++) {
    const dbm = levelAt(strip, onu, direction)
    const distanceM = strip.distancesM[onu] ?? Number.NaN
    if (Number.isNaN(dbm) || Number.isNaN(distanceM)) continue
    points.push({ address: strip.addresses[onu] ?? 0, distanceM, dbm })
  }
  return points
}

export interface LevelChange {
  readonly address: number
  readonly before: number
  readonly after: number
  /** dB; above 0: more light now. */
  readonly change: number
}

export interface Comparison {
  /** The greatest change first, whichever way. */
  readonly changes: readonly LevelChange[]
  readonly medianDb: number
  readonly better: number
  readonly worse: number
  readonly gained: number
  readonly lost: number
}

/** From here on a change is more than the scatter of two readings. */
export const notableDb = 1

export const compare = (before: StripData, after: StripData, direction: Direction): Comparison => {
  const placeBefore = new Map(Array.from(before.addresses, (address, onu) => [address, onu]))
  const changes: LevelChange[] = []
  let gained = 0
  let lost = 0
  for (let onu = 0; onu < after.rows.length; onu++) {
    const address = after.addresses[onu] ?? 0
    const then = placeBefore.get(address)
    if (then === undefined) continue
    const wasOnline = before.states[then] === online
    const isOnline = after.states[onu] === online
    if (isOnline && !wasOnline) gained++
    if (wasOnline && !isOnline) lost++
    const from = levelAt(before, then, direction)
    const to = levelAt(after, onu, direction)
    if (Number.isNaN(from) || Number.isNaN(to)) continue
    // Two decimals as they were read: the sum of binary fractions is none.
    changes.push({ address, before: from, after: to, change: Math.round((to - from) * 100) / 100 })
  }
  const sorted = changes.map(({ change }) => change).toSorted((one, other) => one - other)
  const middle = sorted.length >>> 1
  const medianDb =
    sorted.length === 0
      ? Number.NaN
      : sorted.length % 2 === 1
        ? sorted[middle]!
        : (sorted[middle - 1]! + sorted[middle]!) / 2
  return {
    changes: changes.toSorted(
      (one, other) => Math.abs(other.change) - Math.abs(one.change) || one.address - other.address,
    ),
    medianDb,
    better: changes.filter(({ change }) => change >= notableDb).length,
    worse: changes.filter(({ change }) => change <= -notableDb).length,
    gained,
    lost,
  }
}
