import type { Cell, ParsedField } from './parser-schema.ts'

/** Thrown for a text that does not mean what it should; the reader makes an error of the line. */
export class Unreadable extends Error {}

/**
 * What a text of an answer means. Null: nothing told.
 * Errors: Unreadable.
 */
export const readField = (field: ParsedField, text: string): Cell => {
  const trimmed = text.trim()
  if (field.none.includes(trimmed)) return null
  switch (field.as) {
    case 'text':
      return trimmed in field.words ? (field.words[trimmed] ?? null) : trimmed
    case 'number':
      if (!/^-?\d{1,12}$/u.test(trimmed)) throw new Unreadable(trimmed)
      return Number(trimmed)
    case 'serial':
      return readSerial(trimmed)
    case 'mac': {
      const digits = trimmed.replaceAll(/[.:-]/gu, '').toUpperCase()
      if (!/^[0-9A-F]{12}$/u.test(digits)) throw new Unreadable(trimmed)
      return digits
    }
    case 'words': {
      const word = trimmed.toLowerCase()
      const meaning = field.words[word]
      if (meaning === undefined) throw new Unreadable(trimmed)
      return meaning
    }
    case 'place':
      // Three numbers: `readPlace`.
      throw new Unreadable(trimmed)
  }
}

/**
 * `HWTC11E70E9A`, `HWTC-11E70E9A`, `4857544311E70E9A`, `4857544311E70E9A (HWTC-11E70E9A)` and
 * `SN:HWTC11E70E9A` are one serial number. Others are kept as they are, upper case.
 */
export const readSerial = (text: string): string => {
  const word = (/^(?:sn:|1,)?([0-9A-Za-z-]{8,40})(?:\s|$)/iu.exec(text)?.[1] ?? '').toUpperCase()
  if (word === '') throw new Unreadable(text)
  if (/^[0-9A-F]{16}$/u.test(word)) {
    const letters = Buffer.from(word.slice(0, 8), 'hex').toString('latin1')
    return /^[A-Za-z]{4}$/u.test(letters) ? `${letters.toUpperCase()}${word.slice(8)}` : word
  }
  const spelt = /^([A-Z]{4})-?([0-9A-F]{8})$/u.exec(word)
  return spelt === null ? word : `${spelt[1] ?? ''}${spelt[2] ?? ''}`
}

/**
 * `0/1/3`, `0/ 0/6`, `0/0 /1`: a PON port as the OLT prints it; `0/0`: its board. Errors: Unreadable.
 */
export const readPlace = (text: string): Readonly<Record<string, number>> => {
  const found = /^\s*(\d{1,3})\s*\/\s*(\d{1,3})(?:\s*\/\s*(\d{1,3}))?\s*$/u.exec(text)
  if (found === null) throw new Unreadable(text)
  const place = { shelf: Number(found[1]), slot: Number(found[2]) }
  return found[3] === undefined ? place : { ...place, port: Number(found[3]) }
}
