import { ponOf } from '../../src-shared/domain/onu-address.ts'
import type { MaintenanceLookup } from '../engine/capability-ports.ts'
import type {
  NetworkCycle,
  NetworkFacts,
  NetworkListener,
  OltFacts,
} from '../engine/network-facts.ts'
import { isBootCause, isGaspCause, isOrderedCause, stateAt } from './causes.ts'
import { findClusters } from './clusters.ts'
import { clockAhead, clockSlackMs } from '../engine/olt-clock.ts'
import type { GaspMemory } from './gasp-memory.ts'
import { createLooseFalls, type LooseFalls } from './loose-falls.ts'
import { noteChassis, noteUptime, type OltNotes } from './olt-notes.ts'
import { heldThrough, knownAside, knownDown, knownUp, type OnuMemories } from './onu-memory.ts'
import type { OutageBook } from './outage-book.ts'
import type { Places } from './places.ts'
import { windowMs } from './rules.ts'
import type { OutageThresholds } from './thresholds.ts'

const hourMs = 3_600_000
/** Falls within about an hour, this one among them, beyond which an ONU is restless. Judgement. */
const restlessFalls = 1.6

/**
 * Looks at every status walk: who was up before and is down now, who is back. What is not known (the
 * way to an OLT is lost) is no news of any kind. Groups of falls go to the book.
 */
