import type { LiveState } from './live-state.ts'

/** Counts per state, one point per minute, per OLT: what the dashboard draws over time. */
export interface StateSeries {
  readonly at: Float64Array<ArrayBuffer>
  readonly online: Float64Array<ArrayBuffer>
  readonly offlinePower: Float64Array<ArrayBuffer>
  readonly offlineOptical: Float64Array<ArrayBuffer>
  readonly offlineOther: Float64Array<ArrayBuffer>
  readonly unknown: Float64Array<ArrayBuffer>
  readonly disabled: Float64Array<ArrayBuffer>
}

export interface MinuteCounts {
  /**
   * Notes the present counts under this minute (ms, wall). The first point waits for the first
   * complete status: before that every ONU known from an earlier start would count as unknown.
   */
  readonly note: (at: number) => void
  /**
   * The kept points and, as the newest, the counts of `now` (ms, wall). `oltIndexes` null: all
   * OLTs. Who asks first after the first complete status keeps the first point with it, so that a
   * curve begins at once and not at the next full minute.
   */
  readonly series: (oltIndexes: ReadonlySet<number> | null, now: number) => StateSeries
}

const keptMinutes = 1_440

const lines = [
  'online',
  'offlinePower',
  'offlineOptical',
  'offlineOther',
  'unknown',
  'disabled',
] as const

export const createMinuteCounts = (live: LiveState): MinuteCounts => {
  const times = new Float64Array(keptMinutes)
  const byOlt = new Map<number, Uint16Array>()
  let noted = 0

  /** Of each OLT that answers and whose ONUs are known, the states were read. */
  const isComplete = (): boolean => {
    const answering = live.olts.filter((olt) => !olt.hidden && olt.reachable && olt.rows.length > 0)
    return (
      answering.length > 0 &&
      answering.every((olt) => {
        const { unknown, total } = live.countsOf(olt)
        return unknown < total
      })
    )
  }

  const note = (at: number): void => {
    if (noted === 0 && !isComplete()) return
    const place = noted % keptMinutes
    times[place] = at
    for (const olt of live.olts) {
      let points = byOlt.get(olt.index)
      if (points === undefined) {
        if (olt.hidden) continue
        points = new Uint16Array(keptMinutes * lines.length)
        byOlt.set(olt.index, points)
      }
      const counts = live.countsOf(olt)
      for (let line = 0; line < lines.length; line++) {
        points[place * lines.length + line] = olt.hidden ? 0 : counts[lines[line]!]
      }
    }
    noted++
  }

  return {
    note,
    series: (oltIndexes, now) => {
      if (noted === 0) note(now)
      const count = Math.min(noted, keptMinutes)
      const first = noted - count
      const last = noted === 0 ? now : times[(noted - 1) % keptMinutes]!
      const length = now > last ? count + 1 : count
      const sums = lines.map(() => new Float64Array(length))
      const at = new Float64Array(length)
      for (let index = 0; index < count; index++) at[index] = times[(first + index) % keptMinutes]!
      if (length > count) {
        at[count] = now
        for (const olt of live.olts) {
          if (olt.hidden || (oltIndexes !== null && !oltIndexes.has(olt.index))) continue
          const counts = live.countsOf(olt)
          for (let line = 0; line < lines.length; line++) {
            sums[line]![count]! += counts[lines[line]!]
          }
        }
      }
      for (const [oltIndex, points] of byOlt) {
        if (oltIndexes !== null && !oltIndexes.has(oltIndex)) continue
        for (let index = 0; index < count; index++) {
          const place = ((first + index) % keptMinutes) * lines.length
          for (let line = 0; line < lines.length; line++) {
            sums[line]![index]! += points[place + line]!
          }
        }
      }
      return {
        at,
        online: sums[0]!,
        offlinePower: sums[1]!,
        offlineOptical: sums[2]!,
        offlineOther: sums[3]!,
        unknown: sums[4]!,
        disabled: sums[5]!,
      }
    },
  }
}
