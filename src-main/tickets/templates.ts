import { NocturneError } from '../../src-shared/errors.ts'

/** Answers that are written already, with places that are filled: `{{number}}`. */
const placeholders = ['number', 'subject', 'customer', 'code', 'agent'] as const
export type TemplateValues = Readonly<Record<(typeof placeholders)[number], string>>

const place = /\{\{\s*([^{}]*?)\s*\}\}/gu

const placesOf = (body: string): ReadonlySet<string> =>
  new Set([...body.matchAll(place)].map(([, name]) => name ?? ''))

/** Errors: `ticket-placeholder`: one that there is not, a brace too many, or only in one language. */
export const checkTemplate = (bodyEn: string, bodyId: string): void => {
  const refuse = (name: string, why: 'unknown' | 'one-language' | 'brace'): never => {
    throw new NocturneError('ticket-placeholder', { name: name.slice(0, 40), why })
  }
  for (const body of [bodyEn, bodyId]) {
    for (const name of placesOf(body)) {
      if (!placeholders.some((known) => known === name)) refuse(name, 'unknown')
    }
    const rest = body.replaceAll(place, '')
    if (rest.includes('{{') || rest.includes('}}')) refuse('{{', 'brace')
  }
  const [english, indonesian] = [placesOf(bodyEn), placesOf(bodyId)]
  const alone = [...english].find((name) => !indonesian.has(name))
  const other = [...indonesian].find((name) => !english.has(name))
  if (alone !== undefined) refuse(alone, 'one-language')
  if (other !== undefined) refuse(other, 'one-language')
}

/** What is filled in is never a place itself. */
export const fillTemplate = (body: string, values: TemplateValues): string =>
  body.replaceAll(place, (_, name: string) => values[name as keyof TemplateValues] ?? '')