export const createWatch = (ports: {
  readonly facts: NetworkFacts
  readonly memories: OnuMemories
  readonly gasps: GaspMemory
  readonly places: Places
  readonly notesOf: (oltId: string) => OltNotes
  readonly maintenanceOf: MaintenanceLookup
  readonly book: OutageBook
  readonly limits: OutageThresholds
}): NetworkListener => {
  const { facts, memories, gasps, places, notesOf, book, limits } = ports
  const { onus } = facts
  const loose = new Map<string, LooseFalls>()

  const looseOf = (oltId: string): LooseFalls => {
    const falls = loose.get(oltId) ?? createLooseFalls()
    loose.set(oltId, falls)
    return falls
  }

  /** Falls of this walk whose times by the OLT's clock are still to be held against ours. */
  interface Fresh {
    readonly rows: number[]
    readonly addresses: number[]
  }

  const takeState = (olt: OltFacts, cycle: NetworkCycle, isFirst: boolean, fresh: Fresh): void => {
    for (let index = 0; index < olt.rows.length; index++) {
      const row = olt.rows[index]!
      const address = olt.addresses[index]!
      if (cycle.pon !== null && ponOf(address) !== cycle.pon) continue
      memories.reserve(row)
      const memory = memories.columns()
      const before = memory.known[row]!
      if (isGaspCause[onus.cause(row)] === 1) gasps.note(olt.index, onus.model(row))
      switch (onus.state(row)) {
        case stateAt.online:
        case stateAt.refused: {
          const metres = onus.distanceM(row)
          if (metres > 0) memory.distanceM[row] = metres
          if (before === knownUp) break
          memory.known[row] = knownUp
          if (memory.outage[row] !== 0) book.back(row, olt.id, address, cycle.at)
          break
        }
        case stateAt.disabled:
          if (before === knownAside) break
          memory.known[row] = knownAside
          if (memory.outage[row] !== 0) book.aside(row, olt.id, address)
          break
        case stateAt.offline:
          // Read alone before the first walk: that will tell whether it fell with others.
          if (before === knownDown || (before === 0 && cycle.pon !== null)) break
          memory.known[row] = knownDown
          if (before === knownUp || (before === 0 && isFirst)) {
            fresh.rows.push(row)
            fresh.addresses.push(address)
          }
          break
        default:
          // Starting: seen, and not back yet. Unknown: nothing is known.
          break
      }
    }
  }

  const addFalls = (
    olt: OltFacts,
    notes: OltNotes,
    fresh: Fresh,
    at: number,
    isFirst: boolean,
  ): void => {
    if (fresh.rows.length === 0) return
    const falls = looseOf(olt.id)
    // A walk's own time stands for an OLT that tells none (network/apply-readings.ts).
    const raw = fresh.rows.map((row) => {
      const time = onus.lastDownAt(row)
      return time === onus.statusAt(row) ? Number.NaN : time
    })
    notes.aheadMs = clockAhead(raw, {
      aheadMs: notes.aheadMs,
      from: isFirst ? Number.NEGATIVE_INFINITY : notes.walkedAt,
      at,
    })
    fresh.rows.forEach((row, index) => {
      const address = fresh.addresses[index]!
      const own = raw[index]! - notes.aheadMs
      const isTold = !Number.isNaN(own) && own <= at + clockSlackMs
      const earliest = isFirst ? at - limits.longDeadH * hourMs : notes.walkedAt - clockSlackMs
      const isClocked = isTold && (isFirst || Number.isNaN(notes.walkedAt) || own >= earliest)
      if (isFirst && !(isTold && own >= earliest)) return
      const cause = onus.cause(row)
      if (!isFirst) memories.noteFall(row, at)
      if (isOrderedCause[cause] === 1) return
      if (ports.maintenanceOf(olt.id, address)?.behaviour === 'skip') return
      const fell = isClocked ? Math.min(own, at) : at
      if (book.fellAgain(row, olt.id, address, fell)) return
      falls.add({
        row,
        address,
        at: fell,
        clocked: isClocked,
        gasp: isGaspCause[cause] === 1,
        seenAt: at,
        from: isBootCause[cause] === 1 ? at + limits.rebootS * 1000 : at,
      })
    })
  }

  const correlate = (olt: OltFacts, at: number, isFirst: boolean): void => {
    const falls = looseOf(olt.id)
    if (falls.count() === 0) return
    const memory = memories.columns()
    const keepMs = windowMs(olt.intervals.statusS, limits)
    falls.keep((row, seenAt) => memory.known[row] === knownDown && at - seenAt <= keepMs)
    const ripe = falls.ripe(olt.id, at, (row) => gasps.canGasp(olt.index, onus.model(row)))
    if (ripe.rows.length === 0) return
    const { aheadMs, walkedAt } = notesOf(olt.id)
    const since = Number.isNaN(walkedAt) ? Number.POSITIVE_INFINITY : walkedAt
    const up = new Map<number, number>()
    let upInAll = 0
    for (let index = 0; index < olt.rows.length; index++) {
      const row = olt.rows[index]!
      if (memory.known[row] !== knownUp) continue
      if (!heldThrough(onus.lastDownAt(row), aheadMs, since)) continue
      upInAll++
      const pon = ponOf(olt.addresses[index]!)
      up.set(pon, (up.get(pon) ?? 0) + 1)
    }
    const pons = new Set(Array.from(ripe.addresses, ponOf))
    const sight = {
      upOn: (pon: number) => up.get(pon) ?? 0,
      areaOf: (place: number) => places.areaOf(olt.id, ripe.addresses[place]!, ripe.rows[place]!),
      pathOf: (place: number) => places.pathOf(olt.id, ripe.addresses[place]!),
      wholeOlt:
        pons.size > 1 && ripe.rows.length >= limits.wholeOltShare * (ripe.rows.length + upInAll),
      strict: isFirst,
      isSteady: (place: number) => memories.fallsAt(ripe.rows[place]!, at) < restlessFalls,
    }
    const taken = new Set<number>()
    for (const cluster of findClusters(ripe, sight, limits)) {
      book.takeCluster(olt, ripe, cluster, at)
      for (const place of cluster.places) taken.add(ripe.rows[place]!)
    }
    for (let place = 0; place < ripe.rows.length; place++) {
      const row = ripe.rows[place]!
      if (!taken.has(row) && !isFirst && book.takeStray(olt, ripe, place, sight, at)) taken.add(row)
    }
    // Nobody saw those of the first look fall: alone they are nothing.
    if (isFirst) falls.keep(() => false)
    else if (taken.size > 0) falls.keep((row) => !taken.has(row))
  }

  const takeLight = (olt: OltFacts): void => {
    for (const row of olt.rows) {
      memories.reserve(row)
      if (memories.columns().known[row] === knownUp) memories.noteLight(row, onus.onuRxDbm(row))
    }
  }

  return {
    cycle: (olt, cycle) => {
      if (cycle.group === 'optics') takeLight(olt)
      if (cycle.group !== 'status') return
      const notes = notesOf(olt.id)
      noteUptime(notes, olt, cycle.at)
      const isFirst = notes.walks === 0 && cycle.pon === null
      const fresh: Fresh = { rows: [], addresses: [] }
      takeState(olt, cycle, isFirst, fresh)
      addFalls(olt, notes, fresh, cycle.at, isFirst)
      correlate(olt, cycle.at, isFirst)
      if (isFirst) book.compare(olt)
      if (cycle.pon === null && cycle.whole) {
        notes.walks++
        notes.walkedAt = cycle.at
        book.walked(olt.id, cycle.at)
      }
    },
    onuStates: (olt, changes) => {
      // Down and up again between two walks: only the OLT's own record tells.
      for (let index = 0; index < changes.rows.length; index++) {
        if (changes.before[index] !== stateAt.online) continue
        if (changes.after[index] !== stateAt.online) continue
        const row = changes.rows[index]!
        memories.reserve(row)
        memories.noteFall(row, changes.at)
        const cause = changes.causes[index]!
        if (isGaspCause[cause] === 1) gasps.note(olt.index, onus.model(row))
      }
    },
    chassis: (olt, at) => {
      const notes = notesOf(olt.id)
      noteUptime(notes, olt, at)
      noteChassis(notes, olt, limits.darkDbm)
      book.weighAgain(olt.id)
    },
    restarted: (olt, at) => {
      noteUptime(notesOf(olt.id), olt, at)
      book.weighAgain(olt.id)
    },
    gone: (olt, rows, addresses) => {
      rows.forEach((row, index) => {
        if (row >= memories.columns().known.length) return
        if (memories.columns().outage[row] !== 0) book.aside(row, olt.id, addresses[index]!)
        memories.forget(row)
      })
    },
    olts: () => {
      for (const oltId of loose.keys()) if (facts.olt(oltId) === undefined) loose.delete(oltId)
      book.oltsChanged()
    },
  }
}
