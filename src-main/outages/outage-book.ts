import type { MaintenanceLookup } from '../engine/capability-ports.ts'
import type { NetworkFacts, OltFacts } from '../engine/network-facts.ts'
import { ponOf } from '../../src-shared/domain/onu-address.ts'
import type { Cluster, ClusterSight, Falls } from './clusters.ts'
import { placeOf, type MemberPart } from './members.ts'
import { knownDown, knownUp, type OnuMemories } from './onu-memory.ts'
import { addEntry, ponKeyOf, type Outage } from './outage.ts'
import { foldIn, newOutage } from './outage-members.ts'
import { gapMs, joinTraces, related, type Trace } from './relations.ts'
import { endingOf, severityOf } from './rules.ts'
import type { OutageThresholds } from './thresholds.ts'

/** The outages that are open, and those that ended a moment ago: ONUs join, leave and return. */
export interface OutageBook {
  readonly takeCluster: (olt: OltFacts, falls: Falls, cluster: Cluster, at: number) => void
  /** One ONU that fell apart from any group; true: an open outage has taken it in. */
  readonly takeStray: (
    olt: OltFacts,
    falls: Falls,
    place: number,
    sight: ClusterSight,
    at: number,
  ) => boolean
  readonly back: (row: number, oltId: string, address: number, at: number) => void
  /** A member that had come back is down again; true: nothing new. */
  readonly fellAgain: (row: number, oltId: string, address: number, at: number) => boolean
  /** Switched off, or taken off the OLT: it counts no more. */
  readonly aside: (row: number, oltId: string, address: number) => void
  /** The first walk of an OLT since the start: members that came back or went meanwhile. */
  readonly compare: (olt: OltFacts) => void
  readonly walked: (oltId: string, at: number) => void
  readonly weighAgain: (oltId: string) => void
  readonly oltsChanged: () => void
  /** Ends what has ended by time; drops what ended long ago. */
  readonly settle: (at: number) => void
  readonly restore: (outage: Outage) => void
  readonly list: () => Iterable<Outage>
  readonly byId: (id: string) => Outage | undefined
  readonly byNumber: (number: number) => Outage | undefined
  readonly nextNumber: () => number
}

export interface BookEvents {
  /** Weighed at once when it opens, else soon. */
  readonly opened: (outage: Outage) => void
  readonly grew: (outage: Outage) => void
  readonly ended: (outage: Outage) => void
  /** `oltId`: whose ONUs have changed. `urgent`: more than a count. */
  readonly changed: (outage: Outage, oltId: string | null, urgent: boolean) => void
  readonly weigh: (outage: Outage) => void
}

/** Half of a group that was down a moment ago: the same outage, not a new one. */
const sameMembers = 0.5
/** The time line tells of growth at most so often, ms. */
const growthEveryMs = 60_000
/** Members of a falling cluster whose maintenance is asked for. */
const mostAsked = 64

