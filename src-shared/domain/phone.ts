import { callingCodes, countries } from './countries.ts'

/**
 * Telephone numbers as they are kept and compared: E.164, with its +. People type them with blanks,
 * dots, brackets, with the digit of their own country before them, or from abroad.
 */

/** ITU-T E.164: at most fifteen digits; the shortest numbers in use have seven with their country. */
const fewest = 7
const most = 15

/** What may stand between digits; anything else is no telephone number. */
const allowed = /^[\d\s().\-/+]+$/u

const isNumber = (digits: string): boolean =>
  digits.length >= fewest &&
  digits.length <= most &&
  digits[0] !== '0' &&
  [1, 2, 3].some((length) => callingCodes.has(digits.slice(0, length)))

/** `country`: whose numbers are typed without a country. Null: it is no telephone number. */
export const phoneOf = (typed: string, country: string): string | null => {
  const text = typed.normalize('NFKC').trim()
  if (!allowed.test(text) || text.lastIndexOf('+') > 0) return null
  const digits = digitsOf(text, country)
  return digits !== null && isNumber(digits) ? `+${digits}` : null
}

/** With the country's calling code before it. */
const digitsOf = (text: string, country: string): string | null => {
  // +44 (0)20 …: the zero in brackets is for callers inside the country.
  const plain = (text.startsWith('+') ? text.replace(/\(0\)/u, '') : text).replaceAll(/\D/gu, '')
  if (text.startsWith('+')) return plain
  if (plain.startsWith('00')) return plain.slice(2)
  const own = countries.get(country)
  if (own === undefined) return null
  const { calling, trunk } = own
  // 62812… typed without its +: a number of the country would begin with the trunk prefix.
  if (
    trunk !== '' &&
    !plain.startsWith(trunk) &&
    plain.startsWith(calling) &&
    plain.length >= calling.length + 8
  ) {
    return plain
  }
  const national = trunk !== '' && plain.startsWith(trunk) ? plain.slice(trunk.length) : plain
  return calling + national
}

/**
 * Digits under which a number is looked for: whole, as it is dialled inside its country, and without
 * either. Of something that is no number yet, the digits that were typed.
 */
export const phoneWords = (phone: string): readonly string[] => {
  const digits = phone.replaceAll(/\D/gu, '')
  const calling = [3, 2, 1]
    .map((length) => digits.slice(0, length))
    .find((one) => callingCodes.has(one))
  const words = new Set([digits])
  if (calling !== undefined) {
    const national = digits.slice(calling.length)
    words.add(national)
    const trunks = [...countries.values()].filter((one) => one.calling === calling)
    for (const { trunk } of trunks) words.add(trunk + national)
  }
  // The end is what people remember of a number.
  if (digits.length > 6) words.add(digits.slice(-6)).add(digits.slice(-4))
  return [...words]
}

/** In groups, to be read: `+62 812 3456 7890`. */
export const shownPhone = (phone: string): string => {
  const digits = phone.replaceAll(/\D/gu, '')
  const calling = [3, 2, 1]
    .map((length) => digits.slice(0, length))
    .find((one) => callingCodes.has(one))
  if (!phone.startsWith('+') || calling === undefined) return phone
  const national = digits.slice(calling.length)
  const groups: string[] = []
  const first = national.length <= 4 ? national.length : 3
  groups.push(national.slice(0, first))
  for (let at = first; at < national.length;) {
    const left = national.length - at
    const size = left <= 4 ? left : left === 5 || left === 6 ? 3 : 4
    groups.push(national.slice(at, at + size))
    at += size
  }
  return `+${calling} ${groups.join(' ')}`
}
