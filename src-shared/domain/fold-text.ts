/**
 * Texts as the search compares them: lower case, without accents, compatibility forms taken apart
 * (NFKD), so that "Café", "CAFÉ" and "cafe" are one word. Pure.
 */

const beyondAscii = /[^\u0020-\u007e\s]/u
const marks = /\p{M}+/gu

/** Letters that NFKD leaves whole though people type them without their stroke. */
const strokes: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
}
const stroked = /[ßæœøđðłħıþ]/g

export const foldText = (text: string): string => {
  const lower = text.toLowerCase()
  if (!beyondAscii.test(lower)) return lower
  return lower
    .normalize('NFKD')
    .replace(marks, '')
    .replace(stroked, (letter) => strokes[letter] ?? letter)
}

export interface FoldedText {
  readonly folded: string
  /** Where each folded code unit comes from, and the end of the text; code units of the original. */
  readonly from: readonly number[]
}

/** Slower, for what is shown: keeps where every letter came from. */
export const foldWithPlaces = (text: string): FoldedText => {
  if (!beyondAscii.test(text)) {
    return {
      folded: text.toLowerCase(),
      from: Array.from({ length: text.length + 1 }, (_, at) => at),
    }
  }
  let folded = ''
  const from: number[] = []
  let place = 0
  for (const character of text) {
    const part = foldText(character)
    for (let index = 0; index < part.length; index++) from.push(place)
    folded += part
    place += character.length
  }
  from.push(text.length)
  return { folded, from }
}

/** 0: not asked yet, 1: between words, 2: part of a word. */
const kinds = new Uint8Array(65_536)
const letter = /[\p{L}\p{N}]/u

/** Of a folded text: letters and digits of any script make words, all else stands between them. */
export const isWordUnit = (unit: number): boolean => {
  const known = kinds[unit]
  if (known !== 0) return known === 2
  // Halves of a pair: letters of rare scripts, and pictures that do no harm as words.
  const isPart = (unit >= 0xd800 && unit <= 0xdfff) || letter.test(String.fromCharCode(unit))
  kinds[unit] = isPart ? 2 : 1
  return isPart
}

/** Calls back with start and end of every word of a folded text. */
export const eachWord = (folded: string, take: (start: number, end: number) => void): void => {
  let start = -1
  for (let index = 0; index < folded.length; index++) {
    if (isWordUnit(folded.charCodeAt(index))) {
      if (start < 0) start = index
    } else if (start >= 0) {
      take(start, index)
      start = -1
    }
  }
  if (start >= 0) take(start, folded.length)
}

export const wordsOf = (folded: string): string[] => {
  const words: string[] = []
  eachWord(folded, (start, end) => words.push(folded.slice(start, end)))
  return words
}
