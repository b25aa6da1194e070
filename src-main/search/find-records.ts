import { matchAddresses } from './address-pattern.ts'
import { createBestOf } from './best-of.ts'
import type { SearchQuery } from './query-terms.ts'
import type { RecordWords } from './record-words.ts'
import { createSlipFits, fewPlaces } from './slip-fits.ts'
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
  /** Others are as if they were not there; default: all are. */
  readonly within?: ((record: number) => boolean) | undefined
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
  const fits = createSlipFits(list, records)

  const find: Finder['find'] = (
    { needles, terms },
    { limit, fields = 8, typosBelow = 0, within },
  ) => {
    const top = records.top()
    if (terms.length === 0 || top === 0) return { hits: [], total: 0 }
    fits.begin(needles, fields)
    const recordOf = records.recordOf()
    const byAddress = terms.map(({ address }) =>
      address === null ? null : matchAddresses(address, records.addressOf(), top, isPon),
    )

    /** tier << 3 | field of a term that fits least in its words; 0: one does not fit. */
    const worstOf = (own: readonly number[], slip: number): number => {
      let worst = 0
      for (let index = 0; index < own.length; index++) {
        const fit = fits.of(own[index]!, slip)
        if (fit === 0) return 0
        if (fit > worst) worst = fit
      }
      return worst
    }

    /** What the slip's terms cost; 0: it lacks one. */
    const costOf = (slip: number): number => {
      let cost = 0
      for (let index = 0; index < terms.length; index++) {
        const tierOf = byAddress[index]!
        let fit = tierOf === null ? 0 : tierOf[slip]! << 3
        if (fit === 0) fit = worstOf(terms[index]!.needles, slip)
        if (fit === 0) return 0
        cost += (fit >> 3) * tierCost + (fit & 7)
        if (fit >> 3 > tier.inside) cost |= typoCost
      }
      return cost
    }

    /** All terms must fit: the slips of the rarest one are enough, ascending. Null: they are many. */
    const fewest = (): Int32Array | null => {
      const [rarest] = terms
        .map(({ needles: own }, index) => {
          const at = own.reduce((one, other) =>
            fits.places(other) < fits.places(one) ? other : one,
          )
          const addressed = byAddress[index]!
          const fitting = addressed === null ? 0 : countOf(addressed)
          return { at, addressed, count: fitting + fits.places(at) }
        })
        .toSorted((one, other) => one.count - other.count)
      if (rarest === undefined || rarest.count > fewPlaces) return null
      const slips = new Int32Array(rarest.count)
      const more = fits.gather(rarest.at, slips)
      if (rarest.addressed !== null) gatherFitting(rarest.addressed, slips, more)
      return slips.sort()
    }

    const best = createBestOf(limit)
    let total = 0
    const take = (slip: number, cost: number, withTypos: boolean): void => {
      if (cost === 0 || recordOf[slip] === -1 || cost >= typoCost !== withTypos) return
      // SECURITY: what is not reached is neither found nor counted.
      if (within?.(recordOf[slip]!) === false) return
      total++
      if (cost >= best.worst()) return
      best.offer(recordOf[slip]!, cost + (needles.length < 2 ? 0 : fits.apart(slip) * apartCost))
    }

    /** One typed word, and found in many places: nothing but its fits is looked at. */
    const lookAtOne = (fit: Uint8Array): void => {
      let worst = best.worst()
      for (let slip = 0; slip < top; slip++) {
        const own = fit[slip]!
        if (own === 0 || recordOf[slip] === -1) continue
        if (within?.(recordOf[slip]!) === false) continue
        total++
        const cost = (own >> 3) * tierCost + (own & 7)
        if (cost >= worst) continue
        best.offer(recordOf[slip]!, cost)
        worst = best.worst()
      }
    }

    const look = (withTypos: boolean): void => {
      const few = fewest()
      if (few === null) {
        fits.fillAll()
        if (needles.length === 1 && terms[0]!.address === null && !withTypos) {
          lookAtOne(fits.all(0))
        } else for (let slip = 0; slip < top; slip++) take(slip, costOf(slip), withTypos)
        return
      }
      for (let index = 0; index < few.length; index++) {
        const slip = few[index]!
        if (index > 0 && few[index - 1] === slip) continue
        fits.fill(slip)
        take(slip, costOf(slip), withTypos)
      }
    }

    look(false)
    const exact = total
    // Whole words that are there were meant: the best record has nothing but those.
    const meant = best.least() < (terms.length + 1) * tierCost
    if (!meant && exact < typosBelow && needles.some(({ word }) => typosAllowed(word.length) > 0)) {
      for (const at of needles.keys()) fits.addTypos(at)
      look(true)
    }
    return {
      hits: best.sorted().map(({ record, cost }) => ({ record, cost, typo: cost >= typoCost })),
      total: exact,
    }
  }

  return { find, bytes: fits.bytes }
}

const countOf = (tiers: Uint8Array): number => {
  let count = 0
  for (let slip = 0; slip < tiers.length; slip++) if (tiers[slip] !== 0) count++
  return count
}

/** Writes the places of all that fit into `slips`, from `at` on. */
const gatherFitting = (tiers: Uint8Array, slips: Int32Array, at: number): void => {
  let next = at
  for (let slip = 0; slip < tiers.length; slip++) if (tiers[slip] !== 0) slips[next++] = slip
}
