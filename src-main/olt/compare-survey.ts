import { formatOnu, formatPon, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import type { FamilyExpectation } from './family/expectations.ts'
import type { NumberField, TextField } from './family/onu-fields.ts'
import type { PonPort } from './read-pon-ports.ts'
import type { OltSurvey, SurveyedOnu } from './survey.ts'

type Counts = Readonly<Record<string, number>>

/** What was expected of a survey and is not so, as sentences; empty when all is as expected. */
export const compareSurvey = (
  expected: FamilyExpectation,
  survey: OltSurvey,
): readonly string[] => {
  const differences: string[] = []
  const compare = (what: string, found: unknown, wanted: unknown): void => {
    if (wanted === undefined || textOf(found) === textOf(wanted)) return
    differences.push(`${what}: ${textOf(found)}, expected ${textOf(wanted)}`)
  }
  const { onus, ponPorts } = survey
  compare(
    'boards',
    survey.boards.map(({ shelf, slot, name }) => `${shelf}/${slot} ${name ?? '-'}`),
    expected.boards,
  )
  compare('PON ports', ponPorts.length, expected.ponPorts)
  for (const field of ['onuCount', 'onuActive', 'onuInactive'] as const) {
    compare(field, ponCounts(ponPorts, field), sorted(expected[field]))
  }
  compare('ONUs', onus.length, expected.onus)
  compare(
    'ONUs by PON',
    countBy(onus, ({ pon }) => formatPon(pon)),
    sorted(expected.onusByPon),
  )
  compare(
    'states',
    countBy(onus, ({ state }) => state),
    sorted(expected.states),
  )
  for (const [field, wanted] of Object.entries(expected.ranges ?? {})) {
    compare(field, rangeOf(onus, field as NumberField), wanted)
  }
  for (const [field, wanted] of Object.entries(expected.texts ?? {})) {
    const found = onus.filter((onu) => onu[field as TextField] !== undefined).length
    compare(`ONUs with ${field}`, found, wanted)
  }
  for (const { at, ...fields } of expected.some ?? []) {
    const onu = onus.find(({ pon, onuId }) => formatOnu({ ...pon, onuId }) === at)
    if (onu === undefined) differences.push(`there is no ONU ${at}`)
    for (const [field, wanted] of Object.entries(fields)) {
      if (onu !== undefined) compare(`${field} of ${at}`, onu[field as keyof SurveyedOnu], wanted)
    }
  }
  compare(
    'unconfigured',
    survey.unconfigured.map(({ serial, pon }) => ({
      pon: formatPon(unpackOnuAddress(pon)),
      serial,
    })),
    expected.unconfigured,
  )
  for (const field of expected.notOffered ?? []) {
    if (!survey.notOffered.some((name) => name === field)) {
      differences.push(`${field} is offered, expected not to be`)
    }
  }
  compare(
    'problems',
    survey.problems.map(({ kind, field, count }) => `${kind} ${field} ${count}`),
    expected.problems ?? [],
  )
  return differences
}

const textOf = (value: unknown): string => JSON.stringify(value) ?? 'nothing'

/** Addresses in the order that people read them in, words by the alphabet. */
const sorted = (counts: Counts | undefined): Counts | undefined =>
  counts && Object.fromEntries(Object.entries(counts).toSorted(byPlace))

const byPlace = ([left]: readonly [string, number], [right]: readonly [string, number]): number =>
  left.localeCompare(right, 'en', { numeric: true })

const countBy = (
  onus: readonly SurveyedOnu[],
  keyOf: (onu: SurveyedOnu) => string | undefined,
): Counts => {
  const counts = new Map<string, number>()
  for (const onu of onus) {
    const key = keyOf(onu)
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return Object.fromEntries([...counts].toSorted(byPlace))
}

const ponCounts = (
  ports: readonly PonPort[],
  field: 'onuCount' | 'onuActive' | 'onuInactive',
): Counts =>
  Object.fromEntries(
    ports
      .filter((port) => (port[field] ?? 0) !== 0)
      .map((port): readonly [string, number] => [formatPon(port), port[field] ?? 0])
      .toSorted(byPlace),
  )

const rangeOf = (onus: readonly SurveyedOnu[], field: NumberField) => {
  const values = onus.flatMap((onu) => onu[field] ?? [])
  return { min: Math.min(...values), max: Math.max(...values), count: values.length }
}
