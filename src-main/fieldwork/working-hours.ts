import { offsetAt } from '../engine/zone-offset.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/**
 * When a wall clock of the zone shows this, wall ms of UTC. What a clock that is put on never shows is the
 * same moment as an hour later; what it shows twice is the first of both.
 */
const instantOf = (wall: number, zone: string): number => {
  const guess = wall - offsetAt(zone, wall)
  const before = wall - offsetAt(zone, guess - dayMs / 4)
  if (before + offsetAt(zone, before) === wall) return before
  return wall - offsetAt(zone, guess)
}

/** Local days that touch [from, to), in the zone: where the clock is changed, a day has 23 or 25 hours. */
export const localDays = (
  from: number,
  to: number,
  zone: string,
): readonly {
  readonly from: number
  readonly to: number
  /** 0: Monday. */
  readonly weekday: number
  /** Wall ms of a minute of that day, as its clocks show it. */
  readonly at: (minute: number) => number
}[] => {
  const days = []
  let wall = Math.floor((from + offsetAt(zone, from)) / dayMs) * dayMs
  for (;;) {
    const today = wall
    const begins = instantOf(today, zone)
    if (begins >= to) return days
    wall += dayMs
    days.push({
      from: begins,
      to: instantOf(wall, zone),
      // 1 January 1970 was a Thursday.
      weekday: (today / dayMs + 3) % 7,
      at: (minute: number): number => instantOf(today + minute * minuteMs, zone),
    })
  }
}
