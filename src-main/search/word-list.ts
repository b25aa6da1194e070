import { insideFrom, tier, tierOfTypos, typosAllowed } from './tiers.ts'
import type { Needle } from './query-terms.ts'
import { vendorLength } from './serial-forms.ts'
import { wider } from './typed-arrays.ts'
import { createTypoMatcher, longestWithTypos } from './typo-distance.ts'

/**
 * Every different word of the indexed texts once, packed into typed arrays: some 45 bytes a word. A
 * typed word is held against all of them; a mask of the letters in each keeps that to a glance.
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

const bitOf = (unit: number): number => 1 << (unit & 31)

export const createWordList = (): WordList => {
  let size = 0
  let used = 0
  let units = new Uint16Array(4_096)
  let starts = new Int32Array(513)
  let masks = new Int32Array(512)
  let vendors = new Uint8Array(512)
  let links = new Int32Array(512)
  // Heads and links hold word + 1; 0: none.
  let heads = new Int32Array(1_024)

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
    const slot = hashOf(used, used + length) & (heads.length - 1)
    for (let next = heads[slot]!; next !== 0; next = links[next - 1]!) {
      if (equal(next - 1, used, used + length)) return next - 1
    }
    return -1
  }

  const find = (word: string): number => findWritten(write(word, 0, word.length))

  const growWords = (): void => {
    const capacity = masks.length * 2
    starts = wider(starts, new Int32Array(capacity + 1))
    masks = wider(masks, new Int32Array(capacity))
    vendors = wider(vendors, new Uint8Array(capacity))
    links = new Int32Array(capacity)
    heads = new Int32Array(capacity * 2)
    for (let word = 0; word < size; word++) link(word)
  }

  const link = (word: number): void => {
    const slot = hashOf(starts[word]!, starts[word + 1]!) & (heads.length - 1)
    links[word] = heads[slot]!
    heads[slot] = word + 1
  }

  /** Whether `typed` stands at this place; the caller has seen that it does not go beyond the end. */
  const standsAt = (typed: Uint16Array, place: number): boolean => {
    for (let index = 0; index < typed.length; index++) {
      if (units[place + index] !== typed[index]) return false
    }
    return true
  }

  const tierOf = (typed: Uint16Array, word: number): number => {
    const start = starts[word]!
    const end = starts[word + 1]!
    const last = end - typed.length
    if (last < start) return 0
    if (standsAt(typed, start)) return last === start ? tier.exact : tier.prefix
    if (vendors[word] === 1) {
      const tail = start + vendorLength
      if (tail <= last && standsAt(typed, tail)) return last === tail ? tier.exact : tier.prefix
    }
    if (typed.length < insideFrom) return 0
    const first = typed[0]
    for (let place = start + 1; place <= last; place++) {
      if (units[place] === first && standsAt(typed, place)) return tier.inside
    }
    return 0
  }

  const matchForm = (form: string, tiers: Uint8Array, found: number[]): void => {
    const typed = Uint16Array.from(form, (unit) => unit.charCodeAt(0))
    const mask = maskOf(typed)
    for (let word = 0; word < size; word++) {
      if ((masks[word]! & mask) !== mask) continue
      const fits = tierOf(typed, word)
      if (fits === 0) continue
      const before = tiers[word]!
      if (before === 0) found.push(word)
      if (before === 0 || fits < before) tiers[word] = fits
    }
  }

  const typosOf = (form: string, tiers: Uint8Array, found: number[]): void => {
    const limit = typosAllowed(form.length)
    if (limit === 0 || form.length > longestWithTypos) return
    const mask = maskOf(Uint16Array.from(form, (unit) => unit.charCodeAt(0)))
    const { distance } = createTypoMatcher(form, limit)
    const shortest = form.length - limit
    /** The distance, or more than the limit where a glance at the letters shows that it is. */
    const typosFrom = (start: number, end: number): number => {
      if (end - start < shortest) return limit + 1
      // So many letters at least are part of it: one that was not typed is a typo each.
      let foreign = 0
      for (let place = start; place < start + shortest; place++) {
        if ((mask & bitOf(units[place]!)) === 0 && ++foreign > limit) return foreign
      }
      return distance(units, start, end)
    }
    for (let word = 0; word < size; word++) {
      // A typo takes away one letter of those typed at most: more missing ones are too many.
      if (tiers[word] !== 0 || bitsOf(mask & ~masks[word]!) > limit) continue
      const start = starts[word]!
      const end = starts[word + 1]!
      let typos = typosFrom(start, end)
      if (typos > limit && vendors[word] === 1) typos = typosFrom(start + vendorLength, end)
      if (typos === 0 || typos > limit) continue
      tiers[word] = tierOfTypos(typos)
      found.push(word)
    }
  }

  return {
    size: () => size,
    add: (folded, start, end) => {
      const length = write(folded, start, end)
      const known = findWritten(length)
      if (known !== -1) return known
      if (size === masks.length) growWords()
      const word = size++
      starts[word] = used
      masks[word] = maskOf(units.subarray(used, used + length))
      used += length
      starts[word + 1] = used
      link(word)
      return word
    },
    markVendor: (word) => {
      vendors[word] = 1
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
      matchForm(word, tiers, found)
      if (decoded !== null) matchForm(decoded, tiers, found)
      return found
    },
    matchTypos: ({ word, decoded, whole }, tiers) => {
      const found: number[] = []
      if (whole) return found
      typosOf(word, tiers, found)
      if (decoded !== null) typosOf(decoded, tiers, found)
      return found
    },
    bytes: () =>
      units.byteLength +
      starts.byteLength +
      masks.byteLength +
      vendors.byteLength +
      links.byteLength +
      heads.byteLength,
  }
}

const maskOf = (units: Uint16Array): number => {
  let mask = 0
  for (const unit of units) mask |= bitOf(unit)
  return mask
}

const bitsOf = (mask: number): number => {
  let bits = mask - ((mask >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
