import english from '../../assets/locales/en/handover.json' with { type: 'json' }
import englishNames from '../../assets/locales/en/notify.json' with { type: 'json' }
import indonesian from '../../assets/locales/id/handover.json' with { type: 'json' }
import indonesianNames from '../../assets/locales/id/notify.json' with { type: 'json' }
import { NocturneError } from '../../src-shared/errors.ts'

/** The texts of the printed hand-over, in one language and one time zone. */

const texts = {
  en: { ...english, names: englishNames, tag: 'en-GB' },
  id: { ...indonesian, names: indonesianNames, tag: 'id-ID' },
} as const

const formatter = (tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  try {
    return new Intl.DateTimeFormat(tag, options)
  } catch {
    throw new NocturneError('invalid-input', { field: 'timeZone' })
  }
}

/** Errors: `invalid-input` for a time zone that nobody knows. */
export const wordsFor = (language: 'en' | 'id', timeZone: string) => {
  const words = texts[language]
  const instant = formatter(words.tag, { timeZone, dateStyle: 'medium', timeStyle: 'short' })
  const day = formatter('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const number = new Intl.NumberFormat(words.tag)
  return {
    ...words,
    timeZone,
    instant: (at: number | null): string => (at === null ? '–' : instant.format(at)),
    /** `2026-11-22-1405`: sorts by itself and is a file's name everywhere. */
    fileDate: (at: number): string => day.format(at).replace(' ', '-').replace(':', ''),
    number: (value: number): string => number.format(value),
  }
}

export type HandoverWords = ReturnType<typeof wordsFor>
