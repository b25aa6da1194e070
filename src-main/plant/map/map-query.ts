import type { Input, Output } from '../../../src-shared/contract/index.ts'
import { formatPon, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { CallContext } from '../../engine/handlers.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { isEverything } from '../../engine/reach.ts'
import { onuClass, type PlantCounts } from '../plant-counts.ts'
import type { PlantIndex } from '../plant-index.ts'
import type { PlantReach } from '../plant-reach.ts'
import { cellAt, clusterPoints, type Clusters, type Window } from './cluster.ts'
import { mapPointsOf, pointKind, type MapPoints } from './map-points.ts'
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from './mercator.ts'

type MapInput = Input<'plant.map'>
type MapOutput = Output<'plant.map'>

/** ONUs that each point stands for, in order of the points: every ONU is counted at one point. */
interface Weights {
  readonly onus: Int32Array
  readonly down: Int32Array
  readonly unknown: Int32Array
}

/** OLTs are landmarks: they share no cell with what hangs on them. */
const group = { olts: 0, rest: 1, none: -1 } as const

export const createMapQuery = (deps: {
  readonly index: PlantIndex
  readonly counts: PlantCounts
  readonly network: NetworkFacts
  readonly within: PlantReach
}): ((input: MapInput, context: Pick<CallContext, 'reach'>) => MapOutput) => {
  const { index, counts, network, within } = deps
  const { places } = index
  let pointsKey = ''
  let points: MapPoints | null = null
  let bounds: MapOutput['bounds'] = null
  /** Clusters of everything, by zoom and layers: from far away a window holds much of it. */
  const far = new Map<string, Clusters>()
  const weights = new Map<boolean, { readonly key: string; readonly value: Weights }>()

  const currentPoints = (): MapPoints => {
    const key = `${index.revision()} ${network.structureRevision()} ${network.textsRevision()}`
    if (points === null || key !== pointsKey) {
      points = mapPointsOf(index, network)
      pointsKey = key
      bounds = boundsOf(points)
      weights.clear()
      far.clear()
    }
    return points
  }

  /** With `onus` shown, those with coordinates stand for themselves, else for nobody. */
  const currentWeights = (all: MapPoints, withOnus: boolean): Weights => {
    const classes = counts.classes()
    const key = `${pointsKey} ${counts.stateRevision()}`
    const known = weights.get(withOnus)
    if (known?.key === key) return known.value
    const size = all.x.length
    const value: Weights = {
      onus: new Int32Array(size),
      down: new Int32Array(size),
      unknown: new Int32Array(size),
    }
    const add = (at: number, one: number | undefined): void => {
      value.onus[at]!++
      if (one === onuClass.down) value.down[at]!++
      else if (one === onuClass.unknown) value.unknown[at]!++
    }
    const pointOfNode = new Int32Array(index.nextNodeNumber()).fill(-1)
    for (let at = 0; at < size; at++) {
      if (all.kinds[at] === pointKind.node) pointOfNode[all.things[at]!] = at
      else if (all.kinds[at] === pointKind.onu) add(at, classes[all.things[at]!])
    }
    for (let slot = 0; slot < places.count; slot++) {
      const at = pointOfNode[all.standIns[slot]!] ?? -1
      if (at < 0 || (withOnus && !Number.isNaN(places.latitude[slot]!))) continue
      add(at, classes[slot])
    }
    weights.set(withOnus, { key, value })
    return value
  }

  const farClusters = (
    all: MapPoints,
    zoom: number,
    layers: MapInput['layers'],
    groupOf: (at: number) => number,
  ): Clusters => {
    const key = `${Math.floor(zoom)} ${[...new Set(layers)].toSorted().join(' ')}`
    const known = far.get(key)
    if (known !== undefined) return known
    const { count, next, ...columns } = clusterPoints(all, [everywhere], zoom, groupOf)
    const value: Clusters = {
      count,
      next,
      first: columns.first.slice(0, count),
      sizes: columns.sizes.slice(0, count),
      x: columns.x.slice(0, count),
      y: columns.y.slice(0, count),
    }
    if (far.size >= mostFar) far.clear()
    far.set(key, value)
    return value
  }

  const describe = (all: MapPoints, at: number) => {
    const thing = all.things[at]!
    switch (all.kinds[at]) {
      case pointKind.olt: {
        const oltId = index.oltAt(thing)?.oltId ?? ''
        const olt = network.olt(oltId)
        const of = olt === undefined ? none : counts.ofOlt(olt)
        return { label: olt?.name ?? '', reference: `olt:${oltId}`, of }
      }
      case pointKind.node: {
        const node = index.nodeAt(thing)
        return {
          label: node?.name ?? '',
          reference: `node:${node?.id ?? ''}`,
          of: counts.below(thing),
        }
      }
      default: {
        const oltId = index.oltAt(places.olt[thing]!)?.oltId ?? ''
        const address = unpackOnuAddress(places.address[thing]!)
        const row = counts.rows()[thing]!
        const one = counts.classes()[thing]
        const place = `${formatPon(address).replaceAll('/', '-')}-${address.onuId}`
        return {
          label: row < 0 ? '' : (network.onus.name(row) ?? network.onus.serial(row) ?? ''),
          reference: `onu:${oltId}/${place}`,
          of: {
            onus: 1,
            down: one === onuClass.down ? 1 : 0,
            unknown: one === onuClass.unknown ? 1 : 0,
          },
        }
      }
    }
  }

  return ({ west, south, east, north, zoom, layers, onlyDown }, { reach }) => {
    const all = currentPoints()
    const shows = { olts: layers.includes('olts'), nodes: layers.includes('nodes') }
    const withOnus = layers.includes('onus')
    const weigh = currentWeights(all, withOnus)
    const shownNode = within.shows(reach)
    const shownOlt = within.oltReached(reach)
    const isReached = (at: number): boolean => {
      const thing = all.things[at]!
      switch (all.kinds[at]) {
        case pointKind.olt:
          return shownOlt(thing)
        case pointKind.node:
          return shownNode(thing)
        default:
          return shownOlt(places.olt[thing]!)
      }
    }
    const groupOf = (at: number): number => {
      if (!isEverything(reach) && !isReached(at)) return group.none
      switch (all.kinds[at]) {
        case pointKind.olt:
          return shows.olts ? group.olts : group.none
        case pointKind.node:
          if (!shows.nodes) return group.none
          return onlyDown && counts.below(all.things[at]!).down === 0 ? group.none : group.rest
        default:
          if (!withOnus) return group.none
          return onlyDown && weigh.down[at] === 0 ? group.none : group.rest
      }
    }
    const windows = windowsOf({ west, south, east, north })
    const kept = zoom < nearZoom && !onlyDown && isEverything(reach)
    const found = kept
      ? farClusters(all, zoom, layers, groupOf)
      : clusterPoints(all, windows, zoom, groupOf)
    const shown = kept
      ? clustersIn(found, windows, zoom)
      : Array.from({ length: found.count }, (_, one) => one)
    const output: MapOutput = {
      kinds: new Uint8Array(shown.length),
      latitudes: new Float64Array(shown.length),
      longitudes: new Float64Array(shown.length),
      onus: new Int32Array(shown.length),
      down: new Int32Array(shown.length),
      unknown: new Int32Array(shown.length),
      labels: [],
      references: [],
      ...(isEverything(reach) ? { bounds, located: { ...all.located } } : extentOf(all, isReached)),
      revision: index.revision(),
    }
    for (const [place, one] of shown.entries()) {
      output.latitudes[place] = latitudeOf(found.y[one]!)
      output.longitudes[place] = longitudeOf(found.x[one]!)
      const first = found.first[one]!
      if (found.sizes[one] === 1) {
        const { label, reference, of } = describe(all, first)
        output.kinds[place] = all.kinds[first]!
        output.onus[place] = of.onus
        output.down[place] = of.down
        output.unknown[place] = of.unknown
        output.labels.push(label)
        output.references.push(reference)
        continue
      }
      for (let at = first; at >= 0; at = found.next[at]!) {
        output.onus[place]! += weigh.onus[at]!
        output.down[place]! += weigh.down[at]!
        output.unknown[place]! += weigh.unknown[at]!
      }
      output.labels.push('')
      output.references.push('')
    }
    return output
  }
}

const none = { onus: 0, down: 0, unknown: 0 } as const

/** From here on a window holds little of the whole. */
const nearZoom = 16
/** Each is some hundred kilobytes for 100,000 ONUs. */
const mostFar = 24
const everywhere: Window = { west: -1, east: 2, north: -1, south: 2 }

/** Those whose cell lies in one of the windows, cells at the edge included. */
const clustersIn = (
  { count, x, y }: Clusters,
  windows: readonly Window[],
  zoom: number,
): readonly number[] => {
  const cell = cellAt(zoom)
  const spans = windows.map(({ west, east, north, south }) => ({
    west: Math.floor(west / cell) * cell,
    east: Math.ceil(east / cell) * cell,
    north: Math.floor(north / cell) * cell,
    south: Math.ceil(south / cell) * cell,
  }))
  const found: number[] = []
  for (let one = 0; one < count; one++) {
    const isIn = spans.some(
      ({ west, east, north, south }) =>
        x[one]! >= west && x[one]! < east && y[one]! >= north && y[one]! < south,
    )
    if (isIn) found.push(one)
  }
  return found
}

const windowsOf = ({
  west,
  south,
  east,
  north,
}: Pick<MapInput, 'west' | 'south' | 'east' | 'north'>): readonly Window[] => {
  const vertical = { north: mercatorY(north), south: mercatorY(south) }
  const from = mercatorX(west)
  const to = mercatorX(east)
  if (from <= to) return [{ west: from, east: to, ...vertical }]
  // Over the date line.
  return [
    { west: from, east: 1, ...vertical },
    { west: 0, east: to, ...vertical },
  ]
}

/** Of those points alone. */
const extentOf = (
  all: MapPoints,
  isShown: (at: number) => boolean,
): Pick<MapOutput, 'bounds' | 'located'> => {
  const shown = Array.from(all.x.keys()).filter(isShown)
  const ofKind = (kind: number): number => shown.filter((at) => all.kinds[at] === kind).length
  return {
    bounds: boundsOf({
      x: Float64Array.from(shown, (at) => all.x[at]!),
      y: Float64Array.from(shown, (at) => all.y[at]!),
    }),
    located: {
      olts: ofKind(pointKind.olt),
      nodes: ofKind(pointKind.node),
      onus: ofKind(pointKind.onu),
    },
  }
}

const boundsOf = ({ x, y }: Pick<MapPoints, 'x' | 'y'>): MapOutput['bounds'] => {
  if (x.length === 0) return null
  let top = y[0]!
  let bottom = y[0]!
  for (const one of y) {
    if (one < top) top = one
    if (one > bottom) bottom = one
  }
  return {
    west: longitudeOf(x[0]!),
    east: longitudeOf(x.at(-1)!),
    north: latitudeOf(top),
    south: latitudeOf(bottom),
  }
}
