import { readAddressPattern, type AddressPattern } from './address-pattern.ts'
import { eachWord, foldText } from '../../src-shared/domain/fold-text.ts'
import { fromHex } from './serial-forms.ts'

/** One typed word, folded. */
export interface Needle {
  readonly word: string
  /** The same serial number with its vendor in letters, where it was typed in hex. */
  readonly decoded: string | null
  /**
   * Only the whole word fits: numbers with strokes between them stand in a text as they are, where
   * they are no address.
   */
  readonly whole: boolean
}

/** All terms of a query must be found in a record, each in any of its texts. */
export interface Term {
  /** Positions in the query's needles: every one of them, unless the address fits. */
  readonly needles: readonly number[]
  readonly address: AddressPattern | null
}

export interface SearchQuery {
  readonly needles: readonly Needle[]
  readonly terms: readonly Term[]
}

/** Words beyond it are not looked at. */
const mostNeedles = 12

export const readQuery = (text: string): SearchQuery => {
  const needles: Needle[] = []
  const terms: Term[] = []
  for (const chunk of foldText(text).split(/\s+/)) {
    const address = readAddressPattern(chunk)
    const places: number[] = []
    const words = address === null ? chunk : address.text
    eachWord(words, (start, end) => {
      if (needles.length >= mostNeedles) return
      const word = words.slice(start, end)
      places.push(needles.length)
      needles.push({ word, decoded: fromHex(word), whole: address !== null })
    })
    if (address !== null) terms.push({ needles: places, address })
    else for (const place of places) terms.push({ needles: [place], address: null })
  }
  return { needles, terms }
}
