/** Long work in slices of at most so many milliseconds, so that nothing else waits for it. */
export interface Slices {
  /** Between two pieces of work: lets others have their turn where the slice is over. */
  readonly breathe: () => Promise<void>
}

export interface SliceDependencies {
  readonly monotonic: () => number
  readonly nextTurn: () => Promise<void>
  readonly signal: AbortSignal
  /** Called when a slice is over. */
  readonly told?: () => void
}

const sliceMs = 20

export const createSlices = (deps: SliceDependencies): Slices => {
  let begun = deps.monotonic()
  return {
    breathe: async () => {
      if (deps.monotonic() - begun < sliceMs) return
      deps.told?.()
      await deps.nextTurn()
      deps.signal.throwIfAborted()
      begun = deps.monotonic()
    },
  }
}

/** Sorted by merging runs, so that a hundred thousand rows hold nobody up. */
export const sortInSlices = async <Row>(
  rows: readonly Row[],
  compare: (one: Row, other: Row) => number,
  slices: Slices,
): Promise<readonly Row[]> => {
  const runLength = 2_000
  let runs: Row[][] = []
  for (let from = 0; from < rows.length; from += runLength) {
    runs.push(rows.slice(from, from + runLength).toSorted(compare))
    await slices.breathe()
  }
  while (runs.length > 1) {
    const next: Row[][] = []
    for (let at = 0; at < runs.length; at += 2) {
      const [one, other] = [runs[at]!, runs[at + 1]]
      next.push(other === undefined ? one : await merged(one, other, compare, slices))
    }
    runs = next
  }
  return runs[0] ?? []
}

const merged = async <Row>(
  one: readonly Row[],
  other: readonly Row[],
  compare: (a: Row, b: Row) => number,
  slices: Slices,
): Promise<Row[]> => {
  const out: Row[] = []
  let [left, right] = [0, 0]
  while (left < one.length || right < other.length) {
    const takesLeft =
      right >= other.length || (left < one.length && compare(one[left]!, other[right]!) <= 0)
    out.push(takesLeft ? one[left++]! : other[right++]!)
    if (out.length % 2_000 === 0) await slices.breathe()
  }
  return out
}
