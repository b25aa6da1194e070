import english from '../../../assets/locales/en/company-page.json' with { type: 'json' }
import indonesian from '../../../assets/locales/id/company-page.json' with { type: 'json' }

/**
 * What the browser shows when the provider has sent it back: plain words, no script, no style,
 * nothing fetched, and nothing of what came.
 */

export type AnswerPage = 'done' | 'refused' | 'another' | 'nothing'
export type PageLanguage = 'en' | 'id'

const wordsOf = { en: english, id: indonesian } as const

export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // SECURITY: the address holds the code; no other page learns it, and nothing is loaded.
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

export const answerPage = (page: AnswerPage, language: PageLanguage): string => {
  const { title, text } = wordsOf[language][page]
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`
}
