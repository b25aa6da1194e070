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
  /** Notes the present counts under this minute (ms, wall). */
  readonly note: (at: number) => void
  /** `oltIndexes` null: all OLTs. */
  readonly series: (oltIndexes: ReadonlySet<number> | null) => StateSeries
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

  return {
    note: (at) => {
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
    },
    series: (oltIndexes) => {
      const count = Math.min(noted, keptMinutes)
      const first = noted - count
      const sums = lines.map(() => new Float64Array(count))
      const at = new Float64Array(count)
      for (let index = 0; index < count; index++) at[index] = times[(first + index) % keptMinutes]!
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
