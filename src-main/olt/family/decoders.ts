import { berTag } from '../snmp/ber-types.ts'
import { readNumber } from '../snmp/ber-values.ts'
import { cleanDeviceText } from './device-text.ts'
import type { DecodeRule } from './column-schema.ts'
import { undecodable, valueFunctions, type DecodeContext } from './value-functions.ts'

/**
 * A column's decoder, built once from its rule. The order is fixed: no-value markers first, then
 * the number, enum, flag, text or named function.
 */
export type NumberDecoder = (tag: number, buffer: Buffer, start: number, end: number) => number
export type CodeDecoder = NumberDecoder
export type TextDecoder = (
  tag: number,
  buffer: Buffer,
  start: number,
  end: number,
) => string | null | undefined

interface NoValue {
  readonly numbers: ReadonlySet<number>
  readonly texts: ReadonlySet<string>
}

const noValueOf = (rule: DecodeRule): NoValue => ({
  numbers: new Set(rule.noValue?.filter((marker) => typeof marker === 'number')),
  texts: new Set(rule.noValue?.filter((marker) => typeof marker === 'string')),
})

/** NaN: the device says there is no value. `undecodable`: it says something we cannot read. */
export const buildNumberDecoder = (rule: DecodeRule, context: DecodeContext): NumberDecoder => {
  const noValue = noValueOf(rule)
  const isMarker = markerTest(noValue)
  if (rule.function !== undefined) {
    const named = valueFunctions[rule.function]
    if (named.produces !== 'number') throw new TypeError(`${rule.function} gives no number`)
    return (tag, buffer, start, end) =>
      isMarker(tag, buffer, start, end) ? Number.NaN : named.read(tag, buffer, start, end, context)
  }
  if (rule.flag !== undefined) {
    const yes = new Set(rule.flag)
    return (tag, buffer, start, end) => {
      const raw = readNumber(tag, buffer, start, end)
      if (Number.isNaN(raw)) return undecodable
      if (noValue.numbers.has(raw)) return Number.NaN
      return yes.has(raw) ? 1 : 0
    }
  }
  const add = rule.number?.add ?? 0
  const divide = rule.number?.divide ?? 1
  return (tag, buffer, start, end) => {
    const raw = readNumber(tag, buffer, start, end)
    if (Number.isNaN(raw)) return isMarker(tag, buffer, start, end) ? Number.NaN : undecodable
    if (noValue.numbers.has(raw)) return Number.NaN
    return (raw + add) / divide
  }
}

/**
 * The position of the meaning in `words`. NaN for no value, `undecodable` for a number that the
 * profile does not know.
 */
export const buildCodeDecoder = (rule: DecodeRule, words: readonly string[]): CodeDecoder => {
  if (rule.words !== undefined) return buildWordDecoder(rule, words)
  const { numbers } = noValueOf(rule)
  const codes = new Map(
    Object.entries(rule.enum ?? {}).map(([raw, word]) => [Number(raw), words.indexOf(word)]),
  )
  return (tag, buffer, start, end) => {
    const raw = readNumber(tag, buffer, start, end)
    if (numbers.has(raw)) return Number.NaN
    return codes.get(raw) ?? undecodable
  }
}

const buildWordDecoder = (rule: DecodeRule, words: readonly string[]): CodeDecoder => {
  const { texts } = noValueOf(rule)
  const codes = new Map(
    Object.entries(rule.words ?? {}).map(([text, word]) => [
      text.toLowerCase(),
      words.indexOf(word),
    ]),
  )
  return (tag, buffer, start, end) => {
    if (tag !== berTag.octetString) return undecodable
    const text = cleanDeviceText(buffer, start, end)
    if (text === '' || texts.has(text)) return Number.NaN
    return codes.get(text.toLowerCase()) ?? undecodable
  }
}

/** Null: no value (also an empty text). Undefined: something we cannot read. */
export const buildTextDecoder = (rule: DecodeRule, context: DecodeContext): TextDecoder => {
  const noValue = noValueOf(rule)
  const isMarker = markerTest(noValue)
  if (rule.function !== undefined) {
    const named = valueFunctions[rule.function]
    if (named.produces !== 'text') throw new TypeError(`${rule.function} gives no text`)
    return (tag, buffer, start, end) =>
      isMarker(tag, buffer, start, end) ? null : named.read(tag, buffer, start, end, context)
  }
  return (tag, buffer, start, end) => {
    if (tag !== berTag.octetString) return undefined
    const text = cleanDeviceText(buffer, start, end)
    return text === '' || noValue.texts.has(text) ? null : text
  }
}

const markerTest = ({
  numbers,
  texts,
}: NoValue): ((tag: number, buffer: Buffer, start: number, end: number) => boolean) => {
  if (numbers.size === 0 && texts.size === 0) return () => false
  return (tag, buffer, start, end) =>
    tag === berTag.octetString
      ? texts.size > 0 && texts.has(cleanDeviceText(buffer, start, end))
      : numbers.has(readNumber(tag, buffer, start, end))
}
