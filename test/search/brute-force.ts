import { formatOnu, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'

/** The rules of the search said once more, slowly: what the index is held to. */

export interface BruteRecord {
  readonly serial: string
  readonly texts: readonly string[]
}

const fold = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

const wordsIn = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** Words of a record, and from where on each may begin. */
const candidates = ({ serial, texts }: BruteRecord): { word: string; starts: number[] }[] => {
  const joined = wordsIn(serial).join('')
  const vendor = /^[a-z]{4}[0-9a-f]{8}$/.test(joined)
  return [
    ...(joined === '' ? [] : [{ word: joined, starts: vendor ? [0, 4] : [0] }]),
    ...texts.flatMap((text) => wordsIn(text).map((word) => ({ word, starts: [0] }))),
  ]
}

/** 1 whole word, 2 its beginning, 3 inside, 4 and 5 with typos, 0 not at all. */
export const bruteTier = (record: BruteRecord, typed: string, withTypos: boolean): number => {
  let best = 0
  const note = (tier: number): void => {
    if (best === 0 || tier < best) best = tier
  }
  const limit = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0
  for (const { word, starts } of candidates(record)) {
    for (const start of starts) {
      const rest = word.slice(start)
      if (rest === typed) note(1)
      else if (rest.startsWith(typed)) note(2)
      else if (withTypos) {
        const typos = bestBeginning(typed, rest)
        if (typos <= limit) note(3 + typos)
      }
    }
    if (typed.length >= 3 && word.includes(typed)) note(3)
  }
  return best
}

/** Every word must be found; the sum of tiers, 0: not found. */
export const bruteSum = (
  record: BruteRecord,
  typed: readonly string[],
  withTypos: boolean,
): number => {
  const tiers = typed.map((word) => bruteTier(record, word, withTypos))
  return tiers.includes(0) ? 0 : tiers.reduce((sum, tier) => sum + tier, 0)
}

/** Optimal string alignment of `typed` with the best beginning of `word`, by the whole table. */
export const bestBeginning = (typed: string, word: string): number => {
  const table = Array.from({ length: typed.length + 1 }, () =>
    Array.from({ length: word.length + 1 }, () => 0),
  )
  for (let i = 0; i <= typed.length; i++) table[i]![0] = i
  for (let j = 0; j <= word.length; j++) table[0]![j] = j
  for (let i = 1; i <= typed.length; i++) {
    for (let j = 1; j <= word.length; j++) {
      const same = typed[i - 1] === word[j - 1] ? 0 : 1
      let least = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + same,
      )
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
        least = Math.min(least, table[i - 2]![j - 2]! + 1)
      }
      table[i]![j] = least
    }
  }
  return Math.min(...table[typed.length]!)
}

/** Whether a typed address is part of one, looked at as text. */
export const bruteAddress = (typed: string, packed: number): boolean => {
  const whole = formatOnu(unpackOnuAddress(packed))
  const [pon, onuId] = whole.split(':') as [string, string]
  const [before, after] = typed.split(':') as [string, string | undefined]
  if (after !== undefined) return `/${pon}`.endsWith(`/${before}`) && onuId.startsWith(after)
  if (pon.startsWith(before)) return true
  // Slot and port alone.
  return before.split('/').length === 2 && pon.split('/').slice(1).join('/').startsWith(before)
}
