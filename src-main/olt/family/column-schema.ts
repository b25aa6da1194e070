import { z } from 'zod'
import { isOid } from '../snmp/oid.ts'
import { indexCodecNames, type IndexCodecName } from './index-codecs.ts'
import {
  onuCodecs,
  onuInterface,
  serialCodecs,
  type OnuCodecName,
  type SerialCodecName,
} from './onu-codecs.ts'
import { valueFunctionNames, valueFunctions, type ValueFunctionName } from './value-functions.ts'

/** How one column of a table is found and decoded: the part of a profile that repeats. */
export type RowNumberingName = IndexCodecName | OnuCodecName | SerialCodecName | typeof onuInterface

export const oid = z.string().refine(isOid, 'not an object identifier like 1.3.6.1.4.1.2011')

/** The shortest there is: a maker's number, table, entry and column below 1.3.6.1.4.1. */
const columnArcs = 10

/** SECURITY: a profile cannot have an OLT walked through from one end to the other. */
export const columnOid = oid.refine(
  (text) => text.split('.').length >= columnArcs,
  `names a whole tree: a column has at least ${columnArcs} numbers`,
)

/** `proven`: a recording or the vendor's MIB and a second source; `unproven`: anything less. */
export const certainty = z.enum(['proven', 'unproven'])

/** Exactly one of number, enum, words, flag, text, function; no-value markers are looked at before it. */
const decode = z
  .strictObject({
    noValue: z.array(z.union([z.number(), z.string()])).optional(),
    /** (value + add) / divide */
    number: z
      .strictObject({
        add: z.number().optional(),
        divide: z
          .number()
          .refine((divisor) => divisor !== 0, 'a divisor cannot be 0')
          .optional(),
      })
      .optional(),
    /** What each number means; a number that is not here is "unknown" and reported. */
    enum: z
      .record(z.string().regex(/^-?\d+$/u, 'an enum maps whole numbers'), z.string())
      .optional(),
    /** What each text means, capital letters or not; a text that is not here is "unknown" and reported. */
    words: z.record(z.string().min(1), z.string()).optional(),
    /** The numbers that mean yes; every other number means no. */
    flag: z.array(z.number().int()).min(1).optional(),
    text: z.strictObject({}).optional(),
    function: z.enum(valueFunctionNames as [ValueFunctionName, ...ValueFunctionName[]]).optional(),
  })
  .refine(
    (rule) =>
      [rule.number, rule.enum, rule.words, rule.flag, rule.text, rule.function].filter(
        (kind) => kind !== undefined,
      ).length === 1,
    'exactly one of number, enum, words, flag, text, function is needed',
  )

export type DecodeRule = z.infer<typeof decode>
export type DecodeKind =
  | 'number'
  | 'enum'
  | 'words'
  | 'flag'
  | 'text'
  | 'number-function'
  | 'text-function'

export const kindOf = (rule: DecodeRule): DecodeKind => {
  if (rule.number !== undefined) return 'number'
  if (rule.enum !== undefined) return 'enum'
  if (rule.words !== undefined) return 'words'
  if (rule.flag !== undefined) return 'flag'
  if (rule.text !== undefined) return 'text'
  const produces = rule.function === undefined ? 'number' : valueFunctions[rule.function].produces
  return produces === 'number' ? 'number-function' : 'text-function'
}

export const numericKinds: readonly DecodeKind[] = ['number', 'flag', 'number-function']
export const textKinds: readonly DecodeKind[] = ['text', 'text-function']

const pick = <Name extends string>(names: readonly string[]) =>
  z.enum(names as readonly [Name, ...Name[]])

/** Numberings of rows: a PON's number and the ONU's behind it, or one of onu-codecs.ts. */
export const ponNumbering = pick<IndexCodecName>(indexCodecNames)
const rowNumberingName = pick<RowNumberingName>([
  ...indexCodecNames,
  ...Object.keys(onuCodecs),
  ...Object.keys(serialCodecs),
  onuInterface,
])
/** One numbering, or several of which each row takes the first that fits. */
export const rowNumbering = z
  .union([rowNumberingName, z.array(rowNumberingName).min(1)])
  .transform((names): readonly RowNumberingName[] => (Array.isArray(names) ? names : [names]))

export const column = z.strictObject({
  oid: columnOid,
  certainty,
  decode,
  /** Numbering of this column where it differs from its table's. */
  index: rowNumbering.optional(),
  /** Arcs before the number of the PON or ONU, that say nothing more: how many. */
  head: z.number().int().min(1).max(8).optional(),
  /** Arcs behind the ONU's number: the value each must have, or `any`. */
  tail: z.array(z.union([z.number().int().nonnegative(), z.literal('any')])).optional(),
})

export type ColumnRule = z.infer<typeof column>

/** One column, or several of which the first that the OLT offers is taken. */
export const alternatives = z
  .union([column, z.array(column).min(1)])
  .transform((rule): readonly ColumnRule[] => (Array.isArray(rule) ? rule : [rule]))
