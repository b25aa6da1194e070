/**
 * The plain part of JavaScript's regular expressions, taken apart: what a profile may use. Source
 * of the grammar: ECMA-262, section 22.2.1, with the flag u. The pattern is known to compile.
 */
export type PatternNode =
  | { readonly kind: 'character'; readonly takes: CharacterSet }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  /** Takes no character: a word boundary. */
  | { readonly kind: 'transparent' }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'alternatives'; readonly parts: readonly PatternNode[] }
  | {
      readonly kind: 'repeat'
      readonly inner: PatternNode
      readonly min: number
      /** Infinity: as often as there is text. */
      readonly max: number
    }

/** Characters of the sample that are taken; `any`: not worked out, may be each. */
export type CharacterSet = ReadonlySet<string> | 'any'

export type ParsedPattern =
  | { readonly kind: 'pattern'; readonly root: PatternNode }
  | { readonly kind: 'refused'; readonly reason: string }

/** All of ASCII, and what stands for the rest: a class of ASCII takes all of it or nothing. */
const sample: readonly string[] = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCodePoint(code)),
  'é',
  '\u00a0',
  '世',
]

class Unfit extends Error {}

export const parsePattern = (pattern: string): ParsedPattern => {
  try {
    return { kind: 'pattern', root: createReader([...pattern]).alternatives() }
  } catch (error) {
    if (error instanceof Unfit) return { kind: 'refused', reason: error.message }
    throw error
  }
}

const createReader = (text: readonly string[]) => {
  let at = 0

  const takeUntil = (end: string): string => {
    let taken = ''
    while (at < text.length && text[at] !== end) {
      taken += text[at]
      if (text[at] === '\\') taken += text[++at] ?? ''
      at++
    }
    at++
    return taken
  }

  const group = (): PatternNode => {
    if (text[at] === '?') {
      const mark = text[at + 1]
      const isName = mark === '<' && text[at + 2] !== '=' && text[at + 2] !== '!'
      if (mark === ':') at += 2
      else if (isName) {
        at += 2
        takeUntil('>')
      } else throw new Unfit('look-around and modifiers are not for profiles')
    }
    const inner = alternatives()
    at++
    return inner
  }

  const escape = (): PatternNode => {
    const letter = text[at++] ?? ''
    if (/[1-9k]/u.test(letter)) throw new Unfit('a back-reference is not for profiles')
    if (letter === 'b' || letter === 'B') return { kind: 'transparent' }
    if ('dDsSwW'.includes(letter) || !/[a-z0-9]/iu.test(letter)) return character(`\\${letter}`)
    // \u, \x, \p, \c, \n and the like: what they take is not worked out.
    if ((letter === 'u' || letter === 'p' || letter === 'P') && text[at] === '{') takeUntil('}')
    else if (letter === 'u') at += 4
    else if (letter === 'x') at += 2
    else if (letter === 'c') at += 1
    return { kind: 'character', takes: 'any' }
  }

  const atom = (): PatternNode => {
    const next = text[at++] ?? ''
    switch (next) {
      case '(':
        return group()
      case '[':
        return character(`[${takeUntil(']')}]`)
      case '\\':
        return escape()
      case '^':
        return { kind: 'start' }
      case '$':
        return { kind: 'end' }
      default:
        return character(next)
    }
  }

  const quantified = (): PatternNode => {
    const inner = atom()
    const bounds = quantifier()
    return bounds === null ? inner : { kind: 'repeat', inner, ...bounds }
  }

  const quantifier = (): { readonly min: number; readonly max: number } | null => {
    const bounds = boundsAt()
    // Reluctant or not: the ways are the same, only their order is another.
    if (bounds !== null && text[at] === '?') at++
    return bounds
  }

  const boundsAt = (): { readonly min: number; readonly max: number } | null => {
    switch (text[at]) {
      case '*':
        at++
        return { min: 0, max: Infinity }
      case '+':
        at++
        return { min: 1, max: Infinity }
      case '?':
        at++
        return { min: 0, max: 1 }
      case '{': {
        const [min = '', max] = takeUntil('}').slice(1).split(',')
        return {
          min: Number(min),
          max: max === undefined ? Number(min) : max === '' ? Infinity : Number(max),
        }
      }
      default:
        return null
    }
  }

  const sequence = (): PatternNode => {
    const parts: PatternNode[] = []
    while (at < text.length && text[at] !== '|' && text[at] !== ')') parts.push(quantified())
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'sequence', parts }
  }

  const alternatives = (): PatternNode => {
    const parts = [sequence()]
    while (text[at] === '|') {
      at++
      parts.push(sequence())
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'alternatives', parts }
  }

  return { alternatives }
}

/** A single character or class, by what of the sample it takes. */
const character = (source: string): PatternNode => {
  const isWorkedOut = !/[^ -~]|\\[uxpPckfnrtv0]/u.test(source)
  if (!isWorkedOut) return { kind: 'character', takes: 'any' }
  const matcher = new RegExp(`^${source}$`, 'u')
  return { kind: 'character', takes: new Set(sample.filter((each) => matcher.test(each))) }
}
