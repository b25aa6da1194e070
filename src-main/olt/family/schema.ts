import { z } from 'zod'
import { downCauses, onuStates } from '../../../src-shared/domain/onu-state.ts'
import {
  alternatives,
  certainty,
  columnOid,
  kindOf,
  numericKinds,
  oid,
  ponNumbering,
  rowNumbering,
  textKinds,
  type ColumnRule,
  type DecodeKind,
} from './column-schema.ts'
import { boardCodecNames, isIndexCodecName } from './index-codecs.ts'
import {
  isCodeField,
  isNumberField,
  onuCodeFields,
  onuNumberFields,
  onuTextFields,
} from './onu-fields.ts'
import { onuInterface } from './onu-codecs.ts'
import { whyUnsafe } from './pattern-cost.ts'
import { trapRules } from './trap-schema.ts'

/**
 * The profile of an OLT family: assets/olt-families/<family>/profile.yaml. Strict: a key that is not
 * here is a mistake. docs/add-an-olt-family.md explains each.
 */
const pattern = z.string().superRefine((text, context) => {
  const refuse = (message: string): void => context.addIssue({ code: 'custom', message })
  try {
    void new RegExp(text, 'u')
  } catch {
    return refuse('not a regular expression')
  }
  // SECURITY: a profile from a stranger cannot bring the engine's thread to a stand with a pattern.
  const reason = whyUnsafe(text)
  if (reason !== null) refuse(reason)
})

const fieldsOf = <Field extends string>(fields: readonly Field[]) =>
  z.strictObject(
    Object.fromEntries(fields.map((field) => [field, alternatives.optional()])) as Record<
      Field,
      z.ZodOptional<typeof alternatives>
    >,
  )

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
        for (const word of Object.values(rule.enum ?? rule.words ?? {})) {
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
      return { kinds: ['enum', 'words'], words: field === 'state' ? onuStates : downCauses }
    }
    return { kinds: isNumberField(field) ? numericKinds : textKinds }
  }),
)

export const boardStates = ['in-service', 'faulty', 'absent', 'starting', 'unknown'] as const
const boardTextFields = ['name', 'serial', 'software', 'hardware'] as const
const boardNumberFields = ['cpuPercent', 'memoryPercent', 'temperatureC', 'slot'] as const

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
  'onuActive',
  'onuInactive',
  'up',
] as const

const ponFields = fieldsOf([...ponTextFields, ...ponNumberFields]).superRefine(
  checkKinds((field) => ({ kinds: field === 'name' ? textKinds : numericKinds })),
)

const unconfiguredTextFields = ['serial', 'model', 'firmware'] as const
/** `slot` and `port` say where the ONU was seen, where the index does not. */
const unconfiguredNumberFields = ['foundAt', 'slot', 'port'] as const

const unconfiguredFields = fieldsOf([
  ...unconfiguredTextFields,
  ...unconfiguredNumberFields,
]).superRefine(
  checkKinds((field) => ({
    kinds: (unconfiguredNumberFields as readonly string[]).includes(field)
      ? numericKinds
      : textKinds,
  })),
)

/** An object, or a whole table, that tells relatives apart. */
const probe = z.union([
  oid,
  /** The object at exactly this OID holds such a text. */
  z.strictObject({ oid, text: pattern }),
])

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
    probe: probe.optional(),
    /** The OLT has nothing below any of these: a relative has. */
    absent: z.array(oid).min(1).optional(),
    model: z.string().min(1),
    certainty,
  })
  .refine(
    (rule) => rule.sysObjectId !== undefined || rule.sysDescr !== undefined,
    'a rule needs sysObjectId or sysDescr',
  )

export type RecognitionRule = z.infer<typeof recognition>

/** Numbers in `noValue` mean that the OLT does not say. */
const placeNumber = z.strictObject({
  oid: columnOid,
  certainty,
  noValue: z.array(z.number().int()).optional(),
})

