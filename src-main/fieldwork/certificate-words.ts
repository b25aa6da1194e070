import english from '../../assets/locales/en/fieldwork.json' with { type: 'json' }
import indonesian from '../../assets/locales/id/fieldwork.json' with { type: 'json' }

const texts = { en: { ...english, tag: 'en-GB' }, id: { ...indonesian, tag: 'id-ID' } } as const

/** The texts of the certificate, in one language and the zone of this machine. */
export const certificateWords = (language: 'en' | 'id', timeZone: string) => {
  const words = texts[language]
  const instant = new Intl.DateTimeFormat(words.tag, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  const number = new Intl.NumberFormat(words.tag, { maximumFractionDigits: 3 })
  return {
    language,
    ...words.certificate,
    kinds: words.kind,
    verdicts: words.verdict,
    instant: (at: number | null): string => (at === null ? '–' : instant.format(at)),
    number: (value: number): string => number.format(value),
    dbm: (value: number | null): string =>
      value === null ? '–' : `${value.toFixed(2).replace('-', '−')} dBm`,
  }
}

export type CertificateWords = ReturnType<typeof certificateWords>
