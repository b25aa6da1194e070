import { z } from 'zod'
import { deviceStepKinds } from '../../../src-shared/domain/device-steps.ts'
import { onuConfigParts } from '../../../src-shared/domain/onu-config.ts'
import { indexCodecNames } from '../family/index-codecs.ts'
import { parametersOf, parseTemplate, TemplateRefused, type Template } from './cli-template.ts'
import { cliRefusals } from './cli-session.ts'
import { catalogueKinds } from './config-port.ts'
import { parserSchema } from './parser-schema.ts'
import { longestMatched, pattern, patterns, searchPatterns } from './pattern-schema.ts'
import { sessionSchema } from './session-schema.ts'
import { valueFormatNames } from './value-formats.ts'

/** The whole of a family's cli.yaml. Keys: docs/cli-profiles.md. */

const template = z
  .string()
  .max(300)
  .transform((source, context): Template => {
    try {
      return parseTemplate(source)
    } catch (error) {
      if (!(error instanceof TemplateRefused)) throw error
      context.addIssue({ code: 'custom', message: error.message })
      return z.NEVER
    }
  })

const name = z.string().regex(/^[a-z][a-z0-9-]{0,47}$/u, 'name')
const valueName = z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/u, 'name')
const certainty = z.enum(['proven', 'unproven'])
const ms = z.int().min(100).max(1_800_000)
const kinds = z.array(z.enum(cliRefusals))

const common = {
  from: valueName.optional(),
  as: z.enum(valueFormatNames as [string, ...string[]]).default('plain'),
  whenEmpty: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9_.-]+$/u)
    .optional(),
}

const parameter = z.union([
  z.strictObject({
    number: z.tuple([z.int().min(0), z.int().max(999_999_999)]),
    ...common,
  }),
  z.strictObject({
    text: pattern,
    max: z.int().min(1).max(longestMatched),
    blanks: z.boolean().default(false),
    ...common,
  }),
])

/**
 * When a line is sent: all conditions hold, each by one of its words. `given`, `absent`, `empty`,
 * `filled`, `=name` and `!name` (as another value or not), or the value itself.
 */
const when = z.record(valueName, z.union([z.string(), z.array(z.string())]))

const waits = {
  /** Silence that is normal, ms. */
  silenceMs: ms.default(15_000),
  timeoutMs: ms.default(60_000),
}

const stepLine = z.strictObject({
  mode: name,
  send: template,
  when: when.default({}),
  confirm: z.boolean().default(false),
  /**
   * What the answer must hold in one of its lines; its groups must equal the values of those names.
   * Without it the answer must be empty but for `notices`.
   */
  expect: pattern.optional(),
  /** Lines of the answer that say nothing. */
  notices: patterns.default([]),
  /** Refusals after which it goes on: what shall go is not there. */
  tolerate: kinds.default([]),
  ...waits,
})

const stepSet = z.strictObject({
  oid: z.string().regex(/^\d+(\.\d+)+$/u, 'OID'),
  /** How the ONU's row is numbered; left out: a scalar or a row that `row` names. */
  index: z.enum(indexCodecNames as [string, ...string[]]).optional(),
  /** Arcs behind the OID where no index codec is meant. */
  row: z.array(z.union([z.int(), valueName])).default([]),
  when: when.default({}),
  type: z.enum(['integer', 'octets', 'text']).default('integer'),
  /** A number, or the name of a value. */
  value: z.union([z.int(), valueName]),
  meaning: z.string().min(1).max(60),
})

const step = z.strictObject({
  certainty,
  /** What the family can of it: other values are not for this family (`cli-family-cannot`). */
  only: when.default({}),
  /** Worse than the act itself; never milder. */
  risk: z.enum(['read', 'disruptive', 'destructive']).default('read'),
  /** The OLT numbers services itself: the number is looked up where it is not given. */
  looksUp: z.literal('serviceIndex').optional(),
  lines: z.array(stepLine).default([]),
  sets: z.array(stepSet).default([]),
})

const command = z.strictObject({
  mode: name,
  send: template,
  certainty,
  parser: name.optional(),
  /** Refusals that mean: there is none of it. */
  none: kinds.default([]),
  /** Refusals that mean: there is no such ONU. */
  absent: kinds.default([]),
  /** Characters of answer at most. */
  maxAnswer: z.int().min(1_000).max(50_000_000).default(2_000_000),
  ...waits,
})

/** One question of a reading; `each` asks it once for every record or number. */
const question = z.strictObject({
  command: name,
  /**
   * What is not known when the OLT refuses the question; without it the whole reading fails. For
   * words that not every firmware has.
   */
  ifRefused: z.array(z.enum(onuConfigParts)).optional(),
  each: z
    .strictObject({
      as: valueName,
      /** Cells of this name in records of this kind … */
      of: z.string().optional(),
      /** … or numbers from 1 to this cell of the ONU's record. */
      upTo: z.string().optional(),
    })
    .optional(),
})

