import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { ponOf } from '../../../src-shared/domain/onu-address.ts'
import type { Clock } from '../../engine/clock.ts'
import type { Condition, ConditionSink } from '../condition.ts'
import type { RuleBook } from '../rule-book.ts'
import { createDueWheel } from './due-wheel.ts'
import { anewOf, createHeldGroup, hold, type HeldGroup } from './held.ts'
import {
  conditionOf,
  createOltConditions,
  groupOf,
  orderOf,
  typeOfGroup,
  type OltConditions,
  type Track,
} from './olt-conditions.ts'
import { parentLevel } from './parents.ts'
import { oltIdOf, placeOf, resourceAt, type PlaceKind } from './place.ts'

/**
 * From "a condition holds" to "an alarm is raised": parents first, then maintenance, then the hold
 * times of the rule; and back. It keeps no rows and tells nobody but the book.
 */
export interface Conditions extends ConditionSink {
  /** Lets go what has been read since, and whatever has fallen due. Once a second. */
  turn(): void
  /** A walk has ended. `pon` packed; null: the whole OLT. `ofOnus`: it told the states of ONUs. */
  read(oltId: string, pon: number | null, ofOnus: boolean): void
  /** An alarm of before the restart, as if its condition had been told. */
  restore(condition: Condition): void
  /** The OLT is no more: everything of it is over. */
  gone(oltId: string, at: number): void
  /** The parent that explains it now; null: none. */
  parentOf(resource: AlarmResource, type: AlarmType): AlarmType | null
  /** What maintenance keeps quiet is another now. */
  maintenanceChanged(): void
  /** What is held there stays quiet until it is over once. */
  silence(isWithin: (resource: AlarmResource) => boolean): void
  /** Conditions that hold and raise nothing. */
  held(): number
}

export interface ConditionsOutcome {
  readonly raised: (condition: Condition, since: number) => void
  /** Told again while raised. */
  readonly toldAgain: (condition: Condition) => void
  readonly cleared: (which: Pick<Condition, 'resource' | 'type' | 'qualifier'>, at: number) => void
  /** A parent's condition began: what stands below it is explained from now on. */
  readonly parentBegan: (oltId: string) => void
  /** It has been read again: what no parent explains any more speaks for itself. */
  readonly wasRead: (oltId: string) => void
}

/** Walks come every few minutes; nothing waits for one longer than this. */
const longestWaitMs = 900_000

