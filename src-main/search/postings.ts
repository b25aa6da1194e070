import { wider } from './typed-arrays.ts'

/**
 * For every word the places where it stands, side by side in one pool: read from first to last
 * without a jump. A list that is full moves to a room of twice the size; rooms left are used again.
 */
export interface Postings {
  /** Words and places only ever grow. */
  readonly add: (word: number, place: number) => void
  readonly start: (word: number) => number
  readonly end: (word: number) => number
  /** Valid until the next `add`. */
  readonly pool: () => Int32Array
  readonly bytes: () => number
}

export const createPostings = (): Postings => {
  let pool = new Int32Array(1_024)
  let used = 0
  let starts = new Int32Array(512)
  let lengths = new Int32Array(512)
  /** Rooms that were left, by the power of two of their size. */
  const left: number[][] = Array.from({ length: 31 }, () => [])

  const room = (power: number): number => {
    const free = left[power]!.pop()
    if (free !== undefined) return free
    const start = used
    used += 1 << power
    if (used > pool.length) {
      pool = wider(pool, new Int32Array(Math.max(used, Math.ceil(pool.length * 1.4))))
    }
    return start
  }

  return {
    add: (word, place) => {
      if (word >= starts.length) {
        const capacity = Math.max(word + 1, Math.ceil(starts.length * 1.5))
        starts = wider(starts, new Int32Array(capacity))
        lengths = wider(lengths, new Int32Array(capacity))
      }
      const length = lengths[word]!
      // Rooms are powers of two: such a length fills the room.
      if (length === 0) starts[word] = room(0)
      else if ((length & (length - 1)) === 0) {
        const power = 31 - Math.clz32(length)
        const from = starts[word]!
        const to = room(power + 1)
        pool.copyWithin(to, from, from + length)
        left[power]!.push(from)
        starts[word] = to
      }
      pool[starts[word]! + length] = place
      lengths[word] = length + 1
    },
    start: (word) => starts[word] ?? 0,
    end: (word) => (starts[word] ?? 0) + (lengths[word] ?? 0),
    pool: () => pool,
    bytes: () => pool.byteLength + starts.byteLength + lengths.byteLength,
  }
}