const onuReading = z.strictObject({
  parts: z.array(z.enum(onuConfigParts)),
  /** The command that tells how many Ethernet ports an ONU type has: ports that nobody set are told. */
  ethPortsByType: name.optional(),
  questions: z.array(question).min(1).max(8),
})

export const familyCliSchema = z
  .strictObject({
    schema: z.literal(1),
    family: name,
    session: sessionSchema,
    onuIds: z.strictObject({ first: z.int().min(0), last: z.int().max(1023) }),
    needs: z.array(z.enum(['onuType', 'lineProfile', 'serviceProfile'])).default([]),
    limits: z.strictObject({ name: z.int().min(0), description: z.int().min(0) }),
    /** The number of a service: `given`, else that of its GEM port (`gem`), or nobody's (`none`). */
    serviceIndex: z.enum(['assigned', 'gem', 'none']).default('none'),
    parameters: z.record(valueName, parameter),
    parsers: z.record(name, parserSchema),
    commands: z.record(name, command),
    reads: z.strictObject({
      onu: onuReading,
      pon: z
        .strictObject({
          /** `list` names the ONUs; the others tell of the whole port at once. */
          list: name,
          once: z.array(name).default([]),
          each: z.array(question).default([]),
          parts: z.array(z.enum(onuConfigParts)),
        })
        .optional(),
      serial: name.optional(),
      /** Commands; of a family that asks port by port each is asked for every known PON. */
      found: name.optional(),
      configuration: name.optional(),
    }),
    catalogues: z.partialRecord(z.enum(catalogueKinds), z.array(name).min(1)).default({}),
    steps: z.partialRecord(z.enum(deviceStepKinds), step),
    exports: z
      .partialRecord(
        z.enum(['tftp', 'ftp', 'sftp']),
        z.strictObject({ certainty, lines: z.array(stepLine).min(1) }),
      )
      .default({}),
    /** What a read-only terminal may send: a line that fits one of these. */
    readOnlyCommands: patterns,
    /** Secrets in configurations and answers: group `secret` is masked. */
    secretPatterns: searchPatterns.default([]),
    /** What differs at each reading of a configuration: group `changing`, or the whole line. */
    unsteadyPatterns: searchPatterns.default([]),
  })
  .superRefine((cli, context) => {
    const say = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message })
    const modes = new Set(cli.session.modes.map((one) => one.name))
    const line = (path: (string | number)[], mode: string, send: Template): void => {
      if (!modes.has(mode)) say([...path, 'mode'], `there is no mode ${mode}`)
      for (const each of parametersOf(send)) {
        const rule = cli.parameters[each.name]
        if (rule === undefined) say([...path, 'send'], `there is no parameter ${each.name}`)
        else if ('blanks' in rule && rule.blanks && each.place === 'word') {
          say([...path, 'send'], `${each.name} may hold blanks: put it between quotes or last`)
        }
      }
    }
    for (const [key, one] of Object.entries(cli.commands)) {
      line(['commands', key], one.mode, one.send)
      if (one.parser !== undefined && cli.parsers[one.parser] === undefined) {
        say(['commands', key, 'parser'], `there is no parser ${one.parser}`)
      }
    }
    for (const [key, one] of Object.entries(cli.steps)) {
      if ((one.lines.length === 0) === (one.sets.length === 0)) {
        say(['steps', key], 'a step has lines or sets, and not both')
      }
      one.lines.forEach((each, at) => line(['steps', key, 'lines', at], each.mode, each.send))
    }
    for (const [key, one] of Object.entries(cli.exports)) {
      one.lines.forEach((each, at) => line(['exports', key, 'lines', at], each.mode, each.send))
    }
    const { onu, pon, serial, found, configuration } = cli.reads
    const named = [
      ...onu.questions.map((one) => one.command),
      ...(onu.ethPortsByType === undefined ? [] : [onu.ethPortsByType]),
      ...(pon === undefined ? [] : [pon.list, ...pon.once, ...pon.each.map((one) => one.command)]),
      ...[serial, found, configuration].filter((one) => one !== undefined),
      ...Object.values(cli.catalogues).flat(),
    ]
    for (const one of named) {
      if (cli.commands[one] === undefined) say(['reads'], `there is no command ${one}`)
      else if (cli.commands[one].parser === undefined && one !== configuration) {
        say(['commands', one, 'parser'], 'what is read needs a parser')
      }
    }
  })

export type CliProfile = z.output<typeof familyCliSchema>
export type CliStepRule = z.output<typeof step>
export type CliStepLine = z.output<typeof stepLine>
export type CliStepSet = z.output<typeof stepSet>
export type CliReadCommand = z.output<typeof command>
export type CliQuestionRule = z.output<typeof question>
export type Conditions = z.output<typeof when>
