/** Elements of XML, written as text. */

export type Xml = string

/** XML 1.0 has no place for these, escaped or not. */
const forbidden = /(?![\t\n])\p{Cc}|[\ufffe\uffff]/gu

/** SECURITY: a name can neither end its element nor begin another. */
export const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(forbidden, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')

const attributes = (of: Readonly<Record<string, string>>): string =>
  Object.entries(of)
    .map(([name, value]) => ` ${name}="${xmlText(value)}"`)
    .join('')

/** Of text alone; '' for an empty one: EN 16931 has no empty elements. */
export const leaf = (name: string, text: string, of: Readonly<Record<string, string>> = {}): Xml =>
  text.trim() === '' ? '' : `<${name}${attributes(of)}>${xmlText(text.trim())}</${name}>`

/** Of elements; '' where there are none. */
export const branch = (name: string, ...inside: readonly Xml[]): Xml => {
  const text = inside.join('')
  return text === '' ? '' : `<${name}>${text}</${name}>`
}
