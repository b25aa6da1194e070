import { spanOf, type TimeWindow } from './chart-range.ts'
import { isPoint, placeOf, type SeriesPoints } from './series-points.ts'

/** A line and its band as paths. A gap is never joined: each run between gaps is drawn by itself. */

/** What of a Path2D is needed. */
export interface PathSink {
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  closePath(): void
}

export interface Projection {
  readonly window: TimeWindow
  /** Canvas pixels. */
  readonly left: number
  readonly width: number
  readonly y: (value: number) => number
}

/** First and last place of a run, both in it. */
export type Run = readonly [first: number, last: number]

/** The points that are seen and one on either side, so that the line leaves the picture. */
export const seenRuns = (points: SeriesPoints, { from, to }: TimeWindow): Run[] => {
  const end = Math.min(points.at.length - 1, placeOf(points.at, to))
  const runs: Run[] = []
  let first = -1
  for (let index = Math.max(0, placeOf(points.at, from) - 1); index <= end; index++) {
    if (isPoint(points, index)) {
      if (first < 0) first = index
    } else if (first >= 0) {
      runs.push([first, index - 1])
      first = -1
    }
  }
  if (first >= 0) runs.push([first, end])
  return runs
}

/**
 * Not more than one point per pixel column, its least and greatest kept: for the moment in which
 * points of a narrow range are shown in a wide one. Gaps of a column and more stay.
 */
export const thinnedTo = (
  points: SeriesPoints,
  window: TimeWindow,
  columns: number,
): SeriesPoints => {
  if (points.at.length <= columns * 2 || columns < 1) return points
  const width = spanOf(window) / columns
  const at: number[] = []
  const min: number[] = []
  const avg: number[] = []
  const max: number[] = []
  let column = Number.NaN
  let sum = 0
  let count = 0
  const close = (): void => {
    if (count > 0) avg[avg.length - 1] = sum / count
  }
  for (let index = 0; index < points.at.length; index++) {
    const here = Math.floor((points.at[index]! - window.from) / width)
    if (here !== column) {
      close()
      column = here
      sum = 0
      count = 0
      at.push(window.from + (here + 0.5) * width)
      min.push(Number.NaN)
      avg.push(Number.NaN)
      max.push(Number.NaN)
    }
    if (!isPoint(points, index)) continue
    const place = at.length - 1
    min[place] = count === 0 ? points.min[index]! : Math.min(min[place]!, points.min[index]!)
    max[place] = count === 0 ? points.max[index]! : Math.max(max[place]!, points.max[index]!)
    sum += points.avg[index]!
    count += 1
  }
  close()
  return {
    at: Float64Array.from(at),
    min: Float64Array.from(min),
    avg: Float64Array.from(avg),
    max: Float64Array.from(max),
    resets: points.resets,
  }
}

const columnOf = ({ window, left, width }: Projection): ((at: number) => number) => {
  const scale = width / spanOf(window)
  return (at) => left + (at - window.from) * scale
}

/** Half of the dash that a reading alone between two gaps is drawn as, canvas pixels. */
const loneReach = 2

export const traceLine = (sink: PathSink, points: SeriesPoints, projection: Projection): void => {
  const x = columnOf(projection)
  for (const [first, last] of seenRuns(points, projection.window)) {
    const startX = x(points.at[first]!)
    const startY = projection.y(points.avg[first]!)
    if (first === last) {
      sink.moveTo(startX - loneReach, startY)
      sink.lineTo(startX + loneReach, startY)
      continue
    }
    sink.moveTo(startX, startY)
    for (let index = first + 1; index <= last; index++) {
      sink.lineTo(x(points.at[index]!), projection.y(points.avg[index]!))
    }
  }
}

/** Between least and greatest; nothing where they are the same. */
export const traceBand = (sink: PathSink, points: SeriesPoints, projection: Projection): void => {
  const x = columnOf(projection)
  for (const [first, last] of seenRuns(points, projection.window)) {
    let wide = false
    for (let index = first; index <= last && !wide; index++) {
      wide = points.max[index]! > points.min[index]!
    }
    if (!wide) continue
    const [lone, reach] = [first === last, first === last ? loneReach : 0]
    sink.moveTo(x(points.at[first]!) - reach, projection.y(points.max[first]!))
    for (let index = first + 1; index <= last; index++) {
      sink.lineTo(x(points.at[index]!), projection.y(points.max[index]!))
    }
    if (lone) sink.lineTo(x(points.at[last]!) + reach, projection.y(points.max[last]!))
    sink.lineTo(x(points.at[last]!) + reach, projection.y(points.min[last]!))
    for (let index = last - 1; index >= first; index--) {
      sink.lineTo(x(points.at[index]!), projection.y(points.min[index]!))
    }
    if (lone) sink.lineTo(x(points.at[first]!) - reach, projection.y(points.min[first]!))
    sink.closePath()
  }
}