export const createConditions = (deps: {
  readonly clock: Clock
  readonly rules: RuleBook
  /** Maintenance lets nothing of it be raised now. */
  readonly isSkipped: (resource: AlarmResource) => boolean
  readonly outcome: ConditionsOutcome
}): Conditions & { readonly ruleChanged: (type: AlarmType) => void } => {
  const { clock, rules, outcome } = deps
  const olts = new Map<string | null, OltConditions>()
  const wheel = createDueWheel<Track>()
  const moved = new Set<OltConditions>()

  const oltOf = (oltId: string | null): OltConditions => {
    let olt = olts.get(oltId)
    if (olt === undefined) {
      olt = createOltConditions(oltId)
      olts.set(oltId, olt)
    }
    return olt
  }

  const trackOf = (olt: OltConditions, group: string, place: number): Track | undefined =>
    olt.tracks.get(group)?.get(place)

  const ages = (olt: OltConditions, { condition: { resource } }: Track): boolean =>
    olt.unknownSince === null || resource.kind === 'olt'

  const schedule = (track: Track, seconds: number, at: number): boolean => {
    const waited = Math.max(0, clock.now() - at)
    const left = seconds * 1_000 - waited
    track.deadline = clock.monotonic() + Math.max(0, left)
    if (left <= 0) return false
    wheel.put(track, track.deadline)
    return true
  }

  const holdBack = (olt: OltConditions, condition: Condition, at: number | null): void => {
    const name = groupOf(condition)
    let group = olt.held.get(name)
    if (group === undefined) {
      group = createHeldGroup(condition)
      olt.held.set(name, group)
    }
    hold(group, condition, at)
    olt.waitsSince ??= clock.monotonic()
  }

  const drop = (olt: OltConditions, track: Track): void => {
    const group = olt.tracks.get(track.group)
    group?.delete(track.place)
    if (group?.size === 0) olt.tracks.delete(track.group)
    track.dueAt = Number.POSITIVE_INFINITY
    const { type } = track.condition
    if (parentLevel(type) !== null) olt.parents.end(type, track.place)
  }

  const raise = (olt: OltConditions, track: Track): void => {
    if (deps.isSkipped(track.condition.resource)) {
      drop(olt, track)
      holdBack(olt, track.condition, track.since)
      return
    }
    track.state = 'raised'
    outcome.raised(track.condition, track.since)
  }

  const clear = (olt: OltConditions, track: Track, at: number): void => {
    drop(olt, track)
    if (track.state !== 'rising') outcome.cleared(track.condition, at)
  }

  /** What rises below a parent that began just now goes back among what is held. */
  const holdChildren = (olt: OltConditions): void => {
    for (const group of olt.tracks.values()) {
      for (const track of group.values()) {
        if (track.state !== 'rising') continue
        const { resource, type } = track.condition
        if (olt.parents.over(resource.kind, type, track.place) === null) continue
        drop(olt, track)
        holdBack(olt, track.condition, null)
      }
    }
    if (olt.oltId !== null) outcome.parentBegan(olt.oltId)
  }

  const follow = (
    olt: OltConditions,
    condition: Condition,
    since: number,
    state: 'rising' | 'raised',
  ): void => {
    const group = groupOf(condition)
    const place = placeOf(condition.resource)
    const track: Track = {
      condition,
      group,
      place,
      since,
      state,
      deadline: 0,
      dueAt: Number.POSITIVE_INFINITY,
    }
    const tracks = olt.tracks.get(group) ?? new Map<number, Track>()
    tracks.set(place, track)
    olt.tracks.set(group, tracks)
    if (parentLevel(condition.type) !== null) {
      olt.parents.begin(condition.type, place)
      holdChildren(olt)
    }
    if (state === 'raised') return
    if (!schedule(track, rules.rule(condition.type).raiseAfterS, since)) raise(olt, track)
  }

  const wasChecked = (olt: OltConditions, kind: PlaceKind, place: number): boolean => {
    if (olt.readAll) return true
    if (kind === 'onu') return olt.readPons.has(ponOf(place))
    return olt.chassisRead || (kind === 'pon' && olt.readPons.has(place))
  }

  const letGo = (olt: OltConditions, group: HeldGroup, byMaintenance: boolean): void => {
    const now = clock.now()
    for (const [place, shape] of group.places) {
      if (!byMaintenance && !wasChecked(olt, group.kind, place)) continue
      if (olt.parents.over(group.kind, group.type, place) !== null) {
        const anew = anewOf(shape)
        if (anew !== shape) group.places.set(place, anew)
        continue
      }
      if (byMaintenance && shape.at === null && !wasChecked(olt, group.kind, place)) continue
      const resource = resourceAt(group.kind, olt.oltId, place)
      if (deps.isSkipped(resource)) continue
      group.places.delete(place)
      follow(olt, conditionOf(group, resource, shape), shape.at ?? now, 'rising')
    }
  }

  const check = (olt: OltConditions, byMaintenance: boolean): void => {
    const groups = [...olt.held.entries()].sort(
      ([, one], [, other]) => orderOf(one.type) - orderOf(other.type),
    )
    for (const [name, group] of groups) {
      letGo(olt, group, byMaintenance)
      if (group.places.size === 0) olt.held.delete(name)
    }
    if (olt.readAll) olt.waitsSince = null
    if (olt.oltId !== null && olt.readAll) outcome.wasRead(olt.oltId)
    olt.readAll = false
    olt.chassisRead = false
    olt.readPons.clear()
  }

  const thaw = (olt: OltConditions): void => {
    if (olt.unknownSince === null) return
    const missing = clock.monotonic() - olt.unknownSince
    for (const group of olt.tracks.values()) {
      for (const track of group.values()) {
        if (track.state === 'raised' || track.condition.resource.kind === 'olt') continue
        track.deadline += missing
        wheel.put(track, track.deadline)
      }
    }
    olt.unknownSince = null
  }

  const holds = (condition: Condition, at: number): void => {
    const olt = oltOf(oltIdOf(condition.resource))
    const name = groupOf(condition)
    const place = placeOf(condition.resource)
    if (olt.silent.get(name)?.has(place) === true) return
    const track = trackOf(olt, name, place)
    if (track !== undefined) {
      track.condition = condition
      if (track.state === 'rising') return
      if (track.state === 'falling') {
        track.state = 'raised'
        track.dueAt = Number.POSITIVE_INFINITY
        if (parentLevel(condition.type) !== null) olt.parents.begin(condition.type, place)
      }
      outcome.toldAgain(condition)
      return
    }
    const { kind } = condition.resource
    const isDirect =
      (kind === 'olt' || kind === 'console') &&
      olt.parents.over(kind, condition.type, place) === null &&
      !deps.isSkipped(condition.resource)
    if (isDirect) follow(olt, condition, at, 'rising')
    else holdBack(olt, condition, at)
  }

  const overAt = (olt: OltConditions, name: string, place: number, at: number): void => {
    olt.silent.get(name)?.delete(place)
    const group = olt.held.get(name)
    if (group?.places.delete(place) === true && group.places.size === 0) olt.held.delete(name)
    const track = trackOf(olt, name, place)
    if (track === undefined || track.state === 'falling') return
    if (track.state === 'rising') {
      drop(olt, track)
      return
    }
    track.state = 'falling'
    const { type } = track.condition
    olt.parents.leave(type, clock.monotonic())
    if (!schedule(track, rules.rule(type).clearAfterS, at)) clear(olt, track, clock.now())
  }

  return {
    holds,

    over: (which, at) => {
      const olt = olts.get(oltIdOf(which.resource))
      if (olt !== undefined) overAt(olt, groupOf(which), placeOf(which.resource), at)
    },

    holdsAll: (type, oltId, conditions, at) => {
      const now = new Map<string, Set<number>>()
      for (const condition of conditions) {
        const name = groupOf(condition)
        const places = now.get(name) ?? new Set<number>()
        places.add(placeOf(condition.resource))
        now.set(name, places)
      }
      const olt = oltOf(oltId)
      const known = [
        ...olt.tracks,
        ...[...olt.held].map(([name, { places }]) => [name, places] as const),
        ...olt.silent,
      ]
      for (const [name, places] of known) {
        if (typeOfGroup(name) !== type) continue
        const still = now.get(name)
        for (const place of places.keys()) {
          if (still?.has(place) !== true) overAt(olt, name, place, at)
        }
      }
      for (const condition of conditions) holds(condition, at)
    },

    unknown: (oltId) => {
      const olt = oltOf(oltId)
      olt.unknownSince ??= clock.monotonic()
    },

    read: (oltId, pon, ofOnus) => {
      const olt = olts.get(oltId)
      if (olt === undefined) return
      thaw(olt)
      if (!ofOnus) olt.chassisRead = true
      else if (pon === null) olt.readAll = true
      else olt.readPons.add(pon)
      moved.add(olt)
    },

    turn: () => {
      const now = clock.monotonic()
      for (const olt of olts.values()) {
        olt.parents.turn(now)
        const hasWaited =
          olt.waitsSince !== null &&
          olt.unknownSince === null &&
          now - olt.waitsSince >= longestWaitMs
        if (!hasWaited) continue
        olt.readAll = true
        moved.add(olt)
      }
      for (const olt of moved) check(olt, false)
      moved.clear()
      for (const track of wheel.take(now)) {
        const olt = oltOf(oltIdOf(track.condition.resource))
        // Thawing puts it in again.
        if (!ages(olt, track)) continue
        if (track.state === 'rising') raise(olt, track)
        else if (track.state === 'falling') clear(olt, track, clock.now())
      }
    },

    restore: (condition) => {
      follow(oltOf(oltIdOf(condition.resource)), condition, clock.now(), 'raised')
    },

    gone: (oltId, at) => {
      const olt = olts.get(oltId)
      if (olt === undefined) return
      for (const group of olt.tracks.values()) {
        for (const track of group.values()) clear(olt, track, at)
      }
      olts.delete(oltId)
      moved.delete(olt)
    },

    parentOf: (resource, type) =>
      olts.get(oltIdOf(resource))?.parents.over(resource.kind, type, placeOf(resource)) ?? null,

    maintenanceChanged: () => {
      for (const olt of olts.values()) check(olt, true)
    },

    silence: (isWithin) => {
      for (const olt of olts.values()) {
        for (const [name, group] of olt.held) {
          for (const place of group.places.keys()) {
            if (!isWithin(resourceAt(group.kind, olt.oltId, place))) continue
            group.places.delete(place)
            const silent = olt.silent.get(name) ?? new Set<number>()
            silent.add(place)
            olt.silent.set(name, silent)
          }
          if (group.places.size === 0) olt.held.delete(name)
        }
      }
    },

    held: () => {
      let count = 0
      for (const olt of olts.values()) {
        for (const { places } of olt.held.values()) count += places.size
      }
      return count
    },

    ruleChanged: (type) => {
      const isOff = !rules.rule(type).enabled
      for (const olt of olts.values()) {
        for (const [name, group] of olt.tracks) {
          if (typeOfGroup(name) !== type) continue
          for (const track of group.values()) {
            if (isOff) clear(olt, track, clock.now())
            else if (track.state !== 'rising') outcome.toldAgain(track.condition)
          }
        }
        if (!isOff) continue
        for (const name of olt.held.keys()) {
          if (typeOfGroup(name) === type) olt.held.delete(name)
        }
      }
    },
  }
}
