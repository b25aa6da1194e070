import { createHash } from 'node:crypto'

/**
 * Codes of printed cards: 17 characters by chance out of 32 (85 bits) and one that checks them. The
 * letters are Crockford's base 32: no I, L, O or U, so that nothing is read as something else.
 */
export const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const dataLength = 17
export const codeLength = dataLength + 1
/** As it is printed: `XXXXXX-XXXXXX-XXXXXX`. */
const group = 6

/** GF(32) by x^5 + x^2 + 1: powers of its generator, and back. */
const powers: readonly number[] = (() => {
  const all: number[] = []
  let value = 1
  for (let exponent = 0; exponent < 31; exponent++) {
    all.push(value)
    value <<= 1
    if (value >= 32) value ^= 0b100101
  }
  return all
})()
const exponents = new Map(powers.map((value, exponent) => [value, exponent]))

const times = (value: number, exponent: number): number => {
  const own = exponents.get(value)
  return own === undefined ? 0 : (powers[(own + exponent) % 31] ?? 0)
}

/**
 * A weighted sum with another weight at every place: one wrong character, and two that changed
 * places wherever they stand, are always found.
 */
const checkOf = (values: readonly number[]): number =>
  values.reduce((sum, value, place) => sum ^ times(value, place + 1), 0)

/** @param bytes 17 of them, by chance; of each five bits count. */
export const codeFrom = (bytes: Uint8Array): string => {
  if (bytes.length !== dataLength) throw new RangeError('17 bytes make a code')
  const values = [...bytes].map((byte) => byte & 31)
  return [...values, checkOf(values)].map((value) => alphabet[value]).join('')
}

export const printedCode = (code: string): string =>
  code.match(new RegExp(`.{${group}}`, 'gu'))?.join('-') ?? code

const misread: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/**
 * What a person typed as the code that is meant: any case, with or without dashes and blanks, O for
 * 0, I and L for 1. Null: it is no code, or has a slip in it.
 */
export const readCode = (typed: string): string | null => {
  const text = typed
    .toUpperCase()
    .replaceAll(/[\s-]/gu, '')
    .replaceAll(/[OIL]/gu, (letter) => misread[letter] ?? letter)
  if (text.length !== codeLength) return null
  const values = [...text].map((letter) => alphabet.indexOf(letter))
  if (values.includes(-1)) return null
  return checkOf(values.slice(0, dataLength)) === values[dataLength] ? text : null
}

/**
 * What the store keeps of it. A plain hash is enough: 85 bits by chance are not to be guessed, by
 * whomever reads the store.
 */
export const hashOfCode = (code: string): Buffer =>
  createHash('sha256').update(`nocturne-voucher-1\n${code}`).digest()
