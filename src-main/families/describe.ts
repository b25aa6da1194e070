import type { Output } from '../../src-shared/contract/index.ts'
import type { OltFamily } from '../olt/family/load-families.ts'

/** A profile as people see it: its columns and rules, without how they are decoded. */
type Described = Output<'families.family'>
type Column = Described['columns'][number]
type Rule = Described['recognisedBy'][number]

const tables = [
  ['boards', 'boards'],
  ['ponPorts', 'pon-ports'],
  ['onus', 'onus'],
  ['unconfigured', 'unconfigured'],
] as const

export const modelsOf = (family: OltFamily): string[] => [
  ...new Set(family.recognise.map(({ model }) => model)),
]

export const columnsOf = (family: OltFamily, notes: ReadonlyMap<string, string>): Column[] => [
  ...tables.flatMap(([key, table]) =>
    Object.entries(family[key]?.fields ?? {}).flatMap(([field, alternatives]) =>
      (alternatives ?? []).map((column, index) => ({
        table,
        field,
        oid: column.oid,
        certainty: column.certainty,
        note:
          notes.get(`${key}.fields.${field}.${index}`) ??
          notes.get(`${key}.fields.${field}`) ??
          null,
      })),
    ),
  ),
  ...placeColumns(family),
]

const placeColumns = ({ onus }: OltFamily): Column[] => {
  const { text, shelf, slot, port, onuId } = onus.place ?? {}
  return Object.entries({ text, shelf, slot, port, onuId }).flatMap(([part, column]) =>
    column === undefined
      ? []
      : [
          {
            table: 'onus' as const,
            field: `place.${part}`,
            oid: column.oid,
            certainty: column.certainty,
            note: null,
          },
        ],
  )
}

export const countColumns = (family: OltFamily): { proven: number; unproven: number } => {
  const columns = columnsOf(family, new Map())
  const unproven = columns.filter(({ certainty }) => certainty === 'unproven').length
  return { proven: columns.length - unproven, unproven }
}

export const rulesOf = (family: OltFamily): Rule[] =>
  family.recognise.map((rule) => ({
    model: rule.model,
    certainty: rule.certainty,
    sysObjectId: rule.sysObjectId ?? null,
    sysObjectIdTail: rule.sysObjectIdTail ?? null,
    except: rule.except ?? [],
    sysDescr: rule.sysDescr ?? null,
    probe:
      rule.probe === undefined
        ? null
        : typeof rule.probe === 'string'
          ? { oid: rule.probe, text: null }
          : rule.probe,
    absent: rule.absent ?? [],
  }))
