import { eachWord, foldWithPlaces } from '../../src-shared/domain/fold-text.ts'
import type { Needle, SearchQuery } from './query-terms.ts'
import { hasVendor, vendorLength } from './serial-forms.ts'
import { insideFrom, typosAllowed } from './tiers.ts'
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

/** Matches by field, in the order of `texts`; fields in which nothing stands are left out. */
export const highlight = (query: SearchQuery, texts: readonly ShownText[]): FieldMatch[] => {
  const pieces = texts.map(({ text, serial = false, address = false }) =>
    text === null || text === '' || address ? [] : piecesOf(text, serial),
  )
  const taken = texts.map(({ text, address = false }, index) =>
    address && text !== null && text !== ''
      ? addressPlaces(query, text)
      : query.needles.map((needle) => placesIn(pieces[index]!, (piece) => placeIn(needle, piece))),
  )
  // A letter that may be wrong is shown only where the word stands nowhere as it was typed.
  for (const [at, needle] of query.needles.entries()) {
    if (taken.some((field) => (field[at] ?? []).length > 0)) continue
    const near = placeNear(needle)
    if (near === null) continue
    for (const [index, field] of taken.entries()) field[at] = placesIn(pieces[index]!, near)
  }
  return texts.flatMap(({ field }, index) => {
    const places = taken[index]!.flat()
    return places.length === 0 ? [] : [{ field, spans: joined(places) }]
  })
}

const addressPlaces = ({ terms, needles }: SearchQuery, text: string): Span[][] => {
  const places: Span[][] = needles.map(() => [])
  for (const { address, needles: own } of terms) {
    if (address === null || own.length === 0) continue
    const found = text.indexOf(address.text.replace(/\/$/, ''))
    if (found < 0) continue
    places[own[0]!]!.push({
      start: found,
      end: Math.min(text.length, found + address.text.length),
    })
  }
  return places
}

/** A word of a text, and where its letters come from. */
interface Piece {
  readonly word: string
  /** Where a typed word may begin. */
  readonly starts: readonly number[]
  readonly spanOf: (found: Span) => Span
}

const piecesOf = (text: string, serial: boolean): Piece[] => {
  const { folded, from } = foldWithPlaces(text)
  const pieces: Piece[] = []
  const units: number[] = []
  eachWord(folded, (start, end) => {
    if (serial) for (let unit = start; unit < end; unit++) units.push(unit)
    else {
      pieces.push({
        word: folded.slice(start, end),
        starts: atStart,
        spanOf: (found) => ({
          start: from[start + found.start]!,
          end: from[start + found.end]!,
        }),
      })
    }
  })
  if (units.length === 0) return pieces
  // A serial number is one word, whatever separates its parts.
  const word = units.map((unit) => folded[unit]!).join('')
  return [
    {
      word,
      starts: hasVendor(word) ? [0, vendorLength] : atStart,
      spanOf: ({ start, end }) => ({
        start: from[units[start]!]!,
        end: from[units[end - 1]! + 1]!,
      }),
    },
  ]
}

const atStart = [0]

const placesIn = (pieces: readonly Piece[], find: (piece: Piece) => Span | null): Span[] => {
  const places: Span[] = []
  for (const piece of pieces) {
    const found = find(piece)
    if (found !== null) places.push(piece.spanOf(found))
  }
  return places
}

/** Where a typed word stands in a word as it was typed; null: it does not. */
const placeIn = (needle: Needle, { word, starts }: Piece): Span | null => {
  const typed = needle.word
  if (needle.whole) return word === typed ? { start: 0, end: word.length } : null
  for (const form of needle.decoded === null ? [typed] : [typed, needle.decoded]) {
    const at = starts.find((start) => word.startsWith(form, start))
    const length = form.length
    if (at !== undefined) return { start: at, end: at + length }
    const inside = length < insideFrom ? -1 : word.indexOf(form)
    if (inside >= 0) return { start: inside, end: inside + length }
  }
  return null
}

/** The same with typos; null: the word may have none. */
const placeNear = ({ word: typed, whole }: Needle): ((piece: Piece) => Span | null) | null => {
  const limit = typosAllowed(typed.length)
  if (whole || limit === 0 || typed.length > longestWithTypos) return null
  const { distance } = createTypoMatcher(typed, limit)
  return ({ word, starts }) => {
    const units = Uint16Array.from(word, (unit) => unit.charCodeAt(0))
    for (const start of starts) {
      if (distance(units, start, units.length) > limit) continue
      const rest = word.length - start
      const shown = rest - typed.length <= limit ? rest : typed.length
      return { start, end: start + shown }
    }
    return null
  }
}

const joined = (places: readonly Span[]): Span[] => {
  const spans: { start: number; end: number }[] = []
  for (const { start, end } of places.toSorted((one, other) => one.start - other.start)) {
    const last = spans.at(-1)
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end)
    else spans.push({ start, end })
  }
  return spans
}
