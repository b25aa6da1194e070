import { randomBytes } from 'node:crypto'

/**
 * Secrets that a person reads from a window and types elsewhere: base32 of RFC 4648, whose letters
 * leave out 0, 1 and 8; whoever types one of them meant O, I or B.
 */
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const randomLetters = (count: number): string =>
  // 256 is eight times 32: no letter is likelier than another.
  [...randomBytes(count)].map((byte) => letters[byte % 32]).join('')

const plainOf = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—.]/g, '')
    .replaceAll('0', 'O')
    .replaceAll('1', 'I')
    .replaceAll('8', 'B')

const inGroups = (text: string, length: number): string[] =>
  text.match(new RegExp(`.{1,${length}}`, 'g')) ?? []

/** 100 bits: nobody finds it in a day. */
const oneTimeCodeLength = 20

interface SecretCode {
  /** As it is shown, in groups. */
  readonly groups: readonly string[]
  /** What is hashed. */
  readonly plain: string
}

export const newOneTimeCode = (): SecretCode => {
  const plain = randomLetters(oneTimeCodeLength)
  return { plain, groups: inGroups(plain, 4) }
}

/** Null: what was typed can be none. */
export const readOneTimeCode = (typed: string): string | null => {
  const plain = plainOf(typed)
  return plain.length === oneTimeCodeLength && isOfLetters(plain) ? plain : null
}

const isOfLetters = (plain: string): boolean => [...plain].every((one) => letters.includes(one))

/** The words of a recovery kit: 160 bits in eight, each with a letter that proves it. */
const kitWords = 8
const kitWordLength = 4

/** Of the word and its place, so that a mistyped word is found, and two that changed places. */
const checkLetter = (word: string, place: number): string =>
  letters[
    [...word].reduce(
      (sum, letter, index) => (sum * 3 + letters.indexOf(letter) * (2 * index + 1)) % 32,
      (place * 7 + 5) % 32,
    )
  ] ?? ''

export const newKitWords = (): SecretCode => {
  const groups = Array.from({ length: kitWords }, (_, place) => {
    const word = randomLetters(kitWordLength)
    return `${word}${checkLetter(word, place)}`
  })
  return { groups, plain: groups.join('') }
}

/** `wrongWord`: the first, from 1, that was mistyped; 0: they are not eight. */
export const readKitWords = (
  typed: string,
): { readonly plain: string } | { readonly wrongWord: number } => {
  const plain = plainOf(typed)
  const groups = inGroups(plain, kitWordLength + 1)
  const wrong = groups.findIndex(
    (group, place) =>
      !isOfLetters(group) ||
      group.at(kitWordLength) !== checkLetter(group.slice(0, kitWordLength), place),
  )
  if (groups.length !== kitWords || plain.length !== kitWords * (kitWordLength + 1)) {
    return { wrongWord: wrong === -1 || wrong >= groups.length - 1 ? 0 : wrong + 1 }
  }
  return wrong === -1 ? { plain } : { wrongWord: wrong + 1 }
}
