import { isValue, type MaybeNumber } from './format.ts'

/**
 * How current a reading is. `live`: read within one and a half intervals; `old`: within three;
 * `stale`: older; `never`: not read so far.
 */
export type Freshness = 'live' | 'old' | 'stale' | 'never'

export const freshnessOf = (at: MaybeNumber, now: number, intervalS: number): Freshness => {
  if (!isValue(at)) return 'never'
  const ageMs = now - at
  if (ageMs <= intervalS * 1500) return 'live'
  return ageMs <= intervalS * 3000 ? 'old' : 'stale'
}
