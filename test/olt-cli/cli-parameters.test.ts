import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DeviceStep } from '../../src-shared/domain/device-steps.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import { checkParameter, renderLine } from '../../src-main/olt/cli/cli-parameters.ts'
import { parametersOf, parseTemplate } from '../../src-main/olt/cli/cli-template.ts'
import type { FamilyCli } from '../../src-main/olt/cli/family-cli.ts'
import { renderStep } from '../../src-main/olt/cli/render-step.ts'
import { familyClis } from './family-clis.ts'

const families = [...familyClis.values()]

/** What must never become part of a line: each alone and inside an otherwise good value. */
const hostile: readonly (readonly [string, string])[] = [
  ['a newline', '\n'],
  ['a carriage return', '\r'],
  ['CR LF and a command', '\r\nundo service-port all\r\n'],
  ['a question mark', '?'],
  ['a tab', '\t'],
  ['a double quote', '"'],
  ['a single quote', "'"],
  ['a back quote', '`'],
  ['a backslash', '\\'],
  ['NUL', '\u0000'],
  ['Ctrl-C', '\u0003'],
  ['backspace', '\b'],
  ['Ctrl-Z', '\u001a'],
  ['escape', '\u001b[2J'],
  ['delete', '\u007f'],
  ['C1 controls', '\u009b'],
  ['a percent sign', '%'],
  ['an exclamation mark', '!'],
  ['a hash', '#'],
  ['a pipe', '|'],
  ['a semicolon', ';'],
  ['an ampersand', '&'],
  ['redirection', '>'],
  ['a brace', '{x}'],
  ['a bracket', '[x]'],
  ['a dollar sign', '$x'],
  ['a line separator', '\u2028'],
  ['a zero-width blank', '\u200b'],
  ['a right-to-left mark', '\u202e'],
  ['a no-break blank', '\u00a0'],
  ['Cyrillic', 'Иван'],
  ['Arabic', 'سلام'],
  ['Chinese', '世界'],
  ['an accent', 'é'],
  ['a full-width digit', '\uff11'],
  ['half a surrogate pair', '\ud800'],
  ['an emoji', '😀'],
  ['two blanks', 'a  b'],
  ['10,000 characters', 'a'.repeat(10_000)],
  ['10,000 digits', '1'.repeat(10_000)],
  ['nothing but blanks', '   '],
]

const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'taken'
  } catch (error) {
    if (!isNocturneError(error)) throw error
    return `${error.code} ${String(error.params['parameter'])}`
  }
}

describe.each(families.map((cli) => [cli.family, cli] as const))('%s', (_family, cli) => {
  const parameters = [...cli.rules.parameters]

  it.each(parameters)('%s takes none of what could be read as something else', (name, rule) => {
    const good = rule.shape.kind === 'number' ? '1' : 'Good1'
    for (const [, text] of hostile) {
      for (const value of [text, `${good}${text}`, `${text}${good}`, `${good}${text}${good}`]) {
        expect(codeOf(() => checkParameter(name, rule, value))).toBe(
          `cli-parameter-refused ${name}`,
        )
      }
    }
  })

  it('numbers are digits alone, within their limits', () => {
    for (const [name, rule] of parameters) {
      if (rule.shape.kind !== 'number') continue
      const { min, max } = rule.shape
      const refused = [
        max + 1,
        min - 1,
        '01',
        '+1',
        '-1',
        '1e1',
        '0x1',
        '1.0',
        '1 ',
        '',
        Number.NaN,
      ]
      for (const value of refused) {
        expect(codeOf(() => checkParameter(name, rule, value))).toContain('cli-parameter-refused')
      }
      expect(checkParameter(name, rule, max)).toBe(String(max))
    }
  })

  it('whatever text is given, it is refused or stands in one line as exactly itself', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ unit: fc.constantFrom(...'aZ09_.,:/@()+=- "\'?\n%!#|;'), maxLength: 70 }),
      fc.stringMatching(/^[A-Za-z0-9_.,:/@()+=-]+( [A-Za-z0-9_.,:/@()+=-]+)*$/u),
    )
    fc.assert(
      fc.property(fc.constantFrom(...textSteps(cli)), texts, (make, text) => {
        let lines: readonly string[]
        try {
          lines = linesOf(cli, make(text))
        } catch (error) {
          expect(isNocturneError(error) && error.code).toBe('cli-parameter-refused')
          return
        }
        const marked = linesOf(cli, make('Mark1'))
        expect(lines).toHaveLength(marked.length)
        lines.forEach((line, at) => {
          expect(line).toMatch(/^[\x20-\x7e]+$/u)
          expect(words(line)).toEqual(
            words(marked[at] ?? '').map((word) => (word === 'Mark1' ? text : word)),
          )
        })
      }),
      { numRuns: 700, seed: 1_121 },
    )
  })

  it('a step about an ONU that cannot be is not said', () => {
    const kinds = cli.abilities.steps
    const odd = [-1, 1_024, 1.5, Number.NaN, Infinity]
    for (const value of odd) {
      for (const part of ['port', 'onuId'] as const) {
        const address = { shelf: 1, slot: 1, port: 1, onuId: 1, [part]: value }
        if (!kinds.includes('reboot')) continue
        expect(codeOf(() => renderStep(cli, { kind: 'reboot', address }))).toContain(
          'cli-parameter-refused',
        )
      }
    }
  })

  it('every parameter that a line names is there', () => {
    const named = new Set<string>()
    for (const { send } of Object.values(cli.profile.commands)) {
      for (const { name } of parametersOf(send)) named.add(name)
    }
    for (const step of Object.values(cli.profile.steps)) {
      for (const { send } of step.lines) for (const { name } of parametersOf(send)) named.add(name)
    }
    expect([...named].filter((name) => !cli.rules.parameters.has(name))).toEqual([])
  })
})

