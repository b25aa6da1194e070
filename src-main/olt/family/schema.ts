import { z } from 'zod'
import { downCauses, onuStates } from '../../../src-shared/domain/onu-state.ts'
import { isOid } from '../snmp/oid.ts'
import { boardCodecNames, indexCodecNames } from './index-codecs.ts'
import {
  isCodeField,
  isNumberField,
  onuCodeFields,
  onuNumberFields,
  onuTextFields,
} from './onu-fields.ts'
import { valueFunctionNames, valueFunctions, type ValueFunctionName } from './value-functions.ts'

/**
 * The profile of an OLT family: assets/olt-families/<family>/profile.yaml. Strict: a key that is not
 * here is a mistake. docs/add-an-olt-family.md explains each.
 */
const oid = z.string().refine(isOid, 'not an object identifier like 1.3.6.1.4.1.2011')

const pattern = z.string().refine((text) => {
  try {
    return new RegExp(text, 'u').test('') !== undefined
  } catch {
    return false
  }
}, 'not a regular expression')

/** `proven`: a recording or the vendor's MIB and a second source; `unproven`: anything less. */
const certainty = z.enum(['proven', 'unproven'])

/** Exactly one of number, enum, flag, text, function; no-value markers are looked at before it. */
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
    /** The numbers that mean yes; every other number means no. */
    flag: z.array(z.number().int()).min(1).optional(),
    text: z.strictObject({}).optional(),
    function: z.enum(valueFunctionNames as [ValueFunctionName, ...ValueFunctionName[]]).optional(),
  })
  .refine(
    (rule) =>
      [rule.number, rule.enum, rule.flag, rule.text, rule.function].filter(
        (kind) => kind !== undefined,
      ).length === 1,
    'exactly one of number, enum, flag, text, function is needed',
  )

export type DecodeRule = z.infer<typeof decode>
type DecodeKind = 'number' | 'enum' | 'flag' | 'text' | 'number-function' | 'text-function'

export const kindOf = (rule: DecodeRule): DecodeKind => {
  if (rule.number !== undefined) return 'number'
  if (rule.enum !== undefined) return 'enum'
  if (rule.flag !== undefined) return 'flag'
  if (rule.text !== undefined) return 'text'
  const produces = rule.function === undefined ? 'number' : valueFunctions[rule.function].produces
  return produces === 'number' ? 'number-function' : 'text-function'
}

const numericKinds: readonly DecodeKind[] = ['number', 'flag', 'number-function']
const textKinds: readonly DecodeKind[] = ['text', 'text-function']

const column = z.strictObject({
  oid,
  certainty,
  decode,
  /** Numbering of this column where it differs from its table's. */
  index: z
    .enum(indexCodecNames as ['huawei-gpon', ...(typeof indexCodecNames)[number][]])
    .optional(),
  /** Fixed arcs behind the ONU's number. */
  tail: z.array(z.number().int().nonnegative()).optional(),
})

export type ColumnRule = z.infer<typeof column>

/** One column, or several of which the first that the OLT offers is taken. */
const alternatives = z
  .union([column, z.array(column).min(1)])
  .transform((rule): readonly ColumnRule[] => (Array.isArray(rule) ? rule : [rule]))

const fieldsOf = <Field extends string>(fields: readonly Field[]) =>
  z.strictObject(
    Object.fromEntries(fields.map((field) => [field, alternatives.optional()])) as Record<
      Field,
      z.ZodOptional<typeof alternatives>
    >,
  )

const indexCodec = z.enum(indexCodecNames as ['huawei-gpon', ...(typeof indexCodecNames)[number][]])

/** Refuses a field whose decoder gives another kind of value than the field holds. */
const checkKinds =
  (expected: (field: string) => { kinds: readonly DecodeKind[]; words?: readonly string[] }) =>
  (
    fields: Readonly<Record<string, readonly ColumnRule[] | undefined>>,
    context: z.core.$RefinementCtx,
  ): void => {
    for (const [field, columns] of Object.entries(fields)) {
      // A column that was refused already is still in its raw form.
      if (!Array.isArray(columns)) continue
      const { kinds, words } = expected(field)
      for (const { decode: rule } of columns as readonly ColumnRule[]) {
        if (!kinds.includes(kindOf(rule))) {
          context.addIssue({
            code: 'custom',
            path: [field],
            message: `${field} needs ${kinds.join(' or ')}`,
          })
        }
        for (const word of Object.values(rule.enum ?? {})) {
          if (words !== undefined && !words.includes(word)) {
            context.addIssue({
              code: 'custom',
              path: [field],
              message: `${field} cannot be ${JSON.stringify(word)}`,
            })
          }
        }
      }
    }
  }

