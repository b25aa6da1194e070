/** Clocks of OLTs may be off by so much before their times are moved, ms. */
export const clockSlackMs = 30_000

const quarterMs = 900_000
const hourMs = 3_600_000
/** Of fewer falls nothing is concluded about the clock. */
const fewestForClock = 3

/**
 * How far an OLT's clock is ahead of ours, ms, told by falls that must lie between two walks. Many
 * OLTs give local time without its zone (DateAndTime of 8 octets, RFC 2579), so a whole number of
 * quarters of an hour is tried before anything else. NaN in `raw`: not told.
 */
export const clockAhead = (
  raw: readonly number[],
  known: {
    /** As it was thought before. */
    readonly aheadMs: number
    /** The walk before, and this one; -Infinity: this is the first. */
    readonly from: number
    readonly at: number
  },
): number => {
  const told = raw.filter((time) => !Number.isNaN(time)).sort((one, other) => one - other)
  const last = told.at(-1)
  const median = told[told.length >> 1]
  if (last === undefined || median === undefined) return known.aheadMs
  const isFirst = known.from === Number.NEGATIVE_INFINITY
  if (isFirst) {
    // Nothing falls in the future: then it is local time, and whole hours make it past.
    return last > known.at + clockSlackMs ? Math.ceil((last - known.at) / hourMs) * hourMs : 0
  }
  if (told.length < fewestForClock) return known.aheadMs
  const from = (Number.isNaN(known.from) ? known.at - hourMs : known.from) - clockSlackMs
  const to = known.at + clockSlackMs
  const fits = (aheadMs: number): boolean => median - aheadMs >= from && last - aheadMs <= to
  if (fits(known.aheadMs)) return known.aheadMs
  if (fits(0)) return 0
  const zone = Math.round((median - (from + to) / 2) / quarterMs) * quarterMs
  if (fits(zone)) return zone
  // Neither: it is simply wrong. The last of them fell before the walk that showed it.
  return last - known.at
}
