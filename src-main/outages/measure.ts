import { formatPon, ponOf } from '../../src-shared/domain/onu-address.ts'
import type { OltFacts } from '../engine/network-facts.ts'
import type { MeasuredOutage, MeasurePorts } from './measured.ts'
import { placeOf } from './members.ts'
import { measureAreas, measureNode } from './measure-places.ts'
import { cardOf, cardOfAddress, ponPacked } from './olt-notes.ts'
import type { CardFacts, GaspFacts, OutageFacts, PortFacts } from './outage-facts.ts'
import { isWitness } from './witness.ts'

/** Of a mass of members so many are looked at one by one; counts are of all. */
const mostLookedAt = 4_096

/** One PON of the outage. */
interface PonTally {
  fell: number
  up: number
  nearestFallen: number
  farthestUp: number
  distances: number
  gasps: number
  silent: number
}

/** So many could have gasped on a PON of which nobody did: no chance any more. Judgement. */
const fewestSilent = 6

export const measureOutage = (outage: MeasuredOutage, ports: MeasurePorts): OutageFacts => {
  const { facts, limits } = ports
  const memory = ports.memories.columns()
  const olts: OltFacts[] = []
  const pons = new Map<string, PonTally>()
  const cards = new Map<string, { up: number; whole: number; pons: number; members: number }>()
  let members = 0
  let upOnOlts = 0
  let flapped = 0
  let lightKnown = 0
  let lightFell = 0
  let fellDb = 0
  const gasps = { seen: 0, silentCapable: 0, silentUnproven: 0 }
  const arrivals: { at: number; gasp: number }[] = []

  for (const part of outage.parts.values()) {
    const olt = facts.olt(part.oltId)
    if (olt === undefined) continue
    olts.push(olt)
    const { addresses } = part
    members += addresses.length
    const step = Math.max(1, Math.floor(addresses.length / mostLookedAt))
    const tallies = new Map<number, PonTally>()
    const tallyOf = (pon: number): PonTally => {
      let tally = tallies.get(pon)
      if (tally === undefined) {
        tally = {
          fell: 0,
          up: 0,
          nearestFallen: Infinity,
          farthestUp: -Infinity,
          distances: 0,
          gasps: 0,
          silent: 0,
        }
        tallies.set(pon, tally)
      }
      return tally
    }
    for (let index = 0; index < olt.rows.length; index++) {
      const address = olt.addresses[index]!
      const row = olt.rows[index]!
      const place = placeOf(addresses, address)
      const tally = tallyOf(ponOf(address))
      const distance = memory.distanceM[row] ?? Number.NaN
      if (place < 0) {
        if (!isWitness(outage, ports, part.oltId, row)) continue
        upOnOlts++
        tally.up++
        if (distance > tally.farthestUp) tally.farthestUp = distance
        continue
      }
      tally.fell++
      if (!Number.isNaN(distance)) tally.distances++
      if (distance < tally.nearestFallen) tally.nearestFallen = distance
      const capable = ports.gasps.canGasp(olt.index, facts.onus.model(row))
      if (part.gasp[place] === 1) {
        gasps.seen++
        tally.gasps++
      } else if (capable) {
        gasps.silentCapable++
        tally.silent++
      } else {
        gasps.silentUnproven++
      }
      if (place % step !== 0) continue
      arrivals.push({ at: part.downAt[place]!, gasp: part.gasp[place]! })
      if (ports.memories.fallsAt(row, part.downAt[place]!) >= limits.flaps) flapped += step
      const own = (memory.usualRxDbm[row] ?? Number.NaN) - (memory.rxDbm[row] ?? Number.NaN)
      const asked = ports.light(part.oltId, address)?.dropDb ?? Number.NaN
      const drop = Number.isNaN(own) ? asked : Number.isNaN(asked) ? own : Math.max(own, asked)
      if (Number.isNaN(drop)) continue
      lightKnown += step
      if (drop < limits.lightFellDb) continue
      lightFell += step
      fellDb += step * drop
    }
    for (const [pon, tally] of tallies) {
      if (tally.fell === 0 && tally.up === 0) continue
      const key = `${part.oltId} ${cardOfAddress(pon)}`
      const card = cards.get(key) ?? { up: 0, whole: 0, pons: 0, members: 0 }
      cards.set(key, card)
      card.pons++
      card.up += tally.up
      card.members += tally.fell
      if (tally.up === 0) card.whole++
      if (tally.fell > 0) pons.set(`${part.oltId} ${pon}`, tally)
    }
  }

  const list = [...pons.values()]
  const whole = list.filter(({ up }) => up === 0).length
  const up = list.reduce((sum, tally) => sum + tally.up, 0)
  const node = measureNode(outage, ports, mostLookedAt)
  return {
    members,
    olts: olts.length,
    shareOfOlts: members / Math.max(1, members + upOnOlts),
    pons: { count: list.length, whole, share: members / Math.max(1, members + up), up },
    cards: measureCards([...cards], whole, olts, outage, ports),
    ports: measurePorts(pons, olts, outage, ports),
    oltNames: olts
      .slice(0, 3)
      .map(({ name }) => name)
      .join(', '),
    downPorts: downPortsOf(pons, olts),
    restarted: measureRestart(olts, outage, ports),
    gasps: {
      ...gasps,
      silentPons: list.filter((tally) => tally.gasps === 0 && tally.silent >= fewestSilent).length,
      ...order(arrivals),
    },
    time: { clocked: outage.clocked, spreadS: spreadOf(arrivals) / 1000 },
    plant: node,
    areas: measureAreas(outage, ports, mostLookedAt),
    distance: distanceOf(list),
    light: { known: lightKnown, fell: lightFell, averageDb: fellDb / Math.max(1, lightFell) },
    flapped,
    settled:
      outage.walkedAt > outage.seenAt || outage.seenAt - outage.lastAt >= limits.settledS * 1000,
  }
}

