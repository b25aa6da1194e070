import { compileAddress, type AddressTest } from './address-pattern.ts'
import { createBestOf } from './best-of.ts'
import type { SearchQuery, Term } from './query-terms.ts'
import type { RecordWords } from './record-words.ts'
import { tier, typosAllowed } from './tiers.ts'
import type { WordList } from './word-list.ts'

export interface FindOptions {
  readonly limit: number
  /** Only the first so many texts of a record are looked at; default: all. */
  readonly fields?: number
  /**
   * Typos are looked for where fewer records than this are found without, none of them by whole
   * words alone; default 0.
   */
  readonly typosBelow?: number
}

export interface Hit {
  readonly record: number
  /** The lower the better; comparable between indexes. */
  readonly cost: number
  readonly typo: boolean
}

export interface Found {
  /** The best first; equal ones in the order they were put. */
  readonly hits: readonly Hit[]
  /** Records found without typos. */
  readonly total: number
}

export interface Finder {
  readonly find: (query: SearchQuery, options: FindOptions) => Found
  readonly bytes: () => number
}

/**
 * A record costs, for each term, how well it fits (tier) and where (the weight of the text); words
 * that were typed side by side and do not stand so cost more. One with a typo costs more than any
 * without.
 */
const typoCost = 1 << 20
const tierCost = 1 << 10
const apartCost = 1 << 6

export const createFinder = (list: WordList, records: RecordWords, isPon: boolean): Finder => {
  /** Per typed word: the tier of every word; tier << 3 | field of every record. 0: does not fit. */
  let tiers: Uint8Array[] = []
  let fits: Uint8Array[] = []

  const cleared = (arrays: Uint8Array[], count: number, size: number): Uint8Array[] =>
    Array.from({ length: Math.max(count, arrays.length) }, (_, at) => {
      const array = arrays[at]
      if (array === undefined || array.length < size) return new Uint8Array(Math.ceil(size * 1.2))
      return at < count ? array.fill(0) : array
    })

  const note = (words: readonly number[], at: number, fields: number): void => {
    const tierOf = tiers[at]!
    const fit = fits[at]!
    const pool = records.postings.pool()
    for (const word of words) {
      const shifted = tierOf[word]! << 3
      const end = records.postings.end(word)
      for (let index = records.postings.start(word); index < end; index++) {
        const place = pool[index]!
        const field = place & 7
        if (field >= fields) continue
        const before = fit[place >> 3]!
        const value = shifted | field
        if (before === 0 || value < before) fit[place >> 3] = value
      }
    }
  }

  /** How many of the typed words do not stand right behind the one typed before. */
  const apart = (slip: number, needles: number): number => {
    let together = 0
    const { from, to } = records.entriesOf(slip)
    for (let entry = from + 1; entry < to; entry++) {
      if (records.fieldAt(entry) !== records.fieldAt(entry - 1)) continue
      const word = records.wordAt(entry)
      const before = records.wordAt(entry - 1)
      for (let at = 1; at < needles; at++) {
        if (tiers[at]![word] !== 0 && tiers[at - 1]![before] !== 0) together |= 1 << at
      }
    }
    let count = 0
    for (let at = 1; at < needles; at++) if ((together & (1 << at)) === 0) count++
    return count
  }

  const tiersByAddress = (test: AddressTest): Uint8Array => {
    const addresses = records.addressOf()
    const found = new Uint8Array(records.top())
    for (let slip = 0; slip < found.length; slip++) {
      if (addresses[slip] !== -1) found[slip] = test(addresses[slip]!)
    }
    return found
  }

  const find: Finder['find'] = ({ needles, terms }, { limit, fields = 8, typosBelow = 0 }) => {
    const top = records.top()
    if (terms.length === 0 || top === 0) return { hits: [], total: 0 }
    tiers = cleared(tiers, needles.length, list.size())
    fits = cleared(fits, needles.length, top)
    const recordOf = records.recordOf()
    const byAddress = terms.map(({ address }) =>
      address === null ? null : tiersByAddress(compileAddress(address, isPon)),
    )

    /** What the slip's terms cost; 0: it lacks one. */
    const costOf = (slip: number): number => {
      let cost = 0
      for (let index = 0; index < terms.length; index++) {
        const tierOf = byAddress[index]!
        let fit = tierOf === null ? 0 : tierOf[slip]! << 3
        if (fit === 0) fit = worstOf(terms[index]!, slip)
        if (fit === 0) return 0
        cost += (fit >> 3) * tierCost + (fit & 7)
        if (fit >> 3 > tier.inside) cost |= typoCost
      }
      return cost
    }

    const worstOf = ({ needles: own }: Term, slip: number): number => {
      let worst = 0
      for (let index = 0; index < own.length; index++) {
        const fit = fits[own[index]!]![slip]!
        if (fit === 0) return 0
        if (fit > worst) worst = fit
      }
      return worst
    }

    const best = createBestOf(limit)
    const look = (withTypos: boolean): number => {
      let total = 0
      for (let slip = 0; slip < top; slip++) {
        const cost = costOf(slip)
        if (cost === 0 || recordOf[slip] === -1 || cost >= typoCost !== withTypos) continue
        total++
        if (cost >= best.worst()) continue
        best.offer(recordOf[slip]!, cost + apart(slip, needles.length) * apartCost)
      }
      return total
    }

    for (const [at, needle] of needles.entries()) {
      note(list.match(needle, tiers[at]!), at, fields)
    }
    const total = look(false)
    // Whole words that are there were meant: the best record has nothing but those.
    const meant = best.least() < (terms.length + 1) * tierCost
    if (!meant && total < typosBelow && needles.some(({ word }) => typosAllowed(word.length) > 0)) {
      for (const [at, needle] of needles.entries()) {
        note(list.matchTypos(needle, tiers[at]!), at, fields)
      }
      look(true)
    }
    return {
      hits: best.sorted().map(({ record, cost }) => ({ record, cost, typo: cost >= typoCost })),
      total,
    }
  }

  return {
    find,
    bytes: () => [...tiers, ...fits].reduce((sum, { byteLength }) => sum + byteLength, 0),
  }
}
