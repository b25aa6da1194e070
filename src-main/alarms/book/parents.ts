import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { ponOf } from '../../../src-shared/domain/onu-address.ts'
import type { PlaceKind } from './place.ts'

/**
 * What explains what lies below it (facts/noc.md E2): an OLT that does not answer or has just
 * restarted its boards, PONs and ONUs; a PON that is down its ONUs. While a parent's condition lasts,
 * holding included, nothing new is raised below it.
 */
export interface Parents {
  begin(type: AlarmType, place: number): void
  end(type: AlarmType, place: number): void
  /** Its condition is over; it explains what lies below it for a while yet, where that needs time. */
  leave(type: AlarmType, now: number): void
  /** Monotonic ms. */
  turn(now: number): void
  /** The type of the parent that explains it; null: none. */
  over(kind: PlaceKind, type: AlarmType, place: number): AlarmType | null
}

export const parentLevel = (type: AlarmType): 'olt' | 'pon' | null => {
  switch (type) {
    case 'olt-unreachable':
    case 'olt-restarted':
      return 'olt'
    case 'pon-down':
      return 'pon'
    default:
      return null
  }
}

/** Of the OLT itself, and nothing but what follows from its silence. */
const followsFromSilence: ReadonlySet<AlarmType> = new Set(['data-stale', 'poll-budget-exceeded'])

/** ONUs of an OLT that has restarted are ranged and registered within minutes. */
const registeringMs = 300_000

export const createParents = (): Parents => {
  const ofOlt = new Set<AlarmType>()
  let restartedUntil = Number.POSITIVE_INFINITY
  const pons = new Set<number>()
  return {
    begin: (type, place) => {
      if (parentLevel(type) === 'olt') ofOlt.add(type)
      if (type === 'olt-restarted') restartedUntil = Number.POSITIVE_INFINITY
      if (parentLevel(type) === 'pon') pons.add(place)
    },
    end: (type, place) => {
      ofOlt.delete(type)
      if (parentLevel(type) === 'pon') pons.delete(place)
    },
    leave: (type, now) => {
      if (type === 'olt-restarted') restartedUntil = now + registeringMs
    },
    turn: (now) => {
      if (now >= restartedUntil) ofOlt.delete('olt-restarted')
    },
    over: (kind, type, place) => {
      if (kind === 'console') return null
      if (kind === 'olt') {
        return followsFromSilence.has(type) && ofOlt.has('olt-unreachable')
          ? 'olt-unreachable'
          : null
      }
      for (const parent of ofOlt) return parent
      if (kind === 'board' || type === 'pon-down') return null
      // Also what several of its ONUs have in common, told as one condition of the PON.
      return pons.has(ponOf(place)) ? 'pon-down' : null
    },
  }
}
