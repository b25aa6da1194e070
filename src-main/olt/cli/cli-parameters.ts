import { NocturneError } from '../../../src-shared/errors.ts'
import { renderTemplate, type RenderedLine, type Template } from './cli-template.ts'
import { formatValue, type ValueFormat } from './value-formats.ts'

/**
 * The gate between what people type and what an OLT is sent. Every value passes it, whoever made it:
 * a person, a preset, a profile of the OLT's own catalogue. Two sieves, both must let it through: a
 * closed set of characters here, which no profile can widen, and the family's own pattern.
 */
export interface ParameterRule {
  /** The value it is made from; null: the one of its own name. */
  readonly from: string | null
  readonly format: ValueFormat
  readonly shape:
    | { readonly kind: 'number'; readonly min: number; readonly max: number }
    | {
        readonly kind: 'text'
        readonly pattern: RegExp
        /** Characters at most. */
        readonly max: number
        /** Single blanks inside it; then it stands between quotes or at the line's end. */
        readonly blanks: boolean
      }
  /** Written where the value is empty; null: an empty value is refused. */
  readonly whenEmpty: string | null
}

export type ParameterRules = ReadonlyMap<string, ParameterRule>
/** What a step or a read has to say, before any check. Null: nothing. */
export type CliValues = Readonly<Record<string, string | number | null>>

/**
 * SECURITY: the only characters of a value that are ever sent. None of them ends a line, a quoted
 * text or a command (`"`, `'`, `;`, `|`, `!`, `#`, `%`), asks for help or completion (`?`, tab),
 * answers a pager, or is an escape; nothing outside ASCII, which many a CLI reads as something else.
 */
const allowed = /^[A-Za-z0-9_.,:/@()+=-]+$/u
const allowedWithBlanks = /^[A-Za-z0-9_.,:/@()+=-]+(?: [A-Za-z0-9_.,:/@()+=-]+)*$/u
/** Nothing that a person types is longer; nothing longer is looked at. */
const longestValue = 256
/** SECURITY: a whole line, once more: printable ASCII. */
const printable = /^[\x20-\x7e]+$/u

const refuse = (parameter: string): never => {
  throw new NocturneError('cli-parameter-refused', { parameter })
}

/**
 * The text of one value as it may stand in a line.
 * Errors: `cli-parameter-refused` {parameter}.
 */
export const checkParameter = (
  name: string,
  rule: ParameterRule,
  value: string | number,
): string => {
  const raw = String(value)
  if (raw.length > longestValue) return refuse(name)
  if (raw === '' && rule.whenEmpty !== null) return rule.whenEmpty
  const text = formatValue(rule.format, raw)
  if (text === null) return refuse(name)
  const { shape } = rule
  if (shape.kind === 'number') {
    const isNumber = /^(?:0|[1-9][0-9]{0,8})$/u.test(text)
    return isNumber && Number(text) >= shape.min && Number(text) <= shape.max ? text : refuse(name)
  }
  if (text.length > shape.max) return refuse(name)
  if (!(shape.blanks ? allowedWithBlanks : allowed).test(text)) return refuse(name)
  return shape.pattern.test(text) ? text : refuse(name)
}

export interface LineRules {
  readonly parameters: ParameterRules
  /** Characters of a line, at most. */
  readonly lineLength: number
  /** No line may fit it; null: nothing more than what is here. */
  readonly neverInLine: RegExp | null
}

/** Where a secret is not at hand: a preview shows its mask and needs no more. */
export type SecretOf = (name: string) => string | null

/**
 * A line for the OLT out of a template and values.
 * Errors: `cli-parameter-refused` {parameter}: a value that must not be sent, or one that is missing.
 */
export const renderLine = (
  template: Template,
  values: CliValues,
  rules: LineRules,
  secretOf: SecretOf = () => null,
): RenderedLine => {
  const rendered = renderTemplate(template, ({ name, secret, fallback, place }, isOptional) => {
    const rule = rules.parameters.get(name)
    if (rule === undefined) return refuse(name)
    const value = secret ? secretOf(name) : (values[rule.from ?? name] ?? null)
    if (value === null) return isOptional || fallback !== null ? null : refuse(name)
    const text = checkParameter(name, rule, value)
    // A word with blanks would be several.
    return place === 'word' && text.includes(' ') ? refuse(name) : text
  })
  const { line } = rendered
  // SECURITY: whatever came together, it is one printable line of a length that the OLT takes.
  if (!printable.test(line) || line.length > rules.lineLength) return refuse('line')
  if (rules.neverInLine?.test(line) === true) return refuse('line')
  return rendered
}
