import sax from 'sax'
import { BankFileError } from './bank-statement.ts'

/** An element without its namespace's prefix. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** Its own text, not its children's. */
  readonly text: string
  /** Line of the file, from 1. */
  readonly line: number
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[]
  text: string
}

const deepest = 40
const longestText = 100_000

/**
 * Walks a document and hands over each element named in `wanted`, whole, when it ends; nothing else is
 * kept, so a file of many thousand entries costs one entry.
 *
 * SECURITY: a document type declaration is refused (no entities of its own, no outside files), and so
 * is a depth or a length of text that no bank sends.
 *
 * @throws BankFileError `bank-file-broken` (not well-formed), `bank-file-hostile`
 */
export const walkXml = (
  text: string,
  wanted: ReadonlySet<string>,
  take: (element: XmlElement, path: readonly string[]) => void,
): void => {
  // `strictEntities` (the five of XML alone) is missing in the package's types.
  const options = { xmlns: true, position: true, strictEntities: true }
  const parser = sax.parser(true, options)
  const path: string[] = []
  const open: OpenElement[] = []
  const lineNow = (): number => parser.line + 1
  const refuse = (code: 'bank-file-broken' | 'bank-file-hostile'): never => {
    throw new BankFileError(code, lineNow())
  }
  const begin = (tag: sax.Tag | sax.QualifiedTag): void => {
    const name = localName(tag.name)
    path.push(name)
    if (path.length > deepest) refuse('bank-file-hostile')
    if (open.length === 0 && !wanted.has(name)) return
    const attributes: Record<string, string> = {}
    for (const [key, value] of Object.entries(tag.attributes)) {
      attributes[localName(key)] = typeof value === 'string' ? value : value.value
    }
    open.push({ name, attributes, children: [], text: '', line: lineNow() })
  }
  const addText = (piece: string): void => {
    const element = open.at(-1)
    if (element === undefined) return
    element.text += piece
    if (element.text.length > longestText) refuse('bank-file-hostile')
  }
  const end = (): void => {
    path.pop()
    const element = open.pop()
    if (element === undefined) return
    const parent = open.at(-1)
    if (parent === undefined) take(element, path)
    else parent.children.push(element)
  }
  Object.assign(parser, {
    onerror: () => refuse('bank-file-broken'),
    ondoctype: () => refuse('bank-file-hostile'),
    onopentag: begin,
    ontext: addText,
    oncdata: addText,
    onclosetag: end,
  })
  parser.write(text).close()
  if (path.length > 0) refuse('bank-file-broken')
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

/** The first element along the names; null: there is none. */
export const at = (element: XmlElement, ...names: readonly string[]): XmlElement | null => {
  let found: XmlElement = element
  for (const name of names) {
    const next = found.children.find((child) => child.name === name)
    if (next === undefined) return null
    found = next
  }
  return found
}

/** The text of the first one along the names, trimmed; '' without. */
export const textAt = (element: XmlElement, ...names: readonly string[]): string =>
  at(element, ...names)?.text.trim() ?? ''

export const all = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name)
