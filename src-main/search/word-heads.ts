import { createPostings } from './postings.ts'
import { vendorLength } from './serial-forms.ts'
import type { WordUnits } from './word-trie.ts'

/**
 * Words by their first one to four letters, in the order they came: thousands are read from first
 * to last without a jump, where a tree would leap from branch to branch.
 */
export interface WordHeads {
  readonly add: (word: number, withoutVendor: boolean) => void
  /** As of WordTrie. Null: ask the tree, it is long or the words are few. */
  readonly begins: (typed: Uint16Array) => HeadRange | null
  readonly bytes: () => number
}

/** Entries (word << 1 | without vendor) of which some may begin otherwise. */
interface HeadRange {
  readonly pool: Int32Array
  readonly start: number
  readonly end: number
}

const longest = 4
const buckets = 1 << 16
const fewEntries = 256

export const createWordHeads = ({ units, starts }: WordUnits): WordHeads => {
  const postings = createPostings()
  const early: number[] = []
  let count = 0

  const note = (entry: number): void => {
    const all = units()
    const from = starts()[entry >> 1]! + ((entry & 1) === 1 ? vendorLength : 0)
    const stop = Math.min(starts()[(entry >> 1) + 1]!, from + longest)
    let mixed = 0
    for (let at = from; at < stop; at++) {
      mixed = mix(mixed, all[at]!)
      postings.add(bucketOf(mixed), entry)
    }
  }

  return {
    add: (word, withoutVendor) => {
      const entry = (word << 1) | (withoutVendor ? 1 : 0)
      if (count < fewEntries) early.push(entry)
      else note(entry)
      if (++count === fewEntries) for (const one of early) note(one)
    },
    begins: (typed) => {
      if (count < fewEntries || typed.length > longest) return null
      let mixed = 0
      for (const letter of typed) mixed = mix(mixed, letter)
      const bucket = bucketOf(mixed)
      return { pool: postings.pool(), start: postings.start(bucket), end: postings.end(bucket) }
    },
    bytes: postings.bytes,
  }
}

const mix = (before: number, letter: number): number =>
  Math.imul((before + 1) ^ letter, 0x9e3779b1) ^ (before >>> 13)

const bucketOf = (mixed: number): number => (mixed >>> 16) & (buckets - 1)
