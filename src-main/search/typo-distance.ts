/**
 * Distance between a typed word and the best beginning of a word of a text: the fewest letters that
 * were wrong, missing, surplus or transposed with their neighbour (optimal string alignment).
 * Bit-parallel: H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit
 * distances" (2003), here with the smallest value over all beginnings.
 */
export interface TypoMatcher {
  /** Of `units[start..end)`; more than the limit given: some number above it. */
  readonly distance: (units: Uint16Array, start: number, end: number) => number
}

/** Words of more letters than this are found without typos only. */
export const longestWithTypos = 31

export const createTypoMatcher = (word: string, limit: number): TypoMatcher => {
  const length = word.length
  const last = 1 << (length - 1)
  const places = new Map<number, number>()
  const ascii = new Int32Array(128)
  for (let index = 0; index < length; index++) {
    const unit = word.charCodeAt(index)
    if (unit < 128) ascii[unit]! |= 1 << index
    else places.set(unit, (places.get(unit) ?? 0) | (1 << index))
  }
  return {
    distance: (units, start, end) => {
      // What lies further behind cannot be part of the best beginning.
      const stop = Math.min(end, start + length + limit)
      let positive = -1
      let negative = 0
      let diagonal = 0
      let before = 0
      let score = length
      let best = length
      for (let index = start; index < stop; index++) {
        const unit = units[index]!
        const match = unit < 128 ? ascii[unit]! : (places.get(unit) ?? 0)
        const transposed = ((~diagonal & match) << 1) & before
        diagonal =
          ((((match & positive) + positive) | 0) ^ positive) | match | negative | transposed
        let up = negative | ~(diagonal | positive)
        const down = diagonal & positive
        if ((up & last) !== 0) score++
        else if ((down & last) !== 0) score--
        if (score < best) best = score
        // Every further letter takes off one at most.
        else if (score - (stop - 1 - index) > limit) break
        up = (up << 1) | 1
        positive = (down << 1) | ~(diagonal | up)
        negative = up & diagonal
        before = match
      }
      return best
    },
  }
}
