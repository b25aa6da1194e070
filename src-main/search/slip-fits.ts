import type { RecordWords } from './record-words.ts'
import type { WordList } from './word-list.ts'

/** How well each typed word fits each slip, worked out no further than a question needs. */
export interface SlipFits {
  /** Begins a question: words of the list are matched, slips are not yet. */
  readonly begin: (needles: readonly Parameters<WordList['match']>[0][], fields: number) => void
  /** Words that fit with typos alone count too from now on. */
  readonly addTypos: (at: number) => void
  /** At how many places the words that fit stand; beyond `fewPlaces` they are not counted on. */
  readonly places: (at: number) => number
  /** Writes the slips of those places, and says how many they are. */
  readonly gather: (at: number, slips: Int32Array) => number
  /** All slips by all typed words: where they are many. */
  readonly fillAll: () => void
  /** One slip by all typed words. */
  readonly fill: (slip: number) => void
  /** tier << 3 | field of the best; 0: it does not fit. After `fillAll`, or `fill` of the slip. */
  readonly of: (at: number, slip: number) => number
  /** What `of` gives, by slip. After `fillAll`. */
  readonly all: (at: number) => Uint8Array
  /** How many of the typed words do not stand right behind the one typed before. */
  readonly apart: (slip: number) => number
  readonly bytes: () => number
}

/** Up to so many places are looked at slip by slip; where there are more, word by word. */
export const fewPlaces = 4_000

const allFields = 8

export const createSlipFits = (list: WordList, records: RecordWords): SlipFits => {
  /** Per typed word: the tier of every word, and what `of` gives of every slip. */
  let tiers: Uint8Array[] = []
  let fits: Uint8Array[] = []
  let matched: number[][] = []
  let asked: readonly Parameters<WordList['match']>[0][] = []
  let placeCounts: number[] = []
  let fields = allFields

  const cleared = (arrays: Uint8Array[], count: number, size: number): Uint8Array[] =>
    Array.from({ length: Math.max(count, arrays.length) }, (_, at) => {
      const array = arrays[at]
      if (array === undefined || array.length < size) return new Uint8Array(Math.ceil(size * 1.2))
      return at < count ? array.fill(0) : array
    })

  const { postings } = records

  const placesOf = (words: readonly number[]): number => {
    let count = 0
    for (let index = 0; index < words.length && count <= fewPlaces; index++) {
      const word = words[index]!
      count += postings.end(word) - postings.start(word)
    }
    return count
  }

  /** Two words typed one behind the other are both in the slip: only then they may stand so. */
  const mayBeTogether = (slip: number): boolean => {
    for (let at = 1; at < asked.length; at++) {
      if (fits[at]![slip] !== 0 && fits[at - 1]![slip] !== 0) return true
    }
    return false
  }

  return {
    begin: (needles, onlyFields) => {
      asked = needles
      fields = onlyFields
      tiers = cleared(tiers, needles.length, list.size())
      fits = cleared(fits, needles.length, records.top())
      matched = needles.map((needle, at) => list.match(needle, tiers[at]!))
      placeCounts = matched.map(placesOf)
    },
    addTypos: (at) => {
      for (const word of list.matchTypos(asked[at]!, tiers[at]!)) matched[at]!.push(word)
      placeCounts[at] = placesOf(matched[at]!)
    },
    places: (at) => placeCounts[at]!,
    gather: (at, slips) => {
      const pool = postings.pool()
      let count = 0
      for (const word of matched[at]!) {
        const end = postings.end(word)
        for (let index = postings.start(word); index < end; index++) {
          slips[count++] = pool[index]! >> 3
        }
      }
      return count
    },
    fillAll: () => {
      const pool = postings.pool()
      for (let at = 0; at < asked.length; at++) {
        const fit = fits[at]!
        const tierOf = tiers[at]!
        for (const word of matched[at]!) {
          const shifted = tierOf[word]! << 3
          const end = postings.end(word)
          for (let index = postings.start(word); index < end; index++) {
            const place = pool[index]!
            const field = place & 7
            if (field >= fields) continue
            const before = fit[place >> 3]!
            const value = shifted | field
            if (before === 0 || value < before) fit[place >> 3] = value
          }
        }
      }
    },
    fill: (slip) => {
      const { from, to } = records.entriesOf(slip)
      for (let entry = from; entry < to; entry++) {
        const field = records.fieldAt(entry)
        if (field >= fields) break
        const word = records.wordAt(entry)
        for (let at = 0; at < asked.length; at++) {
          const tier = tiers[at]![word]!
          if (tier === 0) continue
          const before = fits[at]![slip]!
          const value = (tier << 3) | field
          if (before === 0 || value < before) fits[at]![slip] = value
        }
      }
    },
    of: (at, slip) => fits[at]![slip]!,
    all: (at) => fits[at]!,
    apart: (slip) => {
      // Fits are of the texts that are asked for; words may stand together in others too.
      if (fields >= allFields && !mayBeTogether(slip)) return asked.length - 1
      let together = 0
      const { from, to } = records.entriesOf(slip)
      for (let entry = from + 1; entry < to; entry++) {
        if (records.fieldAt(entry) !== records.fieldAt(entry - 1)) continue
        const word = records.wordAt(entry)
        const before = records.wordAt(entry - 1)
        for (let at = 1; at < asked.length; at++) {
          if (tiers[at]![word] !== 0 && tiers[at - 1]![before] !== 0) together |= 1 << at
        }
      }
      let count = 0
      for (let at = 1; at < asked.length; at++) if ((together & (1 << at)) === 0) count++
      return count
    },
    bytes: () => [...tiers, ...fits].reduce((sum, { byteLength }) => sum + byteLength, 0),
  }
}
