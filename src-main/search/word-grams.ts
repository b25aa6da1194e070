import { createPostings } from './postings.ts'
import { insideFrom } from './tiers.ts'
import type { WordUnits } from './word-trie.ts'

/**
 * In which words three letters stand side by side: what stands inside a word is looked for only
 * where its rarest three do. Different threes may share a number: that costs a look, no more.
 */
export interface WordGrams {
  readonly add: (word: number) => void
  /** Words in which it stands, but for those that have a tier; `take` must give them one. */
  readonly holding: (typed: Uint16Array, tiers: Uint8Array, take: (word: number) => void) => void
  readonly bytes: () => number
}

const buckets = 1 << 16
/** Up to so many words are looked through without. */
const fewWords = 256

export const createWordGrams = ({ units, starts }: WordUnits): WordGrams => {
  const postings = createPostings()
  let words = 0

  const bucketOf = (letters: Uint16Array, at: number): number => {
    const mixed = Math.imul(
      Math.imul(Math.imul(letters[at]!, 0x01000193) ^ letters[at + 1]!, 0x01000193) ^
        letters[at + 2]!,
      0x9e3779b1,
    )
    return (mixed >>> 16) & (buckets - 1)
  }

  const note = (word: number): void => {
    const all = units()
    const last = starts()[word + 1]! - insideFrom
    for (let at = starts()[word]!; at <= last; at++) postings.add(bucketOf(all, at), word)
  }

  const holds = (typed: Uint16Array, word: number): boolean => {
    const all = units()
    const last = starts()[word + 1]! - typed.length
    for (let place = starts()[word]!; place <= last; place++) {
      let at = 0
      while (at < typed.length && all[place + at] === typed[at]) at++
      if (at === typed.length) return true
    }
    return false
  }

  return {
    add: (word) => {
      words = word + 1
      if (words <= fewWords) return
      if (words === fewWords + 1) for (let early = 0; early < fewWords; early++) note(early)
      note(word)
    },
    holding: (typed, tiers, take) => {
      if (words <= fewWords) {
        for (let word = 0; word < words; word++)
          if (tiers[word] === 0 && holds(typed, word)) take(word)
        return
      }
      let rarest = 0
      let fewest = Infinity
      for (let at = 0; at + insideFrom <= typed.length; at++) {
        const bucket = bucketOf(typed, at)
        const count = postings.end(bucket) - postings.start(bucket)
        if (count >= fewest) continue
        fewest = count
        rarest = bucket
      }
      const pool = postings.pool()
      const end = postings.end(rarest)
      for (let index = postings.start(rarest); index < end; index++) {
        const word = pool[index]!
        if (tiers[word] === 0 && holds(typed, word)) take(word)
      }
    },
    bytes: postings.bytes,
  }
}
