import { seededRandom } from '../support/seeded-random.ts'

/** One record of the plant as the search knows it. */
export interface SearchedOnu {
  readonly serial: string
  readonly name: string
  readonly streetAddress: string
  readonly oltName: string
  /** `0/1/3:12`. */
  readonly address: string
}

export type QueryKind = 'prefix' | 'fragment' | 'typo' | 'twoWords' | 'address' | 'none'

export interface BenchQuery {
  readonly kind: QueryKind
  readonly text: string
  /** What it was made from; null: nothing there. */
  readonly meant: SearchedOnu | null
}

/** How often each kind is asked, of a hundred. */
const mix: readonly (readonly [QueryKind, number])[] = [
  ['prefix', 25],
  ['fragment', 20],
  ['typo', 15],
  ['twoWords', 20],
  ['address', 10],
  ['none', 10],
]

/** What technicians type, drawn from the plant itself; the same from the same seed. */
export const searchQueries = (
  onus: readonly SearchedOnu[],
  count: number,
  seed: number,
): readonly BenchQuery[] => {
  const random = seededRandom(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const wordsOf = ({ name, streetAddress }: SearchedOnu): string[] =>
    `${name} ${streetAddress}`.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length >= 3)
  const wordOf = (onu: SearchedOnu): string => {
    const words = wordsOf(onu)
    return words[below(words.length)] ?? onu.serial
  }
  const make: Readonly<Record<QueryKind, (onu: SearchedOnu) => string>> = {
    prefix: (onu) => {
      const word = random() < 0.5 ? onu.serial : wordOf(onu)
      return word.slice(0, 1 + below(word.length))
    },
    fragment: ({ serial }) => {
      const length = 3 + below(6)
      const from = below(serial.length - length + 1)
      return serial.slice(from, from + length)
    },
    typo: (onu) => {
      const word = [...wordsOf(onu), onu.serial].filter(({ length }) => length >= 5)
      const chosen = word[below(word.length)]!
      const at = 1 + below(chosen.length - 2)
      const [before, letter, after] = [chosen.slice(0, at), chosen[at]!, chosen.slice(at + 1)]
      return [
        before + after,
        `${before}${letter}${letter}${after}`,
        `${before}q${after}`,
        before + after[0]! + letter + after.slice(1),
      ][below(4)]!
    },
    twoWords: (onu) => `${wordOf(onu)} ${random() < 0.5 ? wordOf(onu) : onu.serial.slice(-4)}`,
    address: ({ oltName, address }) =>
      random() < 0.5 ? `${oltName} ${address}` : address.slice(0, 3 + below(address.length - 2)),
    none: () => Array.from({ length: 5 + below(8) }, () => 'qxzvkwyj'[below(8)]).join(''),
  }
  return Array.from({ length: count }, () => {
    let place = random() * 100
    const [kind] = mix.find(([, share]) => (place -= share) < 0) ?? mix[0]!
    const onu = onus[below(onus.length)]!
    return { kind, text: make[kind](onu).toLowerCase(), meant: kind === 'none' ? null : onu }
  })
}
