import { eachWord, foldText } from '../../src-shared/domain/fold-text.ts'
import { phoneOf, phoneWords } from '../../src-shared/domain/phone.ts'

/**
 * Under which words a subscriber is found, and what a typed text asks for. Each typed word is the
 * beginning of one of his; telephone numbers are found whole, as dialled inside their country, and by
 * their last digits.
 */

/** A word of one letter is found by itself alone: as a beginning it would fit half of all. */
const fewestForPrefix = 2
const longest = 40

export interface SearchedTexts {
  readonly code: string
  /** Names of all sorts, addresses, mail. */
  readonly texts: readonly string[]
  readonly phones: readonly string[]
  readonly serials: readonly string[]
}

const wordsIn = (text: string): string[] => {
  const words: string[] = []
  const folded = foldText(text)
  eachWord(folded, (start, end) => words.push(folded.slice(start, Math.min(end, start + longest))))
  return words
}

const joined = (text: string): string => wordsIn(text).join('').slice(0, longest)

export const wordsOfSubscriber = ({ code, texts, phones, serials }: SearchedTexts): Set<string> => {
  const words = new Set(wordsIn(code))
  words.add(joined(code))
  // S-000123 is said as 123.
  for (const word of wordsIn(code)) words.add(word.replace(/^0+(?=\d)/u, ''))
  for (const text of texts) for (const word of wordsIn(text)) words.add(word)
  for (const phone of phones) for (const word of phoneWords(phone)) words.add(word)
  for (const serial of serials) {
    const whole = joined(serial)
    words.add(whole)
    // Its number without the vendor's letters.
    if (whole.length === 12) words.add(whole.slice(4))
  }
  words.delete('')
  return words
}

/** From `from` up to, and without, `to`. */
export interface WordRange {
  readonly from: string
  readonly to: string
}

const rangeOf = (word: string): WordRange =>
  word.length < fewestForPrefix
    ? { from: word, to: `${word}\0` }
    : { from: word, to: `${word}\u{10ffff}` }

/** One of the alternatives must hold, with all its words. */
export type SearchTerm = readonly (readonly WordRange[])[]

/** Digits with what people put between them; what is shorter is a house number. */
const numberLike = /(?:\+\s*)?\(?\d[\d\s().\-/]{4,}\d/gu

export const termsOf = (typed: string, country: string): readonly SearchTerm[] => {
  const terms: SearchTerm[] = []
  const rest = typed.normalize('NFKC').replaceAll(numberLike, (run) => {
    const digits = run.replaceAll(/\D/gu, '')
    const phone = phoneOf(run, country)
    const ways = new Set([digits, digits.replace(/^00/u, '')])
    if (phone !== null) ways.add(phone.slice(1))
    const alternatives = [...ways].map((way) => [rangeOf(way)])
    const apart = wordsIn(run)
    if (apart.length > 1) alternatives.push(apart.map(rangeOf))
    terms.push(alternatives)
    return ' '
  })
  for (const word of wordsIn(rest)) terms.push([[rangeOf(word)]])
  return terms.slice(0, 8)
}

export const nameKeyOf = (name: string): string => foldText(name.trim()).slice(0, 160)

export const codeKeyOf = (code: string): string => foldText(code.trim())
