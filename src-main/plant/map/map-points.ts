import type { NetworkFacts } from '../../engine/network-facts.ts'
import type { PlantIndex } from '../plant-index.ts'
import { mercatorX, mercatorY } from './mercator.ts'

export const pointKind = { cluster: 0, olt: 1, node: 2, onu: 3 } as const

/** Everything that has coordinates, sorted from west to east. */
export interface MapPoints {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly kinds: Uint8Array
  /** Number of the OLT, number of the node, or slot of the ONU. */
  readonly things: Int32Array
  /** By slot: the nearest node above an ONU that has coordinates; 0: none. */
  readonly standIns: Int32Array
  readonly located: { readonly olts: number; readonly nodes: number; readonly onus: number }
}

/** Made anew when the plant or the set of OLTs changes: some 20 ms for 100,000 ONUs. */
export const mapPointsOf = (index: PlantIndex, network: NetworkFacts): MapPoints => {
  const { places } = index
  const order = index.order()
  const present = new Uint8Array(index.nextOltNumber())
  for (const { id } of network.olts()) {
    const number = index.oltById(id)?.number
    if (number !== undefined) present[number] = 1
  }
  const most = present.length + order.numbers.length + places.count
  const x = new Float64Array(most)
  const y = new Float64Array(most)
  const kinds = new Uint8Array(most)
  const things = new Int32Array(most)
  const located = { olts: 0, nodes: 0, onus: 0 }
  let count = 0
  const add = (kind: number, thing: number, latitude: number, longitude: number): void => {
    x[count] = mercatorX(longitude)
    y[count] = mercatorY(latitude)
    kinds[count] = kind
    things[count++] = thing
  }

  for (const { number, latitude, longitude } of index.olts()) {
    if (latitude === null || longitude === null || present[number] !== 1) continue
    add(pointKind.olt, number, latitude, longitude)
    located.olts++
  }
  // Parents come first: what has no coordinates lies where what it hangs on lies.
  const nearest = new Int32Array(index.nextNodeNumber())
  for (const number of order.numbers) {
    const node = index.nodeAt(number)
    if (node === undefined) continue
    if (node.latitude === null || node.longitude === null) {
      nearest[number] = node.parent === null ? 0 : nearest[node.parent]!
      continue
    }
    nearest[number] = number
    add(pointKind.node, number, node.latitude, node.longitude)
    located.nodes++
  }
  const standIns = new Int32Array(places.count)
  for (let slot = 0; slot < places.count; slot++) {
    if (present[places.olt[slot]!] !== 1) continue
    standIns[slot] = nearest[places.node[slot]!] ?? 0
    if (Number.isNaN(places.latitude[slot]!)) continue
    add(pointKind.onu, slot, places.latitude[slot]!, places.longitude[slot]!)
    located.onus++
  }

  const sorted = new Float64Array(count)
  const byX = sortedByX(x, count, sorted)
  return {
    x: sorted,
    y: Float64Array.from(byX, (at) => y[at]!),
    kinds: Uint8Array.from(byX, (at) => kinds[at]!),
    things: Int32Array.from(byX, (at) => things[at]!),
    standIns,
    located,
  }
}

/**
 * Positions in order of x; `sorted` gets the values. The position rides in the lowest bits of a
 * whole number, because typed arrays sort several times faster without a function to ask.
 */
const sortedByX = (x: Float64Array, count: number, sorted: Float64Array): Int32Array => {
  const places = 2 ** Math.ceil(Math.log2(Math.max(2, count)))
  // 2^53 in all: with 2^17 points 2^36 steps of x are left, below a millimetre.
  const steps = 2 ** 52 / places
  const keys = new Float64Array(count)
  for (let at = 0; at < count; at++) keys[at] = Math.floor(x[at]! * steps) * places + at
  keys.sort()
  const order = new Int32Array(count)
  for (let place = 0; place < count; place++) {
    const at = keys[place]! % places
    order[place] = at
    sorted[place] = x[at]!
  }
  return order
}
