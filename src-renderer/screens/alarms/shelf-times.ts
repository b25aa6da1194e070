/** Until when an alarm may lie on the shelf; it always comes back by itself (facts/noc.md E1). */

export const shelfPresets = ['hour', 'fourHours', 'shift', 'day', 'week'] as const
export type ShelfPreset = (typeof shelfPresets)[number]

const hour = 3_600_000

/** Local hours at which a shift ends. */
export const shiftEnds = [7, 15, 23] as const

/** Wall ms. The end of the shift is the next of `shiftEnds` that is at least half an hour away. */
export const shelfUntil = (preset: ShelfPreset, now: number): number => {
  switch (preset) {
    case 'hour':
      return now + hour
    case 'fourHours':
      return now + 4 * hour
    case 'shift':
      return endOfShift(now)
    case 'day':
      return now + 24 * hour
    case 'week':
      return now + 7 * 24 * hour
  }
}

const endOfShift = (now: number): number => {
  for (const days of [0, 1]) {
    for (const end of shiftEnds) {
      const at = new Date(now)
      at.setDate(at.getDate() + days)
      at.setHours(end, 0, 0, 0)
      if (at.getTime() >= now + hour / 2) return at.getTime()
    }
  }
  return now + 8 * hour
}
