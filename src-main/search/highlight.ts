import { eachWord, foldWithPlaces } from './fold.ts'
import type { Needle, SearchQuery } from './query-terms.ts'
import { hasVendor, vendorLength } from './serial-forms.ts'
import { insideFrom, tier, tierOfTypos, typosAllowed } from './tiers.ts'
import { createTypoMatcher, longestWithTypos } from './typo-distance.ts'

/** Where in the texts of a found record the typed words stand; for the few that are shown. */

export interface Span {
  readonly start: number
  readonly end: number
}

export interface FieldMatch {
  readonly field: string
  /** Code units of the text as it is shown; ascending, apart from each other. */
  readonly spans: Span[]
}

export interface ShownText {
  readonly field: string
  readonly text: string | null
  readonly serial?: boolean
  /** An address: what was typed of one stands in it as it is. */
  readonly address?: boolean
}

interface Place extends Span {
  readonly tier: number
}

/** Matches by field, in the order of `texts`; fields in which nothing stands are left out. */
export const highlight = (query: SearchQuery, texts: readonly ShownText[]): FieldMatch[] => {
  const taken = texts.map(({ text, serial = false, address = false }) =>
    text === null || text === ''
      ? []
      : address
        ? addressPlaces(query, text)
        : query.needles.map((needle) => placesOf(needle, text, serial)),
  )
  // A letter that may be wrong is shown only where the word stands nowhere as it was typed.
  const certain = query.needles.map((_, at) =>
    taken.some((field) => (field[at] ?? []).some((place) => place.tier <= tier.inside)),
  )
  return texts.flatMap(({ field }, index) => {
    const places = taken[index]!.flatMap((found, at) =>
      found.filter((place) => certain[at] !== true || place.tier <= tier.inside),
    )
    return places.length === 0 ? [] : [{ field, spans: joined(places) }]
  })
}

const addressPlaces = ({ terms, needles }: SearchQuery, text: string): Place[][] => {
  const places: Place[][] = needles.map(() => [])
  for (const { address, needles: own } of terms) {
    if (address === null || own.length === 0) continue
    const found = text.indexOf(address.text.replace(/\/$/, ''))
    if (found < 0) continue
    places[own[0]!]!.push({
      start: found,
      end: Math.min(text.length, found + address.text.length),
      tier: tier.exact,
    })
  }
  return places
}

const placesOf = (needle: Needle, text: string, serial: boolean): Place[] => {
  const { folded, from } = foldWithPlaces(text)
  const words: Span[] = []
  eachWord(folded, (start, end) => words.push({ start, end }))
  const pieces = serial ? [words] : words.map((word) => [word])
  return pieces.flatMap((spans) => {
    // A serial number is one word, whatever separates its parts.
    const units = spans.flatMap(({ start, end }) =>
      Array.from({ length: end - start }, (_, index) => start + index),
    )
    const word = units.map((unit) => folded[unit]!).join('')
    const found = placeIn(needle, word, serial)
    if (found === null) return []
    const last = units[found.end - 1]!
    return [{ start: from[units[found.start]!]!, end: from[last + 1]!, tier: found.tier }]
  })
}

/** The best place of a typed word in a word; null: it does not fit. */
const placeIn = (needle: Needle, word: string, serial: boolean): Place | null => {
  const typed = needle.word
  if (needle.whole) return word === typed ? { start: 0, end: word.length, tier: tier.exact } : null
  const starts = serial && hasVendor(word) ? [0, vendorLength] : [0]
  for (const form of needle.decoded === null ? [typed] : [typed, needle.decoded]) {
    const at = starts.find((start) => word.startsWith(form, start))
    const length = form.length
    if (at !== undefined) return { start: at, end: at + length, tier: tier.prefix }
    const inside = length < insideFrom ? -1 : word.indexOf(form)
    if (inside >= 0) return { start: inside, end: inside + length, tier: tier.inside }
  }
  const limit = typosAllowed(typed.length)
  if (limit === 0 || typed.length > longestWithTypos) return null
  const { distance } = createTypoMatcher(typed, limit)
  const units = Uint16Array.from(word, (unit) => unit.charCodeAt(0))
  for (const start of starts) {
    const typos = distance(units, start, units.length)
    if (typos > limit) continue
    const rest = word.length - start
    const shown = rest - typed.length <= limit ? rest : typed.length
    return { start, end: start + shown, tier: tierOfTypos(typos) }
  }
  return null
}

const joined = (places: readonly Place[]): Span[] => {
  const spans: { start: number; end: number }[] = []
  for (const { start, end } of places.toSorted((one, other) => one.start - other.start)) {
    const last = spans.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else spans.push({ start, end })
  }
  return spans
}