/** A cut partway: one distance parts those that fell from those that stayed, on every PON. */
const distanceOf = (pons: readonly PonTally[]): OutageFacts['distance'] => {
  const partial = pons.filter(({ up }) => up > 0)
  if (partial.length === 0) return null
  const isParted = partial.every(
    ({ fell, up, distances, nearestFallen, farthestUp }) =>
      up >= 3 && distances >= 3 && distances >= 0.7 * fell && nearestFallen > farthestUp,
  )
  if (!isParted) return null
  return {
    beyondM: Math.round(Math.min(...partial.map(({ nearestFallen }) => nearestFallen))),
    nearerUp: partial.reduce((sum, { up }) => sum + up, 0),
  }
}

const measureCards = (
  cards: readonly (readonly [
    string,
    {
      readonly up: number
      readonly whole: number
      readonly pons: number
      readonly members: number
    },
  ])[],
  wholePons: number,
  olts: readonly OltFacts[],
  outage: MeasuredOutage,
  ports: MeasurePorts,
): CardFacts => {
  const hit = cards.filter(([, card]) => card.members > 0)
  const whole = hit.filter(([, card]) => card.pons >= 2 && card.whole === card.pons)
  const covered = whole.reduce((sum, [, card]) => sum + card.whole, 0)
  const others = cards.filter(([, card]) => card.members === 0)
  let failed = 0
  let inService = 0
  for (const olt of olts) {
    if (olt.boardsAt === null || olt.boardsAt < outage.lastAt) continue
    const { worked } = ports.notesOf(olt.id)
    for (const board of olt.boards) {
      const card = cardOf(board.shelf, board.slot)
      if (!hit.some(([key]) => key === `${olt.id} ${card}`)) continue
      if (board.state === 'in-service') inService++
      else if (worked.has(card)) failed++
    }
  }
  return {
    whole: whole.length,
    wholePons: covered,
    explainAll: whole.length > 0 && covered === wholePons && hit.length === whole.length,
    otherCardsUp: others.length === 0 ? null : others.some(([, card]) => card.up > 0),
    failed,
    inService,
  }
}

const measurePorts = (
  pons: ReadonlyMap<string, PonTally>,
  olts: readonly OltFacts[],
  outage: MeasuredOutage,
  ports: MeasurePorts,
): PortFacts => {
  const counts = { read: 0, down: 0, lit: 0, dark: 0 }
  for (const olt of olts) {
    if (olt.ponPortsAt === null || olt.ponPortsAt < outage.lastAt) continue
    const { shone } = ports.notesOf(olt.id)
    for (const port of olt.ponPorts) {
      const packed = ponPacked(port)
      const tally = pons.get(`${olt.id} ${packed}`)
      if (tally === undefined || tally.up > 0) continue
      counts.read++
      if (port.state === 'down') counts.down++
      if (port.txDbm === null ? shone.has(packed) : port.txDbm <= ports.limits.darkDbm) {
        counts.dark++
      } else if (port.txDbm !== null) {
        counts.lit++
      }
    }
  }
  return counts
}

const downPortsOf = (pons: ReadonlyMap<string, PonTally>, olts: readonly OltFacts[]): string =>
  olts
    .flatMap((olt) =>
      olt.ponPorts.filter(
        (port) => port.state === 'down' && pons.get(`${olt.id} ${ponPacked(port)}`)?.up === 0,
      ),
    )
    .slice(0, 3)
    .map(formatPon)
    .join(', ')

const measureRestart = (
  olts: readonly OltFacts[],
  outage: MeasuredOutage,
  { notesOf, limits }: MeasurePorts,
): boolean | null => {
  let read = 0
  let restarted = 0
  for (const olt of olts) {
    const notes = notesOf(olt.id)
    const near = limits.restartS * 1000
    if (notes.startedAt >= outage.firstAt - near && notes.startedAt <= outage.lastAt + near) {
      restarted++
    } else if (notes.uptimeAt >= outage.lastAt) {
      read++
    }
  }
  if (restarted > 0 && restarted === olts.length) return true
  return read === olts.length && restarted === 0 ? false : null
}

const order = (
  arrivals: { readonly at: number; readonly gasp: number }[],
): Pick<GaspFacts, 'firstThird' | 'lastThird'> => {
  const third = Math.floor(arrivals.length / 3)
  if (third < 3) return { firstThird: null, lastThird: null }
  arrivals.sort((one, other) => one.at - other.at)
  const share = (part: typeof arrivals): number =>
    part.reduce((sum, { gasp }) => sum + gasp, 0) / part.length
  return { firstThird: share(arrivals.slice(0, third)), lastThird: share(arrivals.slice(-third)) }
}

const spreadOf = (arrivals: readonly { readonly at: number }[]): number => {
  if (arrivals.length < 2) return 0
  const times = Float64Array.from(arrivals, ({ at }) => at).sort()
  // One that fell by itself just then is no sign of batteries.
  const cut = times.length < 6 ? 0 : Math.max(1, Math.floor(times.length / 10))
  return times[times.length - 1 - cut]! - times[cut]!
}
