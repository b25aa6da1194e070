/**
 * A GPON serial number is four letters of the vendor and eight hex digits (G.984.3, 9.2.4.1); some
 * OLTs write the letters as hex digits too. Both forms find each other, and separators do not count.
 */

/** Where the number begins behind the vendor's letters. */
export const vendorLength = 4

const lettersAndNumber = /^[a-z]{4}[0-9a-f]{8}$/
const hexStart = /^(?:4[1-9a-f]|5[0-9a]){4}[0-9a-f]*$/

/** Whether the folded word begins with a vendor that people leave out when they type. */
export const hasVendor = (word: string): boolean => lettersAndNumber.test(word)

/** `5a544547c8ab…` as `ztegc8ab…`; null: it does not begin with a vendor in hex. Folded in and out. */
export const fromHex = (word: string): string | null => {
  if (word.length < 2 * vendorLength || !hexStart.test(word)) return null
  let letters = ''
  for (let index = 0; index < 2 * vendorLength; index += 2) {
    letters += String.fromCharCode(Number.parseInt(word.slice(index, index + 2), 16))
  }
  return letters.toLowerCase() + word.slice(2 * vendorLength)
}
