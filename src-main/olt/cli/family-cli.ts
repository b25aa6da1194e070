import type { CliDialect } from './cli-dialect.ts'
import type { LineRules, ParameterRule } from './cli-parameters.ts'
import type { CliProfile } from './cli-schema.ts'
import type { ConfigAbilities } from './config-port.ts'
import { dialectOf } from './session-schema.ts'
import { isValueFormat } from './value-formats.ts'
import { partsAlong, type LinePart } from './along-line.ts'
import { maskedSecret } from './cli-template.ts'
import { valuesIn } from './mode-paths.ts'
import { longestMatched } from './pattern-schema.ts'

/** A family's cli.yaml, ready to be used. */
export interface FamilyCli {
  readonly family: string
  readonly profile: CliProfile
  /** For the prompt machine. */
  readonly dialect: CliDialect
  readonly abilities: ConfigAbilities
  readonly rules: LineRules
  /** Per mode the values that leading there takes. */
  readonly modeValues: ReadonlyMap<string, readonly string[]>
}

export const makeFamilyCli = (profile: CliProfile): FamilyCli => {
  const dialect = dialectOf(profile.session)
  const parameters = new Map<string, ParameterRule>()
  for (const [name, rule] of Object.entries(profile.parameters)) {
    const format = isValueFormat(rule.as) ? rule.as : 'plain'
    const shape: ParameterRule['shape'] =
      'number' in rule
        ? { kind: 'number', min: rule.number[0], max: rule.number[1] }
        : { kind: 'text', pattern: rule.text, max: rule.max, blanks: rule.blanks }
    parameters.set(name, {
      from: rule.from ?? null,
      format,
      shape,
      whenEmpty: rule.whenEmpty ?? null,
    })
  }
  const modeValues = new Map<string, readonly string[]>()
  for (const mode of dialect.modes) {
    const above = mode.enter === null ? [] : (modeValues.get(mode.enter.parent) ?? [])
    modeValues.set(mode.name, [...new Set([...above, ...valuesIn(mode.enter?.line ?? '')])])
  }
  return {
    family: profile.family,
    profile,
    dialect,
    abilities: abilitiesOf(profile),
    rules: {
      parameters,
      lineLength: dialect.limits.lineLength,
      neverInLine: dialect.neverInLine,
    },
    modeValues,
  }
}

const abilitiesOf = (profile: CliProfile): ConfigAbilities => {
  const entries = Object.entries(profile.steps)
  const steps = entries.map(([kind]) => kind) as ConfigAbilities['steps']
  const unproven = new Set(entries.flatMap(([k, s]) => (s.certainty === 'unproven' ? [k] : [])))
  return {
    familyId: profile.family,
    steps,
    unprovenSteps: steps.filter((kind) => unproven.has(kind)),
    reads: profile.reads.onu.parts,
    catalogues: Object.keys(profile.catalogues) as ConfigAbilities['catalogues'],
    onuIds: profile.onuIds,
    needs: profile.needs,
    limits: profile.limits,
    readsConfiguration: profile.reads.configuration !== undefined,
    exportsBy: Object.keys(profile.exports) as ConfigAbilities['exportsBy'],
  }
}

/** SECURITY: whether a read-only terminal may send this line. What is not listed writes. */
export const isReadOnlyLine = (cli: FamilyCli, line: string): boolean =>
  line.length <= longestMatched &&
  /^[\x20-\x7e]*$/u.test(line) &&
  cli.profile.readOnlyCommands.some((one) => one.test(line.trim()))

/** What ends a word that is secret from its begin on. */
const wordEnd = /[\s"]/gu

/**
 * A text of the OLT with what the family calls secret masked.
 * SECURITY: wherever in a line it stands, to the end of its word.
 */
export const maskSecrets = (cli: FamilyCli, text: string): string =>
  changedLines(text, (line) => {
    const secrets = partsIn(cli.profile.secretPatterns, 'secret', line)
    return withParts(line, secrets, maskedSecret, (end) => {
      wordEnd.lastIndex = end
      return wordEnd.exec(line)?.index ?? line.length
    })
  })

/**
 * The text without what differs at each reading, so that two readings of the same configuration are
 * the same: group `changing` is taken out of a line, and without such a group the whole line.
 */
export const steadyText = (cli: FamilyCli, text: string): string =>
  changedLines(text, (line) => {
    const changing = partsIn(cli.profile.unsteadyPatterns, 'changing', line)
    if (changing.some(({ isGroup }) => !isGroup)) return null
    return withParts(line, changing, '', (end) => end)
  })

/** Null: without that line. */
const changedLines = (text: string, change: (line: string) => string | null): string =>
  text
    .split('\n')
    .map(change)
    .filter((line) => line !== null)
    .join('\n')

const partsIn = (patterns: readonly RegExp[], group: string, line: string): readonly LinePart[] =>
  patterns
    .flatMap((one) => partsAlong(one, group, line))
    .filter(({ start, end, isGroup }) => !isGroup || end > start)
    .toSorted((one, other) => one.start - other.start)

/** `word` instead of each part, from its begin to what `endOf` makes of its end. */
const withParts = (
  line: string,
  parts: readonly LinePart[],
  word: string,
  endOf: (end: number) => number,
): string => {
  let text = ''
  let at = 0
  for (const { start, end } of parts) {
    if (end <= at) continue
    // What begins in the part before is already said for.
    if (start >= at) text += line.slice(at, start) + word
    at = endOf(end)
  }
  return text + line.slice(at)
}
