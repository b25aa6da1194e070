/**
 * The lines of cli.yaml with places for values: `ont add {port} {onuId}[ desc "{description}"]`.
 *
 * `{name}` stands for a value, `{name|word}` for a value or, where there is none, that word,
 * `{secret:name}` for a value that is never shown, and what stands in `[ ]` is left out when a value
 * in it is missing. A template is data of a profile; values are put in by cli-parameters.ts alone.
 */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'parameter'
      readonly name: string
      readonly secret: boolean
      /** What is written where there is no value; null: the value is needed. */
      readonly fallback: string | null
      /** Where a value may hold blanks: between quotes, or to the end of the line. */
      readonly place: 'word' | 'quoted' | 'rest'
    }
  | { readonly kind: 'optional'; readonly parts: readonly TemplatePart[] }

export type Template = readonly TemplatePart[]
type Parameter = Extract<TemplatePart, { kind: 'parameter' }>

export class TemplateRefused extends Error {}

const parameterForm = /^(secret:)?([a-z][A-Za-z0-9]{0,31})(?:\|([A-Za-z0-9-]{1,32}))?$/u
/** Printable ASCII: what a CLI takes. */
const textForm = /^[\x20-\x7e]*$/u

/** Errors: TemplateRefused with a reason for the profile's author. */
export const parseTemplate = (source: string): Template => {
  if (!textForm.test(source)) throw new TemplateRefused('a line is of printable ASCII')
  if (source.trim() !== source || source === '') {
    throw new TemplateRefused('a line has no blanks around it and is not empty')
  }
  const open = source.indexOf('[')
  const parts: TemplatePart[] = []
  let rest = source
  for (let at = open; at >= 0; at = rest.indexOf('[')) {
    const end = rest.indexOf(']', at)
    if (end < 0) throw new TemplateRefused('a [ without its ]')
    parts.push(...readPlain(rest.slice(0, at)))
    const inner = readPlain(rest.slice(at + 1, end))
    if (!inner.some(({ kind }) => kind === 'parameter')) {
      throw new TemplateRefused(
        'what is left out depends on a value: there is none between [ and ]',
      )
    }
    parts.push({ kind: 'optional', parts: inner })
    rest = rest.slice(end + 1)
  }
  if (rest.includes(']')) throw new TemplateRefused('a ] without its [')
  parts.push(...readPlain(rest))
  return place(parts, source)
}

const readPlain = (source: string): TemplatePart[] => {
  const parts: TemplatePart[] = []
  let rest = source
  while (rest !== '') {
    const open = rest.indexOf('{')
    const text = open < 0 ? rest : rest.slice(0, open)
    if (text.includes('}')) throw new TemplateRefused('a } without its {')
    if (text !== '') parts.push({ kind: 'text', text })
    if (open < 0) break
    const end = rest.indexOf('}', open)
    const form = end < 0 ? null : parameterForm.exec(rest.slice(open + 1, end))
    if (form === null) throw new TemplateRefused(`not a parameter: ${rest.slice(open)}`)
    const [, secret, name = '', fallback] = form
    parts.push({
      kind: 'parameter',
      name,
      secret: secret !== undefined,
      fallback: fallback ?? null,
      place: 'word',
    })
    rest = rest.slice(end + 1)
  }
  return parts
}

/** Says of every parameter what stands around it. */
const place = (parts: readonly TemplatePart[], source: string): Template => {
  const flat = parts.flatMap((part) => (part.kind === 'optional' ? part.parts : [part]))
  const placed = new Map<TemplatePart, TemplatePart>()
  flat.forEach((part, index) => {
    if (part.kind !== 'parameter') return
    const before = flat[index - 1]
    const after = flat[index + 1]
    const begins = before?.kind === 'text' && before.text.endsWith('"')
    const ends = after?.kind === 'text' && after.text.startsWith('"')
    if (begins !== ends) throw new TemplateRefused(`quotes around {${part.name}} do not match`)
    const isLast = after === undefined && source.endsWith('}')
    placed.set(part, { ...part, place: begins ? 'quoted' : isLast ? 'rest' : 'word' })
  })
  const take = (part: TemplatePart): TemplatePart =>
    part.kind === 'optional'
      ? { kind: 'optional', parts: part.parts.map(take) }
      : (placed.get(part) ?? part)
  return parts.map(take)
}

/** All of its parameters, those of optional parts too. */
export const parametersOf = (template: Template): readonly Parameter[] =>
  template.flatMap((part) => {
    if (part.kind === 'parameter') return [part]
    return part.kind === 'optional' ? parametersOf(part.parts) : []
  })

export interface RenderedLine {
  readonly line: string
  /** The line with secrets masked. */
  readonly shown: string
}

export const maskedSecret = '••••'

/**
 * `valueOf` gives the checked text of a parameter, or null where there is none and the template
 * knows what to do then; it throws where the value must be refused.
 */
export const renderTemplate = (
  template: Template,
  valueOf: (parameter: Parameter, isOptional: boolean) => string | null,
): RenderedLine => {
  let line = ''
  let shown = ''
  const put = (parts: Template, isOptional: boolean): void => {
    for (const part of parts) {
      if (part.kind === 'text') {
        line += part.text
        shown += part.text
      } else if (part.kind === 'parameter') {
        const value = valueOf(part, isOptional) ?? part.fallback ?? ''
        line += value
        shown += part.secret ? maskedSecret : value
      } else if (
        parametersOf(part.parts).every(
          (parameter) => parameter.fallback !== null || valueOf(parameter, true) !== null,
        )
      ) {
        put(part.parts, true)
      }
    }
  }
  put(template, false)
  return { line, shown }
}
