import { causeClassOf, downCauses, onuStates } from '../../../src-shared/domain/onu-state.ts'

/** Positions in `onuStates`, as columns carry them. */
export const stateAt = {
  unknown: onuStates.indexOf('unknown'),
  online: onuStates.indexOf('online'),
  offline: onuStates.indexOf('offline'),
  disabled: onuStates.indexOf('disabled'),
  authFailed: onuStates.indexOf('auth-failed'),
  /** In columns only: it was read, and the OLT says nothing that we know. */
  untold: 255,
} as const

export const offlineTypes = [
  'onu-offline-power',
  'onu-offline-optical',
  'onu-offline-other',
] as const

export type OfflineType = (typeof offlineTypes)[number]

/** 0 power, 1 optical, 2 other: by position of the cause. */
const typeByCause = Uint8Array.from(downCauses, (cause) => {
  const known = causeClassOf(cause)
  return known === 'power' ? 0 : known === 'optical' ? 1 : 2
})

const other = 2

/**
 * Which of the types an ONU is offline by, as a position in `offlineTypes`; -1: it is not. One that
 * the operator switched off is not; one that the OLT hears and refuses is out of service.
 */
export const offlineTypeOf = (state: number, cause: number): number => {
  if (state === stateAt.offline) return typeByCause[cause] ?? other
  return state === stateAt.authFailed ? other : -1
}

/** It said that its power was going (dying gasp), or that it was switched off at the premises. */
export const hasGasped = (cause: number): boolean => typeByCause[cause] === 0

export const isOptical = (cause: number): boolean => typeByCause[cause] === 1

export interface FlapLimits {
  readonly changes: number
  readonly windowMs: number
}

/**
 * Four changes within sixty minutes; steady for twice that time to leave (facts/noc.md E2).
 * `changes` counts those within the window that ends now; `lastAt` is the last of all, wall ms.
 */
export const isFlapping = (
  changes: number,
  lastAt: number,
  now: number,
  limits: FlapLimits,
  held: boolean,
): boolean =>
  held ? now - lastAt < 2 * limits.windowMs : limits.changes > 0 && changes >= limits.changes

/** The least share and number of a PON's ONUs that make a change a common one (facts/noc.md E3). */
const commonShare = 0.15
const commonOnus = 3

/**
 * Whether so many ONUs of a PON that changed together have one common reason: that is the PON's
 * matter, and no flap of any one of them. A rule of our own, with the figures of E3.
 */
export const isCommonChange = (changed: number, onusOfPon: number): boolean =>
  changed >= Math.max(commonOnus, Math.ceil(onusOfPon * commonShare))

/**
 * When a rogue ONU is suspected. ITU-T G Suppl. 49 (rogue ONU considerations) names the symptoms:
 * ONUs of one PON lose the OLT's ear one after the other, with LOF and SF, and range again, while
 * the fibre is whole. It gives no figures; these are our own rule: three ONUs of a PON that lost
 * and regained the OLT by an optical cause twice each within fifteen minutes, each at another time
 * than most of its PON; or one that the OLT itself calls rogue.
 */
export const rogueRule = { onus: 3, downs: 2, windowMs: 900_000 } as const

export interface DistanceMemory {
  /** The distance that stands, m; -1: none yet. */
  readonly base: number
  /** One reading that differs, and waits for a second; -1: none. */
  readonly candidate: number
}

/** One reading of distance (m; NaN: none). It jumps when two readings in a row say so. */
export const judgeDistance = (
  { base, candidate }: DistanceMemory,
  distanceM: number,
  jumpM: number,
): DistanceMemory & { readonly jumped: boolean } => {
  if (Number.isNaN(distanceM)) return { base, candidate, jumped: false }
  if (base < 0) return { base: distanceM, candidate: -1, jumped: false }
  // What creeps is followed: only a step counts.
  if (Math.abs(distanceM - base) < jumpM) return { base: distanceM, candidate: -1, jumped: false }
  if (candidate < 0 || Math.abs(distanceM - candidate) >= jumpM) {
    return { base, candidate: distanceM, jumped: false }
  }
  return { base: distanceM, candidate: -1, jumped: true }
}
