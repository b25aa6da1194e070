import { ponOf } from '../../src-shared/domain/onu-address.ts'
import { commonPath } from './places.ts'
import { gapMs, natureOf, related, type Trace } from './relations.ts'
import type { OutageThresholds } from './thresholds.ts'

/** ONUs of one OLT that are newly down, in columns, ascending by address. */
export interface Falls {
  readonly oltId: string
  readonly addresses: Int32Array
  readonly rows: Int32Array
  /** When, wall ms: by the OLT's own clock where it tells, else when it was seen. */
  readonly at: Float64Array
  /** 1: by the OLT's own clock. */
  readonly clocked: Uint8Array
  /** 1: with a dying gasp. */
  readonly gasp: Uint8Array
  /** 1: of a model that has gasped on this OLT. */
  readonly capable: Uint8Array
}

/** ONUs that fell together: one cause, as far as one walk shows. `places` point into the falls. */
export interface Cluster extends Trace {
  readonly places: readonly number[]
  readonly pons: ReadonlySet<number>
}

/** What a cluster is judged by beyond the falls themselves. */
export interface ClusterSight {
  /** ONUs of the PON that are up now. */
  readonly upOn: (pon: number) => number
  readonly areaOf: (place: number) => string | null
  readonly pathOf: (place: number) => readonly string[]
  /** Whether all of the OLT has fallen. */
  readonly wholeOlt: boolean
  /** At the first look of all only a share of the PON counts: nobody saw them fall. */
  readonly strict: boolean
  /** It has not just come and gone: flapping ONUs meet by chance. */
  readonly isSteady: (place: number) => boolean
}

/** Of a large cluster so many are looked up in the plant; the rest hangs with them. */
const mostLookedUp = 512
/** Areas whose silence stands against another's gasps: as many, or it was chance. Judgement. */
const fewestToPart = 6
/** And the others gasped nearly all: an OLT that loses many gasps leaves whole streets silent. */
const clearShare = 0.8

export const findClusters = (
  falls: Falls,
  sight: ClusterSight,
  limits: OutageThresholds,
): Cluster[] => {
  const found: Cluster[] = []
  const count = falls.addresses.length
  for (let from = 0; from < count;) {
    const pon = ponOf(falls.addresses[from]!)
    let to = from
    while (to < count && ponOf(falls.addresses[to]!) === pon) to++
    for (const places of momentsOf(falls, from, to, sight, limits)) {
      for (const part of partByArea(falls, places, sight, limits)) {
        const cluster = clusterOf(falls, part, sight, limits)
        if (isGroup(cluster, sight, limits)) found.push(cluster)
      }
    }
    from = to
  }
  return mergeRelated(found, falls, sight, limits)
}

/** Falls of one PON by time; two moments stay apart only where more than time tells them apart. */
const momentsOf = (
  falls: Falls,
  from: number,
  to: number,
  sight: ClusterSight,
  limits: OutageThresholds,
): number[][] => {
  const order = Array.from({ length: to - from }, (_, index) => from + index).sort(
    (one, other) => falls.at[one]! - falls.at[other]!,
  )
  const segments: number[][] = []
  for (const place of order) {
    const current = segments.at(-1)
    const before = current?.at(-1)
    if (
      current === undefined ||
      before === undefined ||
      falls.at[place]! - falls.at[before]! > limits.apartS * 1000
    ) {
      segments.push([place])
    } else {
      current.push(place)
    }
  }
  const kept: number[][] = []
  for (const segment of segments) {
    const before = kept.at(-1)
    if (before !== undefined && isOne(falls, before, segment, sight, limits)) {
      before.push(...segment)
    } else {
      kept.push([...segment])
    }
  }
  return kept
}

const isOne = (
  falls: Falls,
  one: readonly number[],
  other: readonly number[],
  sight: ClusterSight,
  limits: OutageThresholds,
): boolean => {
  const gap = falls.at[other[0]!]! - falls.at[one.at(-1)!]!
  const first = clusterOf(falls, one, sight, limits)
  const second = clusterOf(falls, other, sight, limits)
  if (one.length >= limits.fewest && other.length >= limits.fewest) {
    return related(first, second, limits)
  }
  // One by one they may be batteries; beside a clear moment without gasps a single one is by itself.
  const isBesideMoment = [first, second].some(
    ({ clocked, count, gasps, firstAt, lastAt }) =>
      clocked && gasps === 0 && count >= limits.fewest && lastAt - firstAt <= limits.momentS * 1000,
  )
  return gap <= (isBesideMoment ? limits.apartS : limits.windowS) * 1000
}