/** As a CLI takes a line apart: blanks between words, quotes around texts. Not our own code. */
const words = (line: string): readonly string[] => {
  const found: string[] = []
  for (const match of line.matchAll(/"([^"]*)"|(\S+)/gu)) found.push(match[1] ?? match[2] ?? '')
  // The last text of a line may hold blanks without quotes.
  const rest = /^(?<verb>ont description \d+ \d+|onu \d+ desc|description|name) (?<text>.*)$/u.exec(
    line,
  )
  if (rest?.groups === undefined) return found
  return [...String(rest.groups['verb']).split(' '), String(rest.groups['text'])]
}

const linesOf = (cli: FamilyCli, step: DeviceStep): readonly string[] => {
  const rendered = renderStep(cli, step)
  return rendered.via === 'cli' ? rendered.lines.map(({ line }) => line) : []
}

/** Steps with one free text each, where the family has them. */
const textSteps = (cli: FamilyCli): readonly ((text: string) => DeviceStep)[] => {
  const address = { shelf: 1, slot: 1, port: 1, onuId: 1 }
  const isNumbered = cli.rules.parameters.get('lineProfile')?.shape.kind === 'number'
  const service = {
    index: 1,
    vlan: 10,
    userVlan: 10,
    gemPort: 1,
    upProfile: null,
    downProfile: null,
  }
  const all: ((text: string) => DeviceStep)[] = [
    (text) => ({ kind: 'describe', address, name: null, description: text }),
    ...(cli.abilities.limits.name === 0
      ? []
      : [
          (text: string): DeviceStep => ({
            kind: 'describe',
            address,
            name: text,
            description: null,
          }),
        ]),
    ...(cli.rules.parameters.has('onuType')
      ? [
          (text: string): DeviceStep => ({
            kind: 'add-onu',
            address,
            serial: 'ZTEGC0000001',
            onuType: text,
            lineProfile: null,
            serviceProfile: null,
            name: null,
            description: null,
          }),
        ]
      : []),
    ...(cli.abilities.steps.includes('set-profiles') && !isNumbered
      ? [
          (text: string): DeviceStep => ({
            kind: 'set-profiles',
            address,
            lineProfile: text,
            serviceProfile: null,
          }),
        ]
      : []),
    ...(cli.rules.parameters.get('upProfile')?.shape.kind === 'text'
      ? [
          (text: string): DeviceStep => ({
            kind: 'add-service',
            address,
            service: { ...service, upProfile: text },
          }),
        ]
      : []),
  ]
  // An empty text is another command.
  return all.map((make) => (text) => make(text === '' ? ' ' : text))
}

describe('a template', () => {
  const refused = (source: string): string => {
    try {
      parseTemplate(source)
      return 'taken'
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  }

  it.each([
    'show {',
    'show }',
    'show {Name}',
    'show {a b}',
    'show [x]',
    'show [{a}',
    'show {a}]',
    'desc "{a}',
    ' show',
    'show\nreboot',
    'show é',
    '',
  ])('is refused: %j', (source) => {
    expect(refused(source)).not.toBe('taken')
  })

  const rules = {
    parameters: new Map([
      [
        'text',
        {
          from: null,
          format: 'plain',
          shape: { kind: 'text', pattern: /^[A-Za-z0-9 ]+$/u, max: 20, blanks: true },
          whenEmpty: null,
        },
      ],
      [
        'id',
        { from: null, format: 'plain', shape: { kind: 'number', min: 0, max: 9 }, whenEmpty: null },
      ],
    ] as const),
    lineLength: 40,
    neverInLine: null,
  }

  it('leaves out what has no value, and says what it says instead', () => {
    const template = parseTemplate('ont {id|all}[ desc "{text}"] now')
    expect(renderLine(template, { id: 3, text: 'a b' }, rules).line).toBe('ont 3 desc "a b" now')
    expect(renderLine(template, { id: null, text: null }, rules).line).toBe('ont all now')
  })

  it('refuses a line for a value that is needed, has blanks between words, or makes it too long', () => {
    const bare = parseTemplate('name {text} x')
    expect(codeOf(() => renderLine(bare, { text: null }, rules))).toBe('cli-parameter-refused text')
    expect(codeOf(() => renderLine(bare, { text: 'a b' }, rules))).toBe(
      'cli-parameter-refused text',
    )
    const long = parseTemplate('a very long line it is: "{text}" "{text}"')
    expect(codeOf(() => renderLine(long, { text: 'a'.repeat(19) }, rules))).toBe(
      'cli-parameter-refused line',
    )
  })

  it('never shows a secret', () => {
    const template = parseTemplate('password {secret:text}')
    const rendered = renderLine(template, { text: 'wrong' }, rules, () => 'hush')
    expect(rendered).toEqual({ line: 'password hush', shown: 'password ••••' })
    expect(codeOf(() => renderLine(template, { text: 'wrong' }, rules))).toBe(
      'cli-parameter-refused text',
    )
  })
})
