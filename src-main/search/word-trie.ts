import { vendorLength } from './serial-forms.ts'
import { wider } from './typed-arrays.ts'

/** Where the letters of the words lie: `units[starts[word]..starts[word + 1])`. */
export interface WordUnits {
  readonly units: () => Uint16Array
  readonly starts: () => Int32Array
}

/**
 * The words as a tree of their letters: beginnings are found by walking down, and those with typos
 * without looking at words that differ too much from their first letters on. A branch of one word
 * ends where it parts from the others; the letters behind are read from the word itself. A word
 * with a vendor stands in it twice, once without the vendor's letters.
 */
export interface WordTrie {
  readonly add: (word: number, withoutVendor: boolean) => void
  /** Words that begin so; `whole`: there is nothing behind. A word may come twice. */
  readonly begins: (typed: Uint16Array, take: (word: number, whole: boolean) => void) => void
  /**
   * Words of which a beginning is up to `limit` (1 or 2) typos away, one at least (optimal string
   * alignment). A word may come twice, and one that begins as typed may come too.
   */
  readonly near: (
    typed: Uint16Array,
    limit: number,
    take: (word: number, typos: number) => void,
  ) => void
  readonly bytes: () => number
}

const root = 0

export const createWordTrie = ({ units, starts }: WordUnits): WordTrie => {
  // By node; 0 as a link: none. Held: an entry + 1, and by entry the next one that is spelled alike.
  let letters = new Uint16Array(512)
  let children = new Int32Array(512)
  let siblings = new Int32Array(512)
  let held = new Int32Array(512)
  let nodes = 1
  // An entry is word << 1 | without vendor.
  let alike = new Int32Array(1_024)
  const stack: number[] = []

  const startOf = (entry: number): number =>
    starts()[entry >> 1]! + ((entry & 1) === 1 ? vendorLength : 0)
  const endOf = (entry: number): number => starts()[(entry >> 1) + 1]!

  const childOf = (node: number, letter: number): number => {
    let child = children[node]!
    while (child !== 0 && letters[child] !== letter) child = siblings[child]!
    return child
  }

  const branch = (node: number, letter: number, entries: number): void => {
    if (nodes === letters.length) {
      const capacity = Math.ceil(nodes * 1.5)
      letters = wider(letters, new Uint16Array(capacity))
      children = wider(children, new Int32Array(capacity))
      siblings = wider(siblings, new Int32Array(capacity))
      held = wider(held, new Int32Array(capacity))
    }
    const child = nodes++
    letters[child] = letter
    held[child] = entries
    siblings[child] = children[node]!
    children[node] = child
  }

  const isAlike = (one: number, other: number): boolean => {
    const all = units()
    const from = startOf(one)
    const length = endOf(one) - from
    const otherFrom = startOf(other)
    if (endOf(other) - otherFrom !== length) return false
    for (let at = 0; at < length; at++) if (all[from + at] !== all[otherFrom + at]) return false
    return true
  }

  const hold = (node: number, entry: number): void => {
    alike[entry] = held[node]!
    held[node] = entry + 1
  }

  const insert = (entry: number): void => {
    const all = units()
    const from = startOf(entry)
    const length = endOf(entry) - from
    let node = root
    for (let depth = 0; ; depth++) {
      const there = held[node]! - 1
      if (there >= 0 && children[node] === 0) {
        if (isAlike(there, entry)) return hold(node, entry)
        // The only one until now: it moves on by a letter, unless it ends here.
        const place = startOf(there) + depth
        if (place < endOf(there)) {
          held[node] = 0
          branch(node, all[place]!, there + 1)
        }
      }
      if (depth === length) return hold(node, entry)
      const child = childOf(node, all[from + depth]!)
      if (child === 0) return branch(node, all[from + depth]!, entry + 1)
      node = child
    }
  }

  /** Every entry at or below a node. */
  const below = (node: number, take: (entry: number) => void): void => {
    stack.length = 0
    for (let next = node; ;) {
      for (let one = held[next]!; one !== 0; one = alike[one - 1]!) take(one - 1)
      for (let child = children[next]!; child !== 0; child = siblings[child]!) stack.push(child)
      const last = stack.pop()
      if (last === undefined) return
      next = last
    }
  }

  return {
    add: (word, withoutVendor) => {
      const entry = (word << 1) | (withoutVendor ? 1 : 0)
      if (entry >= alike.length) alike = wider(alike, new Int32Array(alike.length * 2))
      insert(entry)
    },
    begins: (typed, take) => {
      const all = units()
      let node = root
      let depth = 0
      for (; depth < typed.length && children[node] !== 0; depth++) {
        node = childOf(node, typed[depth]!)
        if (node === 0) return
      }
      if (held[node] === 0 && children[node] === 0) return
      below(node, (entry) => {
        const from = startOf(entry)
        const length = endOf(entry) - from
        if (length < typed.length) return
        for (let at = depth; at < typed.length; at++) if (all[from + at] !== typed[at]) return
        take(entry >> 1, length === typed.length)
      })
    },
    near: (typed, limit, take) => {
      const all = units()
      const length = typed.length
      const width = length + 1
      const deepest = length + limit
      const far = limit + 1
      // Row by depth: typos between what was read so far and each beginning of what was typed; only
      // those near the diagonal are worked out, the others are too many.
      const rows = new Uint8Array((deepest + 1) * width).fill(far)
      for (let at = 0; at <= limit; at++) rows[at] = at

      /** Works out the row behind `letter`, the one at `depth` (from 1), and gives its least value. */
      const read = (depth: number, letter: number, before: number): number => {
        const row = depth * width
        const above = row - width
        let least = far
        for (let at = Math.max(0, depth - limit); at <= Math.min(length, depth + limit); at++) {
          let typos = rows[above + at]! + 1
          if (at > 0) {
            const own = typed[at - 1]!
            typos = Math.min(typos, rows[above + at - 1]! + (own === letter ? 0 : 1))
            if (at > depth - limit) typos = Math.min(typos, rows[row + at - 1]! + 1)
            if (depth > 1 && at > 1 && own === before && typed[at - 2] === letter) {
              typos = Math.min(typos, rows[above - width + at - 2]! + 1)
            }
          }
          if (typos > far) typos = far
          rows[row + at] = typos
          if (typos < least) least = typos
        }
        return least
      }

      const alone = (entry: number, depth: number, before: number, best: number): void => {
        const from = startOf(entry)
        const end = Math.min(endOf(entry), from + deepest)
        let found = best
        let last = before
        for (let at = depth; from + at < end; at++) {
          const letter = all[from + at]!
          const least = read(at + 1, letter, last)
          found = Math.min(found, rows[(at + 1) * width + length]!)
          if (least >= found) break
          last = letter
        }
        if (found > limit || found === 0) return
        for (let one = entry + 1; one !== 0; one = alike[one - 1]!) take((one - 1) >> 1, found)
      }

      /** Where no further typo is left: bits of the letters that may follow at `depth`. */
      const following = (depth: number, before: number): number => {
        const row = depth * width
        let letterBits = 0
        const last = Math.min(length - 1, depth + limit)
        for (let at = Math.max(0, depth - limit - 1); at <= last; at++) {
          const swapped = depth > 0 && typed[at + 1] === before && rows[row - width + at]! < limit
          if (swapped || rows[row + at] === limit) letterBits |= 1 << (typed[at]! & 31)
        }
        return letterBits
      }

      const walk = (
        node: number,
        depth: number,
        before: number,
        best: number,
        least: number,
      ): void => {
        const there = held[node]! - 1
        if (there >= 0) alone(there, depth, before, best)
        const open = least < limit ? -1 : following(depth, before)
        for (let child = children[node]!; child !== 0; child = siblings[child]!) {
          const letter = letters[child]!
          if ((open & (1 << (letter & 31))) === 0) continue
          const next = read(depth + 1, letter, before)
          const found = Math.min(best, rows[(depth + 1) * width + length]!)
          // Letters further down take nothing off: all below are as near as that, or too far.
          if (next < found && depth + 1 < deepest) walk(child, depth + 1, letter, found, next)
          else if (found > 0 && found <= limit) below(child, (entry) => take(entry >> 1, found))
        }
      }
      walk(root, 0, 0, far, 0)
    },
    bytes: () =>
      [letters, children, siblings, held, alike].reduce(
        (sum, { byteLength }) => sum + byteLength,
        0,
      ),
  }
}
