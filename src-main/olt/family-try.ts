import { formatOnu, formatPon } from '../../src-shared/domain/onu-address.ts'
import type { OltFamily } from './family/load-families.ts'
import { recognise } from './recognise.ts'
import { createWalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import { surveyOlt, type OltSurvey, type SurveyedOnu, type SurveyedTable } from './survey.ts'

export interface FamilyTry {
  /** Why the family takes the device for its own; null when it does not, and was read all the same. */
  readonly recognised: string | null
  readonly survey: OltSurvey
}

export interface FamilyTryOptions {
  readonly session: SnmpSession
  readonly family: OltFamily
  readonly signal?: AbortSignal
  readonly onTable?: (table: SurveyedTable) => void
}

/** Reads a device with one family, whether it is the right one or not. Errors: those of `walk` and `get`. */
export const tryFamily = async (options: FamilyTryOptions): Promise<FamilyTry> => {
  const { session, family, signal, onTable } = options
  const pace = createWalkPace()
  const found = await recognise(session, [family], pace, signal)
  const survey = await surveyOlt({
    session,
    family,
    pace,
    ...(signal === undefined ? {} : { signal }),
    ...(onTable === undefined ? {} : { onTable }),
  })
  return { recognised: found.kind === 'family' ? found.reason : null, survey }
}

interface Head {
  readonly title: string
  readonly cell: (onu: SurveyedOnu) => string | undefined
}

const number = (value: number | undefined, digits: number): string | undefined =>
  value?.toFixed(digits)

const heads: readonly Head[] = [
  { title: 'ONU', cell: ({ pon, onuId }) => formatOnu({ ...pon, onuId }) },
  { title: 'serial', cell: ({ serial }) => serial },
  { title: 'state', cell: ({ state }) => state },
  { title: 'last down', cell: ({ lastDownCause }) => lastDownCause },
  { title: 'ONU rx', cell: ({ onuRxDbm }) => number(onuRxDbm, 2) },
  { title: 'ONU tx', cell: ({ onuTxDbm }) => number(onuTxDbm, 2) },
  { title: 'OLT rx', cell: ({ oltRxDbm }) => number(oltRxDbm, 2) },
  { title: 'm', cell: ({ distanceM }) => number(distanceM, 0) },
  { title: '°C', cell: ({ temperatureC }) => number(temperatureC, 1) },
  { title: 'model', cell: ({ model }) => model },
  { title: 'name', cell: ({ name, description }) => name ?? description },
]

/** A survey as lines of text: PON ports, ONUs, what the tables have cost, what was not understood. */
export const surveyLines = (survey: OltSurvey): readonly string[] => {
  const { onus, ponPorts, tables, problems } = survey
  const columns = heads.filter(({ cell }) => onus.some((onu) => cell(onu) !== undefined))
  const rows = onus.map((onu) => columns.map(({ cell }) => cell(onu) ?? '–'))
  return [
    `${survey.system.sysName ?? '–'}  ${survey.system.sysDescr ?? '–'}`,
    ...survey.boards.map(
      ({ shelf, slot, name, state }) => `board ${shelf}/${slot}  ${name ?? '–'}  ${state}`,
    ),
    ...ponPorts.map(
      (port) =>
        `PON ${formatPon(port)}  ${port.ifName ?? '–'}  ${port.oper}  ONUs ${port.onuCount ?? '–'}`,
    ),
    ...aligned([columns.map(({ title }) => title), ...rows]),
    ...survey.unconfigured.map((onu) => `not configured: ${onu.serial} on ${formatPon(onu)}`),
    ...tables.map(
      ({ table, ms, rows: count, pdus, varbinds, retries }) =>
        `${table}: ${count} rows, ${varbinds} values in ${pdus} PDUs, ${ms} ms, ${retries} asked again`,
    ),
    ...(survey.unproven.length > 0 ? [`not proven: ${survey.unproven.join(', ')}`] : []),
    ...problems.map(
      ({ kind, field, count, sample }) => `problem: ${field} ${kind}, ${count} times: ${sample}`,
    ),
  ]
}

const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const [head] = rows
  if (head === undefined || rows.length === 1) return []
  const widths = head.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
