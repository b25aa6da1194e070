import type { OltRow } from '../../../src-shared/contract/network-model.ts'

/** Pure: for how long an OLT can be left alone, and what is left of it. */

/** Keys of the locale under `quiet`; minutes, null: until someone ends it. */
export const quietChoices = [
  { id: 'for30', action: 'actionFor30', minutes: 30 },
  { id: 'for60', action: 'actionFor60', minutes: 60 },
  { id: 'for240', action: 'actionFor240', minutes: 240 },
  { id: 'forever', action: 'actionForever', minutes: null },
] as const

export type QuietMinutes = (typeof quietChoices)[number]['minutes']

/** Still counts at `now`: the engine tells the end a moment later than it comes. */
export const isQuietAt = (quiet: OltRow['quiet'], now: number): boolean =>
  quiet !== null && (quiet.until === null || quiet.until > now)

/**
 * What brings back how it was before: null where it was not left alone, or where that would be over
 * by now. Whole minutes, never less than one.
 */
export const quietBefore = (
  before: OltRow['quiet'],
  now: number,
): { readonly quiet: boolean; readonly minutes: number | null } => {
  if (before === null || !isQuietAt(before, now)) return { quiet: false, minutes: null }
  if (before.until === null) return { quiet: true, minutes: null }
  return {
    quiet: true,
    minutes: Math.min(10_080, Math.max(1, Math.round((before.until - now) / 60_000))),
  }
}