export const createOutageBook = (deps: {
  readonly facts: NetworkFacts
  readonly memories: OnuMemories
  readonly maintenanceOf: MaintenanceLookup
  readonly newId: () => string
  readonly now: () => number
  readonly events: BookEvents
  readonly limits: OutageThresholds
}): OutageBook => {
  const { facts, memories, events, limits } = deps
  const outages = new Map<number, Outage>()
  let lastNumber = 0

  const addTo = (
    outage: Outage,
    olt: OltFacts,
    falls: Falls,
    places: readonly number[],
  ): number => {
    const memory = memories.columns()
    const before = new Set(outage.pons.keys())
    const added = foldIn(outage, olt, falls, places, (row) => memory.rxDbm[row] ?? Number.NaN)
    for (const place of places) {
      const row = falls.rows[place]!
      const other = outages.get(memory.outage[row]!)
      if (other !== undefined && other !== outage && other.endedAt === null) {
        setAside(other, olt.id, falls.addresses[place]!)
      }
      memory.outage[row] = outage.number
    }
    for (const [key, pon] of outage.pons) {
      if (!before.has(key)) pon.total = totalOn(olt, pon.packed)
    }
    return added
  }

  const totalOn = (olt: OltFacts, pon: number): number => {
    let total = 0
    for (const address of olt.addresses) if (ponOf(address) === pon) total++
    return total
  }

  const resize = (outage: Outage): void => {
    const memory = memories.columns()
    let whole = 0
    for (const pon of outage.pons.values()) {
      const olt = facts.olt(pon.oltId)
      if (olt === undefined) continue
      let isUp = false
      for (let index = 0; index < olt.rows.length && !isUp; index++) {
        if (ponOf(olt.addresses[index]!) !== pon.packed) continue
        isUp = memory.known[olt.rows[index]!] === knownUp
      }
      if (!isUp) whole++
    }
    outage.severity = severityOf({ affected: outage.affected, wholePons: whole }, limits)
  }

  const maintenanceOfCluster = (oltId: string, falls: Falls, places: readonly number[]) => {
    const found = new Map<string, { count: number; behaviour: string }>()
    const step = Math.max(1, Math.floor(places.length / mostAsked))
    let asked = 0
    for (let index = 0; index < places.length; index += step) {
      asked++
      const window = deps.maintenanceOf(oltId, falls.addresses[places[index]!]!)
      if (window === null) continue
      const entry = found.get(window.id) ?? { count: 0, behaviour: window.behaviour }
      entry.count++
      found.set(window.id, entry)
    }
    for (const [id, { count, behaviour }] of found) {
      if (2 * count >= asked) return { id, muted: behaviour === 'mute' }
    }
    return null
  }

  const candidates = (isOpen: boolean): Outage[] =>
    [...outages.values()]
      .filter((outage) => (outage.endedAt === null) === isOpen)
      .sort((one, other) => other.seenAt - one.seenAt)

  const grow = (
    outage: Outage,
    olt: OltFacts,
    falls: Falls,
    places: readonly number[],
    trace: Trace,
    at: number,
  ): void => {
    const added = addTo(outage, olt, falls, places)
    outage.trace = joinTraces(outage.trace, trace, limits)
    outage.seenAt = at
    outage.leftoverSince = null
    const last = outage.timeline.findLast(({ kind }) => kind === 'grew')
    if (added > 0 && (last === undefined || at - last.at >= growthEveryMs)) {
      addEntry(outage.timeline, at, 'grew', { params: { affected: outage.affected } })
    }
    resize(outage)
    events.changed(outage, olt.id, true)
    events.grew(outage)
  }

  const open = (olt: OltFacts, falls: Falls, cluster: Cluster, at: number): void => {
    const outage = newOutage({
      id: deps.newId(),
      number: ++lastNumber,
      trace: cluster,
      at,
      maintenance: maintenanceOfCluster(olt.id, falls, cluster.places),
    })
    outages.set(outage.number, outage)
    addTo(outage, olt, falls, cluster.places)
    addEntry(outage.timeline, outage.beganAt, 'began')
    addEntry(outage.timeline, at, 'opened', { params: { affected: outage.affected } })
    resize(outage)
    events.changed(outage, olt.id, true)
    events.opened(outage)
  }

  const reopen = (
    outage: Outage,
    olt: OltFacts,
    falls: Falls,
    cluster: Cluster,
    at: number,
  ): void => {
    outage.endedAt = null
    outage.leftoverSince = null
    addTo(outage, olt, falls, cluster.places)
    addEntry(outage.timeline, at, 'reopened', { params: { affected: cluster.count } })
    resize(outage)
    events.changed(outage, olt.id, true)
  }

  const end = (outage: Outage, at: number): void => {
    outage.endedAt = at
    outage.leftoverSince = null
    addEntry(outage.timeline, at, 'ended', { params: { leftDown: outage.down } })
    events.changed(outage, null, true)
    events.ended(outage)
  }

  const isWatched = (outage: Outage): boolean =>
    [...outage.parts.keys()].every((oltId) => facts.olt(oltId)?.reachability === 'reachable')

  const lookAtEnd = (outage: Outage, at: number): void => {
    if (outage.endedAt !== null) return
    switch (endingOf(outage, limits)) {
      case 'forGood':
        end(outage, at)
        break
      case 'leftover':
        // Of ONUs behind a lost way nothing is known: the time waits.
        if (outage.leftoverSince === null || !isWatched(outage)) outage.leftoverSince = at
        else if (at - outage.leftoverSince >= limits.leftoverS * 1000) end(outage, at)
        break
      case 'open':
        outage.leftoverSince = null
        break
    }
  }

  const memberAt = (
    row: number,
    oltId: string,
    address: number,
  ): { outage: Outage; part: MemberPart; place: number } | null => {
    const outage = outages.get(memories.columns().outage[row]!)
    const part = outage?.parts.get(oltId)
    const place = part === undefined ? -1 : placeOf(part.addresses, address)
    return outage === undefined || part === undefined || place < 0 ? null : { outage, part, place }
  }

  const setAside = (outage: Outage, oltId: string, address: number): void => {
    const part = outage.parts.get(oltId)
    const place = part === undefined ? -1 : placeOf(part.addresses, address)
    if (part === undefined || place < 0 || !Number.isNaN(part.backAt[place]!)) return
    part.backAt[place] = Number.POSITIVE_INFINITY
    outage.down--
    events.changed(outage, oltId, false)
  }

  return {
    takeCluster: (olt, falls, cluster, at) => {
      const memory = memories.columns()
      const target = candidates(true).find((outage) => related(cluster, outage.trace, limits))
      if (target !== undefined) {
        grow(target, olt, falls, cluster.places, cluster, at)
        return
      }
      const again = candidates(false).find((outage) => {
        const known = cluster.places.filter(
          (place) => memory.outage[falls.rows[place]!] === outage.number,
        )
        return known.length >= sameMembers * cluster.count
      })
      if (again === undefined) open(olt, falls, cluster, at)
      else reopen(again, olt, falls, cluster, at)
    },
    takeStray: (olt, falls, place, sight, at) => {
      const area = sight.areaOf(place)
      const sums = { count: 1, gasps: falls.gasp[place]!, silentCapable: 0 }
      const trace: Trace = {
        olts: new Set([olt.id]),
        ponKeys: new Set([ponKeyOf(olt.id, ponOf(falls.addresses[place]!))]),
        ...sums,
        firstAt: falls.at[place]!,
        lastAt: falls.at[place]!,
        clocked: falls.clocked[place] === 1,
        whole: false,
        wholeOlt: false,
        // Its own last word: with others that lost their power it is one of them.
        nature: sums.gasps === 1 ? 'power' : 'unclear',
        areas: new Set(area === null ? [] : [area]),
        path: sight.pathOf(place),
      }
      const target = candidates(true).find((outage) => {
        const isOnItsPons = [...trace.ponKeys].every((key) => outage.pons.has(key))
        // A blackout reaches other PONs house by house; anything else does not leave its own.
        const isBlackout =
          trace.nature === 'power' && outage.trace.nature === 'power' && outage.pons.size > 1
        if (!isOnItsPons && !isBlackout) return false
        if (!related(trace, outage.trace, limits)) return false
        // Beside a clear moment without gasps a single one is by itself.
        const { gasps, clocked, firstAt, lastAt } = outage.trace
        const isMoment = clocked && gasps === 0 && lastAt - firstAt <= limits.momentS * 1000
        return !isMoment || gapMs(trace, outage.trace) <= limits.apartS * 1000
      })
      if (target === undefined) return false
      // What all share is not narrowed by one: the verdict looks at nearly all of them.
      grow(target, olt, falls, [place], { ...trace, path: target.trace.path }, at)
      return true
    },
    back: (row, oltId, address, at) => {
      const found = memberAt(row, oltId, address)
      if (found === null || !Number.isNaN(found.part.backAt[found.place]!)) return
      const { outage, part, place } = found
      part.backAt[place] = at
      outage.down--
      if (outage.endedAt === null && !outage.timeline.some(({ kind }) => kind === 'returning')) {
        addEntry(outage.timeline, at, 'returning')
      }
      events.changed(outage, oltId, false)
      if (outage.down === 0) lookAtEnd(outage, at)
    },
    fellAgain: (row, oltId, address, at) => {
      const found = memberAt(row, oltId, address)
      if (found === null || found.outage.endedAt !== null) return false
      const { outage, part, place } = found
      const backAt = part.backAt[place]!
      if (Number.isNaN(backAt)) return true
      if (at - backAt > limits.reopenS * 1000 || backAt === Number.POSITIVE_INFINITY) return false
      part.backAt[place] = Number.NaN
      outage.down++
      events.changed(outage, oltId, false)
      return true
    },
    aside: (row, oltId, address) => {
      const found = memberAt(row, oltId, address)
      if (found !== null) setAside(found.outage, oltId, address)
      if (found !== null && found.outage.down === 0) lookAtEnd(found.outage, deps.now())
    },
    compare: (olt) => {
      for (const outage of outages.values()) {
        const part = outage.parts.get(olt.id)
        if (part === undefined || outage.endedAt !== null) continue
        part.addresses.forEach((address) => {
          if (facts.rowOf(olt.id, address) < 0) setAside(outage, olt.id, address)
        })
        lookAtEnd(outage, deps.now())
      }
    },
    walked: (oltId, at) => {
      for (const outage of outages.values()) {
        if (!outage.parts.has(oltId)) continue
        if (outage.walkedAt < at) outage.walkedAt = at
        lookAtEnd(outage, at)
        if (outage.endedAt === null) events.weigh(outage)
      }
    },
    weighAgain: (oltId) => {
      for (const outage of outages.values()) {
        if (outage.endedAt === null && outage.parts.has(oltId)) events.weigh(outage)
      }
    },
    oltsChanged: () => {
      for (const outage of outages.values()) {
        if (outage.endedAt !== null) continue
        for (const part of outage.parts.values()) {
          if (facts.olt(part.oltId) !== undefined) continue
          for (const address of part.addresses) setAside(outage, part.oltId, address)
        }
        if (outage.down === 0) end(outage, deps.now())
      }
    },
    settle: (at) => {
      for (const outage of outages.values()) {
        if (outage.endedAt === null) lookAtEnd(outage, at)
        else if (at - outage.endedAt > limits.reopenS * 1000) outages.delete(outage.number)
      }
    },
    restore: (outage) => {
      lastNumber = Math.max(lastNumber, outage.number)
      outages.set(outage.number, outage)
      for (const part of outage.parts.values()) {
        part.addresses.forEach((address, place) => {
          const row = facts.rowOf(part.oltId, address)
          if (row < 0) return
          memories.reserve(row)
          const memory = memories.columns()
          memory.outage[row] = outage.number
          if (Number.isNaN(part.backAt[place]!)) memory.known[row] = knownDown
        })
      }
    },
    list: () => outages.values(),
    byId: (id) => [...outages.values()].find((outage) => outage.id === id),
    byNumber: (number) => outages.get(number),
    nextNumber: () => ++lastNumber,
  }
}