const place = z
  .strictObject({
    /** A text that spells the address; the pattern has groups named shelf, slot, port and onu. */
    text: z.strictObject({ oid: columnOid, certainty, pattern }).optional(),
    shelf: placeNumber.optional(),
    slot: placeNumber.optional(),
    port: placeNumber.optional(),
    onuId: placeNumber.optional(),
  })
  .refine(
    (rule) => rule.text !== undefined || rule.port !== undefined,
    'a place needs text or port',
  )

export type PlaceRule = z.infer<typeof place>

/** How the poller should treat OLTs of this family, where an OLT is known to suffer. */
const polling = z.strictObject({
  /** Walks of ONU tables are asked for one PON port at a time. */
  perPon: z.boolean().optional(),
  /** Light of every ONU only when somebody asks for it. */
  opticsByDefault: z.boolean().optional(),
  /** For people: why. */
  reason: z.string().min(1),
})

const profileShape = z.strictObject({
  schema: z.literal(1),
  family: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/u, 'a family is named like its folder'),
  vendor: z.string().min(1),
  title: z.string().min(1),
  technology: z.enum(['gpon', 'epon', 'any']),
  /** For devices that no other family takes: never recognised, only offered. */
  lastResort: z.literal(true).optional(),
  recognise: z.array(recognition),
  polling: polling.optional(),
  boards: z
    .strictObject({
      index: z
        .enum(boardCodecNames as ['frame-slot', ...(typeof boardCodecNames)[number][]])
        .optional(),
      /** Only rows whose number in this column is listed. */
      where: z
        .strictObject({ oid: columnOid, equals: z.array(z.number().int()).min(1) })
        .optional(),
      fields: boardFields,
    })
    .refine(
      (boards) => boards.index !== undefined || boards.fields.slot !== undefined,
      'boards need an index or a column for the slot',
    )
    .optional(),
  ponPorts: z.strictObject({
    /**
     * ifName (else ifDescr) of a PON port; its groups are shelf, slot and port, or fewer, the port
     * last. Without it a port is known by its number alone.
     */
    ifName: pattern.optional(),
    /** Numbering of ifIndex, where it is known: cross-checks the name, never replaces it. */
    ifIndex: ponNumbering.optional(),
    /** Numbering of the tables below. */
    index: ponNumbering,
    fields: ponFields,
  }),
  onus: z.strictObject({
    index: rowNumbering,
    /** ifName (else ifDescr) of an ONU's own interface; groups as of a PON port, the ONU last. */
    ifName: pattern.optional(),
    /** Columns that say where the ONU sits, where its index does not. */
    place: place.optional(),
    fields: onuFields,
  }),
  unconfigured: z
    .strictObject({ index: ponNumbering.optional(), fields: unconfiguredFields })
    .refine(
      (table) => table.index !== undefined || table.fields.port !== undefined,
      'unconfigured ONUs need an index or a column for the port',
    )
    .optional(),
  /** Where to look now when the OLT sends such a trap or inform. */
  traps: trapRules.optional(),
})

export const familyProfile = profileShape.superRefine((profile, context) => {
  const issue = (path: readonly (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path: [...path], message })
  if (profile.recognise.length === 0 && profile.lastResort === undefined) {
    issue(['recognise'], 'a family needs a rule of recognition')
  }
  if (profile.recognise.length > 0 && profile.lastResort !== undefined) {
    issue(['recognise'], 'a last resort is recognised by nothing')
  }
  if (profile.onus.index.includes(onuInterface) && profile.onus.ifName === undefined) {
    issue(['onus', 'index'], `${onuInterface} needs onus.ifName`)
  }
  for (const [table, { fields }] of [
    ['ponPorts', profile.ponPorts],
    ['unconfigured', profile.unconfigured ?? { fields: {} }],
  ] as const) {
    for (const [field, columns] of Object.entries(fields)) {
      // A column that was refused already is still in its raw form.
      if (!Array.isArray(columns)) continue
      if (
        (columns as readonly ColumnRule[]).some(
          ({ index }) => index?.some((name) => !isIndexCodecName(name)) === true,
        )
      ) {
        issue([table, 'fields', field], 'a PON table is numbered by PON ports')
      }
    }
  }
})

export type FamilyProfile = z.infer<typeof familyProfile>
