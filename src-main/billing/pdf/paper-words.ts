import english from '../../../assets/locales/en/billing-papers.json' with { type: 'json' }
import indonesian from '../../../assets/locales/id/billing-papers.json' with { type: 'json' }
import type { PaperLanguage } from '../../../src-shared/contract/billing-papers.ts'
import { addDays, calendarDate, dateParts } from '../../../src-shared/domain/calendar-date.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../src-shared/domain/money.ts'
import { printable } from '../receipt/esc-pos.ts'

/**
 * The words and figures of papers. `Intl` is not asked: its answers change with its version, and a
 * paper must be the same bytes for years.
 */

const marks = { en: { group: ',', point: '.' }, id: { group: '.', point: ',' } } as const

/** Letters that lose no mark by taking them apart. */
const plain: Readonly<Record<string, string>> = {
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  Ħ: 'H',
  ħ: 'h',
  ı: 'i',
  '−': '-',
  '\u2011': '-',
}

/** What the built-in fonts have (Windows-1252); marks are dropped, what is left is a question mark. */
export const paperText = (text: string): string =>
  printable(text.replaceAll(/[ŁłĐđĦħı−\u2011]/gu, (letter) => plain[letter] ?? letter))

/** Lines of a text that a person typed over several. */
export const paperLines = (text: string): readonly string[] =>
  text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map((line) => paperText(line).trim())
    .filter((line) => line !== '')

const grouped = (digits: string, mark: string): string =>
  digits.replaceAll(/\B(?=(?:\d{3})+$)/gu, mark)

const decimal = (text: string, language: PaperLanguage): string => {
  const { group, point } = marks[language]
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', rest = ''] = text.slice(sign.length).split('.')
  return `${sign}${grouped(whole, group)}${rest === '' ? '' : point + rest}`
}

/** A whole number with so many decimals, without zeros at its end beyond `least`. */
const scaled = (value: number, scale: number, least: number): string => {
  const text = String(Math.abs(value)).padStart(scale + 1, '0')
  const whole = scale === 0 ? text : text.slice(0, -scale)
  const rest = (scale === 0 ? '' : text.slice(-scale)).replace(/0+$/u, '').padEnd(least, '0')
  return `${value < 0 ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`
}

export const paperWords = (language: PaperLanguage) => {
  const words = language === 'id' ? indonesian.paper : english.paper
  const day = (on: string): string => {
    const parts = dateParts(calendarDate(on))
    return `${parts.day} ${words.months[parts.month - 1] ?? ''} ${parts.year}`
  }
  return {
    words,
    day,
    /** Half-open; people read the last day that is in it. */
    period: (start: string, end: string): string =>
      fill(words.period, { from: day(start), until: day(addDays(calendarDate(end), -1)) }),
    money: (minor: number, currency: string): string =>
      decimal(formatMinor(minor, currencyCode(currency)), language),
    number: (value: number, scale: number, least = 0): string =>
      decimal(scaled(value, scale, least), language),
    percent: (ratePpm: number): string => `${decimal(scaled(ratePpm, 4, 0), language)} %`,
  }
}

export type PaperWords = ReturnType<typeof paperWords>

export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => String(values[name] ?? ''))

/** The customer's language, as far as there are words in it. */
export const paperLanguage = (language: string): PaperLanguage =>
  /^id\b/iu.test(language) ? 'id' : 'en'
