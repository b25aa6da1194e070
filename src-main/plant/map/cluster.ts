/** Points of a window, thinned by a grid that lies still while the window moves. */

export interface ClusterInput {
  /** Sorted. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly kinds: Uint8Array
}

/** Positions of the points of one cell, and where the cell lies: the middle of its points. */
export interface Clusters {
  readonly count: number
  readonly first: Int32Array
  /** The next point of the same cell by position of a point; -1: the last. */
  readonly next: Int32Array
  readonly sizes: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array
}

export interface Window {
  readonly west: number
  readonly east: number
  readonly north: number
  readonly south: number
}

/** Pixels of a cell at a whole zoom. */
const cellPx = 40

/** Side of a cell, of the unit square. */
export const cellAt = (zoom: number): number => cellPx / (256 * 2 ** Math.floor(zoom))

/**
 * `groupOf`: points of different groups never share a cell; below 0 the point is left out.
 * Coordinates are those of mercator.ts.
 */
export const clusterPoints = (
  points: ClusterInput,
  windows: readonly Window[],
  zoom: number,
  groupOf: (position: number) => number,
): Clusters => {
  const cell = cellAt(zoom)
  const spans = windows.map((window) => ({
    // Whole cells: what lies at the edge counts the same wherever the window ends.
    west: Math.floor(window.west / cell) * cell,
    east: Math.ceil(window.east / cell) * cell,
    north: Math.floor(window.north / cell) * cell,
    south: Math.ceil(window.south / cell) * cell,
  }))
  let taken = 0
  const ranges = spans
    .map((span) => ({ ...span, from: lowerBound(points.x, span.west) }))
    .toSorted((one, other) => one.from - other.from)
    .map(({ from, east, north, south }) => {
      // Two windows around the other side of the world meet in whole cells: a point counts once, and
      // would else follow itself for ever.
      const first = Math.max(from, taken)
      taken = Math.max(first, lowerBound(points.x, east))
      return { from: first, to: taken, north, south }
    })
  const most = ranges.reduce((sum, { from, to }) => sum + to - from, 0)
  const slots = 2 ** Math.ceil(Math.log2(Math.max(16, Math.min(most, 200_000) * 2)))
  const mask = slots - 1
  const table = new Int32Array(slots).fill(-1)
  const next = new Int32Array(points.x.length)
  const column = new Int32Array(most)
  const row = new Int32Array(most)
  const groups = new Int8Array(most)
  const first = new Int32Array(most)
  const last = new Int32Array(most)
  const sizes = new Int32Array(most)
  const sumX = new Float64Array(most)
  const sumY = new Float64Array(most)
  let count = 0

  for (const { from, to, north, south } of ranges) {
    for (let at = from; at < to; at++) {
      const y = points.y[at]!
      if (y < north || y >= south) continue
      const group = groupOf(at)
      if (group < 0) continue
      const x = points.x[at]!
      const cellX = Math.floor(x / cell)
      const cellY = Math.floor(y / cell)
      let place =
        (Math.imul(cellX, 73_856_093) ^ Math.imul(cellY, 19_349_663) ^ (group * 83_492_791)) & mask
      let one = table[place]!
      while (one >= 0 && (column[one] !== cellX || row[one] !== cellY || groups[one] !== group)) {
        place = (place + 1) & mask
        one = table[place]!
      }
      next[at] = -1
      if (one < 0) {
        one = count++
        table[place] = one
        column[one] = cellX
        row[one] = cellY
        groups[one] = group
        first[one] = at
      } else {
        next[last[one]!] = at
      }
      last[one] = at
      sizes[one]!++
      sumX[one]! += x
      sumY[one]! += y
    }
  }
  for (let one = 0; one < count; one++) {
    sumX[one]! /= sizes[one]!
    sumY[one]! /= sizes[one]!
  }
  return { count, first, next, sizes, x: sumX, y: sumY }
}

const lowerBound = (sorted: Float64Array, value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
