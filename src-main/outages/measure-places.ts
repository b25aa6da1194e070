import { ponOf } from '../../src-shared/domain/onu-address.ts'
import { placeOf, type MemberPart } from './members.ts'
import type { MeasuredOutage, MeasurePorts } from './measured.ts'
import type { AreaFacts, PlantFacts } from './outage-facts.ts'
import { isWitness } from './witness.ts'

/** So many members must hang below a node for it to be the one they share: one stray is no matter. */
const nearlyAll = 0.9
/** Beyond this it is a region: what its streets' other ONUs do tells nothing. */
const mostOltsLookedAt = 4

/** Boxes that are looked into; of a region they are samples. */
const mostBoxes = 256

/** Members that are looked at, every n-th of a mass. */
function* sampled(
  parts: Iterable<MemberPart>,
  most: number,
): Generator<{ readonly part: MemberPart; readonly address: number }> {
  for (const part of parts) {
    const step = Math.max(1, Math.floor(part.addresses.length / most))
    for (let place = 0; place < part.addresses.length; place += step) {
      yield { part, address: part.addresses[place]! }
    }
  }
}

export const measureNode = (
  outage: MeasuredOutage,
  ports: MeasurePorts,
  most: number,
): PlantFacts => {
  const { facts, places } = ports
  const counts = new Map<string, { count: number; depth: number }>()
  const boxes = new Map<string, number>()
  let placed = 0
  let looked = 0
  for (const { part, address } of sampled(outage.parts.values(), most)) {
    looked++
    const path = places.pathOf(part.oltId, address)
    if (path.length > 0) {
      placed++
      boxes.set(path[0]!, (boxes.get(path[0]!) ?? 0) + 1)
    }
    path.forEach((node, index) => {
      const entry = counts.get(node) ?? { count: 0, depth: path.length - index }
      entry.count++
      counts.set(node, entry)
    })
  }
  const share = placed / Math.max(1, looked)
  let lowest: string | null = null
  let depth = 0
  for (const [node, entry] of counts) {
    if (entry.count < nearlyAll * placed || entry.depth <= depth) continue
    lowest = node
    depth = entry.depth
  }
  const inBoxes = { boxes: boxes.size, wholeBoxes: wholeShare(boxes, outage, ports) }
  if (lowest === null) {
    return { placed: share, node: null, besideUp: 0, severalPons: false, ...inBoxes }
  }
  let fell = 0
  let up = 0
  let upOnPons = 0
  const pons = new Set<string>()
  const below = new Map<string, Set<number>>()
  for (const onu of places.onusBelow(lowest)) {
    pons.add(`${onu.oltId} ${ponOf(onu.address)}`)
    const row = facts.rowOf(onu.oltId, onu.address)
    const part = outage.parts.get(onu.oltId)
    if (part !== undefined && placeOf(part.addresses, onu.address) >= 0) {
      fell++
    } else if (row >= 0 && isWitness(outage, ports, onu.oltId, row)) {
      up++
      const mine = below.get(onu.oltId) ?? new Set()
      below.set(onu.oltId, mine.add(onu.address))
    }
  }
  for (const part of outage.parts.values()) {
    const olt = facts.olt(part.oltId)
    if (olt === undefined) continue
    const mine = new Set([...part.addresses].map(ponOf))
    const isBelow = below.get(part.oltId)
    for (let index = 0; index < olt.rows.length; index++) {
      const address = olt.addresses[index]!
      if (!mine.has(ponOf(address))) continue
      if (!isWitness(outage, ports, olt.id, olt.rows[index]!)) continue
      if (isBelow?.has(address) !== true && placeOf(part.addresses, address) < 0) upOnPons++
    }
  }
  return {
    placed: share,
    node: { id: lowest, name: places.node(lowest)?.name ?? '', fell, up },
    besideUp: upOnPons,
    severalPons: pons.size > 1,
    ...inBoxes,
  }
}

/** Of members by box: the share of those in boxes of which nobody is up. */
const wholeShare = (
  boxes: ReadonlyMap<string, number>,
  outage: MeasuredOutage,
  ports: MeasurePorts,
): number => {
  const { facts, places } = ports
  let whole = 0
  let total = 0
  let looked = 0
  for (const [box, members] of boxes) {
    if (looked++ >= mostBoxes) break
    total += members
    const isUp = places.onusBelow(box).some(({ oltId, address }) => {
      const part = outage.parts.get(oltId)
      if (part !== undefined && placeOf(part.addresses, address) >= 0) return false
      const row = facts.rowOf(oltId, address)
      return row >= 0 && isWitness(outage, ports, oltId, row)
    })
    if (!isUp) whole += members
  }
  return whole / Math.max(1, total)
}

export const measureAreas = (
  outage: MeasuredOutage,
  ports: MeasurePorts,
  most: number,
): AreaFacts => {
  const { facts, places } = ports
  const counts = new Map<string, { count: number; pons: Set<string> }>()
  let known = 0
  let looked = 0
  for (const { part, address } of sampled(outage.parts.values(), most)) {
    looked++
    const area = places.areaOf(part.oltId, address, facts.rowOf(part.oltId, address))
    if (area === null) continue
    known++
    const entry = counts.get(area) ?? { count: 0, pons: new Set() }
    entry.count++
    entry.pons.add(`${part.oltId} ${ponOf(address)}`)
    counts.set(area, entry)
  }
  const ranked = [...counts].sort(([, one], [, other]) => other.count - one.count)
  // One or two who live elsewhere are no area of the outage.
  const main = new Set(
    ranked.filter(([, { count }]) => count >= 0.05 * known).map(([area]) => area),
  )
  let elsewhereUp = 0
  let sameUp = 0
  let otherUp = 0
  if (outage.parts.size <= mostOltsLookedAt) {
    for (const part of outage.parts.values()) {
      const olt = facts.olt(part.oltId)
      if (olt === undefined) continue
      const mine = new Set([...part.addresses].map(ponOf))
      for (let index = 0; index < olt.rows.length; index++) {
        const row = olt.rows[index]!
        const address = olt.addresses[index]!
        if (placeOf(part.addresses, address) >= 0) continue
        if (!isWitness(outage, ports, olt.id, row)) continue
        const area = places.areaOf(olt.id, address, row)
        if (area === null) continue
        if (!mine.has(ponOf(address))) elsewhereUp += main.has(area) ? 1 : 0
        else if (main.has(area)) sameUp++
        else otherUp++
      }
    }
  }
  return {
    names: ranked.map(([area]) => area),
    known: known / Math.max(1, looked),
    elsewhereUp,
    sameUp,
    otherUp,
    overPons: [...counts.values()].filter(({ pons }) => pons.size > 1).length,
  }
}