/** Within one moment: streets that gasped, and others that could have and did not, are two causes. */
const partByArea = (
  falls: Falls,
  places: readonly number[],
  sight: ClusterSight,
  limits: OutageThresholds,
): readonly (readonly number[])[] => {
  if (places.length < 2 * limits.fewest || places.length > mostLookedUp) return [places]
  const byArea = new Map<string, number[]>()
  for (const place of places) {
    const area = sight.areaOf(place)
    if (area === null) return [places]
    const list = byArea.get(area) ?? []
    list.push(place)
    byArea.set(area, list)
  }
  if (byArea.size < 2) return [places]
  const power: number[] = []
  const dark: number[] = []
  for (const list of byArea.values()) {
    const { gasps, silentCapable } = countGasps(falls, list)
    if (gasps >= limits.powerGaspShare * list.length) power.push(...list)
    else if (gasps === 0 && silentCapable > 0) dark.push(...list)
    else return [places]
  }
  const inPower = countGasps(falls, power)
  const isClear =
    power.length >= limits.fewest &&
    inPower.gasps >= clearShare * (inPower.gasps + inPower.silentCapable) &&
    countGasps(falls, dark).silentCapable >= fewestToPart
  return isClear ? [power, dark] : [places]
}

const countGasps = (falls: Falls, places: readonly number[]) => {
  let gasps = 0
  let silentCapable = 0
  for (const place of places) {
    if (falls.gasp[place] === 1) gasps++
    else if (falls.capable[place] === 1) silentCapable++
  }
  return { gasps, silentCapable }
}

const clusterOf = (
  falls: Falls,
  places: readonly number[],
  sight: ClusterSight,
  limits: OutageThresholds,
): Cluster => {
  let firstAt = Number.POSITIVE_INFINITY
  let lastAt = Number.NEGATIVE_INFINITY
  let clocked = 0
  const pons = new Set<number>()
  for (const place of places) {
    firstAt = Math.min(firstAt, falls.at[place]!)
    lastAt = Math.max(lastAt, falls.at[place]!)
    clocked += falls.clocked[place]!
    pons.add(ponOf(falls.addresses[place]!))
  }
  const areas = new Set<string>()
  let path: readonly string[] | null = null
  const step = Math.max(1, Math.floor(places.length / mostLookedUp))
  for (let index = 0; index < places.length; index += step) {
    const place = places[index]!
    const area = sight.areaOf(place)
    if (area !== null) areas.add(area)
    const mine = sight.pathOf(place)
    if (mine.length > 0) path = commonPath(path, mine)
  }
  const gasps = countGasps(falls, places)
  return {
    places,
    pons,
    olts: new Set([falls.oltId]),
    ponKeys: new Set([...pons].map((pon) => `${falls.oltId} ${pon}`)),
    count: places.length,
    firstAt,
    lastAt,
    clocked: clocked === places.length,
    whole: [...pons].every((pon) => sight.upOn(pon) === 0),
    wholeOlt: sight.wholeOlt,
    ...gasps,
    nature: natureOf({ count: places.length, ...gasps }, limits),
    areas,
    path: path ?? [],
  }
}

const isGroup = (cluster: Cluster, sight: ClusterSight, limits: OutageThresholds): boolean => {
  const up = [...cluster.pons].reduce((sum, pon) => sum + sight.upOn(pon), 0)
  if (cluster.whole && !sight.strict) return cluster.count >= 2
  if (cluster.count < limits.fewest) return false
  if (
    cluster.count < limits.fewestSlow &&
    cluster.places.filter(sight.isSteady).length < limits.fewest
  ) {
    return false
  }
  // Three within a quarter of a minute, or five within the window: no chance any more.
  const spanMs = cluster.lastAt - cluster.firstAt
  const isMoment =
    cluster.clocked &&
    !sight.strict &&
    (spanMs <= limits.apartS * 1000 ||
      (cluster.count >= limits.fewestSlow && spanMs <= limits.windowS * 1000))
  return isMoment || cluster.count >= limits.fewestShare * (cluster.count + up)
}

/** Clusters of several PONs that one cause took down. */
const mergeRelated = (
  clusters: readonly Cluster[],
  falls: Falls,
  sight: ClusterSight,
  limits: OutageThresholds,
): Cluster[] => {
  const group = clusters.map((_, index) => index)
  const find = (index: number): number => {
    let at = index
    while (group[at] !== at) at = group[at]!
    return at
  }
  for (let one = 0; one < clusters.length; one++) {
    for (let other = 0; other < one; other++) {
      if (find(one) === find(other)) continue
      if (related(clusters[one]!, clusters[other]!, limits)) group[find(one)] = find(other)
    }
  }
  // Parts of three ports within one moment: no three cables are cut in one second.
  const partial = clusters.flatMap((cluster, index) =>
    cluster.whole || cluster.nature === 'power' ? [] : [index],
  )
  for (const index of partial) {
    const together = partial.filter((other) => {
      const [a, b] = [clusters[index]!, clusters[other]!]
      return gapMs(a, b) <= limits.momentS * 1000 && a.clocked && b.clocked
    })
    if (new Set(together.flatMap((other) => [...clusters[other]!.pons])).size < 3) continue
    for (const other of together) group[find(other)] = find(index)
  }
  const merged = new Map<number, number[]>()
  clusters.forEach((cluster, index) => {
    const root = find(index)
    const places = merged.get(root) ?? []
    for (const place of cluster.places) places.push(place)
    merged.set(root, places)
  })
  if (merged.size === clusters.length) return [...clusters]
  return [...merged.values()].map((places) =>
    clusterOf(
      falls,
      places.sort((one, other) => one - other),
      sight,
      limits,
    ),
  )
}
