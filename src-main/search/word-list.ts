import { insideFrom, tier, tierOfTypos, typosAllowed } from './tiers.ts'
import type { Needle } from './query-terms.ts'
import { vendorLength } from './serial-forms.ts'
import { wider } from './typed-arrays.ts'
import { longestWithTypos } from './typo-distance.ts'
import { createWordGrams } from './word-grams.ts'
import { createWordHeads } from './word-heads.ts'
import { createWordTrie } from './word-trie.ts'

/**
 * Every different word of the indexed texts once, packed into typed arrays, with a
 * tree of their letters and lists of where three letters stand: a typed word is held against few.
 */
export interface WordList {
  readonly size: () => number
  /** Number of the word in `folded[start..end)`; a new one is added. */
  readonly add: (folded: string, start: number, end: number) => number
  /** The word begins with letters of a vendor that people leave out. */
  readonly markVendor: (word: number) => void
  /**
   * Writes the tier of every word that fits into `tiers` (by word, all 0 before) and gives their
   * numbers.
   */
  readonly match: (needle: Needle, tiers: Uint8Array) => number[]
  /** Words that only fit with typos, in the same way; `tiers` holds what fits without. */
  readonly matchTypos: (needle: Needle, tiers: Uint8Array) => number[]
  readonly bytes: () => number
}

export const createWordList = (): WordList => {
  let size = 0
  let used = 0
  let units = new Uint16Array(4_096)
  let starts = new Int32Array(513)
  let vendors = new Uint8Array(512)
  let links = new Int32Array(512)
  // Slots and links hold word + 1; 0: none.
  let slots = new Int32Array(1_024)
  const where = { units: () => units, starts: () => starts }
  const trie = createWordTrie(where)
  const grams = createWordGrams(where)
  const heads = createWordHeads(where)

  const hashOf = (start: number, end: number): number => {
    let value = 0x811c9dc5
    for (let index = start; index < end; index++) {
      value = Math.imul(value ^ units[index]!, 0x01000193)
    }
    return (value ^ (value >>> 15)) >>> 0
  }

  const equal = (word: number, start: number, end: number): boolean => {
    const own = starts[word]!
    if (starts[word + 1]! - own !== end - start) return false
    for (let index = start; index < end; index++) {
      if (units[own + index - start] !== units[index]) return false
    }
    return true
  }

  /** Written where it would stay: equal words are found by comparing in place. */
  const write = (folded: string, start: number, end: number): number => {
    const length = end - start
    if (used + length > units.length) {
      units = wider(units, new Uint16Array(Math.max(units.length * 2, used + length)))
    }
    for (let index = 0; index < length; index++) {
      units[used + index] = folded.charCodeAt(start + index)
    }
    return length
  }

  /** -1: it is new. */
  const findWritten = (length: number): number => {
    const slot = hashOf(used, used + length) & (slots.length - 1)
    for (let next = slots[slot]!; next !== 0; next = links[next - 1]!) {
      if (equal(next - 1, used, used + length)) return next - 1
    }
    return -1
  }

  const find = (word: string): number => findWritten(write(word, 0, word.length))

  const growWords = (): void => {
    const capacity = vendors.length * 2
    starts = wider(starts, new Int32Array(capacity + 1))
    vendors = wider(vendors, new Uint8Array(capacity))
    links = new Int32Array(capacity)
    slots = new Int32Array(capacity * 2)
    for (let word = 0; word < size; word++) link(word)
  }

  const link = (word: number): void => {
    const slot = hashOf(starts[word]!, starts[word + 1]!) & (slots.length - 1)
    links[word] = slots[slot]!
    slots[slot] = word + 1
  }

  const standsAt = (typed: Uint16Array, place: number): boolean => {
    for (let index = 0; index < typed.length; index++) {
      if (units[place + index] !== typed[index]) return false
    }
    return true
  }

  const noteForm = (form: string, tiers: Uint8Array, found: number[]): void => {
    const typed = unitsOf(form)
    const note = (word: number, fits: number): void => {
      const before = tiers[word]!
      if (before === 0) found.push(word)
      if (before === 0 || fits < before) tiers[word] = fits
    }
    const range = heads.begins(typed)
    if (range === null) {
      trie.begins(typed, (word, whole) => note(word, whole ? tier.exact : tier.prefix))
    } else {
      for (let index = range.start; index < range.end; index++) {
        const entry = range.pool[index]!
        const word = entry >> 1
        const from = starts[word]! + ((entry & 1) === 1 ? vendorLength : 0)
        const last = starts[word + 1]! - typed.length
        if (from > last || !standsAt(typed, from)) continue
        note(word, from === last ? tier.exact : tier.prefix)
      }
    }
    if (typed.length < insideFrom) return
    grams.holding(typed, tiers, (word) => {
      tiers[word] = tier.inside
      found.push(word)
    })
  }

  const noteTypos = (form: string, tiers: Uint8Array, found: number[]): void => {
    const limit = typosAllowed(form.length)
    if (limit === 0 || form.length > longestWithTypos) return
    trie.near(unitsOf(form), limit, (word, typos) => {
      const fits = tierOfTypos(typos)
      const before = tiers[word]!
      if (before === 0) {
        tiers[word] = fits
        found.push(word)
      } else if (fits < before) tiers[word] = fits
    })
  }

  return {
    size: () => size,
    add: (folded, start, end) => {
      const length = write(folded, start, end)
      const known = findWritten(length)
      if (known !== -1) return known
      if (size === vendors.length) growWords()
      const word = size++
      starts[word] = used
      used += length
      starts[word + 1] = used
      link(word)
      trie.add(word, false)
      heads.add(word, false)
      grams.add(word)
      return word
    },
    markVendor: (word) => {
      if (vendors[word] === 1) return
      vendors[word] = 1
      trie.add(word, true)
      heads.add(word, true)
    },
    match: ({ word, decoded, whole }, tiers) => {
      const found: number[] = []
      if (whole) {
        const one = find(word)
        if (one !== -1) {
          tiers[one] = tier.exact
          found.push(one)
        }
        return found
      }
      noteForm(word, tiers, found)
      if (decoded !== null) noteForm(decoded, tiers, found)
      return found
    },
    matchTypos: ({ word, decoded, whole }, tiers) => {
      const found: number[] = []
      if (whole) return found
      noteTypos(word, tiers, found)
      if (decoded !== null) noteTypos(decoded, tiers, found)
      return found
    },
    bytes: () =>
      units.byteLength +
      starts.byteLength +
      vendors.byteLength +
      links.byteLength +
      slots.byteLength +
      trie.bytes() +
      heads.bytes() +
      grams.bytes(),
  }
}

const unitsOf = (form: string): Uint16Array => Uint16Array.from(form, (unit) => unit.charCodeAt(0))