const onuFields = fieldsOf([...onuNumberFields, ...onuCodeFields, ...onuTextFields]).superRefine(
  checkKinds((field) => {
    if (isCodeField(field)) {
      return { kinds: ['enum'], words: field === 'state' ? onuStates : downCauses }
    }
    return { kinds: isNumberField(field) ? numericKinds : textKinds }
  }),
)

export const boardStates = ['in-service', 'faulty', 'absent', 'starting', 'unknown'] as const
const boardTextFields = ['name', 'serial', 'software', 'hardware'] as const
const boardNumberFields = ['cpuPercent', 'memoryPercent', 'temperatureC'] as const

const boardFields = fieldsOf([...boardTextFields, ...boardNumberFields, 'state']).superRefine(
  checkKinds((field) => {
    if (field === 'state') return { kinds: ['enum'], words: boardStates }
    return {
      kinds: (boardTextFields as readonly string[]).includes(field) ? textKinds : numericKinds,
    }
  }),
)

const ponTextFields = ['name'] as const
const ponNumberFields = [
  'txDbm',
  'rxDbm',
  'temperatureC',
  'voltageV',
  'biasMa',
  'onuCapacity',
  'onuCount',
  'up',
] as const

const ponFields = fieldsOf([...ponTextFields, ...ponNumberFields]).superRefine(
  checkKinds((field) => ({ kinds: field === 'name' ? textKinds : numericKinds })),
)

const unconfiguredTextFields = ['serial', 'model', 'firmware'] as const
const unconfiguredNumberFields = ['foundAt'] as const

const unconfiguredFields = fieldsOf([
  ...unconfiguredTextFields,
  ...unconfiguredNumberFields,
]).superRefine(checkKinds((field) => ({ kinds: field === 'foundAt' ? numericKinds : textKinds })))

/** All conditions of a rule must hold; the rule with the longest conditions wins. */
const recognition = z
  .strictObject({
    /** sysObjectID equals this or lies below it. */
    sysObjectId: oid.optional(),
    /** sysObjectIDs that the rule does not mean, though all else fits: a relative that is no OLT. */
    except: z.array(oid).min(1).optional(),
    /** Last arcs of sysObjectID, where a source gives no more. */
    sysObjectIdTail: z
      .string()
      .regex(/^\d+(\.\d+)*$/u)
      .optional(),
    sysDescr: pattern.optional(),
    /** The OLT has at least one object below this. */
    probe: oid.optional(),
    model: z.string().min(1),
    certainty,
  })
  .refine(
    (rule) => rule.sysObjectId !== undefined || rule.sysDescr !== undefined,
    'a rule needs sysObjectId or sysDescr',
  )

export type RecognitionRule = z.infer<typeof recognition>

export const familyProfile = z.strictObject({
  schema: z.literal(1),
  family: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'a family is named like its folder'),
  vendor: z.string().min(1),
  title: z.string().min(1),
  technology: z.enum(['gpon', 'epon']),
  recognise: z.array(recognition).min(1),
  boards: z
    .strictObject({
      index: z.enum(boardCodecNames as ['frame-slot', ...(typeof boardCodecNames)[number][]]),
      fields: boardFields,
    })
    .optional(),
  ponPorts: z.strictObject({
    /** ifName of a PON port; its three groups are shelf, slot and port. */
    ifName: pattern,
    /** Numbering of ifIndex, where it is known: cross-checks the name, never replaces it. */
    ifIndex: indexCodec.optional(),
    /** Numbering of the tables below. */
    index: indexCodec,
    fields: ponFields,
  }),
  onus: z.strictObject({ index: indexCodec, fields: onuFields }),
  unconfigured: z.strictObject({ index: indexCodec, fields: unconfiguredFields }).optional(),
})

export type FamilyProfile = z.infer<typeof familyProfile>
