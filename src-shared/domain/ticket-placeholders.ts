/** Places of an answer that is written already: `{{number}}`. */
export const ticketPlaceholders = ['number', 'subject', 'customer', 'code', 'agent'] as const
export type TicketPlaceholder = (typeof ticketPlaceholders)[number]

const place = /\{\{\s*([^{}]*?)\s*\}\}/gu

export const placesOf = (body: string): ReadonlySet<string> =>
  new Set([...body.matchAll(place)].map(([, name]) => name ?? ''))

export interface PlaceProblem {
  readonly name: string
  readonly why: 'unknown' | 'one-language' | 'brace'
}

/** One that there is not, a brace too many, or one that is only in one language; null: none. */
export const placeProblem = (bodyEn: string, bodyId: string): PlaceProblem | null => {
  for (const body of [bodyEn, bodyId]) {
    for (const name of placesOf(body)) {
      if (!ticketPlaceholders.some((known) => known === name)) {
        return { name: name.slice(0, 40), why: 'unknown' }
      }
    }
    const rest = body.replaceAll(place, '')
    if (rest.includes('{{') || rest.includes('}}')) return { name: '{{', why: 'brace' }
  }
  const [english, indonesian] = [placesOf(bodyEn), placesOf(bodyId)]
  const alone =
    [...english].find((name) => !indonesian.has(name)) ??
    [...indonesian].find((name) => !english.has(name))
  return alone === undefined ? null : { name: alone, why: 'one-language' }
}

/** What is filled in is never a place itself. */
export const fillPlaces = (
  body: string,
  values: Readonly<Record<TicketPlaceholder, string>>,
): string => body.replaceAll(place, (_, name: string) => values[name as TicketPlaceholder] ?? '')
