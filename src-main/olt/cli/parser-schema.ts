import { z } from 'zod'
import { pattern, patterns } from './pattern-schema.ts'

/** The `parsers` of cli.yaml: how an answer becomes records. docs/cli-profiles.md tells the keys. */

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])

const field = z
  .union([
    z.string().transform((from) => ({ from })),
    z.strictObject({
      /** The pattern's group, or the key; left out: the field's own name. */
      from: z.string().optional(),
      as: z.enum(['text', 'number', 'serial', 'mac', 'words', 'place']).default('text'),
      /** Texts that mean "nothing told": `-`, `N/A`, `********`. */
      none: z.array(z.string()).default([]),
      /** `words`: what each means. A word that is not here is an unknown answer. */
      words: z.record(z.string(), cell).default({}),
      required: z.boolean().default(false),
    }),
  ])
  .transform((one) => ({
    from: one.from ?? null,
    as: 'as' in one ? one.as : ('text' as const),
    none: 'none' in one ? one.none : [],
    words: 'words' in one ? one.words : {},
    required: 'required' in one ? one.required : false,
  }))

const fields = z.record(z.string(), field)

/** What kind of thing a record tells of. */
const record = z.enum([
  'onu',
  'service',
  'eth',
  'wan',
  'wifi',
  'place',
  'found',
  'entry',
  'gem',
  'tcont',
  'other',
])

/** Values that every record of this kind has: `mode: access`. */
const constants = z.record(z.string(), cell).default({})

const row = z.strictObject({ match: pattern, record, fields: fields.default({}), constants })

const rows = z.strictObject({
  kind: z.literal('rows'),
  /** Lines up to and with the first that fits are passed over. */
  begin: pattern.optional(),
  /** From the first line that fits nothing more is looked at. */
  end: pattern.optional(),
  /** Rules, headings, totals, notes. */
  ignore: patterns.default([]),
  rows: z.array(row).min(1).max(10),
  /** A line that tells where the rows below it stand: its groups go to each of them. */
  context: pattern.optional(),
  /** A line that goes on with a text of the row before. */
  continuation: z.strictObject({ match: pattern, field: z.string() }).optional(),
})

const block = z.strictObject({
  kind: z.literal('block'),
  record,
  separator: z.string().min(1).max(3).default(':'),
  /** The key that begins a new record; left out: the whole answer is one. */
  start: z.string().optional(),
  fields,
  /** Lines that are no key and value, and add fields to the record they stand in. */
  lines: z
    .array(
      z.strictObject({
        match: pattern,
        fields: fields.default({}),
        /** Left out: fields of the record itself. */
        record: record.optional(),
        constants,
      }),
    )
    .default([]),
  /** A value goes on in lines that begin with so many blanks; `width` characters are a full line. */
  continuation: z
    .strictObject({ blanks: z.int().min(1).max(60), width: z.int().min(1).max(200) })
    .optional(),
  constants,
})

const statements = z.strictObject({
  kind: z.literal('statements'),
  /**
   * Lines of a configuration. What begins as one of these must fit it, or it is an unknown answer;
   * all others are somebody else's.
   */
  statements: z
    .array(
      z.strictObject({
        begins: z.string().min(1),
        match: pattern.optional(),
        record,
        fields: fields.default({}),
        constants,
      }),
    )
    .min(1)
    .max(40),
})

export const parserSchema = z.discriminatedUnion('kind', [rows, block, statements])

export type CliParser = z.output<typeof parserSchema>
export type ParsedField = z.output<typeof field>
export type RecordKind = z.output<typeof record>
export type Cell = z.output<typeof cell>

export interface CliRecord {
  readonly kind: RecordKind
  readonly cells: Readonly<Record<string, Cell>>
}
